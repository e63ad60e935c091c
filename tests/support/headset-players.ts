/** Somebody who moves in a headset: the truth about where head and hands are, and the client parts that tell of it. */
import { PoseStream } from '../../client/net/poses.ts';
import { PredictedWalker } from '../../client/walking/walker.ts';
import type { WalkerDeps } from '../../client/walking/walker.ts';
import { emptyBody } from '../../shared/protocol/body.ts';
import type { Body, TrackedPoint } from '../../shared/protocol/body.ts';
import type { ServerMessages } from '../../shared/protocol/messages.ts';
import { flatGround } from './venue.ts';

const DEGREES = 180 / Math.PI;

/** Where head and hands are in the world. */
export type Truth = Readonly<Record<'head' | 'left' | 'right', TrackedPoint>>;
const PARTS = ['head', 'left', 'right'] as const;

function pitched(at: { x: number; y: number; z: number }, angle: number): TrackedPoint {
  return { ...at, qx: Math.sin(angle / 2), qy: 0, qz: 0, qw: Math.cos(angle / 2) };
}

/** Metres between two points. */
export function apart(one: Readonly<TrackedPoint>, other: Readonly<TrackedPoint>): number {
  return Math.hypot(one.x - other.x, one.y - other.y, one.z - other.z);
}

/** Degrees between two orientations. */
export function turned(one: Readonly<TrackedPoint>, other: Readonly<TrackedPoint>): number {
  const dot = Math.abs(one.qx * other.qx + one.qy * other.qy + one.qz * other.qz + one.qw * other.qw);
  return 2 * Math.acos(Math.min(1, dot)) * DEGREES;
}

/** Hands up to 1 m/s and 70 degrees a second, the head looks around and sways. Relative to the footing. `seed` sets the moments. */
function gesture(seconds: number, seed: number, body: Body): void {
  const t = seconds + seed * 1.7;
  for (const [hand, side] of [[body.left, 1], [body.right, -1]] as const) {
    const phase = 4 * t + side;
    const at = { x: side * 0.3 + 0.1 * Math.sin(phase), y: 1.2 + 0.2 * Math.sin(phase * 0.9), z: 0.3 + 0.1 * Math.cos(phase) };
    Object.assign(hand, pitched(at, 0.3 * Math.sin(phase)), { shape: 'open' });
  }
  const yaw = 0.6 * Math.sin(1.5 * t);
  Object.assign(body.head, {
    x: 0.05 * Math.sin(2 * t), y: 1.62 + 0.03 * Math.sin(3 * t), z: 0.05 * Math.cos(2 * t), qx: 0, qy: Math.sin(yaw / 2), qz: 0, qw: Math.cos(yaw / 2),
  });
}

export interface PlayerOptions {
  readonly seed: number;
  /** Walks along this yaw all the time, or stands. */
  readonly heading: number | null;
  readonly lines: Pick<WalkerDeps, 'send' | 'sendBody'>;
}

/** Where somebody was drawn at a moment, or is drawn to somebody else. */
export interface Moment {
  readonly at: number;
  readonly parts: Truth;
}

/** Somebody in a headset who gestures, standing or walking, and remembers where head and hands were at every frame. */
export class HeadsetPlayer {
  readonly walker: PredictedWalker;
  readonly history: Moment[] = [];
  private readonly body = emptyBody();
  private readonly options: PlayerOptions;

  constructor(options: PlayerOptions) {
    this.options = options;
    const ground = flatGround();
    this.walker = new PredictedWalker({ ground, survey: ground, ...options.lines, wantStand: () => undefined, onBlocked: () => undefined, teleport: () => undefined });
  }

  begin({ id, index, placement, seat }: ServerMessages['welcome']): void {
    this.walker.begin({ id, index, placement, seat });
    this.walker.wear(this.body);
  }

  /** One frame of the headset at `now` ms. */
  frame(now: number): void {
    const { walker, body, options } = this;
    gesture(now / 1000, options.seed, body);
    if (options.heading !== null) {
      walker.face(options.heading, 0);
      walker.setIntent(1, 0, false);
    }
    walker.advance(now);
    this.history.push({ at: now, parts: inWorld(walker.pose, body) });
  }

  /** Where head and hands truly were at a moment. */
  truth(at: number): Truth {
    const { history } = this;
    let low = 0;
    let high = history.length - 1;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((history[middle] as Moment).at < at) low = middle + 1;
      else high = middle;
    }
    const next = history[low] as Moment;
    const before = history[Math.max(0, low - 1)] as Moment;
    const share = next.at > before.at ? Math.min(1, Math.max(0, (at - before.at) / (next.at - before.at))) : 1;
    return { head: between(before.parts.head, next.parts.head, share), left: between(before.parts.left, next.parts.left, share), right: between(before.parts.right, next.parts.right, share) };
  }
}

/** Frames are so near to each other that the components may be blended. */
function between(one: TrackedPoint, other: TrackedPoint, share: number): TrackedPoint {
  const mix = (a: number, b: number): number => a + (b - a) * share;
  return {
    x: mix(one.x, other.x), y: mix(one.y, other.y), z: mix(one.z, other.z),
    qx: mix(one.qx, other.qx), qy: mix(one.qy, other.qy), qz: mix(one.qz, other.qz), qw: mix(one.qw, other.qw),
  };
}

export function inWorld(at: { readonly x: number; readonly y: number; readonly z: number }, body: Readonly<Body>): Truth {
  const move = (point: TrackedPoint): TrackedPoint => ({ ...point, x: point.x + at.x, y: point.y + at.y, z: point.z + at.z });
  return { head: move(body.head), left: move(body.left), right: move(body.right) };
}

/** The farthest that head and hands are from where they should be: metres, and degrees. */
export function miss(drawn: Truth, truth: Truth): { metres: number; degrees: number } {
  let metres = 0;
  let degrees = 0;
  for (const part of PARTS) {
    metres = Math.max(metres, apart(drawn[part], truth[part]));
    degrees = Math.max(degrees, turned(drawn[part], truth[part]));
  }
  return { metres, degrees };
}

/** Somebody who looks at the others: what is drawn of each, frame by frame. */
export class Onlooker {
  readonly poses = new PoseStream();
  /** By person. */
  readonly drawn = new Map<string, Moment[]>();

  frame(now: number, people: Iterable<string>): void {
    this.poses.sample(now);
    for (const id of people) {
      const pose = this.poses.byId(id);
      if (pose?.body === undefined || pose.body === null) continue;
      const moments = this.drawn.get(id) ?? [];
      this.drawn.set(id, moments);
      moments.push({ at: now, parts: inWorld(pose, pose.body) });
    }
  }
}
