import type { Point } from '../../../shared/rules/ground.ts';
import { emptyHit } from '../../world/rays/bvh.ts';
import type { Bvh } from '../../world/rays/bvh.ts';

/** A throw of this speed, metres a second, comes down 8 to 9 m away at the best angle. */
const SPEED = 8.2;
const GRAVITY = 9.81;
/** Seconds between two points of the arc. */
const STEP_S = 0.06;
export const ARC_POINTS = 28;
/** Steeper ground is not stood on (about 45 degrees). */
const LEAST_UP = 0.7;

/** The way of a thrown ball from a hand to the first thing it meets. Mutable, reused: one instance a hand that aims. */
export class Arc {
  /** x, y, z of each point, metres. */
  readonly points = new Float64Array(ARC_POINTS * 3);
  count = 0;
  /** Where it lands, if that is ground. */
  readonly end: Point = { x: 0, y: 0, z: 0 };
  lands = false;
  private readonly ray = new Float64Array(6);
  private readonly hit = emptyHit();

  /** Throws along `aim` (origin and unit direction). Allocates nothing. */
  cast(aim: Float64Array, bvh: Bvh): void {
    const { points, ray, hit } = this;
    let x = aim[0] ?? 0, y = aim[1] ?? 0, z = aim[2] ?? 0;
    const vx = (aim[3] ?? 0) * SPEED, vz = (aim[5] ?? 0) * SPEED;
    let vy = (aim[4] ?? 0) * SPEED;
    this.lands = false;
    this.count = 0;
    this.put(x, y, z);
    while (this.count < ARC_POINTS) {
      const dx = vx * STEP_S, dy = (vy - (GRAVITY * STEP_S) / 2) * STEP_S, dz = vz * STEP_S;
      const length = Math.hypot(dx, dy, dz);
      ray[0] = x;
      ray[1] = y;
      ray[2] = z;
      ray[3] = dx / length;
      ray[4] = dy / length;
      ray[5] = dz / length;
      if (bvh.cast(ray, length, hit)) {
        const share = hit.distance / length;
        this.put(x + dx * share, y + dy * share, z + dz * share);
        this.lands = hit.ny > LEAST_UP;
        break;
      }
      x += dx;
      y += dy;
      z += dz;
      vy -= GRAVITY * STEP_S;
      this.put(x, y, z);
    }
    const last = (this.count - 1) * 3;
    this.end.x = points[last] ?? 0;
    this.end.y = points[last + 1] ?? 0;
    this.end.z = points[last + 2] ?? 0;
  }

  private put(x: number, y: number, z: number): void {
    if (this.count >= ARC_POINTS) return;
    const at = this.count * 3;
    this.points[at] = x;
    this.points[at + 1] = y;
    this.points[at + 2] = z;
    this.count += 1;
  }
}
