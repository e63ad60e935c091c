import { ArmIk } from './arm-ik.ts';
import { BoneSpace } from './bone-space.ts';
import { smooth } from './ik-math.ts';
import { LegIk } from './leg-ik.ts';
import { blendPose } from './pose-math.ts';
import { POSE_STRIDE, type Rig } from './rig.ts';
import { SpineIk, type TrunkHelp } from './spine-ik.ts';
import type { Tracked } from './tracked-pose.ts';

/** The chest turns so far, radians, to bring a shoulder nearer to a hand that is out of reach. */
const REACH_TWIST = 0.3;

/** Bends a pose of clips so that head and hands are where a headset tracks them (three-point inverse kinematics). One instance serves all. */
export class BodyIk {
  readonly arms: { readonly left: ArmIk; readonly right: ArmIk };
  private readonly space: BoneSpace;
  private readonly spine: SpineIk;
  private readonly legs: readonly LegIk[];
  private readonly bent: Float32Array;
  /** Share of the bent pose a bone; arms apart, because each hand can be lost by itself. */
  private readonly shares: Float32Array;
  private readonly leftArm: readonly number[];
  private readonly rightArm: readonly number[];
  private readonly help: TrunkHelp = { twist: 0, upright: 0 };

  /** @throws WorldError `download` if the avatars lack a bone that is bent */
  constructor(rig: Rig) {
    this.space = new BoneSpace(rig);
    this.spine = new SpineIk(rig);
    this.legs = [new LegIk(rig, 'L'), new LegIk(rig, 'R')];
    this.arms = { left: new ArmIk(rig, 'L'), right: new ArmIk(rig, 'R') };
    this.bent = new Float32Array(rig.bones.length * POSE_STRIDE);
    this.shares = new Float32Array(rig.bones.length);
    const arm = (side: string): number[] => rig.bones.flatMap((name, bone) => (/^(shoulder|upperArm|lowerArm|hand|fingers|thumb)/.test(name) && name.endsWith(side) ? [bone] : []));
    this.leftArm = arm('L');
    this.rightArm = arm('R');
  }

  /**
   * Bends the local pose in place. Allocates nothing.
   * @param presence 0..1 of it all, on top of the weights in `tracked`
   */
  bend(pose: Float32Array, tracked: Readonly<Tracked>, seated: boolean, presence: number): void {
    const { space, bent, shares, legs } = this;
    const weight = tracked.weight * presence;
    if (weight <= 0) return;
    bent.set(pose);
    space.load(bent);
    for (let i = 0; i < legs.length; i += 1) legs[i]?.remember(space);
    this.bendTrunk(pose, tracked, seated);
    for (let i = 0; i < legs.length; i += 1) legs[i]?.solve(space, seated);
    if (tracked.left.weight > 0) this.arms.left.solve(space, tracked.left);
    if (tracked.right.weight > 0) this.arms.right.solve(space, tracked.right);
    shares.fill(weight);
    for (let i = 0; i < this.leftArm.length; i += 1) shares[this.leftArm[i] ?? 0] = weight * tracked.left.weight;
    for (let i = 0; i < this.rightArm.length; i += 1) shares[this.rightArm[i] ?? 0] = weight * tracked.right.weight;
    blendPose(pose, bent, 1, shares);
  }

  /** Bends the trunk after the head alone; if that leaves a hand out of reach, once more so that it helps. */
  private bendTrunk(pose: Float32Array, tracked: Readonly<Tracked>, seated: boolean): void {
    const { help, space, arms } = this;
    help.twist = help.upright = 0;
    this.spine.solve(space, tracked.head, seated, help);
    const left = tracked.left.weight * smooth(0, 0.25, arms.left.overreach(space, tracked.left));
    const right = tracked.right.weight * smooth(0, 0.25, arms.right.overreach(space, tracked.right));
    if (left === 0 && right === 0) return;
    // A right hand far away turns the chest to the left, a left hand to the right; both straighten a bow, unless they reach down.
    help.twist = REACH_TWIST * (right - left);
    help.upright = Math.max(left * (1 - smooth(0.15, 0.45, arms.left.below)), right * (1 - smooth(0.15, 0.45, arms.right.below)));
    this.bent.set(pose);
    space.load(this.bent);
    this.spine.solve(space, tracked.head, seated, help);
  }
}
