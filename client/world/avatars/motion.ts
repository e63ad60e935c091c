import type { AvatarPose } from '../../app/contracts.ts';
import { comfortableYaw, mostTurned } from './body-yaw.ts';
import { framePosition, wrapTime } from './pose-math.ts';
import type { Clip, Rig } from './rig.ts';
import { turnBetween } from './turning.ts';

/** Names of the clips, in the order of their numbers here. */
export const CLIP_NAMES = [
  'idle', 'idle2', 'walk', 'run', 'sit', 'sitTalk', 'talk', 'raiseHand', 'sitRaiseHand', 'clap', 'sitClap', 'wave',
] as const;
export type ClipName = (typeof CLIP_NAMES)[number];
const number = Object.fromEntries(CLIP_NAMES.map((name, index) => [name, index])) as Record<ClipName, number>;
export const CLIP = number;

/** Seconds in which one clip goes over into the next. */
export const FADE_S = 0.28;
/** Below this, metres a second, nobody is walking, whatever their posture says. */
const STANDING_SPEED = 0.12;
/** Between walking pace and this, legs walk faster; above, they run. */
const RUN_FROM = 2.5;
/** The body follows the look beyond this angle, radians, and at this rate, radians a second. */
const BODY_SLACK = 0.6;
const BODY_TURN = 5;
/** The feet point at most this far away from the look. */
const STRIDE_TURN = 1.05;

/** Clips of the rig by number, with the first row of each in the bone table. */
export interface ClipBook {
  readonly clips: readonly Clip[];
  readonly firstRows: Int32Array;
  /** Metres a second that the legs of a clip are made for, by clip number. */
  readonly speeds: Float32Array;
}

/** @throws RangeError if the rig has not even an idle clip */
export function makeClipBook(rig: Rig, speeds: ReadonlyMap<string, number>): ClipBook {
  const idle = rig.clips.get('idle') ?? rig.clips.values().next().value;
  if (idle === undefined) throw new RangeError('a rig without clips');
  const clips = CLIP_NAMES.map((name) => rig.clips.get(name) ?? idle);
  const firstRows = new Int32Array(clips.length);
  let row = 0;
  clips.forEach((clip, index) => {
    const same = clips.indexOf(clip);
    firstRows[index] = same < index ? (firstRows[same] ?? 0) : row;
    if (same === index) row += clip.frames;
  });
  const own = Float32Array.from(CLIP_NAMES, (name) => speeds.get(name) ?? (name === 'walk' ? 1.4 : name === 'run' ? 3 : 0));
  return { clips, firstRows, speeds: own };
}

/** How one avatar moves: which clips play, since when, and where the body points. Mutable; one a person. */
export interface Motion {
  clip: number;
  time: number;
  /** The clip that is being left, and its time. */
  from: number;
  fromTime: number;
  /** Share of `clip`, 0..1; 1 when the change is over. */
  share: number;
  bodyYaw: number;
  /** The look relative to the body, radians. */
  lookYaw: number;
  lastX: number;
  lastZ: number;
  /** -1 when walking backwards. */
  direction: number;
  /** Where the feet go relative to the look, radians. */
  stride: number;
  readonly seed: number;
}

/** A number in 0..1 that is always the same for an id (FNV-1a), so that everybody sees the same people in the same phase of idling. */
export function seedOf(id: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < id.length; i += 1) hash = Math.imul(hash ^ id.charCodeAt(i), 0x01000193);
  return (hash >>> 0) / 4294967296;
}

export function createMotion(pose: Readonly<AvatarPose>, book: ClipBook): Motion {
  const seed = seedOf(pose.id);
  const clip = chooseClip(pose, seed, 0);
  return {
    clip, time: seed * (book.clips[clip]?.duration ?? 1), from: clip, fromTime: 0, share: 1,
    bodyYaw: pose.yaw, lookYaw: 0, lastX: pose.x, lastZ: pose.z, direction: 1, stride: 0, seed,
  };
}

/** The clip for what somebody does; `now` in seconds lets them shift their weight now and then. */
export function chooseClip(pose: Readonly<AvatarPose>, seed: number, now: number): number {
  if (pose.posture === 'seated') {
    if (pose.gesture === 'raiseHand' || pose.gesture === 'wave') return CLIP.sitRaiseHand;
    if (pose.gesture === 'clap') return CLIP.sitClap;
    return pose.speaking ? CLIP.sitTalk : CLIP.sit;
  }
  if (pose.speed > RUN_FROM) return CLIP.run;
  if (pose.speed > STANDING_SPEED) return CLIP.walk;
  if (pose.gesture === 'raiseHand') return CLIP.raiseHand;
  if (pose.gesture === 'clap') return CLIP.clap;
  if (pose.gesture === 'wave') return CLIP.wave;
  if (pose.speaking) return CLIP.talk;
  return (now / 24 + seed * 7) % 1 < 0.3 ? CLIP.idle2 : CLIP.idle;
}

function isGait(clip: number): boolean {
  return clip === CLIP.walk || clip === CLIP.run;
}

function startClip(motion: Motion, clip: number, book: ClipBook): void {
  const old = book.clips[motion.clip];
  const next = book.clips[clip];
  if (old === undefined || next === undefined) return;
  // Leaving a change half done: what is on screen is nearer to one of the two, so that one is left.
  if (motion.share >= 0.5) {
    motion.from = motion.clip;
    motion.fromTime = motion.time;
  }
  // Legs go on with the same foot.
  motion.time = isGait(clip) && isGait(motion.clip) ? (motion.time / old.duration) * next.duration : isGait(clip) ? 0 : motion.seed * next.duration;
  motion.clip = clip;
  motion.share = 0;
}

/** Where the feet go relative to the look, and whether backwards, from how the avatar moved since the last frame. */
function readStride(motion: Motion, pose: Readonly<AvatarPose>, elapsed: number): void {
  const dx = pose.x - motion.lastX;
  const dz = pose.z - motion.lastZ;
  motion.lastX = pose.x;
  motion.lastZ = pose.z;
  if (pose.speed < STANDING_SPEED || dx * dx + dz * dz < 1e-8) {
    motion.stride *= Math.max(0, 1 - 6 * elapsed);
    return;
  }
  const side = turnBetween(pose.yaw, Math.atan2(dx, dz));
  motion.direction = Math.abs(side) > 1.9 ? -1 : Math.abs(side) < 1.7 ? 1 : motion.direction;
  const feet = motion.direction < 0 ? turnBetween(0, side + Math.PI) : side;
  const wanted = Math.max(-STRIDE_TURN, Math.min(STRIDE_TURN, feet));
  motion.stride += (wanted - motion.stride) * Math.min(1, 8 * elapsed);
}

/** The body turns under the look: with the chair when seated, with the feet when walking, after the head when standing. */
function turnBody(motion: Motion, pose: Readonly<AvatarPose>, seatYaw: number | undefined, elapsed: number): void {
  const { body } = pose;
  const look = body === null ? pose.yaw : comfortableYaw(body);
  let wanted = motion.bodyYaw;
  if (pose.posture === 'seated') {
    wanted = seatYaw ?? look;
  } else if (pose.speed > STANDING_SPEED) {
    wanted = pose.yaw + motion.stride;
  } else {
    const lag = turnBetween(motion.bodyYaw, look);
    if (Math.abs(lag) > BODY_SLACK) wanted = look - Math.sign(lag) * BODY_SLACK * 0.5;
    else wanted = motion.bodyYaw + lag * Math.min(1, elapsed * 0.8);
  }
  if (body !== null) wanted += mostTurned(body, wanted);
  const turn = turnBetween(motion.bodyYaw, wanted);
  const most = BODY_TURN * elapsed;
  const jump = Math.abs(turn) > 2.5;
  motion.bodyYaw = turnBetween(0, motion.bodyYaw + (jump ? turn : Math.max(-most, Math.min(most, turn))));
  motion.lookYaw = turnBetween(motion.bodyYaw, pose.yaw);
}

/**
 * Moves one avatar's clips on by `elapsed` seconds. Allocates nothing.
 * @param seatYaw where the seat looks, if the person sits on one
 */
export function advanceMotion(motion: Motion, pose: Readonly<AvatarPose>, book: ClipBook, step: { elapsed: number; now: number; seatYaw: number | undefined }): void {
  readStride(motion, pose, step.elapsed);
  turnBody(motion, pose, step.seatYaw, step.elapsed);
  const wanted = chooseClip(pose, motion.seed, step.now);
  if (wanted !== motion.clip) startClip(motion, wanted, book);
  motion.share = Math.min(1, motion.share + step.elapsed / FADE_S);
  const clip = book.clips[motion.clip];
  const from = book.clips[motion.from];
  if (clip === undefined || from === undefined) return;
  const made = book.speeds[motion.clip] ?? 0;
  const rate = made > 0 ? Math.max(0.5, Math.min(1.8, pose.speed / made)) * motion.direction : 1;
  motion.time = wrapTime(motion.time + step.elapsed * rate, clip.duration);
  if (motion.share < 1) motion.fromTime = wrapTime(motion.fromTime + step.elapsed, from.duration);
}

/**
 * The two rows of the bone table, and the share of the second, that show a motion: `out[at..at+2]`. During a change these are one row of
 * each clip, else the neighbouring rows of one.
 */
export function bakedRows(motion: Motion, book: ClipBook, out: Float32Array, at: number): void {
  const clip = book.clips[motion.clip];
  const from = book.clips[motion.from];
  if (clip === undefined || from === undefined) return;
  const first = book.firstRows[motion.clip] ?? 0;
  const position = framePosition(clip, motion.time);
  if (motion.share < 1) {
    out[at] = (book.firstRows[motion.from] ?? 0) + Math.round(framePosition(from, motion.fromTime));
    out[at + 1] = first + Math.round(position);
    out[at + 2] = motion.share;
    return;
  }
  const frame = Math.floor(position);
  out[at] = first + frame;
  out[at + 1] = first + frame + 1;
  out[at + 2] = position - frame;
}
