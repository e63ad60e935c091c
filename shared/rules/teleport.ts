import type { Footing, Ground, Point } from './ground.ts';
import { LEVEL_TOLERANCE, TELEPORT_REACH, moveFooting, spend } from './movement.ts';
import type { Allowance } from './movement.ts';

/** How far from a point of the scene the floor may be on which somebody is set down, metres. */
const FLOOR_REACH = 1;
/** The way to there is walked in pieces of at most this length, metres, so that it leads through no closed room unseen. */
const PIECE = 0.5;
/** So far from where a piece was to end, metres, is there: what the ground loses to rounding. */
const TOLERANCE = 0.05;
const MOST_PIECES = 2 * Math.ceil(TELEPORT_REACH / PIECE);

const target: Point = { x: 0, y: 0, z: 0 };
const reached: Footing = { x: 0, y: 0, z: 0, polygon: 0 };
const landing: Footing = { x: 0, y: 0, z: 0, polygon: 0 };
const walked: Footing = { x: 0, y: 0, z: 0, polygon: 0 };

/** Walks on from {@link walked} straight to `to`. @returns metres, or Infinity if something is in the way */
function walkStraight(to: Readonly<Point>, ground: Ground): number {
  let length = 0;
  for (let piece = 0; piece < MOST_PIECES; piece += 1) {
    const left = Math.hypot(to.x - walked.x, to.z - walked.z);
    if (left <= TOLERANCE) return length;
    const share = Math.min(1, PIECE / left);
    target.x = walked.x + (to.x - walked.x) * share;
    target.y = walked.y;
    target.z = walked.z + (to.z - walked.z) * share;
    if (!ground.slide(walked, target, reached)) return Infinity;
    if (Math.hypot(target.x - reached.x, target.z - reached.z) > TOLERANCE) return Infinity;
    length += Math.hypot(reached.x - walked.x, reached.z - walked.z);
    moveFooting(walked, reached);
  }
  return Infinity;
}

function isThere(to: Readonly<Point>): boolean {
  return Math.abs(walked.y - to.y) <= LEVEL_TOLERANCE;
}

/** Walks from `from` to `to`, straight if that is possible, else along a path. @returns metres, or Infinity. Allocates only for a path. */
function walkThere(from: Readonly<Footing>, to: Readonly<Point>, ground: Ground): number {
  moveFooting(walked, from);
  const straight = walkStraight(to, ground);
  if (straight < Infinity && isThere(to)) return straight;
  moveFooting(walked, from);
  let length = 0;
  for (const corner of ground.path(from, to)) {
    length += walkStraight(corner, ground);
    if (length > TELEPORT_REACH) return Infinity;
  }
  return Math.hypot(to.x - walked.x, to.z - walked.z) <= TOLERANCE && isThere(to) ? length : Infinity;
}

/**
 * Where somebody at `from` would be set down who asks for `to`: on the floor nearest to it, if one can get there on foot over `ground`. Written to `out`.
 * @returns metres of the way, or Infinity, leaving `out` as it was, if there is none within {@link TELEPORT_REACH}
 */
export function surveyTeleport(from: Readonly<Footing>, to: Readonly<Point>, ground: Ground, out: Footing): number {
  if (!ground.place(to, FLOOR_REACH, landing)) return Infinity;
  if (Math.hypot(landing.x - from.x, landing.z - from.z) > TELEPORT_REACH) return Infinity;
  const length = walkThere(from, landing, ground);
  if (length > TELEPORT_REACH) return Infinity;
  moveFooting(out, walked);
  return length;
}

/** Whether somebody is set down elsewhere, or why not: no way on foot within {@link TELEPORT_REACH}, or one longer than they may go by now. */
export type TeleportVerdict = 'ACCEPTED' | 'NOT_REACHABLE' | 'TOO_FAST';

/**
 * Sets somebody down elsewhere: from `at` to the floor nearest to `to`, over `ground` as they may walk on it. Writes where they stand into `at` and spends
 * the way from `allowance`: the invariant of walking, that nobody gets farther than running, holds for both together.
 */
export function teleport(at: Footing, to: Readonly<Point>, allowance: Allowance, ground: Ground): TeleportVerdict {
  const length = surveyTeleport(at, to, ground, landing);
  if (length === Infinity) return 'NOT_REACHABLE';
  if (length > allowance.reserve) return 'TOO_FAST';
  spend(allowance, length);
  moveFooting(at, landing);
  return 'ACCEPTED';
}
