/** How much light arrives at a point of a surface: what worker threads compute. Only numbers go in and out. */
import { Occluder } from './occluder.ts';
import type { OccluderData } from './occluder.ts';
import { towards } from './lights.ts';
import type { PunctualLight, TowardsLight } from './lights.ts';

/** Floats of a sample: position and normal in the space of its mesh. */
export const SAMPLE = 6;
/** Floats of a result: share of the ambient light, direct light in red, green and blue; the first is -1 for a point inside a body. */
export const RESULT = 4;

export interface ShadeSettings {
  /** Rays a sample. */
  readonly rays: number;
  /** What is farther than this takes no ambient light away, metres. */
  readonly distance: number;
}

/** Samples of one primitive, and where copies of it stand. */
export interface ShadeJob {
  /** Number of the primitive, to seed its rays. */
  readonly id: number;
  readonly samples: Float32Array;
  /** 16 numbers a placement: matrices to the world, as in glTF. */
  readonly placements: Float32Array;
  /** Both sides are drawn. */
  readonly thin: boolean;
}

export interface Surroundings {
  readonly occluder: OccluderData;
  readonly lights: readonly PunctualLight[];
  readonly settings: ShadeSettings;
}

/** Rays start this far off the surface, metres: floats are exact to about 0.01 mm at 100 m. */
const LIFT = 0.002;
/** Something seen from its inside this near, along the normal, means that the point is inside a body (a table leg in the floor), metres. */
const BURIED = 2;

/** Shades the samples of jobs one after the other. */
export class Shader {
  readonly #occluder: Occluder;
  readonly #lights: readonly PunctualLight[];
  readonly #settings: ShadeSettings;
  readonly #directions: Float64Array;
  readonly #ray = new Float64Array(6);
  /** Of the sample in the world: point, normal, two tangents. */
  readonly #frame = new Float64Array(12);
  readonly #towards: TowardsLight = { x: 0, y: 0, z: 0, reach: 0, share: 0 };

  constructor({ occluder, lights, settings }: Surroundings) {
    this.#occluder = new Occluder(occluder);
    this.#lights = lights;
    this.#settings = settings;
    this.#directions = hemisphere(settings.rays);
  }

  /** Shades samples `from` to `to` of a job. @returns {@link RESULT} floats a sample */
  shade(job: ShadeJob, from: number, to: number): Float32Array<ArrayBuffer> {
    const results = new Float32Array((to - from) * RESULT);
    const copies = job.placements.length / 16;
    for (let sample = from; sample < to; sample++) {
      const at = (sample - from) * RESULT;
      let [open, ambient] = [0, 0];
      const random = hash(job.id, sample);
      for (let copy = 0; copy < copies; copy++) {
        this.#place(job, sample, copy);
        // Shared meshes split the rays among their copies: the light of a copy is the mean of all.
        const share = this.#ambient({ thin: job.thin, turn: random, from: copy, step: copies });
        if (share < 0) continue;
        open++;
        ambient += share;
        for (const light of this.#lights) this.#direct(light, { thin: job.thin, results, at });
      }
      results[at] = open === 0 ? -1 : ambient / open;
      for (let k = 1; k < RESULT; k++) results[at + k] = open === 0 ? 0 : (results[at + k] ?? 0) / open;
    }
    return results;
  }

  /** Puts the sample into the world. */
  #place({ samples, placements }: ShadeJob, sample: number, copy: number): void {
    const frame = this.#frame;
    const [s, m] = [sample * SAMPLE, copy * 16];
    for (let axis = 0; axis < 3; axis++) {
      const row = (column: number): number => placements[m + column * 4 + axis] ?? 0;
      frame[axis] = row(0) * (samples[s] ?? 0) + row(1) * (samples[s + 1] ?? 0) + row(2) * (samples[s + 2] ?? 0) + row(3);
    }
    normalToWorld(frame, { placements, m, samples, s: s + 3 });
    const [x, y, z] = [frame[3] ?? 0, frame[4] ?? 0, frame[5] ?? 0];
    // Duff et al. 2017, "Building an Orthonormal Basis, Revisited".
    const sign = z >= 0 ? 1 : -1;
    const a = -1 / (sign + z);
    const b = x * y * a;
    frame[6] = 1 + sign * x * x * a;
    frame[7] = sign * b;
    frame[8] = -sign * x;
    frame[9] = b;
    frame[10] = sign + y * y * a;
    frame[11] = -y;
  }

  /** Aims the ray from the sample, off the surface on the side where it goes. */
  #aim(x: number, y: number, z: number): void {
    const frame = this.#frame;
    const side = x * (frame[3] ?? 0) + y * (frame[4] ?? 0) + z * (frame[5] ?? 0) >= 0 ? LIFT : -LIFT;
    for (let axis = 0; axis < 3; axis++) this.#ray[axis] = (frame[axis] ?? 0) + side * (frame[3 + axis] ?? 0);
    this.#ray[3] = x;
    this.#ray[4] = y;
    this.#ray[5] = z;
  }

  /**
   * Share of the ambient light that arrives, nearby things taking more than far ones.
   * @returns 0 to 1, or -1 inside a body
   */
  #ambient({ thin, turn, from, step }: { thin: boolean; turn: number; from: number; step: number }): number {
    const frame = this.#frame;
    const { rays, distance } = this.#settings;
    const [nx, ny, nz] = [frame[3] ?? 0, frame[4] ?? 0, frame[5] ?? 0];
    if (!thin) {
      this.#aim(nx, ny, nz);
      if (this.#occluder.cast(this.#ray, BURIED, false) && this.#occluder.hit.inside) return -1;
    }
    const [cos, sin] = [Math.cos(turn), Math.sin(turn)];
    let [taken, cast] = [0, 0];
    for (let index = from % rays; index < rays; index += step) {
      const [dx, dy] = [this.#directions[index * 3] ?? 0, this.#directions[index * 3 + 1] ?? 0];
      const up = (this.#directions[index * 3 + 2] ?? 0) * (thin && index % 2 === 1 ? -1 : 1);
      const [u, v] = [dx * cos - dy * sin, dx * sin + dy * cos];
      this.#aim(u * (frame[6] ?? 0) + v * (frame[9] ?? 0) + up * nx, u * (frame[7] ?? 0) + v * (frame[10] ?? 0) + up * ny, u * (frame[8] ?? 0) + v * (frame[11] ?? 0) + up * nz);
      cast++;
      if (this.#occluder.cast(this.#ray, distance, false)) taken += 1 - this.#occluder.hit.distance / distance;
    }
    return cast === 0 ? 1 : 1 - taken / cast;
  }

  #direct(light: PunctualLight, { thin, results, at }: { thin: boolean; results: Float32Array; at: number }): void {
    const [frame, way] = [this.#frame, this.#towards];
    towards(light, frame, way);
    const facing = way.x * (frame[3] ?? 0) + way.y * (frame[4] ?? 0) + way.z * (frame[5] ?? 0);
    // A leaf lets about half of the light through to its other side.
    const angle = thin ? (facing > 0 ? facing : -facing / 2) : facing;
    if (angle <= 0 || way.share <= 1e-5) return;
    this.#aim(way.x, way.y, way.z);
    if (this.#occluder.cast(this.#ray, way.reach - 2 * LIFT, true)) return;
    for (let k = 0; k < 3; k++) results[at + 1 + k] = (results[at + 1 + k] ?? 0) + (light.colour[k] ?? 0) * way.share * angle;
  }
}

/** The normal turns with the cofactors of the matrix, which is right for uneven and negative scale too. */
function normalToWorld(frame: Float64Array, { placements: p, m, samples, s }: { placements: Float32Array; m: number; samples: Float32Array; s: number }): void {
  const [a, b, c, d, e, f, g, h, i] = [p[m], p[m + 4], p[m + 8], p[m + 1], p[m + 5], p[m + 9], p[m + 2], p[m + 6], p[m + 10]].map((value) => value ?? 0) as [number, number, number, number, number, number, number, number, number];
  const [nx, ny, nz] = [samples[s] ?? 0, samples[s + 1] ?? 0, samples[s + 2] ?? 0];
  const sign = Math.sign(a * (e * i - f * h) - b * (d * i - f * g) + c * (d * h - e * g)) || 1;
  const x = (e * i - f * h) * nx + (f * g - d * i) * ny + (d * h - e * g) * nz;
  const y = (c * h - b * i) * nx + (a * i - c * g) * ny + (b * g - a * h) * nz;
  const z = (b * f - c * e) * nx + (c * d - a * f) * ny + (a * e - b * d) * nz;
  const length = (Math.hypot(x, y, z) || 1) * sign;
  frame[3] = x / length;
  frame[4] = y / length;
  frame[5] = z / length;
}

/** Directions about +Z, as many as the cosine asks for: a Fibonacci spiral on the disc, lifted (Malley's method). */
function hemisphere(count: number): Float64Array {
  const directions = new Float64Array(count * 3);
  const golden = Math.PI * (3 - Math.sqrt(5));
  for (let index = 0; index < count; index++) {
    const radius = Math.sqrt((index + 0.5) / count);
    directions[index * 3] = radius * Math.cos(index * golden);
    directions[index * 3 + 1] = radius * Math.sin(index * golden);
    directions[index * 3 + 2] = Math.sqrt(Math.max(0, 1 - radius * radius));
  }
  return directions;
}

/** An angle that looks random and is always the same (Wellons' lowbias32). */
function hash(job: number, sample: number): number {
  let x = (Math.imul(job + 1, 0x9e3779b1) ^ sample) >>> 0;
  x = Math.imul(x ^ (x >>> 16), 0x21f0aaad);
  x = Math.imul(x ^ (x >>> 15), 0x735a2d97);
  return (((x ^ (x >>> 15)) >>> 0) / 4294967296) * 2 * Math.PI;
}
