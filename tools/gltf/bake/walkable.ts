/** A map of where people can walk: a picture for the author, and its figures. */
import { floorArea, readFloor } from '../../../shared/navigation/floor.ts';
import type { FloorPolygon } from '../../../shared/navigation/floor.ts';
import type { Layout } from '../../../shared/scene/layout.ts';

export interface Walkable {
  /** Square metres that people can reach, and that they cannot. */
  area: number;
  unreachable: number;
  polygons: number;
  /** x and z of the largest polygon that nobody reaches, metres. */
  near: readonly [number, number] | undefined;
}

/** Sums up a baked navigation mesh. @throws GroundError */
export function summarise(navmesh: Uint8Array): Walkable {
  const floor = readFloor(navmesh);
  const total = (list: readonly FloorPolygon[]): number => list.reduce((sum, polygon) => sum + floorArea(polygon), 0);
  const lost = floor.filter(({ reachable }) => !reachable).toSorted((a, b) => floorArea(b) - floorArea(a));
  const [largest] = lost;
  return {
    area: total(floor.filter(({ reachable }) => reachable)), unreachable: total(lost), polygons: floor.length,
    near: largest && [largest.corners[0] ?? 0, largest.corners[2] ?? 0],
  };
}

/** Room round the map, metres. */
const MARGIN = 1.5;
const PIXELS_PER_METRE = 24;

/** The map as SVG, seen from above: +X to the right, +Z down. Spaces blue, floor green, what nobody reaches red, seats and ways as points. */
export function drawMap(navmesh: Uint8Array, layout: Layout): string {
  const floor = readFloor(navmesh);
  const xs = floor.flatMap(({ corners }) => corners.filter((_, index) => index % 3 === 0));
  const zs = floor.flatMap(({ corners }) => corners.filter((_, index) => index % 3 === 2));
  const low = [Math.min(...xs, 0) - MARGIN, Math.min(...zs, 0) - MARGIN] as const;
  const size = [Math.max(...xs, 0) + MARGIN - low[0], Math.max(...zs, 0) + MARGIN - low[1]] as const;
  const n = (value: number): string => String(Math.round(value * 1000) / 1000);
  const outline = (points: readonly (readonly [number, number])[]): string => points.map(([x, z]) => `${n(x)},${n(z)}`).join(' ');
  const polygon = ({ corners, reachable }: FloorPolygon): string => {
    const points = Array.from({ length: corners.length / 3 }, (_, index) => [corners[index * 3] ?? 0, corners[index * 3 + 2] ?? 0] as const);
    return `<polygon class="${reachable ? 'floor' : 'lost'}" points="${outline(points)}"/>`;
  };
  const point = (kind: string, id: string, [x, , z]: readonly [number, number, number], yaw: number): string =>
    `<g class="${kind}" transform="translate(${n(x)} ${n(z)}) rotate(${n((-yaw * 180) / Math.PI)})"><circle r="0.16"/><path d="M-0.1 0.2L0 0.42L0.1 0.2z"/><title>${kind} ${id}</title></g>`;
  const parts = [
    ...layout.spaces.map(({ id, outline: corners }) => `<polygon class="space" points="${outline(corners)}"><title>space ${id}</title></polygon>`),
    ...floor.map(polygon),
    ...layout.seats.map(({ id, position, yaw }) => point('seat', id, position, yaw)),
    ...layout.places.map(({ id, position, yaw }) => point('place', id, position, yaw)),
    ...layout.exhibits.map(({ id, position, yaw }) => point('place', id, position, yaw)),
    ...layout.links.map(({ id, position, yaw }) => point('link', id, position, yaw)),
    ...layout.spawnPoints.map(({ id, position, yaw }) => point('spawn', id, position, yaw)),
  ];
  const style = '.space{fill:#3b82f620;stroke:#3b82f6;stroke-width:.05}.floor{fill:#22c55e99;stroke:#15803d;stroke-width:.03}.lost{fill:#ef444499;stroke:#b91c1c;stroke-width:.03}.seat{fill:#d97706}.place{fill:#db2777}.link{fill:#0891b2}.spawn{fill:#111827}';
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="${[...low, ...size].map(n).join(' ')}" width="${Math.round(size[0] * PIXELS_PER_METRE)}" height="${Math.round(size[1] * PIXELS_PER_METRE)}"><style>${style}</style><rect x="${n(low[0])}" y="${n(low[1])}" width="${n(size[0])}" height="${n(size[1])}" fill="#fff"/>\n${parts.join('\n')}\n</svg>\n`;
}
