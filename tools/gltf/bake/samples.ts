/** Points on the triangles of a primitive at which light is measured. */
import type { Accessor, mat4 } from '@gltf-transform/core';
import type { Receiver } from './gather.ts';
import { SAMPLE } from './shade.ts';

/** Of one primitive, in its own space. */
export interface Samples {
  /** {@link SAMPLE} floats each: position, unit normal. */
  points: Float32Array;
  /** Triangle of each. */
  triangle: Uint32Array;
  /** Where on the triangle: shares of the second and third corner. */
  s: Float32Array;
  t: Float32Array;
}

/** A triangle gets at least one and at most so many: light is linear across it, and three corners do not need more. */
const MOST = 32;
/** Plastic number of two dimensions (Roberts 2018, "The R2 sequence"): its multiples fill a square evenly. */
const [R2X, R2Y] = [0.7548776662466927, 0.5698402909980532];

/**
 * Spreads samples over a primitive, more on large triangles.
 * @param density samples of a triangle of one square metre, squared: they grow with its sides, not with its area
 */
export function spreadSamples({ primitive, triangles, placements }: Receiver, density: number): Samples {
  const positions = read(primitive.getAttribute('POSITION'));
  const normals = read(primitive.getAttribute('NORMAL'));
  const count = triangles.length / 3;
  const numbers = new Uint32Array(count);
  const scale = placements[0] ? areaScale(placements[0]) : 1;
  const frame = { a: new Float64Array(3), u: new Float64Array(3), v: new Float64Array(3), n: new Float64Array(3) };
  let total = 0;
  for (let triangle = 0; triangle < count; triangle++) {
    const area = load(frame, positions, triangles, triangle) * scale;
    // A sliver has no side to be lit from.
    const number = area > 1e-10 ? Math.max(1, Math.min(MOST, Math.round(Math.sqrt(area * density)))) : 0;
    numbers[triangle] = number;
    total += number;
  }
  const samples: Samples = { points: new Float32Array(total * SAMPLE), triangle: new Uint32Array(total), s: new Float32Array(total), t: new Float32Array(total) };
  let at = 0;
  for (let triangle = 0; triangle < count; triangle++) {
    load(frame, positions, triangles, triangle);
    const number = numbers[triangle] ?? 0;
    for (let index = 0; index < number; index++, at++) {
      let [s, t] = number === 1 ? [1 / 3, 1 / 3] : [(0.5 + (index + 1) * R2X) % 1, (0.5 + (index + 1) * R2Y) % 1];
      if (s + t > 1) [s, t] = [1 - s, 1 - t];
      put(samples, at, { triangle, s, t, frame, normals, triangles });
    }
  }
  return samples;
}

interface Frame {
  a: Float64Array;
  u: Float64Array;
  v: Float64Array;
  n: Float64Array;
}

/** First corner, edges and face normal of a triangle. @returns its area */
function load({ a, u, v, n }: Frame, positions: Float32Array, triangles: Uint32Array, triangle: number): number {
  const [i = 0, j = 0, k = 0] = [0, 1, 2].map((corner) => (triangles[triangle * 3 + corner] ?? 0) * 3);
  for (let axis = 0; axis < 3; axis++) {
    a[axis] = positions[i + axis] ?? 0;
    u[axis] = (positions[j + axis] ?? 0) - (a[axis] ?? 0);
    v[axis] = (positions[k + axis] ?? 0) - (a[axis] ?? 0);
  }
  for (let axis = 0; axis < 3; axis++) {
    const [next, last] = [(axis + 1) % 3, (axis + 2) % 3];
    n[axis] = (u[next] ?? 0) * (v[last] ?? 0) - (u[last] ?? 0) * (v[next] ?? 0);
  }
  const double = Math.hypot(n[0] ?? 0, n[1] ?? 0, n[2] ?? 0);
  for (let axis = 0; axis < 3; axis++) n[axis] = (n[axis] ?? 0) / (double || 1);
  return double / 2;
}

interface Put {
  triangle: number;
  s: number;
  t: number;
  frame: Frame;
  normals: Float32Array;
  triangles: Uint32Array;
}

function put(samples: Samples, at: number, { triangle, s, t, frame, normals, triangles }: Put): void {
  samples.triangle[at] = triangle;
  samples.s[at] = s;
  samples.t[at] = t;
  const normal = [0, 0, 0];
  for (let axis = 0; axis < 3; axis++) {
    samples.points[at * SAMPLE + axis] = (frame.a[axis] ?? 0) + s * (frame.u[axis] ?? 0) + t * (frame.v[axis] ?? 0);
    const corner = (index: number): number => normals[(triangles[triangle * 3 + index] ?? 0) * 3 + axis] ?? 0;
    normal[axis] = (1 - s - t) * corner(0) + s * corner(1) + t * corner(2);
  }
  const [x = 0, y = 0, z = 0] = normal;
  const length = Math.hypot(x, y, z);
  for (let axis = 0; axis < 3; axis++) samples.points[at * SAMPLE + 3 + axis] = length > 1e-6 ? (normal[axis] ?? 0) / length : (frame.n[axis] ?? 0);
}

/** Three floats an element, whatever the file holds; empty if there is none. */
export function read(accessor: Accessor | null): Float32Array {
  const values = new Float32Array((accessor?.getCount() ?? 0) * 3);
  const element: number[] = [];
  for (let index = 0; accessor && index * 3 < values.length; index++) {
    accessor.getElement(index, element);
    values.set(element.slice(0, 3), index * 3);
  }
  return values;
}

/** By how much a matrix enlarges areas, as if it were uniform: the cube root of its determinant, squared. */
function areaScale(m: mat4): number {
  const determinant = m[0] * (m[5] * m[10] - m[6] * m[9]) - m[4] * (m[1] * m[10] - m[2] * m[9]) + m[8] * (m[1] * m[6] - m[2] * m[5]);
  return Math.cbrt(Math.abs(determinant)) ** 2;
}
