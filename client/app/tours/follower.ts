import type { Point } from '../../../shared/rules/ground.ts';
import type { PoseBook, Walker } from '../contracts.ts';
import { Trail } from './trail.ts';

/** The first of a group keep this far behind the guide, metres, every further row this much more. */
const FIRST_ROW = 1.8;
const ROW = 0.8;
const ROWS = 6;
const ACROSS = 3;
/** Beside each other, metres. */
const ELBOW_ROOM = 0.8;
/** So much farther than their row somebody may fall behind before they walk on, metres. */
const SLACK = 1.2;
/** The way is planned anew when the guide has gone so far, metres. */
const REPLAN = 1;
/** Another floor is never near, metres. */
const SAME_FLOOR = 1.5;

export interface FollowerDeps {
  readonly walker: Walker;
  readonly poses: Pick<PoseBook, 'byId'>;
  readonly guide: string;
  /** Which one of the group I am, from 0. */
  readonly rank: () => number;
  /** I walk, or sit down, by my own decision. */
  readonly onOwnWay: () => void;
}

/** Walks behind a guide: along the way that the guide came, in rows, until one walks by oneself. */
export class Follower {
  private readonly deps: FollowerDeps;
  private readonly trail = new Trail();
  private readonly planned: Point = { x: Infinity, y: 0, z: 0 };
  /** Where the walker goes because of us. */
  private ours: Readonly<Point> | null = null;
  /** Somebody seated gets up first; the walk begins when the server has let them. */
  private rising = false;
  private readonly seat: string;
  private strolling = 0;

  constructor(deps: FollowerDeps) {
    this.deps = deps;
    this.seat = deps.walker.seat.peek();
  }

  /** One look at the guide, every `LOOK_MS`. */
  look(): void {
    const { walker, poses, guide } = this.deps;
    if (this.isOwnWay()) {
      this.ours = null;
      this.deps.onOwnWay();
      return;
    }
    const at = poses.byId(guide);
    // In another scene, or on the way: the server brings us together.
    if (at === undefined) {
      this.trail.clear();
      return;
    }
    this.trail.note(at);
    const row = this.row();
    const away = Math.hypot(at.x - walker.pose.x, at.z - walker.pose.z);
    const near = Math.abs(at.y - walker.pose.y) < SAME_FLOOR;
    if (near && away <= row) {
      if (this.ours !== null) walker.stop();
      this.ours = null;
      return;
    }
    if (near && away <= row + SLACK && this.ours === null) return;
    if (Math.hypot(at.x - this.planned.x, at.y - this.planned.y, at.z - this.planned.z) > REPLAN) this.walkAfter(at, row);
  }

  /** Follows no more. */
  stop(): void {
    if (this.ours !== null && this.deps.walker.destination.peek() === this.ours) this.deps.walker.stop();
    this.ours = null;
  }

  private row(): number {
    return FIRST_ROW + ROW * Math.min(ROWS, Math.floor(this.deps.rank() / ACROSS));
  }

  private walkAfter(guide: Readonly<Point>, row: number): void {
    const { walker } = this.deps;
    const behind = this.trail.behind(guide, row) ?? guide;
    const dx = guide.x - behind.x;
    const dz = guide.z - behind.z;
    const length = Math.hypot(dx, dz);
    const side = length < 0.1 ? 0 : (((this.deps.rank() % ACROSS) - (ACROSS - 1) / 2) * ELBOW_ROOM) / length;
    const beside = { x: behind.x - dz * side, y: behind.y, z: behind.z + dx * side };
    const yaw = Math.atan2(dx, dz);
    this.planned.x = guide.x;
    this.planned.y = guide.y;
    this.planned.z = guide.z;
    const goes = walker.walkTo(beside, yaw) || walker.walkTo(behind, yaw);
    this.rising = goes && walker.seat.peek() !== '';
    this.ours = goes ? walker.destination.peek() : null;
  }

  /** Steered, on a way that is not ours, or on a seat that was not taken before. */
  private isOwnWay(): boolean {
    const { walker } = this.deps;
    const destination = walker.destination.peek();
    const seat = walker.seat.peek();
    if (seat !== '' && seat !== this.seat) return true;
    if (destination !== null && destination !== this.ours) {
      if (!this.rising) return true;
      this.rising = false;
      this.ours = destination;
    }
    if (destination !== null) {
      this.strolling = 0;
      return false;
    }
    this.ours = null;
    // The last step of a way that ends still shows as walking: twice in a row it is a person who steers.
    this.strolling = walker.pose.posture === 'walking' || walker.pose.posture === 'running' ? this.strolling + 1 : 0;
    return this.strolling > 1;
  }
}
