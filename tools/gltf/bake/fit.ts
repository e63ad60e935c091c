/**
 * Turns light that was measured at points of triangles into light at their vertices, so that what is drawn in between is nearest to what was measured:
 * Kavan, Bargteil and Sloan 2011, "Least Squares Vertex Baking". The light at the vertices themselves would do worse: all four corners of a floor
 * lie in the corners of its room, and the whole floor would be dark.
 */
import type { Samples } from './samples.ts';
import { RESULT } from './shade.ts';

/** How much neighbouring vertices should be alike; a sample in their middle counts 1. */
const SMOOTH = 0.08;
const ROUNDS = 60;
/** Relative residual at which the fit is good enough: a tenth of what 8 bits of colour show. */
const ENOUGH = 4e-4;

export interface FitInput {
  /** Vertex numbers, three a triangle. */
  triangles: Uint32Array;
  /** Vertices that must stay alike (same place and normal, split for their texture) have the same number. */
  group: Uint32Array;
  groups: number;
  samples: Samples;
  /** {@link RESULT} floats a sample; those whose first is negative do not count. */
  measured: Float32Array;
}

/** Solves for every group. @returns {@link RESULT} floats a group */
export function fitToVertices(input: FitInput): Float32Array {
  const system = new System(input);
  const solution = new Float32Array(input.groups * RESULT);
  for (let channel = 0; channel < RESULT; channel++) {
    const values = system.solve(channel);
    for (let index = 0; index < input.groups; index++) solution[index * RESULT + channel] = values[index] ?? 0;
  }
  return solution;
}

/** The normal equations, never written out: products go over the samples and the edges. */
class System {
  readonly #input: FitInput;
  /** Samples that count. */
  readonly #used: Uint32Array;
  readonly #diagonal: Float64Array;

  constructor(input: FitInput) {
    this.#input = input;
    this.#used = Uint32Array.from(input.samples.triangle.keys()).filter((sample) => (input.measured[sample * RESULT] ?? -1) >= 0);
    this.#diagonal = new Float64Array(input.groups).fill(1e-9);
    this.#overSamples((group, weight) => { this.#diagonal[group] = (this.#diagonal[group] ?? 0) + weight * weight; });
    this.#overEdges((a, b) => {
      this.#diagonal[a] = (this.#diagonal[a] ?? 0) + SMOOTH;
      this.#diagonal[b] = (this.#diagonal[b] ?? 0) + SMOOTH;
    });
  }

  #overSamples(visit: (group: number, weight: number, sample: number) => void): void {
    const { samples, triangles, group } = this.#input;
    for (const sample of this.#used) {
      const first = (samples.triangle[sample] ?? 0) * 3;
      const [s, t] = [samples.s[sample] ?? 0, samples.t[sample] ?? 0];
      visit(group[triangles[first] ?? 0] ?? 0, 1 - s - t, sample);
      visit(group[triangles[first + 1] ?? 0] ?? 0, s, sample);
      visit(group[triangles[first + 2] ?? 0] ?? 0, t, sample);
    }
  }

  #overEdges(visit: (a: number, b: number) => void): void {
    const { triangles, group } = this.#input;
    for (let first = 0; first < triangles.length; first += 3) {
      const [a = 0, b = 0, c = 0] = [0, 1, 2].map((corner) => group[triangles[first + corner] ?? 0] ?? 0);
      visit(a, b);
      visit(b, c);
      visit(c, a);
    }
  }

  /** Matrix times `x`, into `out`. */
  #multiply(x: Float64Array, out: Float64Array): void {
    const { samples, triangles, group } = this.#input;
    out.fill(0);
    for (const sample of this.#used) {
      const first = (samples.triangle[sample] ?? 0) * 3;
      const [s, t] = [samples.s[sample] ?? 0, samples.t[sample] ?? 0];
      const [a, b, c] = [group[triangles[first] ?? 0] ?? 0, group[triangles[first + 1] ?? 0] ?? 0, group[triangles[first + 2] ?? 0] ?? 0];
      const value = (1 - s - t) * (x[a] ?? 0) + s * (x[b] ?? 0) + t * (x[c] ?? 0);
      out[a] = (out[a] ?? 0) + (1 - s - t) * value;
      out[b] = (out[b] ?? 0) + s * value;
      out[c] = (out[c] ?? 0) + t * value;
    }
    this.#overEdges((a, b) => {
      const difference = SMOOTH * ((x[a] ?? 0) - (x[b] ?? 0));
      out[a] = (out[a] ?? 0) + difference;
      out[b] = (out[b] ?? 0) - difference;
    });
  }

  /** Conjugate gradients, preconditioned with the diagonal, starting from the mean. */
  solve(channel: number): Float64Array {
    const { groups, measured } = this.#input;
    const value = (sample: number): number => measured[sample * RESULT + channel] ?? 0;
    const x = new Float64Array(groups);
    if (this.#used.length === 0) return channel === 0 ? x.fill(1) : x;
    x.fill(this.#used.reduce((sum, sample) => sum + value(sample), 0) / this.#used.length);
    const [residual, product] = [new Float64Array(groups), new Float64Array(groups)];
    this.#overSamples((group, weight, sample) => { residual[group] = (residual[group] ?? 0) + weight * value(sample); });
    const goal = dot(residual, residual) * ENOUGH ** 2;
    this.#multiply(x, product);
    residual.forEach((from, index) => { residual[index] = from - (product[index] ?? 0); });
    const scaled = residual.map((from, index) => from / (this.#diagonal[index] ?? 1));
    const direction = scaled.slice();
    let energy = dot(residual, scaled);
    for (let round = 0; round < ROUNDS && dot(residual, residual) > goal; round++) {
      this.#multiply(direction, product);
      const step = energy / (dot(direction, product) || 1);
      for (let index = 0; index < groups; index++) {
        x[index] = (x[index] ?? 0) + step * (direction[index] ?? 0);
        residual[index] = (residual[index] ?? 0) - step * (product[index] ?? 0);
        scaled[index] = (residual[index] ?? 0) / (this.#diagonal[index] ?? 1);
      }
      const next = dot(residual, scaled);
      for (let index = 0; index < groups; index++) direction[index] = (scaled[index] ?? 0) + (next / (energy || 1)) * (direction[index] ?? 0);
      energy = next;
    }
    return x;
  }
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let index = 0; index < a.length; index++) sum += (a[index] ?? 0) * (b[index] ?? 0);
  return sum;
}
