import type { Scene } from '@babylonjs/core/scene.pure';
import type { Point } from '../../../shared/rules/ground.ts';
import { EYE_PROJECTION } from '../engine/both-eyes.ts';
import { QuadBatch } from '../engine/quad-batch.ts';

const VERTEX = `
precision highp float;
attribute vec3 position;
// centre in metres, radius
attribute vec4 markPlace;
// red, green, blue, opacity
attribute vec4 markColour;
${EYE_PROJECTION}
varying vec2 vPoint;
varying vec4 vColour;
void main(void) {
  vPoint = position.xy * 2.0;
  vColour = markColour;
  vec3 world = markPlace.xyz + vec3(position.x, 0.0, position.y) * 2.0 * markPlace.w;
  gl_Position = eyeProjection() * vec4(world, 1.0);
  gl_Position.z -= 0.0006 * gl_Position.w;
}
`;

const FRAGMENT = `
precision highp float;
varying vec2 vPoint;
varying vec4 vColour;
uniform float time;
void main(void) {
  float r = length(vPoint);
  float soft = fwidth(r) * 1.2 + 0.02;
  float ring = smoothstep(0.78 - soft, 0.78, r) * (1.0 - smoothstep(0.9, 0.9 + soft, r));
  float wave = fract(time * 0.7);
  float ripple = (1.0 - smoothstep(0.0, 0.1, abs(r - 0.72 * wave))) * (1.0 - wave) * step(0.001, time);
  float fill = (1.0 - smoothstep(0.0, 0.85, r)) * 0.28;
  float alpha = clamp(ring * 0.85 + ripple * 0.5 + fill, 0.0, 1.0) * vColour.a * (1.0 - smoothstep(0.94, 1.0, r));
  gl_FragColor = vec4(vColour.rgb * alpha, alpha);
}
`;

/** Above the floor, metres: carpets are laid a little higher than the navigation mesh. */
const LIFT = 0.03;
const FADE_S = 0.2;

/** A mark that comes and goes gently. */
interface Mark {
  readonly colour: readonly [number, number, number];
  readonly at: Point;
  radius: number;
  wanted: boolean;
  opacity: number;
}

/** Rings on the floor: where a walk leads to, and the seat under the pointer. One draw call. */
export class FloorMarks {
  private readonly batch: QuadBatch;
  private readonly destination: Mark = { colour: [0.45, 0.86, 1], at: { x: 0, y: 0, z: 0 }, radius: 0.42, wanted: false, opacity: 0 };
  private readonly seat: Mark = { colour: [1, 0.87, 0.5], at: { x: 0, y: 0, z: 0 }, radius: 0.36, wanted: false, opacity: 0 };
  private readonly marks = [this.destination, this.seat];

  constructor(scene: Scene) {
    this.batch = new QuadBatch({
      name: 'floor marks', vertex: VERTEX, fragment: FRAGMENT, attributes: { markPlace: 4, markColour: 4 }, uniforms: ['time'], samplers: [],
      capacity: this.marks.length, order: 20,
    }, scene);
  }

  showDestination(point: Readonly<Point> | null): void {
    FloorMarks.move(this.destination, point);
  }

  /** `height`: of the seat surface; the mark lies on it. */
  showSeat(point: Readonly<Point> | null, height: number): void {
    FloorMarks.move(this.seat, point);
    if (point !== null) this.seat.at.y = point.y + height + 0.02;
  }

  private static move(mark: Mark, point: Readonly<Point> | null): void {
    mark.wanted = point !== null;
    if (point === null) return;
    if (Math.abs(point.x - mark.at.x) + Math.abs(point.z - mark.at.z) > 0.01) mark.opacity = 0;
    mark.at.x = point.x;
    mark.at.y = point.y + LIFT;
    mark.at.z = point.z;
  }

  /** @param still no animation (reduced motion) */
  update(elapsed: number, now: number, still: boolean): void {
    const place = this.batch.array('markPlace');
    const colour = this.batch.array('markColour');
    let count = 0;
    for (const mark of this.marks) {
      const step = still ? 1 : elapsed / FADE_S;
      mark.opacity = Math.max(0, Math.min(1, mark.opacity + (mark.wanted ? step : -step)));
      if (mark.opacity === 0) continue;
      const at = count * 4;
      place[at] = mark.at.x;
      place[at + 1] = mark.at.y;
      place[at + 2] = mark.at.z;
      place[at + 3] = mark.radius;
      colour[at] = mark.colour[0];
      colour[at + 1] = mark.colour[1];
      colour[at + 2] = mark.colour[2];
      colour[at + 3] = mark.opacity;
      count += 1;
    }
    this.batch.show(count);
    if (count === 0) return;
    this.batch.upload('markPlace');
    this.batch.upload('markColour');
    this.batch.material.setFloat('time', still ? 0 : now);
  }

  dispose(): void {
    this.batch.dispose();
  }
}
