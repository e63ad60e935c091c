import type { Placement } from '../../shared/protocol/messages.ts';
import type { Footing, Ground, Point } from '../../shared/rules/ground.ts';
import { SpaceMap } from '../../shared/rules/spaces.ts';
import type { Layout } from '../../shared/scene/layout.ts';
import type { Person } from './person.ts';

/** Nobody is put nearer to somebody else than this, metres: two shoulders' width. */
export const ELBOW_ROOM = 0.7;
/** Distance at which one lands in front of a person: what strangers keep when they talk (Hall, The Hidden Dimension, 1966). */
export const TALKING_DISTANCE = 1.2;
/** How far from a point of the scene its floor may be. */
const REACH = 1;
/** A seat's floor is often cut out of the navigation mesh by the chair itself. */
const SEAT_REACH = 2.5;
/** The floor of a space is looked for so far from its middle, metres: tables stand there. */
const MIDDLE_REACH = 6;
/** Farther than this from where one was, an entrance is as good. */
const NEARBY = 8;
const TRIES = 600;
const GOLDEN_ANGLE = Math.PI * (3 - Math.sqrt(5));
/** Angles off the person's look at which to try landing, straight ahead first. */
const SIDES = [0, 0.5, -0.5, 1, -1, 1.6, -1.6, 2.3, -2.3, Math.PI];

/** Finds a spot in a scene for somebody who arrives. All methods write a footing into `out` and return the yaw to look along, or null if there is no spot. */
export class Arrivals {
  private readonly layout: Layout;
  private readonly ground: Ground;
  private readonly people: Iterable<Person>;
  private readonly closed: (who: Person, space: string) => boolean;
  private readonly spaces: SpaceMap;
  private nextSpawn = 0;

  /** `people`: those in the scene, whom nobody is put on top of. `closed`: spaces where somebody may not be put now. */
  constructor(layout: Layout, ground: Ground, { people, closed }: { readonly people: Iterable<Person>; readonly closed: (who: Person, space: string) => boolean }) {
    this.layout = layout;
    this.ground = ground;
    this.people = people;
    this.closed = closed;
    this.spaces = new SpaceMap(layout.spaces);
  }

  /** At the entrance `id`; without one, or if there is none of that name, at any, in turn if there are several. */
  atSpawn(who: Person, out: Footing, id: string | null = null): number | null {
    const { spawnPoints } = this.layout;
    const named = spawnPoints.find((spawn) => spawn.id === id);
    if (named !== undefined && this.around(who, named.position, out)) return named.yaw;
    for (let i = 0; i < spawnPoints.length; i += 1) {
      const spawn = spawnPoints[(this.nextSpawn + i) % spawnPoints.length];
      if (spawn === undefined || !this.around(who, spawn.position, out)) continue;
      this.nextSpawn = (this.nextSpawn + i + 1) % spawnPoints.length;
      return spawn.yaw;
    }
    return null;
  }

  atPlace(who: Person, id: string, out: Footing): number | null {
    const place = this.layout.places.find((candidate) => candidate.id === id);
    return place !== undefined && this.around(who, place.position, out) ? place.yaw : null;
  }

  /** In an acoustic space: at a place of it if it has one, else in its middle. */
  atSpace(who: Person, id: string, out: Footing): number | null {
    for (const { position, yaw, space } of this.layout.places) if (space === id && this.spaces.idAt(...position) === id && this.around(who, position, out)) return yaw;
    const space = this.layout.spaces.find((each) => each.id === id);
    if (space === undefined) return null;
    const middle = (axis: 0 | 1): number => space.outline.reduce((sum, corner) => sum + corner[axis], 0) / space.outline.length;
    return this.around(who, [middle(0), space.bottom, middle(1)], out, MIDDLE_REACH) ? 0 : null;
  }

  /** At the nearest place or entrance that is open to them, outside the space where they are. */
  outside(who: Person, out: Footing): number | null {
    const { x, y, z } = who.footing;
    const here = this.spaces.idAt(x, y, z);
    const distance = ({ position }: { position: readonly [number, number, number] }): number => Math.hypot(position[0] - x, position[2] - z);
    for (const { position, yaw } of [...this.layout.places, ...this.layout.spawnPoints].sort((a, b) => distance(a) - distance(b))) {
      if (this.spaces.idAt(...position) !== here && this.around(who, position, out)) return yaw;
    }
    return null;
  }

  /** Whether they may not be put there now. */
  isClosed(who: Person, { x, y, z }: Readonly<Point>): boolean {
    const space = this.spaces.idAt(x, y, z);
    return space !== null && this.closed(who, space);
  }

  /** In front of `other`, facing them, on their side of any wall; beside or behind them if the front is taken. */
  atPerson(who: Person, other: Person, out: Footing): number | null {
    const origin: Footing = { ...other.footing };
    if (other.seat !== '' && !this.ground.place(other.footing, SEAT_REACH, origin)) return null;
    const reached: Footing = { ...origin };
    for (const side of SIDES) {
      const angle = other.yaw + side;
      const wanted = { x: origin.x + Math.sin(angle) * TALKING_DISTANCE, y: origin.y, z: origin.z + Math.cos(angle) * TALKING_DISTANCE };
      if (!this.ground.slide(origin, wanted, reached)) continue;
      const gap = Math.hypot(reached.x - other.footing.x, reached.z - other.footing.z);
      if (gap < ELBOW_ROOM || !this.isFree(who, reached)) continue;
      Object.assign(out, reached);
      return Math.atan2(other.footing.x - reached.x, other.footing.z - reached.z);
    }
    return null;
  }

  /** As near to `other` as there is room, looking as they do: for any number who come along. */
  inGroup(who: Person, other: Person, out: Footing): number | null {
    const { x, y, z } = other.footing;
    return this.around(who, [x, y, z], out, other.seat === '' ? REACH : SEAT_REACH) ? other.yaw : null;
  }

  /** Where somebody was before, or as near to it as one can stand now, if the place is taken or the scene has changed. */
  atPlacement(who: Person, placement: Placement, out: Footing): number | null {
    const { x, y, z, yaw } = placement;
    return this.around(who, [x, y, z], out) || this.around(who, [x, y, z], out, NEARBY) ? yaw : null;
  }

  /** Beside a seat, in front of it first. */
  besideSeat(id: string, out: Footing): number | null {
    const seat = this.layout.seats.find((candidate) => candidate.id === id);
    if (seat === undefined) return null;
    const [x, y, z] = seat.position;
    const front = { x: x + Math.sin(seat.yaw) * 0.6, y, z: z + Math.cos(seat.yaw) * 0.6 };
    return this.ground.place(front, REACH, out) || this.ground.place(front, SEAT_REACH, out) ? seat.yaw : null;
  }

  /** The nearest free spot on a spiral (Vogel's, evenly dense) that can be reached from `centre` in a straight line. */
  private around(who: Person, centre: readonly [number, number, number], out: Footing, reach = REACH): boolean {
    const origin: Footing = { x: 0, y: 0, z: 0, polygon: 0 };
    const at: Point = { x: centre[0], y: centre[1], z: centre[2] };
    if (!this.ground.place(at, reach, origin) || this.isClosed(who, origin)) return false;
    const reached: Footing = { ...origin };
    for (let i = 0; i < TRIES; i += 1) {
      const radius = ELBOW_ROOM * Math.sqrt(i) * 1.02;
      const wanted = { x: origin.x + Math.cos(i * GOLDEN_ANGLE) * radius, y: origin.y, z: origin.z + Math.sin(i * GOLDEN_ANGLE) * radius };
      if (!this.ground.slide(origin, wanted, reached)) continue;
      const straight = Math.hypot(reached.x - wanted.x, reached.z - wanted.z) < 0.1;
      if (straight && this.isFree(who, reached)) {
        Object.assign(out, reached);
        return true;
      }
    }
    // Full to the walls: better too near to somebody than not at all.
    Object.assign(out, origin);
    return true;
  }

  private isFree(who: Person, at: Readonly<Point>): boolean {
    if (this.isClosed(who, at)) return false;
    for (const other of this.people) {
      if (other === who || Math.abs(other.footing.y - at.y) > 1.5) continue;
      if (Math.hypot(other.footing.x - at.x, other.footing.z - at.z) < ELBOW_ROOM) return false;
    }
    return true;
  }
}
