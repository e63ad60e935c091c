import type { Layout } from '../../../shared/scene/layout.ts';
import type { Point } from '../../../shared/rules/ground.ts';
import type { Sight } from '../contracts.ts';

/** A sight, and where one stands to see it. */
export interface SightPlace {
  readonly sight: Sight;
  readonly at: Readonly<Point>;
  /** How one looks at it, radians. */
  readonly yaw: number;
}

/** Within so many metres one is asked whether to look, and until so many one remains asked: nobody flickers on the line. */
export const NEAR_METRES = 1.8;
export const AWAY_METRES = 2.4;
/** Another floor is not near. */
const SAME_FLOOR_METRES = 1.5;

/** Everything that there is to see or do in a scene, in the order of its author: exhibits, 360-degree stands, activities, booths. */
export function sightPlaces({ exhibits, panoramas, activities, booths }: Layout): readonly SightPlace[] {
  type Stand = Pick<Layout['booths'][number], 'id' | 'position' | 'yaw'>;
  const of = (kind: Sight['kind'], stands: readonly Stand[]): SightPlace[] =>
    stands.map(({ id, position: [x, y, z], yaw }) => ({ sight: { kind, id }, at: { x, y, z }, yaw }));
  return [...of('exhibit', exhibits), ...of('panorama', panoramas), ...of('activity', activities), ...of('booth', booths)];
}

export function sameSight(one: Sight | null, other: Sight | null): boolean {
  return one === other || (one !== null && other !== null && one.kind === other.kind && one.id === other.id);
}

/** The nearest sight within reach of `me`, or null. @param before the one that was near until now */
export function nearestSight(places: readonly SightPlace[], me: Readonly<Point>, before: Sight | null): Sight | null {
  let found: Sight | null = null;
  let best = Infinity;
  for (const { sight, at } of places) {
    const distance = Math.hypot(at.x - me.x, at.z - me.z);
    const reach = sameSight(sight, before) ? AWAY_METRES : NEAR_METRES;
    if (distance > reach || distance >= best || Math.abs(at.y - me.y) > SAME_FLOOR_METRES) continue;
    best = distance;
    found = sight;
  }
  return found;
}
