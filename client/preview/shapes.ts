import { readFloor } from '../../shared/navigation/floor.ts';
import type { Layout } from '../../shared/scene/layout.ts';
import type { Shapes } from '../world/overlays/index.ts';

/** Something with a name in the picture. */
export interface Label {
  readonly text: string;
  readonly at: readonly [number, number, number];
}

export interface Overlay {
  readonly shapes: Shapes;
  readonly labels: readonly Label[];
}

/** The overlays that can be switched on, in the order of their keys 1 to 6. */
export const KINDS = ['floor', 'seats', 'spaces', 'zones', 'links', 'sights'] as const;
export type Kind = (typeof KINDS)[number];

/** Red, green, blue; the page's buttons show the same colours. */
export const COLOURS: Readonly<Record<Kind, readonly [number, number, number]>> = {
  floor: [0.15, 0.78, 0.45],
  seats: [1, 0.72, 0.2],
  spaces: [0.35, 0.62, 1],
  zones: [0.78, 0.5, 1],
  links: [0.1, 0.85, 0.9],
  sights: [1, 0.45, 0.6],
};

/** Floor on which nobody ever stands, because no spawn point leads there. */
const UNREACHABLE: readonly [number, number, number, number] = [0.95, 0.25, 0.2, 0.4];
/** Above the floor, metres. */
const LIFT = 0.02;
const CIRCLE_CORNERS = 32;

/** Gathers triangles and lines. */
class Drawing {
  readonly triangles: number[] = [];
  readonly lines: number[] = [];

  line(a: readonly number[], b: readonly number[]): void {
    this.lines.push(a[0] ?? 0, a[1] ?? 0, a[2] ?? 0, b[0] ?? 0, b[1] ?? 0, b[2] ?? 0);
  }

  /** A closed outline. */
  ring(points: readonly (readonly number[])[]): void {
    points.forEach((point, i) => this.line(point, points[(i + 1) % points.length] ?? point));
  }

  /** A convex polygon. */
  area(points: readonly (readonly number[])[]): void {
    for (let i = 1; i + 1 < points.length; i += 1) for (const point of [points[0], points[i], points[i + 1]]) this.triangles.push(...(point ?? []));
  }

  circle(x: number, y: number, z: number, radius: number): void {
    const points = Array.from({ length: CIRCLE_CORNERS }, (_, i) => {
      const angle = (i / CIRCLE_CORNERS) * 2 * Math.PI;
      return [x + radius * Math.sin(angle), y, z + radius * Math.cos(angle)];
    });
    this.ring(points);
    this.area(points);
  }

  /** An arrow on the floor, from a point along a heading. */
  arrow(position: readonly number[], yaw: number, length: number): void {
    const [x = 0, y = 0, z = 0] = position;
    const at = (ahead: number, right: number): number[] => [x + Math.sin(yaw) * ahead - Math.cos(yaw) * right, y + LIFT, z + Math.cos(yaw) * ahead + Math.sin(yaw) * right];
    this.line(at(0, 0), at(length, 0));
    this.area([at(length, 0), at(length * 0.6, length * 0.18), at(length * 0.6, -length * 0.18)]);
    this.ring([at(length, 0), at(length * 0.6, length * 0.18), at(length * 0.6, -length * 0.18)]);
  }

  /** An upright prism: its outline at bottom and top, and its edges. */
  prism(outline: readonly (readonly [number, number])[], bottom: number, top: number): void {
    const at = (y: number): number[][] => outline.map(([x, z]) => [x, y, z]);
    this.ring(at(bottom));
    this.ring(at(top));
    at(bottom).forEach((corner, i) => {
      this.line(corner, at(top)[i] ?? corner);
      const [next, above] = [at(bottom)[(i + 1) % outline.length] ?? corner, at(top)[(i + 1) % outline.length] ?? corner];
      this.area([corner, next, above, at(top)[i] ?? corner]);
    });
  }

  shapes([red, green, blue]: readonly [number, number, number], opacity: number): Shapes {
    return { triangles: this.triangles, lines: this.lines, fill: [red, green, blue, opacity], stroke: [red, green, blue, 0.95] };
  }
}

/** Feet of a space stand a little below its floor. */
const RAISED = 0.3;

function middle(outline: readonly (readonly [number, number])[], y: number): [number, number, number] {
  const sum = outline.reduce(([x, z], [px, pz]) => [x + px / outline.length, z + pz / outline.length] as const, [0, 0] as const);
  return [sum[0], y, sum[1]];
}

function seats(layout: Layout): Overlay {
  const drawing = new Drawing();
  for (const { position: [x, y, z], yaw, height } of layout.seats) {
    drawing.circle(x, y + height + LIFT, z, 0.18);
    drawing.arrow([x, y + height, z], yaw, 0.5);
    drawing.line([x, y, z], [x, y + height, z]);
  }
  return { shapes: drawing.shapes(COLOURS.seats, 0.5), labels: layout.seats.map(({ id, position: [x, y, z], height }) => ({ text: id, at: [x, y + height + 0.25, z] })) };
}

function prisms(kind: 'spaces' | 'zones', layout: Layout): Overlay {
  const drawing = new Drawing();
  const labels: Label[] = [];
  for (const area of layout[kind]) {
    drawing.prism(area.outline, area.bottom + (kind === 'spaces' ? RAISED : LIFT), area.top);
    const reverb = 'reverb' in area ? `, reverb ${area.reverb}` : '';
    labels.push({ text: `${area.id}${reverb}`, at: middle(area.outline, Math.min(area.top, area.bottom + 2)) });
    if (!('openings' in area)) continue;
    // Both sides state an opening; one label will do.
    for (const { to, position, lossDecibels } of area.openings.filter((opening) => area.id < opening.to)) {
      drawing.circle(position[0], position[1] + LIFT, position[2], 0.4);
      labels.push({ text: `${area.id} / ${to}, ${lossDecibels} dB`, at: [position[0], position[1] + 1.2, position[2]] });
    }
  }
  return { shapes: drawing.shapes(COLOURS[kind], 0.1), labels };
}

/** Ways in and out: links with the circle in which one is asked, spawn points, doors. */
function links(layout: Layout): Overlay {
  const drawing = new Drawing();
  const labels: Label[] = [];
  for (const { id, position, yaw, radius, to, spawn } of layout.links) {
    drawing.circle(position[0], position[1] + LIFT, position[2], radius);
    drawing.arrow(position, yaw, 1);
    labels.push({ text: `${id}: to ${to}${spawn === null ? '' : ` (${spawn})`}`, at: [position[0], position[1] + 1.6, position[2]] });
  }
  for (const { id, position, yaw } of layout.spawnPoints) {
    drawing.circle(position[0], position[1] + LIFT, position[2], 0.3);
    drawing.arrow(position, yaw, 0.9);
    labels.push({ text: `spawn ${id}`, at: [position[0], position[1] + 0.6, position[2]] });
  }
  for (const { id, position: [x, y, z], yaw, width } of layout.doors) {
    const [dx, dz] = [(Math.cos(yaw) * width) / 2, (-Math.sin(yaw) * width) / 2];
    const corners = [[x - dx, y, z - dz], [x + dx, y, z + dz], [x + dx, y + 2.1, z + dz], [x - dx, y + 2.1, z - dz]];
    drawing.ring(corners);
    drawing.area(corners);
    labels.push({ text: `door ${id}`, at: [x, y + 2.2, z] });
  }
  return { shapes: drawing.shapes(COLOURS.links, 0.22), labels };
}

/** Where visitors stand: places, exhibits, panoramas, activities, booths, docks. */
function sights(layout: Layout): Overlay {
  const drawing = new Drawing();
  const labels: Label[] = [];
  for (const kind of ['places', 'exhibits', 'panoramas', 'activities', 'booths', 'docks'] as const) {
    for (const { id, position, yaw } of layout[kind]) {
      drawing.circle(position[0], position[1] + LIFT, position[2], 0.25);
      drawing.arrow(position, yaw, 0.8);
      labels.push({ text: `${kind.replace(/ies$/, 'y').replace(/s$/, '')} ${id}`, at: [position[0], position[1] + 0.9, position[2]] });
    }
  }
  for (const { id, position } of layout.sounds) {
    if (position === null) continue;
    drawing.circle(position[0], position[1], position[2], 0.15);
    labels.push({ text: `sound ${id}`, at: [position[0], position[1] + 0.25, position[2]] });
  }
  return { shapes: drawing.shapes(COLOURS.sights, 0.35), labels };
}

/** The floor that is walked on, and in red, as a second drawing, what nobody reaches. @throws GroundError */
export function floorShapes(navmesh: Uint8Array): { readonly reachable: Shapes; readonly unreachable: Shapes } {
  const [walked, lost] = [new Drawing(), new Drawing()];
  for (const { corners, border, triangles, reachable } of readFloor(navmesh)) {
    const drawing = reachable ? walked : lost;
    triangles.forEach((value, i) => drawing.triangles.push(i % 3 === 1 ? value + LIFT : value));
    border.forEach((rim, i) => {
      const corner = (index: number): number[] => [corners[index * 3] ?? 0, (corners[index * 3 + 1] ?? 0) + LIFT, corners[index * 3 + 2] ?? 0];
      if (rim) drawing.line(corner(i), corner((i + 1) % border.length));
    });
  }
  return { reachable: walked.shapes(COLOURS.floor, 0.28), unreachable: { ...lost.shapes([UNREACHABLE[0], UNREACHABLE[1], UNREACHABLE[2]], UNREACHABLE[3]) } };
}

/** Everything of a layout that is no floor. */
export function layoutOverlays(layout: Layout): Readonly<Record<Exclude<Kind, 'floor'>, Overlay>> {
  return { seats: seats(layout), spaces: prisms('spaces', layout), zones: prisms('zones', layout), links: links(layout), sights: sights(layout) };
}
