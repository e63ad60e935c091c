import { MeshoptDecoder } from 'meshoptimizer/decoder';
import type { GLTFLoader } from '@babylonjs/loaders/glTF/2.0/glTFLoader.pure';
import { ArrayItem, GLTFLoader as Loader } from '@babylonjs/loaders/glTF/2.0/glTFLoader.pure';
import type { IGLTFLoaderExtension } from '@babylonjs/loaders/glTF/2.0/glTFLoaderExtension';
import type { IBufferView } from '@babylonjs/loaders/glTF/2.0/glTFLoaderInterfaces';
import { registerGLTFExtension } from '@babylonjs/loaders/glTF/2.0/glTFLoaderExtensionRegistry';

const NAME = 'EXT_meshopt_compression';

/** The extension object of a buffer view, as the specification of EXT_meshopt_compression has it. */
interface MeshoptView {
  readonly buffer: number;
  readonly byteOffset?: number;
  readonly byteLength: number;
  readonly byteStride: number;
  readonly count: number;
  readonly mode: string;
  readonly filter?: string;
}

/**
 * Babylon's own extension loads the decoder as a script from a CDN and runs it in a worker made from a blob. This one has the decoder in the
 * bundle and runs on the main thread (about 10 ms for a scene), so the content security policy needs neither foreign scripts nor blob workers.
 */
class MeshoptExtension implements IGLTFLoaderExtension {
  readonly name = NAME;
  enabled: boolean;
  private readonly loader: GLTFLoader;
  private readonly decoded = new WeakMap<IBufferView, Promise<ArrayBufferView>>();

  constructor(loader: GLTFLoader) {
    this.loader = loader;
    this.enabled = loader.isExtensionUsed(NAME);
  }

  dispose(): void {
    this.enabled = false;
  }

  loadBufferViewAsync(context: string, view: IBufferView): Promise<ArrayBufferView> | null {
    return Loader.LoadExtensionAsync<MeshoptView, ArrayBufferView>(context, view, NAME, (_, extension) => {
      const known = this.decoded.get(view);
      if (known !== undefined) return known;
      const decoding = this.decode(context, extension);
      this.decoded.set(view, decoding);
      return decoding;
    });
  }

  private async decode(context: string, view: MeshoptView): Promise<ArrayBufferView> {
    const buffer = ArrayItem.Get(`${context}/buffer`, this.loader.gltf.buffers, view.buffer);
    const [source] = await Promise.all([
      this.loader.loadBufferAsync(`/buffers/${buffer.index}`, buffer, view.byteOffset ?? 0, view.byteLength),
      MeshoptDecoder.ready,
    ]);
    const target = new Uint8Array(view.count * view.byteStride);
    const bytes = new Uint8Array(source.buffer, source.byteOffset, source.byteLength);
    MeshoptDecoder.decodeGltfBuffer(target, view.count, view.byteStride, bytes, view.mode, view.filter);
    return target;
  }
}

export function registerMeshopt(): void {
  registerGLTFExtension(NAME, true, (loader) => new MeshoptExtension(loader));
}
