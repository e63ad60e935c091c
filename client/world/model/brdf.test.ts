import { describe, expect, it } from 'vitest';
import { integrateBrdf } from './brdf.ts';

function reflectance(NdotV: number, roughness: number): readonly [number, number] {
  const out = new Float32Array(2);
  integrateBrdf(NdotV, roughness, out);
  return [out[0] ?? NaN, out[1] ?? NaN];
}

describe('the environment BRDF', () => {
  it('reflects everything where a mirror of full reflectance is smooth, and no more than everything anywhere', () => {
    expect(reflectance(0.9, 0.02)[1]).toBeCloseTo(1, 1);
    for (let NdotV = 0.05; NdotV <= 1; NdotV += 0.05) {
      for (let roughness = 0.05; roughness <= 1; roughness += 0.05) {
        const [fresnel, whole] = reflectance(NdotV, roughness);
        expect(whole).toBeGreaterThan(0.3);
        expect(whole).toBeLessThan(1.03);
        expect(fresnel).toBeGreaterThanOrEqual(0);
        expect(fresnel).toBeLessThanOrEqual(whole);
      }
    }
  });

  it('has the Fresnel term of Schlick where the surface is smooth', () => {
    for (const NdotV of [0.2, 0.5, 0.8]) expect(reflectance(NdotV, 0.02)[0]).toBeCloseTo((1 - NdotV) ** 5, 1);
  });

  it('loses energy to shadowing when rough, as Karis 2013 tabulates it', () => {
    expect(reflectance(0.5, 1)[1]).toBeLessThan(reflectance(0.5, 0.5)[1]);
  });
});
