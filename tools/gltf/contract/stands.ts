/** Where visitors stand, put onto the floor. */
import type { vec3 } from '@gltf-transform/core';
import type { Footing, Ground } from '../../../shared/rules/ground.ts';
import type { Surface } from './surface.ts';

/** How far the floor may be from where an author put a stand, metres. */
const SNAP = 1;
/** Distances from a surface at which one may stand, metres, best first. */
const DISTANCES = [2, 1.5, 2.5, 1, 3];
/** The floor is looked for below the middle of a surface, so deep and in such steps, metres. */
const [DEPTH, STEP] = [6, 0.5];
/** A surface whose front looks less sideways than this lies down: it is looked at from any side. */
const UPRIGHT = 0.3;
const SIDES = 8;

/** The nearest floor, or the point as it was: `check` then says that nobody can stand there. */
export function ontoFloor(point: vec3, ground: Ground): vec3 {
  const out: Footing = { x: 0, y: 0, z: 0, polygon: 0 };
  return ground.place({ x: point[0], y: point[1], z: point[2] }, SNAP, out) ? [out.x, out.y, out.z] : point;
}

/** Where one stands to look at a surface, and the heading towards it; undefined if there is no floor in front of it. */
export function standBefore({ centre, fronts }: Surface, ground: Ground): { position: vec3; yaw: number } | undefined {
  const upright = fronts.filter(([x, , z]) => Math.hypot(x, z) > UPRIGHT).map(([x, , z]) => [x / Math.hypot(x, z), z / Math.hypot(x, z)] as const);
  const around = Array.from({ length: SIDES }, (_, side) => [Math.sin((side / SIDES) * 2 * Math.PI), Math.cos((side / SIDES) * 2 * Math.PI)] as const);
  for (const distance of DISTANCES) {
    for (const [x, z] of upright.length > 0 ? upright : around) {
      const position = floorBelow([centre[0] + x * distance, centre[1], centre[2] + z * distance], ground);
      if (position) return { position, yaw: Math.atan2(centre[0] - position[0], centre[2] - position[2]) };
    }
  }
  return undefined;
}

function floorBelow([x, y, z]: vec3, ground: Ground): vec3 | undefined {
  const out: Footing = { x: 0, y: 0, z: 0, polygon: 0 };
  for (let drop = 0; drop <= DEPTH; drop += STEP) {
    if (ground.place({ x, y: y - drop, z }, STEP, out)) return [out.x, out.y, out.z];
  }
  return undefined;
}
