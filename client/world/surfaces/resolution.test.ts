import { describe, expect, it } from 'vitest';
import { resolutions, SURFACE_BYTES } from './resolution.ts';
import type { SurfaceContent } from '../../app/contracts.ts';

const surface = (kind: SurfaceContent['kind'], aspect: number) => ({ aspect, content: { kind } });
const bytes = (sizes: readonly { width: number; height: number }[]): number => sizes.reduce((sum, { width, height }) => sum + (width * height * 16) / 3, 0);

describe('resolutions of surfaces', () => {
  it('are those of their kind, in the shape of the surface', () => {
    expect(resolutions([surface('welcome', 16 / 9), surface('nameplate', 4), surface('booth', 0.5)])).toEqual([
      { width: 1024, height: 576 }, { width: 256, height: 64 }, { width: 384, height: 768 },
    ]);
  });

  it('stay within the budget together, keep their shapes, and never vanish', () => {
    const hall = [...Array.from({ length: 6 }, () => surface('welcome', 16 / 9)), ...Array.from({ length: 378 }, () => surface('nameplate', 3))];
    const sizes = resolutions(hall);
    expect(bytes(sizes)).toBeLessThanOrEqual(SURFACE_BYTES * 1.05);
    expect((sizes[0]?.width ?? 0) / (sizes[0]?.height ?? 1)).toBeCloseTo(16 / 9, 1);
    expect(Math.min(...sizes.map(({ height }) => height))).toBeGreaterThanOrEqual(32);
  });
});
