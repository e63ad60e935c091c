import type { AssetContainer } from '@babylonjs/core/assetContainer';
import type { Bone } from '@babylonjs/core/Bones/bone.pure';
import { Matrix, Quaternion, Vector3 } from '@babylonjs/core/Maths/math.vector.pure';
import type { TransformNode } from '@babylonjs/core/Meshes/transformNode.pure';
import { nodeTracks } from '../engine/clip-loader.ts';
import { WorldError } from '../errors.ts';
import { clipDuration, sampleTrack } from './tracks.ts';

/** Clips are resampled to this rate, frames a second: walking legs move at most 6 degrees between two samples. */
export const CLIP_RATE = 30;
/** Numbers a bone in a pose: rotation (quaternion x, y, z, w), then position relative to the parent bone, metres. */
export const POSE_STRIDE = 7;

/** A movement that repeats, as local poses at {@link CLIP_RATE}. */
export interface Clip {
  readonly name: string;
  /** Samples, both ends included; the last equals the first in a clip that loops. */
  readonly frames: number;
  /** Seconds. */
  readonly duration: number;
  /** frames * bones * {@link POSE_STRIDE} numbers. */
  readonly poses: Float32Array;
}

/** The one skeleton of all appearances, freed from the engine's scene graph. */
export interface Rig {
  readonly bones: readonly string[];
  /** Index of the parent bone, -1 for a root. Parents come before their children in {@link Rig.order}. */
  readonly parents: Int16Array;
  readonly order: Int16Array;
  /** Inverse bind matrices, 12 numbers each: the upper three rows, row by row. */
  readonly inverseBind: Float32Array;
  /** What stands above the root bones: rotation, then position (7 numbers). */
  readonly above: Float32Array;
  readonly clips: ReadonlyMap<string, Clip>;
}

function nodeOf(bone: Bone): TransformNode {
  const node = bone.getTransformNode();
  if (node === null) throw new WorldError('download', `Bone ${bone.name} has no node`);
  return node;
}

function parentsFirst(parents: Int16Array): Int16Array {
  const order: number[] = [];
  const visit = (bone: number): void => {
    if (order.includes(bone)) return;
    const parent = parents[bone] ?? -1;
    if (parent >= 0) visit(parent);
    order.push(bone);
  };
  for (let bone = 0; bone < parents.length; bone += 1) visit(bone);
  return Int16Array.from(order);
}

/** Writes the upper three rows of a Babylon matrix (which multiplies row vectors) for column vectors. */
export function writeRows(matrix: Matrix, out: Float32Array, at: number): void {
  const m = matrix.m;
  for (let row = 0; row < 3; row += 1) {
    for (let column = 0; column < 4; column += 1) out[at + row * 4 + column] = m[column * 4 + row] ?? 0;
  }
}

function above(roots: readonly TransformNode[]): Float32Array {
  const parent = roots[0]?.parent ?? null;
  const rotation = Quaternion.Identity();
  const position = Vector3.Zero();
  const scaling = Vector3.One();
  parent?.computeWorldMatrix(true).decompose(scaling, rotation, position);
  if (Math.abs(scaling.x - 1) + Math.abs(scaling.y - 1) + Math.abs(scaling.z - 1) > 1e-3) {
    throw new WorldError('download', 'The avatars\' armature must not be scaled');
  }
  return Float32Array.of(rotation.x, rotation.y, rotation.z, rotation.w, position.x, position.y, position.z);
}

/** Samples one clip at {@link CLIP_RATE}; bones without a track keep their rest pose. */
function sample(name: string, nodes: readonly TransformNode[]): Clip {
  const tracks = nodes.map((node) => nodeTracks(node).get(name) ?? []);
  const duration = Math.max(1 / CLIP_RATE, clipDuration(tracks.flat()));
  const frames = Math.max(2, Math.round(duration * CLIP_RATE) + 1);
  const poses = new Float32Array(frames * nodes.length * POSE_STRIDE);
  nodes.forEach(({ rotationQuaternion, position }, bone) => {
    const rotation = rotationQuaternion ?? Quaternion.Identity();
    for (let frame = 0; frame < frames; frame += 1) {
      const at = (frame * nodes.length + bone) * POSE_STRIDE;
      poses.set([rotation.x, rotation.y, rotation.z, rotation.w, position.x, position.y, position.z], at);
      for (const track of tracks[bone] ?? []) {
        if (track.path === 'scale') continue;
        sampleTrack(track, (duration * frame) / (frames - 1), poses, track.path === 'rotation' ? at : at + 4);
      }
    }
  });
  return { name, frames, duration, poses };
}

/**
 * Reads skeleton and clips out of the loaded avatars.
 * @throws WorldError `download` if the file has no skeleton or no clip
 */
export function readRig(container: AssetContainer): Rig {
  const skeleton = container.skeletons[0];
  if (skeleton === undefined) throw new WorldError('download', 'The avatars have no skeleton');
  const nodes = skeleton.bones.map(nodeOf);
  const names = new Set(nodes.flatMap((node) => [...nodeTracks(node).keys()]));
  if (names.size === 0) throw new WorldError('download', 'The avatars have no clips');
  const parents = Int16Array.from(nodes, (node) => nodes.indexOf(node.parent as TransformNode));
  const inverseBind = new Float32Array(skeleton.bones.length * 12);
  skeleton.bones.forEach((bone, index) => writeRows(bone.getAbsoluteInverseBindMatrix(), inverseBind, index * 12));
  return {
    bones: skeleton.bones.map((bone) => bone.name),
    parents,
    order: parentsFirst(parents),
    inverseBind,
    above: above(nodes.filter((_, bone) => (parents[bone] ?? -1) < 0)),
    clips: new Map([...names].map((name) => [name, sample(name, nodes)])),
  };
}
