import type { Point } from '../../shared/rules/ground.ts';

/** A corner counts as reached from this near, metres: less than the agent radius, so that no wall lies between. */
const CORNER_REACHED = 0.15;

/** A path being followed, corner by corner. */
export class Route {
  readonly target: Readonly<Point>;
  /** The look on arrival, radians, or undefined to keep looking along the way. */
  readonly arriveYaw: number | undefined;
  private readonly corners: readonly Point[];
  private next = 1;

  /** `corners`: both ends included, as `Ground.path` gives them. */
  constructor(corners: readonly Point[], arriveYaw: number | undefined) {
    const target = corners.at(-1);
    if (target === undefined) throw new RangeError('a route needs at least one corner');
    this.corners = corners;
    this.target = target;
    this.arriveYaw = arriveYaw;
  }

  /** The corner to head for from `at`, or null on arrival. Allocates nothing. */
  heading(at: Readonly<Point>): Readonly<Point> | null {
    for (; this.next < this.corners.length; this.next += 1) {
      const corner = this.corners[this.next];
      if (corner !== undefined && Math.hypot(corner.x - at.x, corner.z - at.z) > CORNER_REACHED) return corner;
    }
    return null;
  }

  /** Metres still to go from `at`. */
  remaining(at: Readonly<Point>): number {
    let length = 0;
    let from: Readonly<Point> = at;
    for (let i = this.next; i < this.corners.length; i += 1) {
      const corner = this.corners[i];
      if (corner === undefined) break;
      length += Math.hypot(corner.x - from.x, corner.z - from.z);
      from = corner;
    }
    return length;
  }
}
