import { SpaceMap } from '../../shared/rules/spaces.ts';
import type { Layout } from '../../shared/scene/layout.ts';
import type { NearbyPerson, PoseBook, Walker } from './contracts.ts';
import { peopleHere, store } from './store.ts';

/** As often as a person reads a list. */
const REFRESH_MS = 500;

/** Clock direction of (dx, dz) for someone who looks along `yaw`: 12 is ahead, 3 is right. */
export function clockDirection(dx: number, dz: number, yaw: number): number {
  const right = -Math.cos(yaw) * dx + Math.sin(yaw) * dz;
  const ahead = Math.sin(yaw) * dx + Math.cos(yaw) * dz;
  const hour = Math.round((Math.atan2(right, ahead) * 6) / Math.PI);
  return hour <= 0 ? hour + 12 : hour;
}

/** Tells the companion where one is and who is near, twice a second, with or without a 3D view. */
export class Surroundings {
  private readonly spaces: SpaceMap;
  private readonly layout: Layout;
  private readonly poses: PoseBook;
  private readonly walker: Walker;
  private timer: ReturnType<typeof setInterval> | undefined;

  constructor(layout: Layout, poses: PoseBook, walker: Walker) {
    this.layout = layout;
    this.spaces = new SpaceMap(layout.spaces);
    this.poses = poses;
    this.walker = walker;
  }

  start(): void {
    this.stop();
    this.timer = setInterval(() => this.refresh(), REFRESH_MS);
    this.refresh();
  }

  stop(): void {
    clearInterval(this.timer);
    store.nearby.value = [];
  }

  /** Nearest free seat in the space that one is in, or null. */
  freeSeatNearby(): string | null {
    const { x, y, z } = this.walker.pose;
    const here = this.spaces.idAt(x, y, z);
    const taken = new Set(Array.from(peopleHere.peek().values(), (person) => person.seat));
    let best: string | null = null;
    let bestDistance = Infinity;
    for (const seat of this.layout.seats) {
      if (seat.space !== here || taken.has(seat.id)) continue;
      const distance = Math.hypot(seat.position[0] - x, seat.position[1] - y, seat.position[2] - z);
      if (distance >= bestDistance) continue;
      best = seat.id;
      bestDistance = distance;
    }
    return best;
  }

  private refresh(): void {
    const me = this.walker.pose;
    const space = this.spaces.idAt(me.x, me.y, me.z);
    const place = this.nearestPlace(space);
    const where = store.where.peek();
    if (where.space !== space || where.place !== place) store.where.value = { space, place };
    store.nearby.value = this.people();
    store.walking.value = this.walker.destination.peek() !== null;
  }

  private people(): NearbyPerson[] {
    const me = this.walker.pose;
    const heard = new Set(store.slots.peek());
    const nearby: NearbyPerson[] = [];
    for (const pose of this.poses.avatars) {
      const person = store.people.peek().get(pose.id);
      if (person === undefined) continue;
      const dx = pose.x - me.x;
      const dz = pose.z - me.z;
      nearby.push({
        person,
        distance: Math.hypot(dx, pose.y - me.y, dz),
        clock: clockDirection(dx, dz, me.yaw),
        speaking: pose.speaking,
        heard: heard.has(person.id),
        space: this.spaces.idAt(pose.x, pose.y, pose.z),
      });
    }
    return nearby.sort((a, b) => a.distance - b.distance);
  }

  private nearestPlace(space: string | null): string | null {
    const me = this.walker.pose;
    let best: string | null = null;
    let bestDistance = 8;
    for (const place of this.layout.places) {
      if (place.space !== space) continue;
      const distance = Math.hypot(place.position[0] - me.x, place.position[2] - me.z);
      if (distance >= bestDistance) continue;
      best = place.id;
      bestDistance = distance;
    }
    return best;
  }
}
