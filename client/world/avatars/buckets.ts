/**
 * Who is drawn how: sorts avatars into one list an appearance and level of detail, a few times a second. Thin instances have neither culling nor
 * levels of detail of their own, so this is both. Pure arithmetic on typed arrays; allocates nothing once it has seen the crowd's size.
 */

export const LOD_COUNT = 3;
/** A level changes only this far beyond its limit, so that nobody flickers between two. */
const HYSTERESIS = 1.08;
/** Nearer than this, metres, avatars are kept wherever one looks: they are in view at the next turn of the head. */
const ALWAYS_NEAR = 3;
/** Margin of the cone of view, metres, for the size of a person. */
const PERSON_RADIUS = 1.2;

/** What the bucketing reads and writes of one avatar. */
export interface Bucketed {
  readonly slot: number;
  appearance: number;
  lod: number;
  /** In view and drawn. */
  visible: boolean;
  /** Metres to the eye. */
  distance: number;
  /** Not to be drawn at all (oneself in first person). */
  hidden: boolean;
  /** Drawn although hidden: all but the head. */
  headless: boolean;
  readonly pose: { readonly x: number; readonly y: number; readonly z: number };
}

/** The eye: position, unit direction of the look, half angle of a cone that holds the whole picture, radians. */
export interface Eye {
  x: number;
  y: number;
  z: number;
  dx: number;
  dy: number;
  dz: number;
  halfAngle: number;
}

/** Level for a distance, given the level now. */
export function lodFor(distance: number, current: number, limits: readonly [number, number]): number {
  const up = (limit: number, level: number): boolean => distance > limit * (current < level ? HYSTERESIS : 1);
  return up(limits[1], 2) ? 2 : up(limits[0], 1) ? 1 : 0;
}

/** Whether a person at (dx, dy, dz) from the eye may be in the picture. */
export function inCone(eye: Readonly<Eye>, dx: number, dy: number, dz: number): boolean {
  const distance = Math.hypot(dx, dy, dz);
  if (distance < ALWAYS_NEAR) return true;
  const along = dx * eye.dx + dy * eye.dy + dz * eye.dz;
  const aside = Math.sqrt(Math.max(0, distance * distance - along * along));
  // Distance from the cone's surface: positive is outside.
  return aside * Math.cos(eye.halfAngle) - along * Math.sin(eye.halfAngle) < PERSON_RADIUS;
}

/** One list of slots. */
export class Bucket {
  slots = new Float32Array(16);
  count = 0;
  /** Since it was last sent to the GPU. */
  changed = false;
  private next = 0;

  begin(): void {
    this.next = 0;
  }

  add(slot: number): void {
    if (this.next === this.slots.length) {
      const larger = new Float32Array(this.slots.length * 2);
      larger.set(this.slots);
      this.slots = larger;
    }
    if (this.slots[this.next] !== slot || this.next >= this.count) {
      this.slots[this.next] = slot;
      this.changed = true;
    }
    this.next += 1;
  }

  end(): void {
    if (this.next !== this.count) this.changed = true;
    this.count = this.next;
  }
}

/** Makes buckets of appearance * {@link LOD_COUNT} + level. */
export function createBuckets(appearances: number): Bucket[] {
  return Array.from({ length: appearances * LOD_COUNT }, () => new Bucket());
}

/**
 * Decides for every avatar whether and in which detail it is drawn.
 * @param limits distances of the second and third level, and beyond which nobody is drawn, metres
 * @returns how many are drawn
 */
export function fillBuckets(avatars: readonly Bucketed[], buckets: readonly Bucket[], eye: Readonly<Eye>, limits: { lod: readonly [number, number]; draw: number }): number {
  for (const bucket of buckets) bucket.begin();
  let drawn = 0;
  for (const avatar of avatars) {
    const dx = avatar.pose.x - eye.x;
    const dy = avatar.pose.y + 1 - eye.y;
    const dz = avatar.pose.z - eye.z;
    avatar.distance = Math.hypot(dx, dy, dz);
    avatar.visible = (!avatar.hidden || avatar.headless) && avatar.distance < limits.draw && inCone(eye, dx, dy, dz);
    if (!avatar.visible) continue;
    avatar.lod = lodFor(avatar.distance, avatar.lod, limits.lod);
    buckets[avatar.appearance * LOD_COUNT + avatar.lod]?.add(avatar.slot);
    drawn += 1;
  }
  for (const bucket of buckets) bucket.end();
  return drawn;
}
