import type { Body, TrackedPoint } from '../../../shared/protocol/body.ts';
import { emptyBody } from '../../../shared/protocol/body.ts';
import type { Point } from '../../../shared/rules/ground.ts';
import type { RigPlace } from '../view/anchor.ts';
import type { HandInput } from './hand-input.ts';

/** A point of the room in the venue: turned and moved as the rig is. `out` may not be `from`. Allocates nothing. */
export function toVenue(from: Readonly<TrackedPoint>, rig: Readonly<RigPlace>, out: TrackedPoint): void {
  const cos = Math.cos(rig.yaw), sin = Math.sin(rig.yaw);
  out.x = rig.x + from.x * cos + from.z * sin;
  out.y = rig.y + from.y;
  out.z = rig.z + from.z * cos - from.x * sin;
  const hy = Math.sin(rig.yaw / 2), hw = Math.cos(rig.yaw / 2);
  out.qx = hw * from.qx + hy * from.qz;
  out.qy = hw * from.qy + hy * from.qw;
  out.qz = hw * from.qz - hy * from.qx;
  out.qw = hw * from.qw - hy * from.qy;
}

/** The avatar's arm from shoulder to palm, metres, at its usual size: longer arms of people are measured and brought to it. */
const AVATAR_ARM = 0.62;
/** Shoulders below and beside the eyes, metres. */
const SHOULDER = { down: 0.22, side: 0.18 };

/** Head and hands as they go to the avatar and over the wire: relative to the footing, along the venue's axes. */
export class WornBody {
  readonly body: Body = emptyBody();
  /** In the venue. */
  readonly head: TrackedPoint = { x: 0, y: 0, z: 0, qx: 0, qy: 0, qz: 0, qw: 1 };
  private readonly shoulder: Point = { x: 0, y: 0, z: 0 };

  /** Takes the head first, then {@link hand} for each side. */
  takeHead(head: Readonly<TrackedPoint>, rig: Readonly<RigPlace>, footing: Readonly<Point>): void {
    toVenue(head, rig, this.head);
    const { body } = this;
    Object.assign(body.head, this.head);
    body.head.x -= footing.x;
    body.head.y -= footing.y;
    body.head.z -= footing.z;
  }

  /**
   * @param yaw where the head looks, radians of the venue
   * @param armLength of the person, metres, or 0
   */
  takeHand(hand: HandInput, rig: Readonly<RigPlace>, footing: Readonly<Point>, { yaw, armLength }: { yaw: number; armLength: number }): void {
    const into = this.body[hand.side];
    into.shape = hand.tracked ? hand.shape === 'lost' ? 'open' : hand.shape : 'lost';
    if (!hand.tracked) return;
    toVenue(hand.grip, rig, into);
    if (armLength > AVATAR_ARM) this.shorten(into, hand.side, { yaw, share: AVATAR_ARM / armLength });
    into.x -= footing.x;
    into.y -= footing.y;
    into.z -= footing.z;
  }

  /** A hand at the end of a long arm comes to the end of the avatar's; near the shoulder nothing changes. */
  private shorten(hand: TrackedPoint, side: 'left' | 'right', { yaw, share }: { yaw: number; share: number }): void {
    const { head, shoulder } = this;
    const across = side === 'left' ? SHOULDER.side : -SHOULDER.side;
    // Left of (sin, cos) in a right-handed world with Y up is (cos, -sin).
    shoulder.x = head.x + Math.cos(yaw) * across;
    shoulder.y = head.y - SHOULDER.down;
    shoulder.z = head.z - Math.sin(yaw) * across;
    hand.x = shoulder.x + (hand.x - shoulder.x) * share;
    hand.y = shoulder.y + (hand.y - shoulder.y) * share;
    hand.z = shoulder.z + (hand.z - shoulder.z) * share;
  }
}

/** Yaw (0 along -Z, to the left positive) and pitch (up positive) of a look, radians, written to `out`. Looking straight up or down, the top of the head tells the direction. */
export function lookOf(q: Readonly<TrackedPoint>, out: { yaw: number; pitch: number }): void {
  const { qx, qy, qz, qw } = q;
  // The third column of the rotation, negated: where -Z goes.
  const fx = -2 * (qx * qz + qw * qy), fy = -2 * (qy * qz - qw * qx), fz = -(1 - 2 * (qx * qx + qy * qy));
  out.pitch = Math.asin(Math.max(-1, Math.min(1, fy)));
  if (Math.abs(fy) < 0.95) {
    out.yaw = Math.atan2(-fx, -fz);
    return;
  }
  const ux = 2 * (qx * qy - qw * qz), uz = 2 * (qy * qz + qw * qx);
  const sign = fy > 0 ? 1 : -1;
  out.yaw = Math.atan2(sign * ux, sign * uz);
}
