import type { AnimationGroup } from '@babylonjs/core/Animations/animationGroup.pure';
import type { TransformNode } from '@babylonjs/core/Meshes/transformNode.pure';
import type { GLTFLoader } from '@babylonjs/loaders/glTF/2.0/glTFLoader.pure';
import { ArrayItem } from '@babylonjs/loaders/glTF/2.0/glTFLoader.pure';
import type { IGLTFLoaderExtension } from '@babylonjs/loaders/glTF/2.0/glTFLoaderExtension';
import { registerGLTFExtension } from '@babylonjs/loaders/glTF/2.0/glTFLoaderExtensionRegistry';
import type { IAnimation, IAnimationChannel } from '@babylonjs/loaders/glTF/2.0/glTFLoaderInterfaces';
import type { NodeTracks, Track } from '../avatars/tracks.ts';

const NAME = 'PLENUM_clip_tracks';
const tracksOf = new WeakMap<TransformNode, NodeTracks>();

/** Key frames of a loaded node, by clip. */
export function nodeTracks(node: TransformNode): NodeTracks {
  return tracksOf.get(node) ?? new Map<string, Track[]>();
}

/** What Babylon's loader asks of an animation group it has just loaded: none is kept. */
const NO_GROUP = { targetedAnimations: [], dispose: () => undefined } as unknown as AnimationGroup;

/**
 * Loads animations as plain key frames, kept with the nodes they move. Our avatars are posed from tables of our own, what moves in a
 * scene by `model/node-motion.ts`, and Babylon's animation system, which would otherwise be loaded to be thrown away, is 15 KB.
 */
class ClipLoader implements IGLTFLoaderExtension {
  readonly name = NAME;
  enabled = true;
  private readonly loader: GLTFLoader;

  constructor(loader: GLTFLoader) {
    this.loader = loader;
  }

  dispose(): void {
    this.enabled = false;
  }

  async loadAnimationAsync(context: string, animation: IAnimation): Promise<AnimationGroup> {
    const clip = animation.name ?? `clip${animation.index}`;
    await Promise.all(animation.channels.map((channel, index) => this.loadChannel(`${context}/channels/${index}`, clip, animation, channel)));
    return NO_GROUP;
  }

  private async loadChannel(context: string, clip: string, animation: IAnimation, channel: IAnimationChannel): Promise<void> {
    const path = channel.target.path as string;
    const node = this.loader.gltf.nodes?.[channel.target.node ?? -1]?._babylonTransformNode;
    if (node === undefined || (path !== 'rotation' && path !== 'translation' && path !== 'scale')) return;
    const sampler = ArrayItem.Get(`${context}/sampler`, animation.samplers, channel.sampler);
    const [times, values] = await Promise.all([this.floats(context, sampler.input), this.floats(context, sampler.output)]);
    const known = tracksOf.get(node) ?? new Map<string, Track[]>();
    tracksOf.set(node, known);
    const tracks = known.get(clip) ?? [];
    known.set(clip, tracks);
    tracks.push({ path, interpolation: (sampler.interpolation as Track['interpolation'] | undefined) ?? 'LINEAR', times, values });
  }

  private floats(context: string, accessor: number): Promise<Float32Array> {
    const found = ArrayItem.Get(`${context}/accessor`, this.loader.gltf.accessors, accessor);
    return this.loader._loadFloatAccessorAsync(`/accessors/${found.index}`, found);
  }
}

export function registerClipLoader(): void {
  registerGLTFExtension(NAME, false, (loader) => new ClipLoader(loader));
}
