import type { Seat } from '../../../shared/scene/layout.ts';
import type { Point } from '../../../shared/rules/ground.ts';
import type { Sight } from '../../app/contracts.ts';
import { emptyHit, type Bvh } from '../rays/bvh.ts';
import { rayBox, type SightTarget } from '../sights/sight-targets.ts';

/** What a ray lands on. */
export type Pick = { kind: 'person'; id: string } | { kind: 'seat'; id: string } | { kind: 'sight'; sight: Sight } | { kind: 'ground' | 'point'; point: Point };

/** Somebody who can be picked. */
export interface Pickable {
  readonly id: string;
  readonly visible: boolean;
  readonly eyes: number;
  readonly pose: { readonly x: number; readonly y: number; readonly z: number };
}

const REACH = 60;
/** Half the width of a person, metres; a little generous, as fingers are. */
const PERSON_RADIUS = 0.34;
const SEAT_RADIUS = 0.36;
/** Steeper ground is not walked on (about 45 degrees). */
const LEAST_UP = 0.7;

/**
 * Where a ray enters an upright cylinder, metres along the ray, or Infinity.
 * @param base centre of its foot, and how high it is
 */
export function rayCylinder(ray: Float64Array, base: Readonly<Point>, radius: number, height: number): number {
  const ox = (ray[0] ?? 0) - base.x;
  const oz = (ray[2] ?? 0) - base.z;
  const dx = ray[3] ?? 0, dy = ray[4] ?? 0, dz = ray[5] ?? 0;
  const a = dx * dx + dz * dz;
  const b = ox * dx + oz * dz;
  const c = ox * ox + oz * oz - radius * radius;
  let near = -Infinity;
  let far = Infinity;
  if (a > 1e-9) {
    const root = b * b - a * c;
    if (root < 0) return Infinity;
    near = (-b - Math.sqrt(root)) / a;
    far = (-b + Math.sqrt(root)) / a;
  } else if (c > 0) {
    return Infinity;
  }
  if (Math.abs(dy) > 1e-9) {
    const toFoot = (base.y - (ray[1] ?? 0)) / dy;
    const toTop = (base.y + height - (ray[1] ?? 0)) / dy;
    near = Math.max(near, Math.min(toFoot, toTop));
    far = Math.min(far, Math.max(toFoot, toTop));
  } else if ((ray[1] ?? 0) < base.y || (ray[1] ?? 0) > base.y + height) {
    return Infinity;
  }
  return near > far || far < 0 ? Infinity : Math.max(0, near);
}

/** Finds what lies under a ray: the nearest of people, seats and things to see, or else the ground; never through a wall. */
export class Picker {
  private readonly bvh: Bvh;
  private readonly seats: readonly { readonly id: string; readonly at: Point; readonly height: number }[];
  private readonly sights: readonly SightTarget[];
  private readonly hit = emptyHit();

  constructor(bvh: Bvh, seats: readonly Seat[], sights: readonly SightTarget[] = []) {
    this.bvh = bvh;
    this.sights = sights;
    this.seats = seats.map(({ id, position: [x, y, z], height }) => ({ id, at: { x, y, z }, height }));
  }

  /** @param ray origin and unit direction; @param taken seats that somebody sits on */
  pick(ray: Float64Array, people: readonly Pickable[], taken: ReadonlySet<string>): Pick | null {
    this.bvh.cast(ray, REACH, this.hit);
    const wall = this.hit.distance;
    let nearest = Math.min(wall + 0.3, REACH);
    let found: Pick | null = null;
    for (const person of people) {
      if (!person.visible) continue;
      const distance = rayCylinder(ray, person.pose, PERSON_RADIUS, person.eyes + 0.2);
      if (distance >= nearest) continue;
      nearest = distance;
      found = { kind: 'person', id: person.id };
    }
    for (const seat of this.seats) {
      if (taken.has(seat.id)) continue;
      const distance = rayCylinder(ray, seat.at, SEAT_RADIUS, seat.height + 0.45);
      if (distance >= nearest) continue;
      nearest = distance;
      found = { kind: 'seat', id: seat.id };
    }
    found = this.nearestSight(ray, nearest) ?? found;
    if (found !== null) return found;
    return wall < Infinity && this.hit.ny > LEAST_UP ? { kind: 'ground', point: this.pointAt(ray, wall) } : null;
  }

  /** Where a ray lands on anything still, or on something to see; null in the open. */
  point(ray: Float64Array): Point | null {
    this.bvh.cast(ray, REACH, this.hit);
    let nearest = this.hit.distance;
    for (const { boxes } of this.sights) for (const box of boxes) nearest = Math.min(nearest, rayBox(ray, box));
    return nearest < REACH ? this.pointAt(ray, nearest) : null;
  }

  private nearestSight(ray: Float64Array, within: number): Pick | null {
    let nearest = within;
    let found: Pick | null = null;
    for (const { sight, boxes } of this.sights) {
      for (const box of boxes) {
        const distance = rayBox(ray, box);
        if (distance >= nearest) continue;
        nearest = distance;
        found = { kind: 'sight', sight };
      }
    }
    return found;
  }

  private pointAt(ray: Float64Array, distance: number): Point {
    return {
      x: (ray[0] ?? 0) + (ray[3] ?? 0) * distance,
      y: (ray[1] ?? 0) + (ray[4] ?? 0) * distance,
      z: (ray[2] ?? 0) + (ray[5] ?? 0) * distance,
    };
  }
}
