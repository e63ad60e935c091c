import { WorldError } from '../errors.ts';
import type { Quat, Vec } from './ik-math.ts';
import { inverse, quat, times, turn, vec } from './ik-math.ts';
import { POSE_STRIDE, type Rig } from './rig.ts';

/** @throws WorldError `download` if the avatars have no such bone */
export function boneNamed(rig: Rig, name: string): number {
  const bone = rig.bones.indexOf(name);
  if (bone < 0) throw new WorldError('download', `The avatars have no bone ${name}`);
  return bone;
}

/** Where a bone lies in the rest pose, metres; rest rotations are the identity. */
export function restPlace(rig: Rig, bone: number): Vec {
  const at = (row: number): number => -(rig.inverseBind[bone * 12 + row * 4 + 3] ?? 0);
  return vec(at(0), at(1), at(2));
}

/** A local pose seen in the avatar's own space, bone by bone: what is turned or moved here is written back to the pose. */
export class BoneSpace {
  private readonly rig: Rig;
  private readonly world: Float32Array;
  private pose: Float32Array;
  private readonly a = quat();
  private readonly b = quat();
  private readonly v = vec();

  constructor(rig: Rig) {
    this.rig = rig;
    this.world = new Float32Array(rig.bones.length * POSE_STRIDE);
    this.pose = this.world;
  }

  /** Works on `pose` from now on. */
  load(pose: Float32Array): void {
    this.pose = pose;
    const { order } = this.rig;
    for (let i = 0; i < order.length; i += 1) this.follow(order[i] ?? 0);
  }

  rotation(bone: number, out: Quat): Quat {
    return read(this.world, bone * POSE_STRIDE, out);
  }

  position(bone: number, out: Vec): Vec {
    return readPlace(this.world, bone * POSE_STRIDE + 4, out);
  }

  /** Brings a bone to where its parent and its own part of the pose put it. */
  follow(bone: number): void {
    const { parents, above } = this.rig;
    const parent = parents[bone] ?? -1;
    const from = parent < 0 ? above : this.world;
    const fromAt = parent < 0 ? 0 : parent * POSE_STRIDE;
    const at = bone * POSE_STRIDE;
    read(from, fromAt, this.a);
    write(this.world, at, times(this.a, read(this.pose, at, this.b), this.b));
    turn(this.a, readPlace(this.pose, at + 4, this.v), this.v);
    this.world[at + 4] = this.v.x + (from[fromAt + 4] ?? 0);
    this.world[at + 5] = this.v.y + (from[fromAt + 5] ?? 0);
    this.world[at + 6] = this.v.z + (from[fromAt + 6] ?? 0);
  }

  /** Gives a bone a rotation in the avatar's space. Its place stays; what hangs on it has to `follow`. */
  turnTo(bone: number, rotation: Readonly<Quat>): void {
    const { parents, above } = this.rig;
    const parent = parents[bone] ?? -1;
    inverse(parent < 0 ? read(above, 0, this.a) : this.rotation(parent, this.a), this.a);
    write(this.pose, bone * POSE_STRIDE, times(this.a, rotation, this.b));
    write(this.world, bone * POSE_STRIDE, rotation);
  }

  /** Turns a bone relative to its parent; nothing follows. */
  turnLocally(bone: number, rotation: Readonly<Quat>): void {
    write(this.pose, bone * POSE_STRIDE, rotation);
  }

  /** Moves a root bone by `step`; what hangs on it has to `follow`. */
  move(root: number, step: Readonly<Vec>): void {
    inverse(read(this.rig.above, 0, this.a), this.a);
    turn(this.a, step, this.v);
    const at = root * POSE_STRIDE + 4;
    this.pose[at] = (this.pose[at] ?? 0) + this.v.x;
    this.pose[at + 1] = (this.pose[at + 1] ?? 0) + this.v.y;
    this.pose[at + 2] = (this.pose[at + 2] ?? 0) + this.v.z;
    this.follow(root);
  }

  /** Makes the way from a bone's parent to the bone longer; the bone has to `follow`. */
  stretch(bone: number, factor: number): void {
    const at = bone * POSE_STRIDE + 4;
    for (let k = at; k < at + 3; k += 1) this.pose[k] = (this.pose[k] ?? 0) * factor;
  }
}

function read(data: Float32Array, at: number, out: Quat): Quat {
  out.x = data[at] ?? 0;
  out.y = data[at + 1] ?? 0;
  out.z = data[at + 2] ?? 0;
  out.w = data[at + 3] ?? 1;
  return out;
}

function write(data: Float32Array, at: number, q: Readonly<Quat>): void {
  data[at] = q.x;
  data[at + 1] = q.y;
  data[at + 2] = q.z;
  data[at + 3] = q.w;
}

function readPlace(data: Float32Array, at: number, out: Vec): Vec {
  out.x = data[at] ?? 0;
  out.y = data[at + 1] ?? 0;
  out.z = data[at + 2] ?? 0;
  return out;
}
