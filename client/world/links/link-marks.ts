import { Vector2, Vector3, Vector4 } from '@babylonjs/core/Maths/math.vector.pure';
import type { ReadonlySignal } from '@preact/signals';
import type { Scene } from '@babylonjs/core/scene.pure';
import type { ShownLink } from '../../app/contracts.ts';
import { QuadBatch } from '../engine/quad-batch.ts';
import { LabelAtlas } from '../labels/atlas.ts';
import { LABEL_FRAGMENT, LABEL_VERTEX } from '../labels/label-shader.ts';
import { LABEL_HEIGHT, LABEL_WIDTH } from '../labels/painter.ts';
import { labelScale, pictureScale } from '../labels/sizes.ts';
import { paintLink } from './link-painter.ts';
import { ARCH_TOP, LINK_FRAGMENT, LINK_VERTEX } from './link-shader.ts';

/** A scene with more ways out than these shows the first ones; the list of places has all. */
const MOST = 16;
/** Names are readable from across a hall, and gone beyond it, metres. */
const NAME_FADES = 28;
const NAME_GONE = 36;
/** Above the arch, metres. */
const ABOVE = 0.18;

export interface LinkMarksOptions {
  readonly links: ReadonlySignal<readonly ShownLink[]>;
  /** Canvas pixels a CSS pixel of a label. */
  readonly ratio: number;
  readonly family: () => string;
}

/** What one frame of the marks is about. */
export interface LinkFrame {
  readonly eye: { readonly x: number; readonly y: number; readonly z: number };
  /** CSS pixels. */
  readonly width: number;
  readonly height: number;
  /** Seconds. */
  readonly now: number;
  readonly still: boolean;
  readonly highContrast: boolean;
}

/** An arch of light in every doorway that leads into another scene, and its name over it: two draw calls for all. */
export class LinkMarks {
  private readonly arches: QuadBatch;
  private readonly names: QuadBatch;
  private readonly atlas: LabelAtlas;
  private readonly options: LinkMarksOptions;
  private readonly unsubscribe: () => void;
  private readonly eye = new Vector3();
  private readonly picture = new Vector2();
  private readonly background = new Vector4();
  private readonly widths = new Float64Array(MOST);
  private links: readonly ShownLink[] = [];

  constructor(scene: Scene, options: LinkMarksOptions) {
    this.options = options;
    this.arches = new QuadBatch({
      name: 'links', vertex: LINK_VERTEX, fragment: LINK_FRAGMENT, attributes: { linkPlace: 4, linkShape: 4 }, uniforms: ['time'], samplers: [],
      capacity: 2 * MOST, order: 30,
    }, scene);
    this.atlas = new LabelAtlas(MOST, options.ratio, scene);
    this.names = new QuadBatch({
      name: 'names of links', vertex: LABEL_VERTEX, fragment: LABEL_FRAGMENT, capacity: MOST, order: 990,
      attributes: { labelPlace: 4, labelCell: 4, labelState: 4 },
      uniforms: ['eye', 'picture', 'cellSize', 'atlasSize', 'background', 'time'], samplers: ['atlas'],
    }, scene);
    this.names.material.setTexture('atlas', this.atlas.texture);
    this.names.material.setVector2('atlasSize', new Vector2(this.atlas.width, this.atlas.height));
    this.names.material.setVector3('cellSize', new Vector3(LABEL_WIDTH, LABEL_HEIGHT, options.ratio));
    this.unsubscribe = options.links.subscribe((links) => this.take(links));
  }

  /** Fonts have come, or the graphics context is back. */
  repaint(): void {
    const family = this.options.family();
    this.links.forEach(({ name }, cell) => {
      this.widths[cell] = this.atlas.paintWith(cell, (context) => paintLink(context, name, family));
    });
  }

  update(frame: LinkFrame): void {
    if (this.links.length === 0) return;
    this.arches.material.setFloat('time', frame.still ? 0 : frame.now);
    this.writeNames(frame);
    this.eye.set(frame.eye.x, frame.eye.y, frame.eye.z);
    this.picture.set(frame.width, frame.height);
    if (frame.highContrast) this.background.set(0, 0, 0, 1);
    else this.background.set(0.09, 0.07, 0.04, 0.72);
    const { material } = this.names;
    material.setVector3('eye', this.eye);
    material.setVector2('picture', this.picture);
    material.setVector4('background', this.background);
    material.setFloat('time', 0);
  }

  dispose(): void {
    this.unsubscribe();
    this.arches.dispose();
    this.names.dispose();
    this.atlas.dispose();
  }

  private take(links: readonly ShownLink[]): void {
    this.links = links.slice(0, MOST);
    const place = this.arches.array('linkPlace');
    const shape = this.arches.array('linkShape');
    this.links.forEach(({ position: [x, y, z], yaw, radius }, i) => {
      place.set([x, y, z, yaw, x, y, z, yaw], i * 8);
      shape.set([0, radius, 1, i * 1.7, 1, radius, 1, 0], i * 8);
    });
    this.arches.show(2 * this.links.length);
    this.names.show(0);
    if (this.links.length === 0) return;
    this.arches.upload('linkPlace');
    this.arches.upload('linkShape');
    this.repaint();
  }

  private writeNames({ eye, width, height }: LinkFrame): void {
    const place = this.names.array('labelPlace');
    const cell = this.names.array('labelCell');
    const scale = pictureScale(width, height);
    let count = 0;
    for (let i = 0; i < this.links.length; i += 1) {
      const link = this.links[i];
      if (link === undefined) continue;
      const [x, y, z] = link.position;
      const distance = Math.hypot(x - eye.x, y + ARCH_TOP - eye.y, z - eye.z);
      if (distance > NAME_GONE) continue;
      const at = count * 4;
      place[at] = x;
      place[at + 1] = y + ARCH_TOP + ABOVE;
      place[at + 2] = z;
      place[at + 3] = labelScale(distance) * scale;
      cell[at] = this.atlas.left(i);
      cell[at + 1] = this.atlas.top(i);
      cell[at + 2] = this.widths[i] ?? LABEL_WIDTH;
      cell[at + 3] = Math.min(1, (NAME_GONE - distance) / (NAME_GONE - NAME_FADES));
      count += 1;
    }
    this.names.show(count);
    if (count === 0) return;
    this.names.upload('labelPlace');
    this.names.upload('labelCell');
    this.names.upload('labelState');
  }
}
