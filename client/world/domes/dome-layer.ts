import { Vector3 } from '@babylonjs/core/Maths/math.vector.pure';
import type { ReadonlySignal } from '@preact/signals';
import type { Scene } from '@babylonjs/core/scene.pure';
import type { Dome } from '../../../shared/protocol/talks.ts';
import { QuadBatch } from '../engine/quad-batch.ts';
import type { LinkFrame } from '../links/link-marks.ts';
import { DOME_FRAGMENT, DOME_VERTEX } from './dome-shader.ts';

/** A scene with more talks than these shows the first ones; the panel has all. */
const MOST = 32;
const TURNS = 32;
const RISES = 8;
const PATCHES = TURNS * RISES;
/** Domes follow what the server tells five times a second; about this share of the way is gone in a second, as a power of e. */
const FOLLOW = 6;
/** Farther than this a dome leaps, metres. */
const LEAP = 3;
/** Shows and goes in this time, seconds. */
const FADE = 0.35;

export interface DomeLayerOptions {
  readonly domes: ReadonlySignal<readonly Dome[]>;
  /** Id of my talk, or empty. */
  readonly talk: ReadonlySignal<string>;
}

interface ShownDome {
  dome: Dome;
  x: number;
  y: number;
  z: number;
  radius: number;
  opacity: number;
  mine: boolean;
  /** The server tells of it no more. */
  gone: boolean;
}

/** A soft dome around every private talk of the scene: one draw call for all. */
export class DomeLayer {
  private readonly batch: QuadBatch;
  private readonly options: DomeLayerOptions;
  private readonly unsubscribe: () => void;
  private readonly shown: ShownDome[] = [];
  private readonly eye = new Vector3();
  private lastAt = 0;

  constructor(scene: Scene, options: DomeLayerOptions) {
    this.options = options;
    this.batch = new QuadBatch({
      name: 'domes of private talks', vertex: DOME_VERTEX, fragment: DOME_FRAGMENT, attributes: { domePlace: 4, domePatch: 4, domeState: 4 },
      uniforms: ['eye', 'time'], samplers: [], capacity: MOST * PATCHES, order: 35,
    }, scene);
    const patch = this.batch.array('domePatch');
    for (let i = 0; i < MOST * PATCHES; i += 1) {
      const turn = i % TURNS;
      const rise = Math.floor((i % PATCHES) / TURNS);
      patch.set([turn / TURNS, rise / RISES, 1 / TURNS, 1 / RISES], i * 4);
    }
    this.batch.upload('domePatch');
    this.unsubscribe = options.domes.subscribe((domes) => this.take(domes));
  }

  /** Once a frame. Allocates nothing. */
  update({ eye, now, still }: LinkFrame): void {
    const elapsed = Math.min(0.25, Math.max(0, now - this.lastAt));
    this.lastAt = now;
    if (this.shown.length === 0) return;
    const place = this.batch.array('domePlace');
    const state = this.batch.array('domeState');
    const mine = this.options.talk.peek();
    const share = still ? 1 : 1 - Math.exp(-FOLLOW * elapsed);
    for (let i = this.shown.length - 1; i >= 0; i -= 1) {
      const each = this.shown[i];
      if (each === undefined) continue;
      each.mine = each.dome.talk === mine;
      this.follow(each, share, still ? 1 : elapsed / FADE);
      if (each.gone && each.opacity <= 0) this.shown.splice(i, 1);
    }
    this.shown.forEach((each, i) => DomeLayer.write(place, state, i, each));
    this.batch.show(this.shown.length * PATCHES);
    if (this.shown.length === 0) return;
    this.batch.upload('domePlace');
    this.batch.upload('domeState');
    this.eye.set(eye.x, eye.y, eye.z);
    this.batch.material.setVector3('eye', this.eye);
    this.batch.material.setFloat('time', still ? 0 : now);
  }

  dispose(): void {
    this.unsubscribe();
    this.batch.dispose();
  }

  private take(domes: readonly Dome[]): void {
    for (const each of this.shown) each.gone = true;
    for (const dome of domes) {
      const known = this.shown.find((each) => each.dome.talk === dome.talk);
      if (known !== undefined) {
        known.dome = dome;
        known.gone = false;
      } else if (this.shown.length < MOST) {
        const { x, y, z, radius } = dome;
        this.shown.push({ dome, x, y, z, radius, opacity: 0, mine: false, gone: false });
      }
    }
  }

  private follow(each: ShownDome, share: number, fade: number): void {
    const { dome } = each;
    const step = Math.hypot(dome.x - each.x, dome.z - each.z) > LEAP ? 1 : share;
    each.x += (dome.x - each.x) * step;
    each.y += (dome.y - each.y) * step;
    each.z += (dome.z - each.z) * step;
    each.radius += (dome.radius - each.radius) * step;
    each.opacity = Math.max(0, Math.min(1, each.opacity + (each.gone ? -fade : fade)));
  }

  private static write(place: Float32Array, state: Float32Array, index: number, each: ShownDome): void {
    const { dome, mine } = each;
    for (let i = index * PATCHES * 4; i < (index + 1) * PATCHES * 4; i += 4) {
      place[i] = each.x;
      place[i + 1] = each.y;
      place[i + 2] = each.z;
      place[i + 3] = each.radius;
      state[i] = mine ? 1 : 0;
      state[i + 1] = dome.named || mine ? 0 : 1;
      state[i + 2] = dome.locked ? 1 : 0;
      state[i + 3] = each.opacity;
    }
  }
}
