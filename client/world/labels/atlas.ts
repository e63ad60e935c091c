import { Constants } from '@babylonjs/core/Engines/constants';
import type { ThinEngine } from '@babylonjs/core/Engines/thinEngine.pure';
import { RawTexture } from '@babylonjs/core/Materials/Textures/rawTexture';
import type { Scene } from '@babylonjs/core/scene.pure';
import { WorldError } from '../errors.ts';
import { LABEL_HEIGHT, LABEL_WIDTH, paintLabel, type LabelText } from './painter.ts';

const COLUMNS = 4;

/** The pictures of all labels in one texture, each in a cell of its own, painted with Canvas 2D (which shapes every script). */
export class LabelAtlas {
  readonly texture: RawTexture;
  readonly width: number;
  readonly height: number;
  private readonly cellWidth: number;
  private readonly cellHeight: number;
  private readonly ratio: number;
  private readonly engine: ThinEngine;
  private readonly context: CanvasRenderingContext2D;

  /** @param ratio canvas pixels a CSS pixel */
  constructor(cells: number, ratio: number, scene: Scene) {
    this.ratio = ratio;
    this.cellWidth = Math.ceil(LABEL_WIDTH * ratio);
    this.cellHeight = Math.ceil(LABEL_HEIGHT * ratio);
    this.width = this.cellWidth * COLUMNS;
    this.height = this.cellHeight * Math.ceil(cells / COLUMNS);
    this.engine = scene.getEngine() as ThinEngine;
    this.texture = new RawTexture(new Uint8Array(this.width * this.height * 4), this.width, this.height, Constants.TEXTUREFORMAT_RGBA, scene,
      false, false, Constants.TEXTURE_BILINEAR_SAMPLINGMODE, Constants.TEXTURETYPE_UNSIGNED_BYTE);
    this.texture.name = 'labels';
    this.context = makeContext(this.cellWidth, this.cellHeight);
  }

  left(cell: number): number {
    return (cell % COLUMNS) * this.cellWidth;
  }

  top(cell: number): number {
    return Math.floor(cell / COLUMNS) * this.cellHeight;
  }

  /** Paints a label into its cell. @returns its width, CSS pixels */
  paint(cell: number, label: LabelText, flag: CanvasImageSource | null, family: string): number {
    return this.paintWith(cell, (context) => paintLabel(context, label, flag, family));
  }

  /** Lets `paint` fill a cell; its units are CSS pixels. @returns what `paint` does: the width of what it painted */
  paintWith(cell: number, paint: (context: CanvasRenderingContext2D) => number): number {
    const { context, cellWidth, cellHeight } = this;
    context.setTransform(1, 0, 0, 1, 0, 0);
    context.clearRect(0, 0, cellWidth, cellHeight);
    context.scale(this.ratio, this.ratio);
    const width = paint(context);
    const { data } = context.getImageData(0, 0, cellWidth, cellHeight);
    premultiply(data);
    const internal = this.texture.getInternalTexture();
    if (internal !== null) {
      this.engine.updateTextureData(internal, new Uint8Array(data.buffer), this.left(cell), this.top(cell), cellWidth, cellHeight);
    }
    return width;
  }

  dispose(): void {
    this.texture.dispose();
  }
}

function makeContext(width: number, height: number): CanvasRenderingContext2D {
  // An ordinary canvas: not every browser shapes text from right to left on an OffscreenCanvas.
  const canvas = document.createElement('canvas');
  canvas.width = width;
  canvas.height = height;
  // Read back at once after painting: a canvas in main memory is quicker for that.
  const context = canvas.getContext('2d', { willReadFrequently: true });
  if (context === null) throw new WorldError('no-webgl', 'The browser gives no 2D canvas');
  return context;
}

/** The transparent pixels of a canvas are black; filtered unmultiplied, letters would get dark seams. */
function premultiply(data: Uint8ClampedArray): void {
  for (let i = 0; i < data.length; i += 4) {
    const alpha = (data[i + 3] ?? 0) / 255;
    data[i] = (data[i] ?? 0) * alpha;
    data[i + 1] = (data[i + 1] ?? 0) * alpha;
    data[i + 2] = (data[i + 2] ?? 0) * alpha;
  }
}
