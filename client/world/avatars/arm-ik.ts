import { boneNamed, restPlace, type BoneSpace } from './bone-space.ts';
import {
  about, addScaled, arc, between, clamp, cross, distance, dot, frame, inverse, length, normalize, quat, set, smooth, subtract, times, timesInverse, turn, twist, vec,
  type Quat, type Vec,
} from './ik-math.ts';
import type { Rig } from './rig.ts';
import type { HandGoal } from './tracked-pose.ts';
import { createTwoBone, solveTwoBone } from './two-bone.ts';

/** People's arms are drawn so much longer at most where the avatar's are too short. */
export const ARM_STRETCH = 1.15;
/** Out of the palm of the left hand in the rest pose: normal of the plane through the mesh of palm and fingers. */
const LEFT_PALM: Vec = vec(-0.783, -0.584, -0.216);
/** A rod in the hand lies so far out of the palm from the middle of its bones, metres, and at this share of the way to the knuckles. */
const GRIP_DEPTH = 0.025;
const GRIP_ALONG = 0.97;
/** The shoulder blade follows the arm by this share of its turn; by the second one when the hand is out of reach; radians at most. */
const SHOULDER_SHARE = 0.14;
const SHOULDER_REACH = 0.34;
const MOST_SHOULDER = 0.5;
/** Of the twist between elbow and hand, what the forearm takes. */
const FOREARM_SHARE = 0.55;
/** Beyond this, radians, no forearm follows: the share goes back to none at half a turn, or it would jump from one side to the other there. */
const MOST_TWIST = 2.4;
/** Bend of fingers and thumb, radians: open, and closed around a rod. */
const FINGERS = [0.1, 1.4] as const;
const THUMB = [0, 0.7] as const;
/** How much the elbow goes where a straight wrist would have it. */
const WRIST_SAYS = 0.45;
/** Of how the arm would hang by itself, what the wrist can take away. */
const WRIST_AGAINST = 0.4;
/** Directions in grip space. */
const TO_THUMB: Vec = vec(0, 0, -1);
const TO_ARM: Vec = vec(0, 1, 0);
const IDENTITY = quat();

/** Shoulder blade, arm, hand and fingers of one side, so that the palm is where the hand is tracked. */
export class ArmIk {
  private readonly shoulder: number;
  private readonly upper: number;
  private readonly lower: number;
  private readonly hand: number;
  private readonly fingers: number;
  private readonly thumb: number;
  private readonly side: number;
  private readonly limb = createTwoBone();
  /** In the rest pose: unit vectors along the bones, the axis of the elbow, and of the fingers' joints. */
  private readonly clavicle = vec();
  private readonly upperDirection = vec();
  private readonly lowerDirection = vec();
  private readonly hinge = vec();
  private readonly curl = vec();
  private readonly thumbCurl = vec();
  private readonly upperFrame = quat();
  private readonly lowerFrame = quat();
  /** From the hand bone to the origin of the grip space, and the turn from the grip's axes to the bone's. */
  private readonly grip = vec();
  private readonly gripTurn = quat();
  private readonly chest: number;
  private readonly rotation = quat();
  private readonly chestTurn = quat();
  private readonly a = quat();
  private readonly b = quat();
  private readonly u = vec();
  private readonly v = vec();
  private readonly w = vec();

  constructor(rig: Rig, side: 'L' | 'R') {
    const bone = (name: string): number => boneNamed(rig, `${name}${side}`);
    this.side = side === 'L' ? 1 : -1;
    this.chest = boneNamed(rig, 'chest');
    this.shoulder = bone('shoulder');
    this.upper = bone('upperArm');
    this.lower = bone('lowerArm');
    this.hand = bone('hand');
    this.fingers = bone('fingers');
    this.thumb = bone('thumb');
    const [blade, top, elbow, wrist, knuckles] = [this.shoulder, this.upper, this.lower, this.hand, this.fingers].map((each) => restPlace(rig, each)) as [Vec, Vec, Vec, Vec, Vec];
    this.limb.upper = distance(top, elbow);
    this.limb.lower = distance(elbow, wrist);
    this.limb.mostStretch = ARM_STRETCH;
    normalize(subtract(top, blade, this.clavicle), this.clavicle);
    normalize(subtract(elbow, top, this.upperDirection), this.upperDirection);
    normalize(subtract(wrist, elbow, this.lowerDirection), this.lowerDirection);
    // In the rest pose thumbs point ahead, and that is where the elbow bends the forearm to.
    normalize(cross(this.upperDirection, vec(0, 0, 1), this.hinge), this.hinge);
    frame(this.upperDirection, this.hinge, this.upperFrame);
    frame(this.lowerDirection, this.hinge, this.lowerFrame);
    this.measureGrip(wrist, knuckles, restPlace(rig, this.thumb));
  }

  /** Grip space (WebXR): -Z to the thumb, +Y to the arm, +X out of the back of a right hand, out of the palm of a left one. */
  private measureGrip(wrist: Readonly<Vec>, knuckles: Readonly<Vec>, thumb: Readonly<Vec>): void {
    const palm = normalize(set(this.u, LEFT_PALM.x * this.side, LEFT_PALM.y, LEFT_PALM.z), this.u);
    subtract(knuckles, wrist, this.v);
    addScaled(set(this.grip, 0, 0, 0), this.v, GRIP_ALONG, this.grip);
    addScaled(this.grip, palm, GRIP_DEPTH, this.grip);
    addScaled(this.v, palm, -dot(this.v, palm), this.v);
    normalize(this.v, this.v);
    cross(this.v, palm, this.curl);
    // The thumb folds across the palm, the fingers over it.
    normalize(cross(subtract(thumb, wrist, this.w), palm, this.thumbCurl), this.thumbCurl);
    // X of the grip is the palm's side of a left hand and the back of a right one; Y is against the fingers.
    const x = set(vec(), palm.x * this.side, palm.y * this.side, palm.z * this.side);
    const y = set(vec(), -this.v.x, -this.v.y, -this.v.z);
    inverse(frame(x, y, this.gripTurn), this.gripTurn);
  }

  /** Origin and axes of the grip space for a hand bone: what tests and diagnostics compare with the tracked hand. */
  gripOf(place: Readonly<Vec>, rotation: Readonly<Quat>, out: { place: Vec; rotation: Quat }): void {
    addScaled(place, turn(rotation, this.grip, this.u), 1, out.place);
    times(rotation, inverse(this.gripTurn, this.a), out.rotation);
  }

  /** How much farther the hand is than the arm reaches, as a share of the arm's length; negative within reach. For the trunk, which can help. */
  overreach(space: BoneSpace, goal: Readonly<HandGoal>): number {
    this.findWrist(goal);
    space.follow(this.shoulder);
    space.follow(this.upper);
    space.position(this.upper, this.u);
    const arm = this.limb.upper + this.limb.lower;
    return distance(this.u, this.limb.goal) / arm - 1;
  }

  /** How far below the shoulder the hand is that {@link overreach} was asked about, metres. */
  get below(): number {
    return this.u.y - this.limb.goal.y;
  }

  private findWrist(goal: Readonly<HandGoal>): void {
    times(goal.rotation, this.gripTurn, this.rotation);
    turn(this.rotation, this.grip, this.limb.goal);
    subtract(goal.place, this.limb.goal, this.limb.goal);
  }

  solve(space: BoneSpace, goal: Readonly<HandGoal>): void {
    const { limb } = this;
    this.findWrist(goal);
    space.rotation(this.chest, this.chestTurn);
    this.turnShoulder(space);
    space.follow(this.upper);
    space.position(this.upper, limb.root);
    this.choosePole(goal);
    solveTwoBone(limb);
    if (limb.stretch > 1) {
      space.stretch(this.lower, limb.stretch);
      space.stretch(this.hand, limb.stretch);
    }
    this.turnArm(space);
    this.bendFingers(space, goal);
  }

  /** The shoulder blade rises and comes forward with the arm. */
  private turnShoulder(space: BoneSpace): void {
    const { u, v, a, b } = this;
    space.follow(this.shoulder);
    space.position(this.shoulder, v);
    subtract(this.limb.goal, v, u);
    const far = length(u) / (this.limb.upper + this.limb.lower + 0.14);
    inverse(this.chestTurn, a);
    turn(a, u, u);
    // A hanging arm does not pull the shoulder down.
    if (u.y < 0) u.y *= 0.12;
    normalize(u, u);
    arc(this.clavicle, u, a);
    const angle = 2 * Math.acos(clamp(a.w, -1, 1));
    const share = SHOULDER_SHARE + (SHOULDER_REACH - SHOULDER_SHARE) * smooth(0.85, 1.05, far);
    between(IDENTITY, a, Math.min(share, MOST_SHOULDER / (angle || 1)), b);
    space.turnTo(this.shoulder, times(this.chestTurn, b, b));
  }

  /**
   * Where the elbow points: down, outwards and back, as arms hang; the higher the hand, the more outwards; ahead when the hand is before the chest
   * or face; up and out with the thumb down; and along the forearm that the hand would like to have.
   */
  private choosePole(goal: Readonly<HandGoal>): void {
    const { limb, u, v, w, a, side } = this;
    inverse(this.chestTurn, a);
    turn(a, subtract(limb.goal, limb.root, u), u);
    normalize(u, u);
    const outwards = u.x * side;
    // The thumb's direction in the chest's axes: inwards when the palm is down, outwards when it is up.
    turn(a, turn(goal.rotation, TO_THUMB, v), v);
    const thumbIn = -v.x * side;
    const thumbDown = Math.max(0, -v.y);
    const out = 0.42 + 0.45 * Math.max(0, u.y) + 0.3 * Math.max(0, -outwards) + 0.4 * thumbIn + 0.4 * thumbDown;
    set(limb.pole, Math.max(0.08, out) * side, -0.9 + 0.25 * thumbDown, -0.4 + 0.5 * Math.max(0, u.y) + 0.9 * Math.max(0, -outwards));
    turn(a, turn(goal.rotation, TO_ARM, w), w);
    addScaled(w, u, -dot(w, u), w);
    // The two are never let cancel each other: there the elbow would jump from side to side.
    addScaled(limb.pole, u, -dot(limb.pole, u), v);
    const against = (-WRIST_SAYS * dot(w, v)) / (dot(v, v) || 1);
    addScaled(limb.pole, w, WRIST_SAYS, limb.pole);
    if (against > WRIST_AGAINST) addScaled(limb.pole, v, against - WRIST_AGAINST, limb.pole);
    turn(this.chestTurn, limb.pole, limb.pole);
  }

  private turnArm(space: BoneSpace): void {
    const { limb, u, v, w, a, b } = this;
    // Across the plane of the arm, from the pole: it is there for a straight arm, too.
    cross(limb.pole, subtract(limb.end, limb.root, u), w);
    normalize(w, w);
    normalize(subtract(limb.joint, limb.root, u), u);
    normalize(subtract(limb.end, limb.joint, v), v);
    space.turnTo(this.upper, timesInverse(frame(u, w, a), this.upperFrame, a));
    space.follow(this.lower);
    timesInverse(frame(v, w, a), this.lowerFrame, a);
    times(inverse(a, b), this.rotation, b);
    const angle = forearmTwist(twist(b, this.lowerDirection));
    space.turnTo(this.lower, times(a, about(this.lowerDirection, angle, b), a));
    space.follow(this.hand);
    space.turnTo(this.hand, this.rotation);
  }

  private bendFingers(space: BoneSpace, goal: Readonly<HandGoal>): void {
    space.turnLocally(this.fingers, about(this.curl, FINGERS[0] + (FINGERS[1] - FINGERS[0]) * goal.fingers, this.a));
    space.turnLocally(this.thumb, about(this.thumbCurl, THUMB[0] + (THUMB[1] - THUMB[0]) * goal.thumb, this.a));
  }
}

/** What of the twist between elbow and hand the forearm does. */
function forearmTwist(angle: number): number {
  const size = Math.abs(angle);
  const share = size < MOST_TWIST ? FOREARM_SHARE : (FOREARM_SHARE * MOST_TWIST * (Math.PI - size)) / ((Math.PI - MOST_TWIST) * size);
  return angle * share;
}
