import type { Footing, Ground, Point } from './ground.ts';

/** Speeds of people, in metres a second. Walking pace of adults indoors is 1.2-1.5; 4 is a gentle run, fast enough to cross a hall without boredom. */
export const WALK_SPEED = 1.8;
export const RUN_SPEED = 4;

/** Head above the footing when standing and when seated, metres: where the camera and the ears are. */
export const STANDING_EYES = 1.65;
export const SEATED_EYES = 1.2;

/** A client's clock may run this much faster than the server's before its steps count as speeding. */
export const CLOCK_SLACK = 1.05;
/** Steps that the network held back may arrive together: so much standing time can be walked at once. */
export const BURST_SECONDS = 0.5;
const FULL_ALLOWANCE = RUN_SPEED * CLOCK_SLACK * BURST_SECONDS;

/** Nobody is set down farther away than this by a teleport, metres of the way on foot. */
export const TELEPORT_REACH = 12;

/** Nearer than this, metres, a proposal counts as right: twice the rounding of a pose record and far below what the eye sees at 1.5 m. */
export const POSITION_TOLERANCE = 0.05;
/** Steps between floors: the same point in plan, but so much higher or lower, is another place. */
export const LEVEL_TOLERANCE = 0.5;

/**
 * How far somebody may still go now, in metres. Mutable: refilled by time at running pace, spent by steps and by being set down elsewhere alike, so that
 * neither, nor both together, lead farther than running. `reserve` is never less than `metres`.
 */
export interface Allowance {
  /** On foot: so little that nobody leaps. */
  metres: number;
  /** By teleport, for which standing still is saved up. */
  reserve: number;
}

/** Whether a proposed step was taken as it was, or why not. */
export type StepVerdict = 'ACCEPTED' | 'TOO_FAST' | 'NOT_WALKABLE';

const target: Point = { x: 0, y: 0, z: 0 };
const reached: Footing = { x: 0, y: 0, z: 0, polygon: 0 };

export function noAllowance(): Allowance {
  return { metres: 0, reserve: 0 };
}

/** Adds what `seconds` of real time allow at running pace, up to {@link BURST_SECONDS} worth on foot and {@link TELEPORT_REACH} by teleport. */
export function refill(allowance: Allowance, seconds: number): void {
  if (!(seconds > 0)) return;
  const gained = seconds * RUN_SPEED * CLOCK_SLACK;
  allowance.metres = Math.min(FULL_ALLOWANCE, allowance.metres + gained);
  allowance.reserve = Math.min(TELEPORT_REACH, allowance.reserve + gained);
}

/** Takes `metres` that were gone off both. */
export function spend(allowance: Allowance, metres: number): void {
  allowance.metres = Math.max(0, allowance.metres - metres);
  allowance.reserve = Math.max(0, allowance.reserve - metres);
}

/**
 * Takes one proposed step: from `at` towards `to`, over `ground` and no farther than `allowance`. Writes where the person now stands into `at` and
 * spends the way from `allowance`. The invariant is that the sum of all steps is never longer than what {@link refill} gave, and that
 * `at` never leaves the ground. Allocates nothing.
 */
export function takeStep(at: Footing, to: Readonly<Point>, allowance: Allowance, ground: Ground): StepVerdict {
  const wished = Math.hypot(to.x - at.x, to.z - at.z);
  // A hundredth less than is left: the ground reckons in 32 bits and may come out a hair farther than asked.
  const share = wished > allowance.metres ? (0.99 * allowance.metres) / wished : 1;
  target.x = at.x + (to.x - at.x) * share;
  target.y = at.y + (to.y - at.y) * share;
  target.z = at.z + (to.z - at.z) * share;
  if (!ground.slide(at, target, reached)) return 'NOT_WALKABLE';
  const gone = Math.hypot(reached.x - at.x, reached.z - at.z);
  // A slide round a corner may come out longer than the straight line: it still has to be paid for.
  if (gone > allowance.metres + 1e-6) return 'TOO_FAST';
  spend(allowance, gone);
  moveFooting(at, reached);
  const missed = Math.hypot(to.x - at.x, to.z - at.z) > POSITION_TOLERANCE;
  if (missed) return share < 1 ? 'TOO_FAST' : 'NOT_WALKABLE';
  return Math.abs(to.y - at.y) > LEVEL_TOLERANCE ? 'NOT_WALKABLE' : 'ACCEPTED';
}

export function moveFooting(at: Footing, there: Readonly<Footing>): void {
  at.x = there.x;
  at.y = there.y;
  at.z = there.z;
  at.polygon = there.polygon;
}

/** Whether `seq` comes after `last`, both counted modulo 65,536 (serial number arithmetic, RFC 1982). */
export function isNewer(seq: number, last: number): boolean {
  const ahead = (seq - last) & 0xffff;
  return ahead > 0 && ahead < 0x8000;
}
