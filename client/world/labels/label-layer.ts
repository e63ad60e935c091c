import { Vector2, Vector3, Vector4 } from '@babylonjs/core/Maths/math.vector.pure';
import type { Scene } from '@babylonjs/core/scene.pure';
import type { PersonInfo } from '../../../shared/protocol/people.ts';
import type { Actor } from '../avatars/crowd.ts';
import type { Eye } from '../avatars/buckets.ts';
import { QuadBatch } from '../engine/quad-batch.ts';
import type { Bvh } from '../rays/bvh.ts';
import { LabelAtlas } from './atlas.ts';
import { declutter, type Rival } from './declutter.ts';
import { Flags } from './flags.ts';
import { LABEL_FRAGMENT, LABEL_VERTEX } from './label-shader.ts';
import { LABEL_HEIGHT, LABEL_WIDTH, isRightToLeft } from './painter.ts';
import { GONE_AT, fadeTowards, labelOpacity, labelScale, pictureScale } from './sizes.ts';

/** Labels that are there at once, fading ones included: cells of the atlas. */
const CELLS = 64;
/** Seconds of a fade. */
const FADE_S = 0.18;
/** Labels are chosen anew after this many seconds. */
const CHOOSE_S = 0.15;
/** Of a frame's time, what painting new labels may take; never less than this many ms. One label takes about half a millisecond. */
const PAINT_SHARE = 0.05;
const PAINT_MS = 1.2;
/** Above the eyes, metres. */
const ABOVE_EYES = 0.3;
/** Ranks are multiplied by these: smaller comes first. */
const SPEAKING_RANK = 0.35;
const LOOKED_AT_RANK = 0.3;

interface Label extends Rival {
  readonly cell: number;
  actor: Actor | null;
  info: PersonInfo | undefined;
  painted: boolean;
  hadFlag: boolean;
  labelWidth: number;
  opacity: number;
  mirrored: boolean;
  /** Smoothed level of the voice. */
  level: number;
}

/** What one frame of labels is about. */
export interface LabelFrame {
  readonly actors: readonly Actor[];
  readonly eye: Readonly<Eye>;
  /** View times projection, column by column. */
  readonly viewProjection: ArrayLike<number>;
  /** CSS pixels. */
  readonly width: number;
  readonly height: number;
  readonly elapsed: number;
  readonly now: number;
  readonly still: boolean;
  /** Drawn for two eyes: names stand still in the room, not on the grid of pixels. */
  readonly stereo: boolean;
  readonly most: number;
  readonly highContrast: boolean;
  /** Whom the pointer is over, or empty. */
  readonly hovered: string;
  /** Oneself: one knows one's own name. */
  readonly own: string;
  level(person: string): number;
}

/** Names over heads: one draw call, chosen so that none covers another. */
export class LabelLayer {
  private readonly batch: QuadBatch;
  private readonly atlas: LabelAtlas;
  private readonly bvh: Bvh;
  private readonly flags: Flags;
  private readonly labels: Label[];
  private readonly owner = new Map<Actor, Label>();
  private readonly rivals: Rival[] = [];
  private readonly candidates: { actor: Actor; rank: number }[] = [];
  private readonly pool: { actor: Actor; rank: number }[] = [];
  private readonly ray = new Float64Array(6);
  private readonly eyeVector = new Vector3();
  private readonly picture = new Vector2();
  private readonly background = new Vector4();
  private readonly family: () => string;
  private sinceChoice = Infinity;

  constructor(scene: Scene, bvh: Bvh, options: { ratio: number; family: () => string }) {
    this.bvh = bvh;
    this.family = options.family;
    this.atlas = new LabelAtlas(CELLS, options.ratio, scene);
    this.flags = new Flags((country) => this.repaint((label) => label.info?.country === country));
    this.batch = new QuadBatch({
      name: 'labels', vertex: LABEL_VERTEX, fragment: LABEL_FRAGMENT, capacity: CELLS, order: 1000,
      attributes: { labelPlace: 4, labelCell: 4, labelState: 4 },
      uniforms: ['eye', 'picture', 'stereo', 'cellSize', 'atlasSize', 'background', 'time'], samplers: ['atlas'],
    }, scene);
    this.batch.material.setTexture('atlas', this.atlas.texture);
    this.batch.material.setVector2('atlasSize', new Vector2(this.atlas.width, this.atlas.height));
    this.batch.material.setVector3('cellSize', new Vector3(LABEL_WIDTH, LABEL_HEIGHT, options.ratio));
    this.labels = Array.from({ length: CELLS }, (_, cell) => ({
      cell, actor: null, info: undefined, painted: false, hadFlag: false, labelWidth: 0, opacity: 0, mirrored: false, level: 0,
      x: 0, y: 0, width: 0, height: 0, rank: 0, shown: false,
    }));
  }

  /** Everything is to be painted again: the context was lost, or fonts came. */
  repaint(which: (label: Readonly<Label>) => boolean = () => true): void {
    for (const label of this.labels) if (which(label)) label.painted = false;
  }

  hide(): void {
    this.batch.show(0);
    for (const label of this.labels) this.release(label);
  }

  update(frame: LabelFrame): void {
    this.sinceChoice += frame.elapsed;
    if (this.sinceChoice > CHOOSE_S) {
      this.sinceChoice = 0;
      this.choose(frame);
    }
    this.paintSome(frame.elapsed);
    this.write(frame);
  }

  dispose(): void {
    this.batch.dispose();
    this.atlas.dispose();
  }

  private release(label: Label): void {
    if (label.actor !== null) this.owner.delete(label.actor);
    label.actor = null;
    label.info = undefined;
    label.painted = label.shown = false;
    label.opacity = 0;
  }

  /** Position of an actor's label in the picture; false if it is behind the eye. */
  private project(actor: Actor, frame: LabelFrame, out: Rival): boolean {
    const m = frame.viewProjection;
    const { x, z } = actor.pose;
    const y = actor.pose.y + actor.eyes + ABOVE_EYES;
    const w = (m[3] ?? 0) * x + (m[7] ?? 0) * y + (m[11] ?? 0) * z + (m[15] ?? 0);
    if (w < 0.05) return false;
    out.x = (((m[0] ?? 0) * x + (m[4] ?? 0) * y + (m[8] ?? 0) * z + (m[12] ?? 0)) / w * 0.5 + 0.5) * frame.width;
    out.y = (0.5 - ((m[1] ?? 0) * x + (m[5] ?? 0) * y + (m[9] ?? 0) * z + (m[13] ?? 0)) / w * 0.5) * frame.height;
    return out.x > -20 && out.x < frame.width + 20 && out.y > -10 && out.y < frame.height + 40;
  }

  /** Nearest first, speakers and whom one looks at before others. */
  private rank(actor: Actor, frame: LabelFrame): number {
    const { eye } = frame;
    const dx = actor.pose.x - eye.x;
    const dy = actor.pose.y + actor.eyes - eye.y;
    const dz = actor.pose.z - eye.z;
    const along = (dx * eye.dx + dy * eye.dy + dz * eye.dz) / (actor.distance || 1);
    const lookedAt = along > 0.995 || actor.id === frame.hovered;
    return actor.distance * (actor.pose.speaking ? SPEAKING_RANK : 1) * (lookedAt ? LOOKED_AT_RANK : 1);
  }

  private choose(frame: LabelFrame): void {
    this.collect(frame);
    this.rivals.length = 0;
    const scale = pictureScale(frame.width, frame.height);
    for (const { actor, rank } of this.candidates) {
      const label = this.owner.get(actor) ?? this.claim(actor);
      if (label === undefined || !this.project(actor, frame, label)) continue;
      if (label.rank < 0 || this.hiddenByWall(actor, frame)) {
        label.shown = false;
        continue;
      }
      label.rank = rank;
      const size = labelScale(actor.distance) * scale;
      label.width = (label.labelWidth || LABEL_WIDTH * 0.7) * size;
      label.height = LABEL_HEIGHT * size;
      // As the shader does: nobody's name is cut off by the edge of the picture.
      if (!frame.stereo) label.x = Math.max(label.width / 2, Math.min(frame.width - label.width / 2, label.x));
      this.rivals.push(label);
    }
    for (const label of this.labels) if (!this.rivals.includes(label)) label.shown = false;
    declutter(this.rivals, frame.most);
    // Drawn in this order: what is near comes over what is far.
    this.labels.sort((a, b) => (b.actor?.distance ?? 0) - (a.actor?.distance ?? 0));
  }

  /** The best candidates for a label, at most as many as there are cells. */
  private collect(frame: LabelFrame): void {
    this.candidates.length = 0;
    for (const actor of frame.actors) {
      if (!actor.visible || actor.distance > GONE_AT || actor.info === undefined || actor.id === frame.own) continue;
      const entry = this.pool[this.candidates.length] ?? { actor, rank: 0 };
      this.pool[this.candidates.length] = entry;
      entry.actor = actor;
      entry.rank = this.rank(actor, frame) * (this.owner.get(actor)?.shown === true ? 0.7 : 1);
      this.candidates.push(entry);
    }
    this.candidates.sort((a, b) => a.rank - b.rank);
    this.candidates.length = Math.min(this.candidates.length, CELLS - 8);
  }

  /** A cell for somebody new: an unused one, else one that has faded out. */
  private claim(actor: Actor): Label | undefined {
    const free = this.labels.find((label) => label.actor === null) ?? this.labels.find((label) => !label.shown && label.opacity === 0);
    if (free === undefined) return undefined;
    this.release(free);
    free.actor = actor;
    free.rank = 0;
    this.owner.set(actor, free);
    return free;
  }

  private hiddenByWall(actor: Actor, { eye }: LabelFrame): boolean {
    const { ray } = this;
    const dx = actor.pose.x - eye.x;
    const dy = actor.pose.y + actor.eyes - eye.y;
    const dz = actor.pose.z - eye.z;
    const distance = Math.hypot(dx, dy, dz);
    ray[0] = eye.x;
    ray[1] = eye.y;
    ray[2] = eye.z;
    ray[3] = dx / distance;
    ray[4] = dy / distance;
    ray[5] = dz / distance;
    return this.bvh.blocked(ray, distance - 0.3);
  }

  private paintSome(elapsed: number): void {
    const until = performance.now() + Math.max(PAINT_MS, elapsed * 1000 * PAINT_SHARE);
    // From the end: the nearest first.
    for (let i = this.labels.length - 1; i >= 0; i -= 1) {
      const label = this.labels[i];
      const info = label?.actor?.info;
      if (label === undefined || info === undefined || (!label.shown && label.opacity === 0)) continue;
      if (label.painted && label.info === info) continue;
      if (performance.now() > until) return;
      label.info = info;
      label.mirrored = isRightToLeft(info.name);
      label.labelWidth = this.atlas.paint(label.cell, info, info.country === '' ? null : this.flags.get(info.country), this.family());
      label.painted = true;
    }
  }

  private write(frame: LabelFrame): void {
    const place = this.batch.array('labelPlace');
    const cell = this.batch.array('labelCell');
    const state = this.batch.array('labelState');
    const scale = pictureScale(frame.width, frame.height);
    let count = 0;
    for (const label of this.labels) {
      const { actor } = label;
      if (actor === null) continue;
      this.fade(label, actor, frame);
      if (label.opacity <= 0 || !label.painted) continue;
      const at = count * 4;
      place[at] = actor.pose.x;
      place[at + 1] = actor.pose.y + actor.eyes + ABOVE_EYES;
      place[at + 2] = actor.pose.z;
      place[at + 3] = labelScale(actor.distance) * scale;
      cell[at] = this.atlas.left(label.cell);
      cell[at + 1] = this.atlas.top(label.cell);
      cell[at + 2] = label.labelWidth;
      cell[at + 3] = label.opacity * labelOpacity(actor.distance);
      state[at] = label.level;
      state[at + 1] = actor.pose.speaking ? 1 : 0;
      state[at + 2] = label.mirrored ? 1 : 0;
      state[at + 3] = actor.id === frame.hovered ? 1 : 0;
      count += 1;
    }
    this.send(frame, count);
  }

  private fade(label: Label, actor: Actor, frame: LabelFrame): void {
    label.opacity = fadeTowards(label.opacity, label.shown && actor.visible, frame.still ? 1 : frame.elapsed / FADE_S);
    const level = actor.pose.speaking ? Math.max(0.15, frame.level(actor.id)) : 0;
    label.level += (level - label.level) * Math.min(1, frame.elapsed * 14);
    if (!actor.visible && label.opacity === 0) this.release(label);
  }

  private send(frame: LabelFrame, count: number): void {
    this.batch.show(count);
    if (count === 0) return;
    this.batch.upload('labelPlace');
    this.batch.upload('labelCell');
    this.batch.upload('labelState');
    const { material } = this.batch;
    this.eyeVector.set(frame.eye.x, frame.eye.y, frame.eye.z);
    this.picture.set(frame.width, frame.height);
    if (frame.highContrast) this.background.set(0, 0, 0, 1);
    else this.background.set(0.05, 0.085, 0.15, 0.78);
    material.setVector3('eye', this.eyeVector);
    material.setVector2('picture', this.picture);
    material.setVector4('background', this.background);
    material.setFloat('stereo', frame.stereo ? 1 : 0);
    material.setFloat('time', frame.still ? 0 : frame.now);
  }
}
