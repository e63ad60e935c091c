import { copyPoint, emptyBody, type Body, type TrackedHand, type TrackedPoint } from '../../../shared/protocol/body.ts';
import { clamp, quat, set, times, turn, vec, type Quat, type Vec } from './ik-math.ts';

/** Seconds in which an arm goes over from the clip to the tracked hand and back, and the body as a whole. */
const FADE_S = 0.3;
/** Seconds in which fingers change their shape. */
const FINGERS_S = 0.12;
/** Viewer space looks along -Z, the head bone along +Z: half a turn about Y. */
const FACE_ABOUT = quat(0, 1, 0, 0);

/** A tracked point as the avatar's bones need it: in the avatar's own axes, metres of the avatar at scale 1. */
export interface PointGoal {
  readonly place: Vec;
  readonly rotation: Quat;
}

export interface HandGoal extends PointGoal {
  /** 0 the clip's arm, 1 the tracked one. */
  weight: number;
  /** How far four fingers and thumb are bent, 0..1. */
  fingers: number;
  thumb: number;
}

/** What of somebody in a headset the avatar follows. Mutable; one a person, so that nothing jumps when tracking comes and goes. */
export interface Tracked {
  /** 0 the clips, 1 the tracked body. */
  weight: number;
  /** Between the eyes; rotation of the head bone. */
  readonly head: PointGoal;
  /** Origin and axes of the grip spaces. */
  readonly left: HandGoal;
  readonly right: HandGoal;
  /** The last that was known of points that are lost now. */
  readonly last: Body;
}

/** How the avatar stands in the world. */
export interface Stance {
  readonly yaw: number;
  readonly scale: number;
  /** Above the footing, metres. */
  readonly lift: number;
}

export function createTracked(): Tracked {
  const point = (): PointGoal => ({ place: vec(), rotation: quat() });
  const hand = (): HandGoal => ({ ...point(), weight: 0, fingers: 0, thumb: 0 });
  return { weight: 0, head: point(), left: hand(), right: hand(), last: emptyBody() };
}

const yawBack = quat();
const turned = quat();

function bring(point: Readonly<TrackedPoint>, stance: Readonly<Stance>, goal: PointGoal): void {
  yawBack.y = Math.sin(-stance.yaw / 2);
  yawBack.w = Math.cos(-stance.yaw / 2);
  set(goal.place, point.x / stance.scale, (point.y - stance.lift) / stance.scale, point.z / stance.scale);
  turn(yawBack, goal.place, goal.place);
  turned.x = point.qx;
  turned.y = point.qy;
  turned.z = point.qz;
  turned.w = point.qw;
  times(yawBack, turned, goal.rotation);
}

function step(value: number, rises: boolean, by: number): number {
  return clamp(value + (rises ? by : -by), 0, 1);
}

function approach(value: number, goal: number, by: number): number {
  return value + clamp(goal - value, -by, by);
}

function followHand(hand: Readonly<TrackedHand> | null, last: TrackedHand, goal: HandGoal, elapsed: number): void {
  const tracked = hand !== null && hand.shape !== 'lost';
  if (tracked) {
    copyPoint(hand, last);
    last.shape = hand.shape;
  }
  goal.weight = step(goal.weight, tracked, elapsed / FADE_S);
  goal.fingers = approach(goal.fingers, last.shape === 'grip' ? 1 : 0, elapsed / FINGERS_S);
  goal.thumb = approach(goal.thumb, last.shape === 'open' || last.shape === 'lost' ? 0 : 1, elapsed / FINGERS_S);
}

/** Follows head and hands by `elapsed` seconds; `body` is null for those without a headset. Allocates nothing. */
export function followBody(tracked: Tracked, body: Readonly<Body> | null, stance: Readonly<Stance>, elapsed: number): void {
  if (body === null && tracked.weight === 0) return;
  if (body !== null) copyPoint(body.head, tracked.last.head);
  tracked.weight = step(tracked.weight, body !== null, elapsed / FADE_S);
  followHand(body === null ? null : body.left, tracked.last.left, tracked.left, elapsed);
  followHand(body === null ? null : body.right, tracked.last.right, tracked.right, elapsed);
  bring(tracked.last.head, stance, tracked.head);
  times(tracked.head.rotation, FACE_ABOUT, tracked.head.rotation);
  bring(tracked.last.left, stance, tracked.left);
  bring(tracked.last.right, stance, tracked.right);
}

/** Back to the clips at once: for avatars whose skeleton is given away. */
export function forgetBody(tracked: Tracked): void {
  tracked.weight = tracked.left.weight = tracked.right.weight = 0;
}

/** The body without fading, for one's own; arms that are lost and found fade all the same. */
export function settleBody(tracked: Tracked): void {
  tracked.weight = 1;
}

const ahead = vec();
const overhead = vec();

/**
 * Where a tracked head faces, as a yaw: the look in plan, and where that has no direction (straight down or up) the crown or the chin.
 * Without a jump anywhere: for a level roll it is the yaw at every pitch.
 */
export function headYaw(head: Readonly<TrackedPoint>): number {
  turned.x = head.qx;
  turned.y = head.qy;
  turned.z = head.qz;
  turned.w = head.qw;
  turn(turned, set(ahead, 0, 0, -1), ahead);
  turn(turned, set(overhead, 0, 1, 0), overhead);
  return Math.atan2(ahead.x - overhead.x * ahead.y, ahead.z - overhead.z * ahead.y);
}
