import type { Point } from '../../../shared/rules/ground.ts';
import type { Layout } from '../../../shared/scene/layout.ts';
import type { Sight } from '../contracts.ts';
import { sightPlaces } from '../sights/places.ts';
import type { SightPlace } from '../sights/places.ts';
import { clockDirection } from '../surroundings.ts';
import type { Aim } from './contract.ts';

/** A visitor stands about this far from what they look at, metres, and looks at it about this high. */
const BEFORE = 1.2;
const EYE_LEVEL = 1.3;
/** Whoever points within so many metres of a sight means the sight. */
const MEANT = 1.6;

/** About where a sight is, of which the layout knows where one stands to see it. */
function pointOf({ at, yaw }: SightPlace): Point {
  return { x: at.x + Math.sin(yaw) * BEFORE, y: at.y + EYE_LEVEL, z: at.z + Math.cos(yaw) * BEFORE };
}

/** Where to point at to mean a sight; null if the scene has none of that name. */
export function pointOfSight(layout: Layout, { kind, id }: Sight): Point | null {
  const place = sightPlaces(layout).find(({ sight }) => sight.kind === kind && sight.id === id);
  return place === undefined ? null : pointOf(place);
}

/** What is meant by a point, as seen by `me`: the sight that is there, if any, and how far and in which direction it is. */
export function aimAt(at: Readonly<Point>, by: string, layout: Layout, me: Readonly<Point> & { readonly yaw: number }): Aim {
  let sight: Sight | null = null;
  let best = MEANT;
  for (const place of sightPlaces(layout)) {
    const meant = pointOf(place);
    const away = Math.hypot(at.x - meant.x, at.z - meant.z);
    if (away >= best || Math.abs(at.y - meant.y) > 2 * EYE_LEVEL) continue;
    best = away;
    sight = place.sight;
  }
  const dx = at.x - me.x;
  const dz = at.z - me.z;
  return { by, at: { x: at.x, y: at.y, z: at.z }, sight, distance: Math.hypot(dx, dz), clock: clockDirection(dx, dz, me.yaw) };
}
