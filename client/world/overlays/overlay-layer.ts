import { Constants } from '@babylonjs/core/Engines/constants';
import type { Scene } from '@babylonjs/core/scene.pure';
import { EYE_PROJECTION } from '../engine/both-eyes.ts';
import { QuadBatch } from '../engine/quad-batch.ts';

/** Flat shapes in the world, metres. Colours are red, green, blue and opacity, 0 to 1. */
export interface Shapes {
  /** x, y, z of three corners a triangle. */
  readonly triangles: readonly number[];
  readonly fill: readonly [number, number, number, number];
  /** x, y, z of both ends a line. */
  readonly lines: readonly number[];
  readonly stroke: readonly [number, number, number, number];
}

/** CSS pixels. */
const LINE_WIDTH = 2;
/** Drawn after marks and labels. */
const ORDER = 30;

/** Towards the eye, so that what lies on a floor is not lost in it. */
const NEARER = 'gl_Position.z -= 0.0008 * gl_Position.w;';

const FILL_VERTEX = `
precision highp float;
attribute vec3 position;
attribute vec3 cornerA;
attribute vec3 cornerB;
attribute vec3 cornerC;
${EYE_PROJECTION}
void main(void) {
  vec3 corner = position.y > 0.0 ? cornerC : (position.x > 0.0 ? cornerB : cornerA);
  gl_Position = eyeProjection() * vec4(corner, 1.0);
  ${NEARER}
}
`;

const LINE_VERTEX = `
precision highp float;
attribute vec3 position;
attribute vec3 cornerA;
attribute vec3 cornerB;
${EYE_PROJECTION}
// Half the size of the picture, and half the width of a line, both in pixels.
uniform vec3 picture;
void main(void) {
  vec4 a = eyeProjection() * vec4(cornerA, 1.0);
  vec4 b = eyeProjection() * vec4(cornerB, 1.0);
  // The part behind the eye would be thrown to the other side of the picture.
  float near = 0.05;
  if (a.w < near && b.w > near) a = mix(a, b, (near - a.w) / (b.w - a.w));
  if (b.w < near && a.w > near) b = mix(b, a, (near - b.w) / (a.w - b.w));
  vec2 along = (b.xy / b.w - a.xy / a.w) * picture.xy;
  vec2 side = normalize(vec2(-along.y, along.x) + vec2(1e-6, 0.0));
  vec4 end = position.x > 0.0 ? b : a;
  gl_Position = end;
  gl_Position.xy += side * sign(position.y) * picture.z / picture.xy * end.w;
  ${NEARER}
}
`;

const FRAGMENT = `
precision highp float;
uniform vec4 colour;
void main(void) {
  gl_FragColor = vec4(colour.rgb * colour.a, colour.a);
}
`;

/** One kind of overlay: its areas in one draw call, its lines in another. */
export class OverlayLayer {
  private readonly fill: QuadBatch | null;
  private readonly lines: QuadBatch | null;
  private readonly counts: readonly [number, number];

  constructor(name: string, shapes: Shapes, scene: Scene) {
    this.counts = [shapes.triangles.length / 9, shapes.lines.length / 6];
    const common = { fragment: FRAGMENT, samplers: [], order: ORDER };
    this.fill = this.counts[0] === 0 ? null : new QuadBatch({
      ...common, name: `${name} areas`, vertex: FILL_VERTEX, attributes: { cornerA: 3, cornerB: 3, cornerC: 3 }, uniforms: ['colour'], capacity: this.counts[0],
    }, scene);
    this.lines = this.counts[1] === 0 ? null : new QuadBatch({
      ...common, name: `${name} lines`, vertex: LINE_VERTEX, attributes: { cornerA: 3, cornerB: 3 }, uniforms: ['colour', 'picture'], capacity: this.counts[1],
    }, scene);
    OverlayLayer.put(this.fill, ['cornerA', 'cornerB', 'cornerC'], shapes.triangles);
    OverlayLayer.put(this.lines, ['cornerA', 'cornerB'], shapes.lines);
    this.fill?.material.setArray4('colour', [...shapes.fill]);
    this.lines?.material.setArray4('colour', [...shapes.stroke]);
  }

  private static put(batch: QuadBatch | null, corners: readonly string[], points: readonly number[]): void {
    corners.forEach((attribute, corner) => {
      const data = batch?.array(attribute);
      for (let i = 0; data !== undefined && i < data.length; i += 1) data[i] = points[Math.floor(i / 3) * corners.length * 3 + corner * 3 + (i % 3)] ?? 0;
      batch?.upload(attribute);
    });
  }

  /** @param throughWalls also where something stands in front */
  show(on: boolean, throughWalls: boolean): void {
    this.fill?.show(on ? this.counts[0] : 0);
    this.lines?.show(on ? this.counts[1] : 0);
    for (const batch of [this.fill, this.lines]) if (batch !== null) batch.material.depthFunction = throughWalls ? Constants.ALWAYS : Constants.LEQUAL;
  }

  /** Size of the picture in pixels, and of a CSS pixel in those. */
  resize(width: number, height: number, ratio: number): void {
    this.lines?.material.setArray3('picture', [width / 2, height / 2, (LINE_WIDTH * ratio) / 2]);
  }

  dispose(): void {
    this.fill?.dispose();
    this.lines?.dispose();
  }
}
