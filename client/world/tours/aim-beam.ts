import { Vector3 } from '@babylonjs/core/Maths/math.vector.pure';
import type { ReadonlySignal } from '@preact/signals';
import type { Scene } from '@babylonjs/core/scene.pure';
import type { PoseBook, Walker } from '../../app/contracts.ts';
import type { Aim } from '../../app/tours/contract.ts';
import { QuadBatch } from '../engine/quad-batch.ts';
import type { LinkFrame } from '../links/link-marks.ts';
import { AIM_FRAGMENT, AIM_VERTEX } from './aim-shader.ts';

/** Where the hand is that points, metres above the floor. */
const HAND = 1.25;
/** Radius of the ring, metres; farther away than this many metres it grows, so that it is found. */
const RING = 0.3;
const GROWS = 7;
/** Half the width of the beam, metres. */
const BEAM = 0.035;

export interface AimBeamOptions {
  readonly aim: ReadonlySignal<Aim | null>;
  readonly poses: Pick<PoseBook, 'byId'>;
  /** Mine, if it is I who points. */
  readonly walker: Walker;
}

/** What a guide points at: a ring there that faces the eye, and a beam of light from the guide to it. One draw call. */
export class AimBeam {
  private readonly batch: QuadBatch;
  private readonly options: AimBeamOptions;
  private readonly eye = new Vector3();

  constructor(scene: Scene, options: AimBeamOptions) {
    this.options = options;
    this.batch = new QuadBatch({
      name: 'what a guide points at', vertex: AIM_VERTEX, fragment: AIM_FRAGMENT, attributes: { aimFrom: 4, aimTo: 4 }, uniforms: ['eye', 'time'], samplers: [],
      capacity: 2, order: 40,
    }, scene);
  }

  update({ eye, now, still }: LinkFrame): void {
    const aim = this.options.aim.peek();
    if (aim === null) {
      this.batch.show(0);
      return;
    }
    const { at, by } = aim;
    const { walker, poses } = this.options;
    const guide = by === walker.pose.id ? walker.pose : poses.byId(by);
    const from = this.batch.array('aimFrom');
    const to = this.batch.array('aimTo');
    const distance = Math.hypot(at.x - eye.x, at.y - eye.y, at.z - eye.z);
    AimBeam.write(to, 0, at, RING * Math.max(1, distance / GROWS));
    AimBeam.write(from, 0, at, 0);
    if (guide !== undefined) {
      AimBeam.write(to, 4, at, BEAM);
      from[4] = guide.x;
      from[5] = guide.y + HAND;
      from[6] = guide.z;
      from[7] = 1;
    }
    this.batch.show(guide === undefined ? 1 : 2);
    this.batch.upload('aimFrom');
    this.batch.upload('aimTo');
    this.eye.set(eye.x, eye.y, eye.z);
    this.batch.material.setVector3('eye', this.eye);
    this.batch.material.setFloat('time', still ? 0 : now);
  }

  dispose(): void {
    this.batch.dispose();
  }

  private static write(into: Float32Array, at: number, { x, y, z }: Readonly<{ x: number; y: number; z: number }>, last: number): void {
    into[at] = x;
    into[at + 1] = y;
    into[at + 2] = z;
    into[at + 3] = last;
  }
}
