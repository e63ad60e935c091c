import { signal } from '@preact/signals';
import type { Placement, ServerMessages } from '../../shared/protocol/messages.ts';
import { WALK_BYTES, emptyWalk, encodeWalk } from '../../shared/protocol/pose.ts';
import type { Gesture } from '../../shared/protocol/vocabulary.ts';
import { TICK_MS } from '../../shared/protocol/version.ts';
import type { Footing, Ground, Point } from '../../shared/rules/ground.ts';
import { RUN_SPEED, WALK_SPEED } from '../../shared/rules/movement.ts';
import type { AvatarPose, Walker } from '../app/contracts.ts';
import { Route } from './route.ts';
import { StepLog } from './step-log.ts';

const MAX_PITCH = (63 * Math.PI) / 180;
/** A longer pause between frames (a hidden tab, a hiccup) is walked as if it were this long, so that nobody leaps. */
const MAX_STEP_S = 0.25;
/** On a path longer than this one runs, metres: crossing a hall should not bore. */
const RUN_BEYOND = 6;
/** How fast the look turns into the direction of a path, radians a second. */
const TURN_SPEED = 4;
/** A correction is blended away in about this time; beyond the snap distance it shows at once. */
const BLEND_MS = 150;
const SNAP_DISTANCE = 1.5;
/** Not getting nearer for this long means the way is blocked: give up instead of pushing against a wall. */
const STUCK_S = 1.5;

export interface WalkerDeps {
  readonly ground: Ground;
  /** Sends one encoded step; the bytes are reused, so copy them if they are kept. */
  send(bytes: Uint8Array): void;
  /** The person wants to move while seated. */
  wantStand(): void;
  onBlocked(): void;
}

function turn(from: number, to: number): number {
  return Math.atan2(Math.sin(to - from), Math.cos(to - from));
}

/** See `Walker`. Owns the predicted pose; the server's word is final. */
export class PredictedWalker implements Walker {
  readonly pose: { -readonly [K in keyof AvatarPose]: AvatarPose[K] } = {
    id: '', index: 0, x: 0, y: 0, z: 0, yaw: 0, pitch: 0, posture: 'standing', gesture: 'none', speaking: false, speed: 0, body: null,
  };
  readonly seat = signal('');
  readonly destination = signal<Readonly<Point> | null>(null);

  private readonly deps: WalkerDeps;
  private readonly at: Footing = { x: 0, y: 0, z: 0, polygon: 0 };
  private readonly wish: Point = { x: 0, y: 0, z: 0 };
  private readonly scratch: Point = { x: 0, y: 0, z: 0 };
  private readonly offset: Point = { x: 0, y: 0, z: 0 };
  private readonly log = new StepLog();
  private readonly step = emptyWalk();
  private readonly bytes = new Uint8Array(WALK_BYTES);
  private readonly view = new DataView(this.bytes.buffer);
  private intentForward = 0;
  private intentRight = 0;
  private intentRun = false;
  private route: Route | null = null;
  private turning = false;
  private afterStanding: { target: Point; arriveYaw: number | undefined } | null = null;
  private askedToStand = false;
  private bestRemaining = Infinity;
  private stuckFor = 0;
  private last = -1;
  private lastSent = -Infinity;
  private moving = false;
  private running = false;

  constructor(deps: WalkerDeps) {
    this.deps = deps;
  }

  /** Takes a fresh connection's word for who and where one is. Step numbers go on from `seq` 0. */
  begin(me: { id: string; index: number; placement: Placement; seat: string }): void {
    this.pose.id = me.id;
    this.pose.index = me.index;
    this.step.seq = 0;
    this.log.clear();
    this.put(me.placement, me.seat);
    this.stop();
  }

  /** Obeys a placement by the server: a jump, a seat, or a correction of a step. */
  placed(message: ServerMessages['placed']): void {
    if (message.cause === 'correction') {
      if (message.seq === null || !this.log.get(message.seq, this.scratch)) this.put(message, message.seat);
      else this.correct(message);
      return;
    }
    this.put(message, message.seat);
    if (message.cause === 'stand' && this.afterStanding !== null) {
      const { target, arriveYaw } = this.afterStanding;
      this.afterStanding = null;
      this.walkTo(target, arriveYaw);
    } else if (message.cause !== 'stand') {
      this.stop();
    }
  }

  setGesture(gesture: Gesture): void {
    this.pose.gesture = gesture;
  }

  setIntent(forward: number, right: number, running: boolean): void {
    this.intentForward = forward;
    this.intentRight = right;
    this.intentRun = running;
    if (forward === 0 && right === 0) return;
    this.endRoute();
    this.standFirst();
  }

  look(deltaYaw: number, deltaPitch: number): void {
    this.pose.yaw = turn(0, this.pose.yaw + deltaYaw);
    this.pose.pitch = Math.max(-MAX_PITCH, Math.min(MAX_PITCH, this.pose.pitch + deltaPitch));
    this.turning = false;
  }

  walkTo(target: Readonly<Point>, arriveYaw?: number): boolean {
    if (this.seat.value !== '') {
      this.afterStanding = { target: { ...target }, arriveYaw };
      this.standFirst();
      return true;
    }
    const corners = this.deps.ground.path(this.at, target);
    if (corners.length === 0) return false;
    this.route = new Route(corners, arriveYaw);
    this.turning = true;
    this.bestRemaining = Infinity;
    this.stuckFor = 0;
    this.destination.value = this.route.target;
    return true;
  }

  stop(): void {
    this.intentForward = 0;
    this.intentRight = 0;
    this.afterStanding = null;
    this.endRoute();
  }

  advance(now: number): void {
    const elapsed = this.last < 0 ? 0 : Math.min(MAX_STEP_S, Math.max(0, (now - this.last) / 1000));
    this.last = now;
    const wasMoving = this.moving;
    this.moving = false;
    this.running = false;
    if (this.seat.value === '') {
      if (this.route !== null) this.followRoute(elapsed);
      else this.followIntent(elapsed);
    }
    this.blend(elapsed);
    this.report(now, wasMoving);
  }

  private followIntent(elapsed: number): void {
    const length = Math.hypot(this.intentForward, this.intentRight);
    if (length < 0.05) {
      this.pose.speed = 0;
      return;
    }
    const strength = Math.min(1, length);
    const sin = Math.sin(this.pose.yaw);
    const cos = Math.cos(this.pose.yaw);
    // Right of (sin, cos) in a right-handed Y-up world, seen from above, is (-cos, sin).
    const dx = (sin * this.intentForward - cos * this.intentRight) / length;
    const dz = (cos * this.intentForward + sin * this.intentRight) / length;
    this.running = this.intentRun && strength > 0.5;
    this.move(dx, dz, (this.running ? RUN_SPEED : WALK_SPEED) * strength * elapsed, elapsed);
  }

  private followRoute(elapsed: number): void {
    const route = this.route;
    if (route === null) return;
    const corner = route.heading(this.at);
    if (corner === null) {
      this.arrive(route);
      return;
    }
    const dx = corner.x - this.at.x;
    const dz = corner.z - this.at.z;
    const distance = Math.hypot(dx, dz);
    const remaining = route.remaining(this.at);
    this.running = remaining > RUN_BEYOND;
    if (this.turning) {
      const difference = turn(this.pose.yaw, Math.atan2(dx, dz));
      this.pose.yaw = turn(0, this.pose.yaw + Math.max(-TURN_SPEED * elapsed, Math.min(TURN_SPEED * elapsed, difference)));
      this.pose.pitch *= Math.max(0, 1 - 3 * elapsed);
    }
    const reach = (this.running ? RUN_SPEED : WALK_SPEED) * elapsed;
    this.move(dx / distance, dz / distance, Math.min(reach, distance), elapsed);
    this.noticeBlocked(remaining, elapsed);
  }

  private noticeBlocked(remaining: number, elapsed: number): void {
    if (remaining < this.bestRemaining - 0.05) {
      this.bestRemaining = remaining;
      this.stuckFor = 0;
      return;
    }
    this.stuckFor += elapsed;
    if (this.stuckFor < STUCK_S) return;
    this.endRoute();
    this.deps.onBlocked();
  }

  private arrive(route: Route): void {
    if (route.arriveYaw !== undefined && this.turning) this.pose.yaw = turn(0, route.arriveYaw);
    this.endRoute();
    this.pose.speed = 0;
  }

  private move(dx: number, dz: number, distance: number, elapsed: number): void {
    const fromX = this.at.x;
    const fromZ = this.at.z;
    this.wish.x = fromX + dx * distance;
    this.wish.y = this.at.y;
    this.wish.z = fromZ + dz * distance;
    if (!this.deps.ground.slide(this.at, this.wish, this.at)) this.deps.ground.place(this.at, 2, this.at);
    const moved = Math.hypot(this.at.x - fromX, this.at.z - fromZ);
    this.moving = moved > 1e-4;
    this.pose.speed = elapsed > 0 ? moved / elapsed : 0;
  }

  /** Moves the drawn pose towards the true one and sets the posture. */
  private blend(elapsed: number): void {
    const keep = Math.exp((-1000 * elapsed * 3) / BLEND_MS);
    this.offset.x *= keep;
    this.offset.y *= keep;
    this.offset.z *= keep;
    this.pose.x = this.at.x + this.offset.x;
    this.pose.y = this.at.y + this.offset.y;
    this.pose.z = this.at.z + this.offset.z;
    if (this.seat.value !== '') this.pose.posture = 'seated';
    else if (!this.moving) this.pose.posture = 'standing';
    else this.pose.posture = this.running ? 'running' : 'walking';
  }

  /** Sends a step every tick while something changes, and one more when it has stopped. */
  private report(now: number, wasMoving: boolean): void {
    if (now - this.lastSent < TICK_MS - 1) return;
    const turned = Math.abs(turn(this.step.yaw, this.pose.yaw)) > 0.01 || Math.abs(this.step.pitch - this.pose.pitch) > 0.01;
    const moved = Math.hypot(this.step.x - this.at.x, this.step.z - this.at.z) > 0.005;
    const stopped = this.step.moving && !this.moving;
    if (!moved && !turned && !stopped && !wasMoving) return;
    this.lastSent = now;
    this.step.seq = (this.step.seq + 1) & 0xffff;
    this.step.x = this.at.x;
    this.step.y = this.at.y;
    this.step.z = this.at.z;
    this.step.yaw = this.pose.yaw;
    this.step.pitch = this.pose.pitch;
    this.step.running = this.running;
    this.step.moving = this.moving;
    this.log.put(this.step.seq, this.at.x, this.at.y, this.at.z);
    encodeWalk(this.step, this.view);
    this.deps.send(this.bytes);
  }

  /** Carries what one walked since the corrected step over to the server's point; the eye sees it glide. */
  private correct(message: ServerMessages['placed']): void {
    const beforeX = this.pose.x;
    const beforeY = this.pose.y;
    const beforeZ = this.pose.z;
    this.wish.x = message.x + this.at.x - this.scratch.x;
    this.wish.y = message.y + this.at.y - this.scratch.y;
    this.wish.z = message.z + this.at.z - this.scratch.z;
    this.at.polygon = 0;
    if (!this.deps.ground.place(message, 2, this.at) || !this.deps.ground.slide(this.at, this.wish, this.at)) {
      this.at.x = message.x;
      this.at.y = message.y;
      this.at.z = message.z;
    }
    this.log.shift(message.x - this.scratch.x, message.y - this.scratch.y, message.z - this.scratch.z);
    this.offset.x = beforeX - this.at.x;
    this.offset.y = beforeY - this.at.y;
    this.offset.z = beforeZ - this.at.z;
    if (Math.hypot(this.offset.x, this.offset.y, this.offset.z) > SNAP_DISTANCE) this.clearOffset();
  }

  private put(placement: Placement, seat: string): void {
    this.at.x = placement.x;
    this.at.y = placement.y;
    this.at.z = placement.z;
    this.at.polygon = 0;
    if (seat === '') this.deps.ground.place(placement, 2, this.at);
    this.pose.yaw = turn(0, placement.yaw);
    this.pose.pitch = 0;
    this.pose.speed = 0;
    this.seat.value = seat;
    this.askedToStand = false;
    this.clearOffset();
    this.step.x = this.at.x;
    this.step.z = this.at.z;
    this.step.yaw = this.pose.yaw;
    this.step.pitch = 0;
    // For whoever asks before the next frame.
    this.blend(0);
  }

  private clearOffset(): void {
    this.offset.x = 0;
    this.offset.y = 0;
    this.offset.z = 0;
  }

  private standFirst(): void {
    if (this.seat.value === '' || this.askedToStand) return;
    this.askedToStand = true;
    this.deps.wantStand();
  }

  private endRoute(): void {
    this.route = null;
    if (this.destination.value !== null) this.destination.value = null;
  }
}
