import type { Body, TrackedHand } from '../../../shared/protocol/body.ts';
import { headYaw } from './tracked-pose.ts';
import { turnBetween } from './turning.ts';

/** A head turns this far from the body at most, radians; about half of it is done by neck and head, the rest by the trunk. */
const MOST_TURN = 1.75;
/** Hands that are this far from the head in plan, metres, say where the body faces; this much against the head. */
const HANDS_FROM = 0.22;
const HANDS_SHARE = 0.5;
/** Hands behind the back say nothing. */
const HANDS_TURN = 1.7;

const ahead = { x: 0, z: 0 };

function addHand(hand: Readonly<TrackedHand>, head: Readonly<{ x: number; z: number }>): void {
  if (hand.shape === 'lost') return;
  ahead.x += hand.x - head.x;
  ahead.z += hand.z - head.z;
}

/** Where the body of somebody in a headset would like to face: after the head, held back by hands that work somewhere else. Radians. */
export function comfortableYaw(body: Readonly<Body>): number {
  const yaw = headYaw(body.head);
  ahead.x = ahead.z = 0;
  addHand(body.left, body.head);
  addHand(body.right, body.head);
  if (ahead.x * ahead.x + ahead.z * ahead.z < HANDS_FROM * HANDS_FROM) return yaw;
  const away = turnBetween(yaw, Math.atan2(ahead.x, ahead.z));
  return Math.abs(away) > HANDS_TURN ? yaw : yaw + away * HANDS_SHARE;
}

/** How much farther a body has to turn so that the head is within what a neck can do, radians. */
export function mostTurned(body: Readonly<Body>, bodyYaw: number): number {
  const turned = turnBetween(bodyYaw, headYaw(body.head));
  return Math.abs(turned) > MOST_TURN ? turned - Math.sign(turned) * MOST_TURN : 0;
}
