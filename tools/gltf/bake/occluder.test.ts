import { describe, expect, it } from 'vitest';
import { Occluder, buildOccluder } from './occluder.ts';

/** Park and Miller's generator: the same triangles in every run. */
function generator(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 48_271) % 2_147_483_647;
    return state / 2_147_483_647;
  };
}

/** Nearest hit by looking at every triangle (Moeller and Trumbore 1997). */
function bruteForce(corners: Float32Array, ray: Float64Array, reach: number): number {
  let nearest = Infinity;
  for (let at = 0; at < corners.length; at += 9) {
    const c = (k: number): number => corners[at + k] ?? 0;
    const [u, v] = [[c(3) - c(0), c(4) - c(1), c(5) - c(2)], [c(6) - c(0), c(7) - c(1), c(8) - c(2)]] as [number[], number[]];
    const d = [...ray.slice(3)];
    const cross = (a: number[], b: number[]): number[] => [0, 1, 2].map((k) => (a[(k + 1) % 3] ?? 0) * (b[(k + 2) % 3] ?? 0) - (a[(k + 2) % 3] ?? 0) * (b[(k + 1) % 3] ?? 0));
    const dot = (a: number[], b: number[]): number => a.reduce((sum, value, k) => sum + value * (b[k] ?? 0), 0);
    const p = cross(d, v);
    const determinant = dot(u, p);
    const t = [(ray[0] ?? 0) - c(0), (ray[1] ?? 0) - c(1), (ray[2] ?? 0) - c(2)];
    const s = dot(t, p) / determinant;
    const q = cross(t, u);
    const w = dot(d, q) / determinant;
    const distance = dot(v, q) / determinant;
    if (s >= 0 && w >= 0 && s + w <= 1 && distance > 0 && distance < reach) nearest = Math.min(nearest, distance);
  }
  return nearest;
}

describe('Occluder', () => {
  it('finds what looking at every triangle finds', () => {
    const random = generator(7);
    const corners = Float32Array.from({ length: 400 * 9 }, (_, index) => (index % 9 < 3 ? random() * 10 : 0));
    for (let at = 0; at < corners.length; at += 9) for (let k = 3; k < 9; k++) corners[at + k] = (corners[at + (k % 3)] ?? 0) + 3 * (random() - 0.5);
    const occluder = new Occluder(buildOccluder(corners, new Uint8Array(400)));
    let hits = 0;
    for (let index = 0; index < 500; index++) {
      const direction = [random() - 0.5, random() - 0.5, random() - 0.5];
      const length = Math.hypot(...direction);
      const ray = Float64Array.of(random() * 10, random() * 10, random() * 10, ...direction.map((value) => value / length));
      const expected = bruteForce(corners, ray, 6);
      expect(occluder.cast(ray, 6, false)).toBe(expected < Infinity);
      if (expected < Infinity) expect(occluder.hit.distance).toBeCloseTo(expected, 4);
      expect(occluder.cast(ray, 6, true)).toBe(expected < Infinity);
      if (expected < Infinity) hits++;
    }
    expect(hits).toBeGreaterThan(50);
  });

  it('knows a body from its inside, and nothing where there is nothing', () => {
    const corners = Float32Array.of(-1, 1, -1, -1, 1, 1, 1, 1, 1);
    const up = Float64Array.of(0, 0, 0.2, 0, 1, 0);
    const down = Float64Array.of(0, 2, 0.2, 0, -1, 0);
    const [solid, thin] = [new Occluder(buildOccluder(corners, Uint8Array.of(0))), new Occluder(buildOccluder(corners, Uint8Array.of(1)))];
    solid.cast(up, 5, false);
    thin.cast(up, 5, false);
    expect([solid.hit.inside, thin.hit.inside]).toEqual([true, false]);
    solid.cast(down, 5, false);
    expect(solid.hit).toEqual({ distance: 1, inside: false });
    expect(new Occluder(buildOccluder(new Float32Array(), new Uint8Array())).cast(up, 5, false)).toBe(false);
  });
});
