import { describe, expect, it } from 'vitest';
import { CAPTION_PIXELS } from '../captions.ts';
import { angleOf, DISTANCES, LEAST_TEXT_DEGREES, metresPerPixel, PIXELS_PER_DEGREE, sizeOf, TEXT_PIXELS } from './units.ts';
import type { PanelId } from '../../contract.ts';

const PANELS = Object.keys(DISTANCES) as PanelId[];

describe('sizes', () => {
  it('are what is seen under an angle: 1.2 degrees from 1.1 m are 23 mm', () => {
    expect(sizeOf(1.2, 1.1)).toBeCloseTo(0.02304, 5);
    expect(angleOf(sizeOf(1.2, 1.1), 1.1)).toBeCloseTo(1.2, 9);
  });

  it.each(PANELS)('of all text on %s are 1.2 degrees and more, at its distance', (panel) => {
    for (const pixels of [...Object.values(TEXT_PIXELS), ...Object.values(CAPTION_PIXELS)]) {
      expect(angleOf(pixels * metresPerPixel(panel), DISTANCES[panel])).toBeGreaterThanOrEqual(LEAST_TEXT_DEGREES);
    }
  });

  it('are as sharp as a headset shows', () => {
    expect(PIXELS_PER_DEGREE).toBeGreaterThanOrEqual(20);
    expect(PIXELS_PER_DEGREE).toBeLessThanOrEqual(25);
  });
});
