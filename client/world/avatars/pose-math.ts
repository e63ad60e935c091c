/**
 * The arithmetic of poses, on flat arrays so that nothing is allocated. Quaternions are x, y, z, w; all functions write into arrays that
 * the caller owns. Layout of a pose: see `POSE_STRIDE` in `rig.ts`.
 */
import type { Clip, Rig } from './rig.ts';
import { CLIP_RATE, POSE_STRIDE } from './rig.ts';

/** Time within a clip that repeats, seconds. */
export function wrapTime(time: number, duration: number): number {
  const wrapped = time % duration;
  return wrapped < 0 ? wrapped + duration : wrapped;
}

/** Sample index of a time, with fraction: `Math.floor` of it and the next one are the neighbours. */
export function framePosition(clip: Clip, time: number): number {
  return Math.min(clip.frames - 1.0001, wrapTime(time, clip.duration) * ((clip.frames - 1) / clip.duration));
}

/** Blends pose `b` (at `bAt`) into `a` (at `aAt`) by `weight`, one bone: normalised linear interpolation of the shorter arc. */
// eslint-disable-next-line max-params -- an argument object would be an allocation a bone
function blendBone(a: Float32Array, aAt: number, b: Float32Array, bAt: number, weight: number): void {
  const ax = a[aAt] ?? 0, ay = a[aAt + 1] ?? 0, az = a[aAt + 2] ?? 0, aw = a[aAt + 3] ?? 1;
  const bx = b[bAt] ?? 0, by = b[bAt + 1] ?? 0, bz = b[bAt + 2] ?? 0, bw = b[bAt + 3] ?? 1;
  const keep = 1 - weight;
  const take = ax * bx + ay * by + az * bz + aw * bw < 0 ? -weight : weight;
  const x = ax * keep + bx * take, y = ay * keep + by * take, z = az * keep + bz * take, w = aw * keep + bw * take;
  const scale = 1 / (Math.sqrt(x * x + y * y + z * z + w * w) || 1);
  a[aAt] = x * scale;
  a[aAt + 1] = y * scale;
  a[aAt + 2] = z * scale;
  a[aAt + 3] = w * scale;
  for (let k = 4; k < POSE_STRIDE; k += 1) a[aAt + k] = (a[aAt + k] ?? 0) * keep + (b[bAt + k] ?? 0) * weight;
}

/** Blends `weight` of pose `from` into `into`; `mask` scales the weight bone by bone. */
export function blendPose(into: Float32Array, from: Float32Array, weight: number, mask: Float32Array | null): void {
  const bones = into.length / POSE_STRIDE;
  for (let bone = 0; bone < bones; bone += 1) {
    const share = mask === null ? weight : weight * (mask[bone] ?? 0);
    if (share > 0) blendBone(into, bone * POSE_STRIDE, from, bone * POSE_STRIDE, share);
  }
}

/** Writes the pose of `clip` at `time` seconds. */
export function samplePose(clip: Clip, time: number, out: Float32Array): void {
  const position = framePosition(clip, time);
  const frame = Math.floor(position);
  const weight = position - frame;
  const row = out.length;
  const first = frame * row;
  for (let k = 0; k < row; k += 1) out[k] = clip.poses[first + k] ?? 0;
  if (weight < 1e-4) return;
  for (let at = 0; at < row; at += POSE_STRIDE) blendBone(out, at, clip.poses, first + row + at, weight);
}

/** Rotates the direction (or point) at `v[at..at+2]` by the quaternion at `q[qAt..]`, in place. */
export function rotate(q: Float32Array, qAt: number, v: Float32Array, at: number): void {
  const x = q[qAt] ?? 0, y = q[qAt + 1] ?? 0, z = q[qAt + 2] ?? 0, w = q[qAt + 3] ?? 1;
  const vx = v[at] ?? 0, vy = v[at + 1] ?? 0, vz = v[at + 2] ?? 0;
  const tx = 2 * (y * vz - z * vy), ty = 2 * (z * vx - x * vz), tz = 2 * (x * vy - y * vx);
  v[at] = vx + w * tx + y * tz - z * ty;
  v[at + 1] = vy + w * ty + z * tx - x * tz;
  v[at + 2] = vz + w * tz + x * ty - y * tx;
}

/** out[outAt..] = a[aAt..] * b[bAt..] (first b, then a). `out` may be `b`. */
// eslint-disable-next-line max-params -- an argument object would be an allocation a bone
export function multiply(a: Float32Array, aAt: number, b: Float32Array, bAt: number, out: Float32Array, outAt: number): void {
  const ax = a[aAt] ?? 0, ay = a[aAt + 1] ?? 0, az = a[aAt + 2] ?? 0, aw = a[aAt + 3] ?? 1;
  const bx = b[bAt] ?? 0, by = b[bAt + 1] ?? 0, bz = b[bAt + 2] ?? 0, bw = b[bAt + 3] ?? 1;
  out[outAt] = aw * bx + ax * bw + ay * bz - az * by;
  out[outAt + 1] = aw * by - ax * bz + ay * bw + az * bx;
  out[outAt + 2] = aw * bz + ax * by - ay * bx + az * bw;
  out[outAt + 3] = aw * bw - ax * bx - ay * by - az * bz;
}

/** Turns a local pose into skin matrices. One instance has the scratch space for one skeleton. */
export class PoseSolver {
  /** Rotation and position of each bone in the avatar's own space, of the last `solve`. */
  readonly world: Float32Array;
  /** Turns added in the avatar's own axes after the parent's, quaternion a bone; identity unless a caller sets it. */
  readonly extra: Float32Array;
  private readonly rig: Rig;
  private readonly turned: Uint8Array;

  constructor(rig: Rig) {
    this.rig = rig;
    this.world = new Float32Array(rig.bones.length * POSE_STRIDE);
    this.extra = new Float32Array(rig.bones.length * 4);
    this.turned = new Uint8Array(rig.bones.length);
  }

  /** Sets the extra turn of a bone for the next `solve` only: yaw about Y, then pitch (up is positive) about X, radians. */
  turn(bone: number, yaw: number, pitch: number): void {
    const cy = Math.cos(yaw / 2), sy = Math.sin(yaw / 2);
    const cx = Math.cos(-pitch / 2), sx = Math.sin(-pitch / 2);
    const at = bone * 4;
    this.extra[at] = cy * sx;
    this.extra[at + 1] = sy * cx;
    this.extra[at + 2] = -sy * sx;
    this.extra[at + 3] = cy * cx;
    this.turned[bone] = 1;
  }

  /** Writes 12 numbers a bone (three rows of an affine matrix) for `pose` to `out` from `at` on. */
  solve(pose: Float32Array, out: Float32Array, at: number): void {
    const { order, parents, above } = this.rig;
    for (let i = 0; i < order.length; i += 1) {
      const bone = order[i] ?? 0;
      const parent = parents[bone] ?? -1;
      const own = bone * POSE_STRIDE;
      const from = parent < 0 ? above : this.world;
      const fromAt = parent < 0 ? 0 : parent * POSE_STRIDE;
      multiply(from, fromAt, pose, own, this.world, own);
      for (let k = 4; k < POSE_STRIDE; k += 1) this.world[own + k] = pose[own + k] ?? 0;
      rotate(from, fromAt, this.world, own + 4);
      for (let k = 4; k < POSE_STRIDE; k += 1) this.world[own + k] = (this.world[own + k] ?? 0) + (from[fromAt + k] ?? 0);
      if (this.turned[bone] === 1) {
        multiply(this.extra, bone * 4, this.world, own, this.world, own);
        this.turned[bone] = 0;
      }
      this.skin(bone, out, at + bone * 12);
    }
  }

  /** Skin matrix = world transform of the bone * its inverse bind matrix. */
  private skin(bone: number, out: Float32Array, at: number): void {
    const w = this.world;
    const own = bone * POSE_STRIDE;
    const x = w[own] ?? 0, y = w[own + 1] ?? 0, z = w[own + 2] ?? 0, q = w[own + 3] ?? 1;
    const inverse = this.rig.inverseBind;
    const bind = bone * 12;
    for (let row = 0; row < 3; row += 1) {
      const a = row === 0 ? 1 - 2 * (y * y + z * z) : row === 1 ? 2 * (x * y + z * q) : 2 * (x * z - y * q);
      const b = row === 0 ? 2 * (x * y - z * q) : row === 1 ? 1 - 2 * (x * x + z * z) : 2 * (y * z + x * q);
      const c = row === 0 ? 2 * (x * z + y * q) : row === 1 ? 2 * (y * z - x * q) : 1 - 2 * (x * x + y * y);
      for (let k = 0; k < 4; k += 1) {
        out[at + row * 4 + k] = a * (inverse[bind + k] ?? 0) + b * (inverse[bind + 4 + k] ?? 0) + c * (inverse[bind + 8 + k] ?? 0);
      }
      out[at + row * 4 + 3] = (out[at + row * 4 + 3] ?? 0) + (w[own + 4 + row] ?? 0);
    }
  }
}

/** Seconds of one sample: what a baked avatar's clock is rounded to. */
export const FRAME_SECONDS = 1 / CLIP_RATE;
