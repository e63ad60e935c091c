import { boneNamed, type BoneSpace } from './bone-space.ts';
import { addScaled, about, clamp, cross, distance, frame, quat, set, smooth, subtract, normalize, times, timesInverse, turn, vec, type Quat, type Vec } from './ik-math.ts';
import type { Rig } from './rig.ts';
import { MOST_STRETCH } from './spine-ik.ts';
import { createTwoBone, solveTwoBone } from './two-bone.ts';

/** Hips that are aside of the clip's by more than this, metres, take the feet with them: a step. */
const STEP = 0.16;
/** Feet of a sitter who rises come under the hips while these rise by so much, metres. */
const STAND_FROM = 0.08;
const STAND_TO = 0.4;
/** Heels lift while the hips sink by this, metres, up to this angle, radians. */
const HEEL_FROM = 0.22;
const HEEL_TO = 0.6;
const HEEL = 0.75;
/** Knees go apart by this much of how far the hips sank. */
const SPLAY = 0.9;
/** From the ankle to the ball of the foot, metres. */
const BALL: Vec = vec(0, -0.06, 0.13);
const AHEAD: Vec = vec(0, 0, 1);
const ACROSS: Vec = vec(1, 0, 0);

/** One leg: remembers where the clip puts the foot, and brings it back there after the hips were moved. */
export class LegIk {
  private readonly upper: number;
  private readonly lower: number;
  private readonly foot: number;
  /** +1 left, -1 right: the avatar's +X is its left. */
  private readonly side: number;
  private readonly limb = createTwoBone();
  private readonly hip = vec();
  private readonly knee = vec();
  private readonly ankle = vec();
  private readonly upperWas = quat();
  private readonly lowerWas = quat();
  private readonly footWas = quat();
  private readonly a = quat();
  private readonly b = quat();
  private readonly hinge = vec();
  private readonly hingeWas = vec();
  private readonly u = vec();
  private readonly v = vec();

  constructor(rig: Rig, side: 'L' | 'R') {
    this.upper = boneNamed(rig, `upperLeg${side}`);
    this.lower = boneNamed(rig, `lowerLeg${side}`);
    this.foot = boneNamed(rig, `foot${side}`);
    this.side = side === 'L' ? 1 : -1;
    this.limb.mostStretch = MOST_STRETCH;
  }

  /** Before the hips move. */
  remember(space: BoneSpace): void {
    space.position(this.upper, this.hip);
    space.position(this.lower, this.knee);
    space.position(this.foot, this.ankle);
    space.rotation(this.upper, this.upperWas);
    space.rotation(this.lower, this.lowerWas);
    space.rotation(this.foot, this.footWas);
    this.limb.upper = distance(this.hip, this.knee);
    this.limb.lower = distance(this.knee, this.ankle);
  }

  /** After the hips moved. */
  solve(space: BoneSpace, seated: boolean): void {
    const { limb, hip, ankle, u, v } = this;
    space.follow(this.upper);
    space.position(this.upper, limb.root);
    subtract(limb.root, hip, u);
    const sunk = seated ? 0 : Math.max(0, -u.y);
    const aside = Math.sqrt(u.x * u.x + u.z * u.z);
    const step = seated ? 0 : Math.max(0, aside - STEP) / (aside || 1);
    set(limb.goal, ankle.x + u.x * step, ankle.y, ankle.z + u.z * step);
    const heel = HEEL * smooth(HEEL_FROM, HEEL_TO, sunk);
    this.liftHeel(heel);
    const risen = seated ? smooth(STAND_FROM, STAND_TO, u.y) : 0;
    limb.goal.x += (limb.root.x - ankle.x) * risen;
    limb.goal.z += (limb.root.z - ankle.z) * risen;
    // The knee points where the clip's points; the lower the hips, the more outwards and up.
    turn(this.upperWas, AHEAD, limb.pole);
    limb.pole.x += this.side * SPLAY * clamp(sunk, 0, 0.5);
    limb.pole.y += 2 * Math.max(0, sunk - 0.3);
    limb.pole.z += 3 * risen;
    solveTwoBone(limb);
    if (limb.stretch > 1) {
      space.stretch(this.lower, limb.stretch);
      space.stretch(this.foot, limb.stretch);
    }
    this.findHinge(ankle, hip, turn(this.upperWas, AHEAD, v), this.hingeWas);
    this.findHinge(limb.end, limb.root, limb.pole, this.hinge);
    subtract(this.knee, hip, u);
    subtract(limb.joint, limb.root, v);
    this.turnBone(space, this.upper, this.upperWas);
    space.follow(this.lower);
    subtract(ankle, this.knee, u);
    subtract(limb.end, limb.joint, v);
    this.turnBone(space, this.lower, this.lowerWas);
    space.follow(this.foot);
    space.turnTo(this.foot, heel > 0 ? times(this.footWas, about(ACROSS, heel, this.a), this.a) : this.footWas);
  }

  /** The ankle goes up about the ball of the foot. */
  private liftHeel(angle: number): void {
    if (angle === 0) return;
    turn(this.footWas, BALL, this.u);
    addScaled(this.limb.goal, this.u, 1, this.limb.goal);
    turn(times(this.footWas, about(ACROSS, angle, this.a), this.a), BALL, this.u);
    addScaled(this.limb.goal, this.u, -1, this.limb.goal);
  }

  /** The axis of the knee: across the plane of leg and pole. */
   
  private findHinge(end: Readonly<Vec>, root: Readonly<Vec>, pole: Readonly<Vec>, out: Vec): void {
    normalize(cross(pole, subtract(end, root, this.u), out), out);
  }

  /** Turns a bone as its direction went from `u` to `v`, and the axis of the knee from the clip's to the new one. */
  private turnBone(space: BoneSpace, bone: number, was: Readonly<Quat>): void {
    const { u, v, a, b } = this;
    frame(normalize(v, v), this.hinge, a);
    frame(normalize(u, u), this.hingeWas, b);
    timesInverse(a, b, a);
    space.turnTo(bone, times(a, was, a));
  }
}
