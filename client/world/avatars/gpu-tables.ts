import { Constants } from '@babylonjs/core/Engines/constants';
import type { ThinEngine } from '@babylonjs/core/Engines/thinEngine.pure';
import { RawTexture } from '@babylonjs/core/Materials/Textures/rawTexture';
import type { Scene } from '@babylonjs/core/scene.pure';

/** Rows are sent to the GPU in steps of this many, so that the views on the data can be made once. */
const STEP = 8;

/**
 * A table of float rows that vertex shaders read with `texelFetch`: four numbers a texel. 32-bit floats, because 16-bit ones move a head at
 * 1.7 m in steps of 1 mm, which shows as a shimmer; the whole table is about 1 MB.
 */
export class FloatTable {
  readonly texture: RawTexture;
  /** Row after row, `width` texels of four numbers. Changes show after {@link upload}. */
  readonly data: Float32Array;
  readonly rowLength: number;
  private readonly width: number;
  private readonly rows: number;
  private readonly engine: ThinEngine;
  private readonly views = new Map<number, Float32Array>();

  /** @param size width in texels, height in rows; both must stay below 2,048, what every WebGL 2 device has */
  constructor(name: string, size: { readonly width: number; readonly rows: number }, scene: Scene) {
    this.width = size.width;
    this.rows = size.rows;
    this.rowLength = size.width * 4;
    this.data = new Float32Array(this.rowLength * size.rows);
    // The texture keeps this very array, so a restored context gets what the table holds then.
    this.texture = new RawTexture(this.data, size.width, size.rows, Constants.TEXTUREFORMAT_RGBA, scene, false, false,
      Constants.TEXTURE_NEAREST_SAMPLINGMODE, Constants.TEXTURETYPE_FLOAT);
    this.texture.name = name;
    this.engine = scene.getEngine() as ThinEngine;
  }

  /** Sends `count` rows from `first` on. Allocates nothing once every count was seen. */
  upload(first: number, count: number): void {
    const internal = this.texture.getInternalTexture();
    if (internal === null || count <= 0) return;
    const rows = Math.min(this.rows - first, Math.ceil(count / STEP) * STEP);
    const key = first * 4096 + rows;
    let view = this.views.get(key);
    if (view === undefined) {
      view = this.data.subarray(first * this.rowLength, (first + rows) * this.rowLength);
      this.views.set(key, view);
    }
    this.engine.updateTextureData(internal, view, 0, first, this.width, rows);
  }

  get bytes(): number {
    return this.data.byteLength;
  }

  dispose(): void {
    this.texture.dispose();
  }
}
