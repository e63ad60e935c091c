import type { Vec } from './ik-math.ts';
import { addScaled, clamp, dot, normalize, subtract, vec } from './ik-math.ts';

/** A limb of two bones that should end at a goal. Mutable: inputs above, results below. */
export interface TwoBone {
  /** Shoulder or hip, and where wrist or ankle should be. */
  readonly root: Vec;
  readonly goal: Vec;
  /** Where elbow or knee points to, seen from the straight line between root and goal. */
  readonly pole: Vec;
  upper: number;
  lower: number;
  /** The bones may be drawn so much longer, 1.15 is 15 percent. */
  mostStretch: number;
  /** Result: elbow or knee, and where the limb ends: the goal if it is within reach. */
  readonly joint: Vec;
  readonly end: Vec;
  stretch: number;
}

/** Bones never fold closer than this share of how far their ends are apart at a right angle, or the skin of the inside would cut itself. */
const LEAST_REACH = 0.24;

export function createTwoBone(): TwoBone {
  return { root: vec(), goal: vec(), pole: vec(), upper: 1, lower: 1, mostStretch: 1, joint: vec(), end: vec(), stretch: 1 };
}

const along = vec();
const aside = vec();

/** Law of cosines: finds the middle joint in the plane of root, goal and pole. Allocates nothing. */
export function solveTwoBone(limb: TwoBone): void {
  subtract(limb.goal, limb.root, along);
  const wanted = Math.sqrt(dot(along, along));
  normalize(along, along);
  const straight = limb.upper + limb.lower;
  limb.stretch = clamp(wanted / (straight * 0.9995), 1, limb.mostStretch);
  const upper = limb.upper * limb.stretch;
  const lower = limb.lower * limb.stretch;
  const reach = clamp(wanted, LEAST_REACH * Math.sqrt(upper * upper + lower * lower), (upper + lower) * 0.9995);
  addScaled(limb.root, along, reach, limb.end);
  addScaled(limb.pole, along, -dot(limb.pole, along), aside);
  normalize(aside, aside);
  const foot = (upper * upper - lower * lower + reach * reach) / (2 * reach);
  addScaled(limb.root, along, foot, limb.joint);
  addScaled(limb.joint, aside, Math.sqrt(Math.max(0, upper * upper - foot * foot)), limb.joint);
}
