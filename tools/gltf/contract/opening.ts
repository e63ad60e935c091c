/** Where two acoustic spaces open onto each other. */
import type { vec3 } from '@gltf-transform/core';
import type { Ground, Point } from '../../../shared/rules/ground.ts';
import type { SpaceMap } from '../../../shared/rules/spaces.ts';
import type { Space } from '../../../shared/scene/layout.ts';
import { middle } from './hull.ts';

/** Height of a voice above the floor, metres: the middle of what a doorway lets through. */
const VOICE_HEIGHT = 1.5;
/** Distance between samples along a path, metres. */
const SAMPLE = 0.1;
/** How far from the middle of a space its floor may be, metres. */
const FLOOR_REACH = 6;

/**
 * The doorway: the point at which the shortest walk from the middle of one space to the middle of the other enters the other. If one cannot
 * walk between them (a window, a gallery), the point half-way between their middles.
 */
export function findOpening(a: Space, b: Space, { map, ground }: { map: SpaceMap; ground: Ground }): vec3 {
  const from = floorIn(a, map, ground);
  const to = floorIn(b, map, ground);
  const crossing = from && to ? enters(ground.path(from, to), b.id, map) : undefined;
  if (crossing) return [crossing.x, crossing.y + VOICE_HEIGHT, crossing.z];
  const [ax, az] = middle(a.outline);
  const [bx, bz] = middle(b.outline);
  return [(ax + bx) / 2, Math.max(a.bottom, b.bottom) + VOICE_HEIGHT, (az + bz) / 2];
}

/** A point of the floor inside the space: near its middle, or else near one of its corners. */
function floorIn(space: Space, map: SpaceMap, ground: Ground): Point | undefined {
  const centre = middle(space.outline);
  const between = space.outline.map(([x, z]): readonly [number, number] => [(x + centre[0]) / 2, (z + centre[1]) / 2]);
  const footing = { x: 0, y: 0, z: 0, polygon: 0 };
  for (const [x, z] of [centre, ...between]) {
    if (ground.place({ x, y: space.bottom, z }, FLOOR_REACH, footing) && map.idAt(footing.x, footing.y, footing.z) === space.id) return { ...footing };
  }
  return undefined;
}

/** The last sample of the path before it is in the space for good. */
function enters(path: readonly Point[], space: string, map: SpaceMap): Point | undefined {
  let outside: Point | undefined;
  path.slice(1).forEach((end, index) => {
    const start = path[index] ?? end;
    const samples = Math.max(1, Math.ceil(Math.hypot(end.x - start.x, end.z - start.z) / SAMPLE));
    for (let sample = 0; sample <= samples; sample++) {
      const t = sample / samples;
      const point = { x: start.x + (end.x - start.x) * t, y: start.y + (end.y - start.y) * t, z: start.z + (end.z - start.z) * t };
      if (map.idAt(point.x, point.y, point.z) !== space) outside = point;
    }
  });
  return outside;
}
