import { Quaternion } from '@babylonjs/core/Maths/math.vector.pure';
import type { TransformNode } from '@babylonjs/core/Meshes/transformNode.pure';
import { clipDuration, sampleTrack, type Track } from '../avatars/tracks.ts';
import { nodeTracks } from '../engine/clip-loader.ts';

/** One moving node: the tracks of one clip, played over and over. */
interface Moving {
  readonly node: TransformNode;
  readonly tracks: readonly Track[];
  readonly duration: number;
}

/**
 * Plays the animations of a scene's nodes (turning wheels, swaying leaves, water). All clips run at once, each over and over for as long as it is;
 * where two move the same node, the later one wins. Allocates nothing in a frame.
 */
export class NodeMotion {
  private readonly moving: readonly Moving[];
  private readonly value = new Float32Array(4);
  private time = 0;

  constructor(nodes: Iterable<TransformNode>) {
    const clips = new Map<string, number>();
    const found: { node: TransformNode; clip: string; tracks: readonly Track[] }[] = [];
    for (const node of nodes) {
      for (const [clip, tracks] of nodeTracks(node)) {
        found.push({ node, clip, tracks });
        clips.set(clip, Math.max(clips.get(clip) ?? 0, clipDuration(tracks)));
      }
    }
    this.moving = found.map(({ node, clip, tracks }) => ({ node, tracks, duration: clips.get(clip) ?? 0 })).filter(({ duration }) => duration > 0);
    for (const { node } of this.moving) node.rotationQuaternion ??= Quaternion.FromEulerVector(node.rotation);
  }

  /** Whether the node moves, itself or with one above it. */
  moves(node: { readonly parent: unknown }): boolean {
    for (let at: unknown = node; at !== null && at !== undefined; at = (at as { parent: unknown }).parent) {
      if (this.moving.some((each) => each.node === at)) return true;
    }
    return false;
  }

  /** @param elapsed seconds */
  advance(elapsed: number): void {
    this.time += elapsed;
    for (const { node, tracks, duration } of this.moving) for (const track of tracks) this.apply(node, track, this.time % duration);
  }

  private apply(node: TransformNode, track: Track, time: number): void {
    sampleTrack(track, time, this.value, 0);
    const x = this.value[0] ?? 0, y = this.value[1] ?? 0, z = this.value[2] ?? 0;
    if (track.path === 'rotation') node.rotationQuaternion?.set(x, y, z, this.value[3] ?? 1);
    else if (track.path === 'translation') node.position.set(x, y, z);
    else node.scaling.set(x, y, z);
  }
}
