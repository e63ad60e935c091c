import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Bvh, emptyHit } from './bvh.ts';

const run = { seed: 20261121, numRuns: 300 };
/** Whole centimetres: slivers thinner than that, which rounding decides about, are no geometry of ours. */
const metre = fc.integer({ min: -1000, max: 1000 }).map((centimetres) => centimetres / 100);

/** The same question without a hierarchy: every triangle by itself. */
function bruteForce(corners: Float32Array, ray: Float64Array, reach: number): number {
  let best = Infinity;
  for (let at = 0; at < corners.length; at += 9) {
    const hit = emptyHit();
    if (new Bvh(corners.slice(at, at + 9)).cast(ray, reach, hit)) best = Math.min(best, hit.distance);
  }
  return best;
}

describe('Bvh', () => {
  it('finds the same first hit as looking at every triangle', () => {
    const triangles = fc.array(fc.array(metre, { minLength: 9, maxLength: 9 }), { minLength: 1, maxLength: 60 });
    const rays = fc.array(fc.tuple(metre, metre, metre, fc.nat()), { minLength: 5, maxLength: 5 });
    let hits = 0;
    fc.assert(fc.property(triangles, rays, (soup, directions) => {
      const corners = Float32Array.from(soup.flat());
      const bvh = new Bvh(corners);
      for (const [x, y, z, towards] of directions) {
        const aim = soup[towards % soup.length] ?? [];
        const [dx, dy, dz] = [0, 1, 2].map((axis) => ((aim[axis] ?? 0) + (aim[axis + 3] ?? 0) + (aim[axis + 6] ?? 0)) / 3 - ([x, y, z][axis] ?? 0)) as [number, number, number];
        const length = Math.hypot(dx, dy, dz);
        if (length < 0.1) continue;
        const ray = Float64Array.of(x, y, z, dx / length, dy / length, dz / length);
        const hit = emptyHit();
        const found = bvh.cast(ray, 20, hit);
        const expected = bruteForce(corners, ray, 20);
        expect(hit.distance).toBe(expected);
        expect(found).toBe(expected < Infinity);
        if (found) hits += 1;
      }
    }), run);
    expect(hits).toBeGreaterThan(100);
  });

  it('reports a floor from above and from below, with the normal against the ray', () => {
    const floor = Float32Array.of(-5, 0, -5, 5, 0, -5, 0, 0, 10);
    const bvh = new Bvh(floor);
    const hit = emptyHit();
    expect(bvh.cast(Float64Array.of(0, 2, 0, 0, -1, 0), 10, hit)).toBe(true);
    expect([hit.distance, hit.ny]).toEqual([2, 1]);
    expect(bvh.cast(Float64Array.of(0, -3, 0, 0, 1, 0), 10, hit)).toBe(true);
    expect([hit.distance, hit.ny]).toEqual([3, -1]);
    expect(bvh.cast(Float64Array.of(0, 2, 0, 0, -1, 0), 1.9, hit)).toBe(false);
  });

  it('holds no triangle at all', () => {
    expect(new Bvh(new Float32Array(0)).cast(Float64Array.of(0, 0, 0, 0, 0, 1), 10, emptyHit())).toBe(false);
  });

  it('survives a thousand triangles in one place', () => {
    const corners = new Float32Array(9000);
    for (let i = 0; i < 1000; i += 1) corners.set([0, 0, 1, 1, 0, 1, 0, 1, 1], i * 9);
    const hit = emptyHit();
    expect(new Bvh(corners).cast(Float64Array.of(0.2, 0.2, 0, 0, 0, 1), 10, hit)).toBe(true);
    expect(hit.distance).toBeCloseTo(1, 9);
  });
});
