import type { Body, TrackedHand, TrackedPoint } from '../protocol/body.ts';

/** A head is at most so far from the footing in plan, metres: as far as somebody leans or steps before they walk. */
export const LEAN = 1;
/** A hand is at most so far from the head, metres: a long arm, from the far shoulder, with what it holds. */
export const ARM = 1.3;

/** Pulls `point` back to within `most` of `from`, along the line between them. */
function pull(point: TrackedPoint, from: Readonly<TrackedPoint>, most: number): void {
  const dx = point.x - from.x;
  const dy = point.y - from.y;
  const dz = point.z - from.z;
  const distance = Math.hypot(dx, dy, dz);
  if (distance <= most) return;
  const share = most / distance;
  point.x = from.x + dx * share;
  point.y = from.y + dy * share;
  point.z = from.z + dz * share;
}

function hold(hand: TrackedHand, head: Readonly<TrackedPoint>): void {
  if (hand.shape !== 'lost') {
    pull(hand, head, ARM);
    return;
  }
  // Where a hand was lost is nobody's business, and no change of it is news.
  hand.x = hand.y = hand.z = 0;
  hand.qx = hand.qy = hand.qz = 0;
  hand.qw = 1;
}

/** Brings a body within what a person can reach: the head over the footing, the hands about the head. Allocates nothing. */
export function keepInReach(body: Body): void {
  const { head } = body;
  const lean = Math.hypot(head.x, head.z);
  if (lean > LEAN) {
    head.x *= LEAN / lean;
    head.z *= LEAN / lean;
  }
  hold(body.left, head);
  hold(body.right, head);
}
