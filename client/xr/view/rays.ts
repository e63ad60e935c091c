import { Vector3 } from '@babylonjs/core/Maths/math.vector.pure';
import { Constants } from '@babylonjs/core/Engines/constants';
import type { Scene } from '@babylonjs/core/scene.pure';
import type { Point } from '../../../shared/rules/ground.ts';
import { QuadBatch } from '../../world/engine/quad-batch.ts';
import { ARC_POINTS, type Arc } from '../moving/arc.ts';
import { RAY_FRAGMENT, RAY_VERTEX } from './ray-shader.ts';

/** Two rays with dots, one arc with its ring. */
const CAPACITY = 4 + ARC_POINTS + 1;
const WIDTH = 0.0035;
const ARC_WIDTH = 0.018;
const RING = 0.38;
/** Colours: on something that can be pressed, on anything else, an arc that ends on ground, and one that does not. */
const PRESSABLE = [0.4, 0.85, 1] as const;
const IDLE = [0.92, 0.95, 1] as const;
const GROUND = [0.36, 0.9, 0.62] as const;
const NOWHERE = [1, 0.42, 0.36] as const;

type Colour = readonly [number, number, number];

/** Light from hands: rays to what is pointed at, and the arc of a jump. One draw call, over everything. */
export class Rays {
  private readonly batch: QuadBatch;
  private readonly eye = new Vector3();
  private count = 0;

  constructor(scene: Scene) {
    this.batch = new QuadBatch({
      name: 'rays of hands', vertex: RAY_VERTEX, fragment: RAY_FRAGMENT, attributes: { rayFrom: 4, rayTo: 4, rayLight: 4 }, uniforms: ['eye'], samplers: [],
      capacity: CAPACITY, order: 2800,
    }, scene);
    this.batch.material.depthFunction = Constants.ALWAYS;
  }

  /** Nothing yet in this frame. */
  begin(): void {
    this.count = 0;
  }

  /** A ray along `ray` up to `length` metres, with a dot of light at its end. */
  ray(ray: Float64Array, length: number, pressable: boolean): void {
    const colour = pressable ? PRESSABLE : IDLE;
    const x = ray[0] ?? 0, y = ray[1] ?? 0, z = ray[2] ?? 0;
    const ex = x + (ray[3] ?? 0) * length, ey = y + (ray[4] ?? 0) * length, ez = z + (ray[5] ?? 0) * length;
    this.from(x, y, z, 0);
    this.to(ex, ey, ez, WIDTH);
    this.light(colour, pressable ? 0.85 : 0.4);
    this.from(ex, ey, ez, 1);
    this.to(ex, ey, ez, Math.max(0.008, length * 0.007));
    this.light(colour, 0.95);
  }

  arc(arc: Arc, target: Readonly<Point> | null): void {
    const colour = target === null ? NOWHERE : GROUND;
    const { points } = arc;
    for (let i = 0; i + 1 < arc.count; i += 1) {
      const at = i * 3;
      this.from(points[at] ?? 0, points[at + 1] ?? 0, points[at + 2] ?? 0, 0);
      this.to(points[at + 3] ?? 0, points[at + 4] ?? 0, points[at + 5] ?? 0, ARC_WIDTH);
      this.light(colour, 0.25 + (0.6 * i) / ARC_POINTS);
    }
    if (target === null) return;
    this.from(target.x, target.y, target.z, 2);
    this.to(target.x, target.y, target.z, RING);
    this.light(colour, 0.95);
  }

  /** Sends what was drawn since `begin`. Allocates nothing. */
  end(eye: { readonly x: number; readonly y: number; readonly z: number }): void {
    this.batch.show(this.count);
    if (this.count === 0) return;
    this.batch.upload('rayFrom');
    this.batch.upload('rayTo');
    this.batch.upload('rayLight');
    this.eye.set(eye.x, eye.y, eye.z);
    this.batch.material.setVector3('eye', this.eye);
  }

  dispose(): void {
    this.batch.dispose();
  }

  private from(x: number, y: number, z: number, kind: number): void {  
    this.write('rayFrom', x, y, z, kind);
  }

  private to(x: number, y: number, z: number, size: number): void {  
    this.write('rayTo', x, y, z, size);
  }

  private light([r, g, b]: Colour, opacity: number): void {
    this.write('rayLight', r, g, b, opacity);
    this.count = Math.min(CAPACITY, this.count + 1);
  }

  private write(attribute: string, x: number, y: number, z: number, w: number): void { // eslint-disable-line max-params -- as above
    if (this.count >= CAPACITY) return;
    const into = this.batch.array(attribute);
    const at = this.count * 4;
    into[at] = x;
    into[at + 1] = y;
    into[at + 2] = z;
    into[at + 3] = w;
  }
}
