/** Acoustic spaces, zones and the doors between spaces. */
import type { vec3 } from '@gltf-transform/core';
import type { Ground } from '../../../shared/rules/ground.ts';
import type { SpaceMap } from '../../../shared/rules/spaces.ts';
import type { Layout, Space } from '../../../shared/scene/layout.ts';
import type { Findings } from '../findings.ts';
import { worldVertices } from '../triangles.ts';
import type { TriangleSoup } from '../triangles.ts';
import { convexHull, simplifyHull } from './hull.ts';
import type { Point2 } from './hull.ts';
import type { Mark, Marks } from './marks.ts';
import { nodeName } from './nodes.ts';
import { findOpening } from './opening.ts';
import { rounded, roundedPoint } from './round.ts';

/** A space begins this far below its mesh, metres: feet on a floor that is a little uneven are still inside. */
const BELOW_FLOOR = 0.25;
const MAX_CORNERS = 64;
/** How far a doorway's two sides are looked at, metres: past its frame, and past a thick wall. */
const LOOK = [0.3, 0.6, 1, 1.5, 2];
/** How high above the floor one looks, metres. */
const EYE = 1;
/** Positions of people are sent within this range, metres. */
const FARTHEST = 320;

/** The upright prism around a mark's body, rounded to the millimetre; undefined, with a finding, if it has no volume. */
export function prismOf(mark: Mark<'space'> | Mark<'zone'>, findings: Findings): { outline: [number, number][]; bottom: number; top: number } | undefined {
  const vertices = worldVertices(mark.node);
  const hull = simplifyHull(convexHull(vertices.map(([x, , z]): Point2 => [rounded(x), rounded(z)])), MAX_CORNERS);
  const [bottom, top] = vertices.reduce(([low, high], [, y]) => [Math.min(low, y), Math.max(high, y)], [Infinity, -Infinity]);
  if (hull.length < 3 || !(top - bottom >= 1)) {
    findings.error({ code: `flat-${mark.data.kind}`, where: nodeName(mark.node), message: `the ${mark.data.kind} has no volume.`, fix: 'Use a closed body, such as a box, that encloses the room from floor to ceiling.' });
    return undefined;
  }
  return { outline: hull.map(([x, z]): [number, number] => [x, z]), bottom: rounded(bottom - BELOW_FLOOR), top: rounded(top) };
}

export interface Rooms {
  spaces: readonly Space[];
  marks: Marks;
  map: SpaceMap;
  ground: Ground;
}

/** An opening is heard through both ways: what one space says of another holds back, unless the other says something of its own. */
export function openingsOf(space: Space, { spaces, marks, map, ground }: Rooms): Space['openings'] {
  const stated = new Map<string, number>();
  for (const { data } of marks.space) {
    for (const opening of data.openings) if (opening.to === space.id) stated.set(data.id, opening.lossDecibels);
  }
  for (const { data } of marks.space) {
    if (data.id === space.id) for (const opening of data.openings) stated.set(opening.to, opening.lossDecibels);
  }
  return [...stated].sort(([a], [b]) => (a < b ? -1 : 1)).flatMap(([to, lossDecibels]) => {
    const other = spaces.find(({ id }) => id === to);
    if (!other) return [];
    // From the smaller id to the larger, so that both sides get the same point.
    const pair = space.id < to ? ([space, other] as const) : ([other, space] as const);
    return [{ to, position: roundedPoint(findOpening(...pair, { map, ground })), lossDecibels }];
  });
}

/** The spaces behind and before a doorway, found by looking both ways along its +Z; null is outside of all. Warns if it leads from a space into the same. */
export function doorSides(mark: Mark<'door'>, map: SpaceMap, findings: Findings): Layout['doors'][number]['between'] {
  const look = (sign: number): string | null => {
    const at = ([x, y, z]: vec3, distance: number): string | null => map.idAt(x + Math.sin(mark.yaw) * distance * sign, y + EYE, z + Math.cos(mark.yaw) * distance * sign);
    const here = map.idAt(mark.position[0], mark.position[1] + EYE, mark.position[2]);
    const seen = LOOK.map((distance) => at(mark.position, distance));
    return seen.find((space) => space !== here) ?? seen[0] ?? null;
  };
  const between: Layout['doors'][number]['between'] = [look(-1), look(1)];
  if (between[0] === between[1]) {
    findings.warn({ code: 'door-nowhere', where: nodeName(mark.node), message: `the same ${between[0] === null ? 'outside' : `space "${between[0]}"`} lies on both sides of the door.`, fix: 'Put it into the doorway, with its +Z (Blender: -Y) through it.' });
  }
  return between;
}

/** One space over all the ground, for a scene that marks none: everybody in it hears each other. Metres. */
export function wholeSpace(ground: TriangleSoup): Space {
  const range = (axis: number): [number, number] => {
    let [low, high] = [-5, 5];
    for (let index = axis; index < ground.length; index += 3) {
      low = Math.min(low, ground[index] ?? 0);
      high = Math.max(high, ground[index] ?? 0);
    }
    return [Math.max(-FARTHEST, rounded(low)), Math.min(FARTHEST, rounded(high))];
  };
  const [[west, east], [bottom, top], [north, south]] = [range(0), range(1), range(2)];
  return { id: 'scene', outline: [[west, north], [east, north], [east, south], [west, south]], bottom, top, reverb: 0.2, openings: [] };
}
