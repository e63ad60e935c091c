import type { AvatarPose } from '../../app/contracts.ts';
import { CLIP, type ClipBook, type Motion } from './motion.ts';
import type { BodyIk } from './body-ik.ts';
import { PoseSolver, blendPose, samplePose } from './pose-math.ts';
import { POSE_STRIDE, type Rig } from './rig.ts';
import { createTracked, type Tracked } from './tracked-pose.ts';

/** The head turns this far from the body at most, radians. */
const MAX_LOOK_YAW = 1.15;
/** How far the jaw opens at full level, radians. */
const JAW_OPEN = 0.26;
/** Of the turn of the look, what the neck does; the head does the rest. */
const NECK_SHARE = 0.4;
/** Bones that gesture while the legs walk. */
const UPPER_BODY = /^(spine|chest|neck|head|jaw|eyelids|shoulder|upperArm|lowerArm|hand|fingers|thumb)/;

/** What a live avatar adds to its clips. Mutable; one a person, so that nothing jumps when it gains or loses its own skeleton. */
export interface Liveliness {
  /** Smoothed level of the voice, 0..1. */
  mouth: number;
  /** Slower: how lively the hands are. */
  fervour: number;
  /** Smoothed look, radians. */
  yaw: number;
  pitch: number;
  /** Seconds of a nod left. */
  nod: number;
  nodding: boolean;
  /** 0..1: how much of all this shows; rises after the avatar gained its own skeleton, falls before it loses it. */
  presence: number;
  /** Head and hands of a headset. */
  readonly tracked: Tracked;
}

export function createLiveliness(): Liveliness {
  return { mouth: 0, fervour: 0, yaw: 0, pitch: 0, nod: 0, nodding: false, presence: 0, tracked: createTracked() };
}

/** Nod of 1.2 s: two dips, the second smaller. Radians down. */
function nodAngle(left: number): number {
  if (left <= 0) return 0;
  const t = 1.2 - left;
  return 0.22 * Math.max(0, Math.sin(t * 10.5)) * (t < 0.6 ? 1 : 0.6);
}

/** Computes poses of single avatars: blended clips, look, mouth. One instance serves all, one after the other. */
export class LivePoser {
  private readonly book: ClipBook;
  private readonly solver: PoseSolver;
  /** Three-point inverse kinematics, fetched with the first person in a headset: until then they move as the clips do. */
  ik: BodyIk | null;
  private readonly rig: Rig;
  private fetching = false;
  private readonly pose: Float32Array;
  private readonly other: Float32Array;
  private readonly upper: Float32Array;
  private readonly jawMask: Float32Array;
  private readonly neck: number;
  private readonly head: number;
  private readonly jaw: number;
  /** The head and what hangs on it. */
  private readonly onHead: readonly number[];

  constructor(rig: Rig, book: ClipBook, ik: BodyIk | null = null) {
    this.book = book;
    this.solver = new PoseSolver(rig);
    this.rig = rig;
    this.ik = ik;
    this.pose = new Float32Array(rig.bones.length * POSE_STRIDE);
    this.other = new Float32Array(rig.bones.length * POSE_STRIDE);
    this.upper = Float32Array.from(rig.bones, (name) => (UPPER_BODY.test(name) ? 1 : 0));
    this.jawMask = Float32Array.from(rig.bones, (name) => (name === 'jaw' ? 1 : 0));
    this.neck = rig.bones.indexOf('neck');
    this.head = rig.bones.indexOf('head');
    this.jaw = rig.bones.indexOf('jaw');
    this.onHead = rig.bones.flatMap((_, bone) => (bone === this.head || rig.parents[bone] === this.head ? [bone] : []));
  }

  /** Follows voice and look by `elapsed` seconds. `level`: 0..1 of the voice now. */
  static follow(life: Liveliness, pose: Readonly<AvatarPose>, motion: Motion, step: { level: number; elapsed: number; live: boolean }): void {
    const { level, elapsed } = step;
    const quick = Math.min(1, elapsed * (level > life.mouth ? 25 : 12));
    life.mouth += (level - life.mouth) * quick;
    life.fervour += ((pose.speaking ? Math.max(0.35, Math.min(1, level * 2.5)) : 0) - life.fervour) * Math.min(1, elapsed * 2.5);
    const yaw = Math.max(-MAX_LOOK_YAW, Math.min(MAX_LOOK_YAW, motion.lookYaw));
    life.yaw += (yaw - life.yaw) * Math.min(1, elapsed * 10);
    life.pitch += (pose.pitch * 0.85 - life.pitch) * Math.min(1, elapsed * 10);
    const nodding = pose.gesture === 'nod';
    if (nodding && !life.nodding) life.nod = 1.2;
    life.nodding = nodding;
    life.nod = Math.max(0, life.nod - elapsed);
    life.presence = Math.max(0, Math.min(1, life.presence + (step.live ? elapsed : -elapsed) / 0.3));
  }

  private fetchIk(): void {
    if (this.fetching) return;
    this.fetching = true;
    // Without it (a download that failed) people in headsets move as all others do; the next one is another try.
    import('./body-ik.ts').then(({ BodyIk }) => { this.ik = new BodyIk(this.rig); }, () => { this.fetching = false; });
  }

  /** Writes the skin matrices of one avatar's pose now to `out` from `at` on. */
  write(motion: Motion, life: Liveliness, pose: Readonly<AvatarPose>, target: { out: Float32Array; at: number }): void {
    this.sampleClips(motion, life, pose);
    const shown = life.presence;
    // A tracked head turns and nods by itself.
    const free = shown * (1 - life.tracked.weight);
    const yaw = life.yaw * free;
    const pitch = (life.pitch - nodAngle(life.nod)) * free;
    if (this.ik !== null) this.ik.bend(this.pose, life.tracked, pose.posture === 'seated', shown);
    else if (pose.body !== null) this.fetchIk();
    if (this.neck >= 0) this.solver.turn(this.neck, yaw * NECK_SHARE, pitch * NECK_SHARE);
    if (this.head >= 0) this.solver.turn(this.head, yaw * (1 - NECK_SHARE), pitch * (1 - NECK_SHARE));
    if (this.jaw >= 0) this.openJaw(life.mouth * shown);
    this.solver.solve(this.pose, target.out, target.at);
  }

  /**
   * Takes the head off the pose that was written last: all that hangs on it shrinks into the root of the neck, out of the way of eyes that look
   * from there.
   */
  behead(target: { readonly out: Float32Array; readonly at: number }): void {
    const { out, at } = target;
    const neck = this.neck * POSE_STRIDE + 4;
    for (let i = 0; i < this.onHead.length; i += 1) {
      const row = at + (this.onHead[i] ?? 0) * 12;
      for (let k = 0; k < 12; k += 1) out[row + k] = k % 4 === 3 ? this.solver.world[neck + (k >> 2)] ?? 0 : 0;
    }
  }

  private sampleClips(motion: Motion, life: Liveliness, pose: Readonly<AvatarPose>): void {
    const clip = this.book.clips[motion.clip];
    const from = this.book.clips[motion.from];
    if (clip === undefined || from === undefined) return;
    samplePose(clip, motion.time, this.pose);
    if (motion.share < 1) {
      samplePose(from, motion.fromTime, this.other);
      blendPose(this.other, this.pose, motion.share, null);
      this.pose.set(this.other);
    }
    const calm = motion.clip === CLIP.talk ? CLIP.idle : motion.clip === CLIP.sitTalk ? CLIP.sit : -1;
    if (calm >= 0) this.calmDown(calm, motion, life);
    else if (motion.clip === CLIP.walk || motion.clip === CLIP.run) this.gestureWalking(motion, life, pose);
  }

  /** Hands move as lively as the voice; the mouth follows the voice alone, not the clip's own syllables. */
  private calmDown(calm: number, motion: Motion, life: Liveliness): void {
    const clip = this.book.clips[calm];
    if (clip === undefined) return;
    samplePose(clip, motion.time, this.other);
    const still = (1 - (0.3 + 0.7 * life.fervour)) * life.presence * motion.share;
    blendPose(this.pose, this.other, still, this.upper);
    blendPose(this.pose, this.other, life.presence * motion.share, this.jawMask);
  }

  private gestureWalking(motion: Motion, life: Liveliness, pose: Readonly<AvatarPose>): void {
    const gesture = pose.gesture === 'raiseHand' ? CLIP.raiseHand : pose.gesture === 'wave' ? CLIP.wave : pose.gesture === 'clap' ? CLIP.clap : -1;
    const clip = gesture >= 0 ? this.book.clips[gesture] : undefined;
    if (clip === undefined) return;
    samplePose(clip, motion.time, this.other);
    blendPose(this.pose, this.other, 0.9 * life.presence, this.upper);
  }

  private openJaw(level: number): void {
    // In the bone's own axes: the jaw opens about X.
    const half = (JAW_OPEN * Math.min(1, level * 1.6)) / 2;
    const at = this.jaw * POSE_STRIDE;
    const s = Math.sin(half), c = Math.cos(half);
    const x = this.pose[at] ?? 0, y = this.pose[at + 1] ?? 0, z = this.pose[at + 2] ?? 0, w = this.pose[at + 3] ?? 1;
    this.pose[at] = x * c + w * s;
    this.pose[at + 1] = y * c + z * s;
    this.pose[at + 2] = z * c - y * s;
    this.pose[at + 3] = w * c - x * s;
  }
}
