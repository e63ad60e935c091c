import { signal } from '@preact/signals';
import type { Body } from '../../shared/protocol/body.ts';
import type { ClientMessage, Placement, ServerMessages } from '../../shared/protocol/messages.ts';
import type { Gesture } from '../../shared/protocol/vocabulary.ts';
import type { Footing, Ground, Point } from '../../shared/rules/ground.ts';
import { CLOCK_SLACK, RUN_SPEED, WALK_SPEED, noAllowance, refill, spend } from '../../shared/rules/movement.ts';
import type { AvatarPose, Walker } from '../app/contracts.ts';
import type { TrackedWalker } from '../app/headset/contract.ts';
import { Drift } from './drift.ts';
import { Reporter } from './reporter.ts';
import type { Gait } from './reporter.ts';
import { Route } from './route.ts';
import type { Traveller } from './teleport-survey.ts';
import { TeleportSurvey } from './teleport-survey.ts';

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
  /** The same, for looking where one could go: nobody is told of what is closed there. */
  readonly survey: Ground;
  /** Sends one encoded step; the bytes are reused, so copy them if they are kept. */
  send(bytes: Uint8Array): void;
  /** Sends an encoded body, or no bytes: the headset is off. The bytes are reused too. */
  sendBody(bytes: Uint8Array): void;
  /** Asks the server to set one down there. */
  teleport(to: ClientMessage<'teleport'>['to']): void;
  /** The person wants to move while seated. */
  wantStand(): void;
  onBlocked(): void;
}

function turn(from: number, to: number): number {
  return Math.atan2(Math.sin(to - from), Math.cos(to - from));
}

/** What is done once one has stood up. */
type AfterStanding = { readonly kind: 'walk'; readonly target: Point; readonly arriveYaw: number | undefined } | { readonly kind: 'teleport'; readonly target: Point };

/** See `Walker`, and `TrackedWalker` for somebody in a headset. Owns the predicted pose; the server's word is final. */
export class PredictedWalker implements Walker, TrackedWalker {
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
  private readonly reporter: Reporter;
  private readonly gait: Gait = { moving: false, running: false, wasMoving: false };
  private intentForward = 0;
  private intentRight = 0;
  private intentRun = false;
  private route: Route | null = null;
  private turning = false;
  private afterStanding: AfterStanding | null = null;
  private askedToStand = false;
  private bestRemaining = Infinity;
  private stuckFor = 0;
  private last = -1;
  /** What the server will let one go, as far as one can know: nobody asks for more. */
  private readonly allowance = noAllowance();
  private readonly drift = new Drift();
  private readonly survey: TeleportSurvey;
  private readonly traveller: Traveller = { at: this.at, seated: false, reserve: 0, now: 0 };
  /** Metres of the teleport that was asked for last. */
  private asked = 0;

  constructor(deps: WalkerDeps) {
    this.deps = deps;
    this.survey = new TeleportSurvey(deps.survey);
    this.reporter = new Reporter(deps);
  }

  /** Takes a fresh connection's word for who and where one is. Step numbers go on from `seq` 0. */
  begin(me: { id: string; index: number; placement: Placement; seat: string }): void {
    this.pose.id = me.id;
    this.pose.index = me.index;
    this.reporter.begin();
    this.allowance.metres = this.allowance.reserve = 0;
    this.put(me.placement, me.seat);
    this.stop();
  }

  /** Obeys a placement by the server: a jump, a seat, or a correction of a step. */
  placed(message: ServerMessages['placed']): void {
    if (message.cause === 'correction') {
      if (message.seq === null || !this.reporter.at(message.seq, this.scratch)) this.put(message, message.seat);
      else this.correct(message);
      return;
    }
    if (message.cause === 'teleport') {
      this.land(message);
      return;
    }
    this.put(message, message.seat);
    if (message.cause === 'stand' && this.afterStanding !== null) {
      const { afterStanding } = this;
      this.afterStanding = null;
      if (afterStanding.kind === 'walk') this.walkTo(afterStanding.target, afterStanding.arriveYaw);
      else this.teleport(afterStanding.target);
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
      this.afterStanding = { kind: 'walk', target: { ...target }, arriveYaw };
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

  shift(dx: number, dz: number, out: Point): void {
    out.x = 0;
    out.z = 0;
    const wished = Math.hypot(dx, dz);
    if (this.seat.value !== '' || !(wished > 0)) return;
    const { at } = this;
    const fromX = at.x;
    const fromZ = at.z;
    const share = Math.min(1, this.allowance.metres / wished);
    this.slideTo(fromX + dx * share, fromZ + dz * share);
    out.x = at.x - fromX;
    out.z = at.z - fromZ;
    this.drift.add(out.x, out.z);
    // For whoever draws before the next step.
    this.pose.x += out.x;
    this.pose.y = at.y + this.offset.y;
    this.pose.z += out.z;
  }

  face(yaw: number, pitch: number): void {
    this.pose.yaw = turn(0, yaw);
    this.pose.pitch = Math.max(-MAX_PITCH, Math.min(MAX_PITCH, pitch));
    this.turning = false;
  }

  wear(body: Body | null): void {
    this.pose.body = body;
    this.reporter.wear(body);
  }

  teleport(to: Readonly<Point>): void {
    if (this.seat.value !== '') {
      this.afterStanding = { kind: 'teleport', target: { ...to } };
      this.standFirst();
      return;
    }
    const metres = this.survey.measure(this.at, to);
    if (metres === Infinity) return;
    this.asked = metres;
    this.deps.teleport([to.x, to.y, to.z]);
  }

  canTeleport(to: Readonly<Point>, out: Point): boolean {
    const { traveller } = this;
    traveller.seated = this.seat.peek() !== '';
    traveller.reserve = this.allowance.reserve;
    traveller.now = this.last;
    return this.survey.find(traveller, to, out);
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
    this.gait.wasMoving = this.gait.moving;
    this.gait.moving = false;
    this.gait.running = false;
    refill(this.allowance, elapsed / CLOCK_SLACK);
    const drifting = this.drift.advance(elapsed);
    if (this.seat.value === '') {
      if (this.route !== null) this.followRoute(elapsed);
      else this.followIntent(elapsed);
      if (!this.gait.moving && drifting > 0) {
        this.gait.moving = true;
        this.pose.speed = drifting;
      }
    }
    this.blend(elapsed);
    this.reporter.report(now, this.at, this.pose, this.gait);
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
    this.gait.running = this.intentRun && strength > 0.5;
    this.move(dx, dz, (this.gait.running ? RUN_SPEED : WALK_SPEED) * strength * elapsed, elapsed);
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
    this.gait.running = remaining > RUN_BEYOND;
    if (this.turning) {
      const difference = turn(this.pose.yaw, Math.atan2(dx, dz));
      this.pose.yaw = turn(0, this.pose.yaw + Math.max(-TURN_SPEED * elapsed, Math.min(TURN_SPEED * elapsed, difference)));
      this.pose.pitch *= Math.max(0, 1 - 3 * elapsed);
    }
    const reach = (this.gait.running ? RUN_SPEED : WALK_SPEED) * elapsed;
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
    this.slideTo(fromX + dx * distance, fromZ + dz * distance);
    const moved = Math.hypot(this.at.x - fromX, this.at.z - fromZ);
    this.gait.moving = moved > 1e-4;
    this.pose.speed = elapsed > 0 ? moved / elapsed : 0;
  }

  /** Goes over the ground towards a point of the plan. */
  private slideTo(x: number, z: number): void {
    const { at, wish } = this;
    const fromX = at.x;
    const fromZ = at.z;
    wish.x = x;
    wish.y = at.y;
    wish.z = z;
    if (!this.deps.ground.slide(at, wish, at)) this.deps.ground.place(at, 2, at);
    spend(this.allowance, Math.hypot(at.x - fromX, at.z - fromZ));
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
    else if (!this.gait.moving) this.pose.posture = 'standing';
    else this.pose.posture = this.gait.running ? 'running' : 'walking';
  }

  /** Set down by a teleport: one goes on looking where one looks. */
  private land(message: ServerMessages['placed']): void {
    const { yaw, pitch } = this.pose;
    spend(this.allowance, this.asked);
    this.allowance.metres = 0;
    this.put({ ...message, yaw }, message.seat);
    this.pose.pitch = pitch;
    this.stop();
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
    this.reporter.shift(message.x - this.scratch.x, message.y - this.scratch.y, message.z - this.scratch.z);
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
    this.reporter.known(this.at, this.pose.yaw);
    this.drift.clear();
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
