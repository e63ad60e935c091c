import { describe, expect, it } from 'vitest';
import { fadeTowards, labelOpacity, labelScale, pictureScale } from './sizes.ts';

describe('the size of labels', () => {
  it('stays readable from 1.5 to 15 m in any picture: letters of 9 px or more', () => {
    for (const [width, height] of [[320, 568], [390, 844], [1280, 720], [2560, 1440]] as const) {
      for (const distance of [1.5, 5, 10, 15]) {
        expect(12.5 * labelScale(distance) * pictureScale(width, height)).toBeGreaterThan(7.8);
        expect(15 * labelScale(distance) * pictureScale(width, height)).toBeGreaterThan(9);
        expect(labelOpacity(distance)).toBe(1);
      }
    }
    expect(labelScale(1.5)).toBe(1);
    expect(labelOpacity(18)).toBe(0);
  });
});

describe('a fade', () => {
  it('ends, and stays where it ended', () => {
    let opacity = 0;
    for (let i = 0; i < 20; i += 1) opacity = fadeTowards(opacity, true, 0.1);
    expect(opacity).toBe(1);
    for (let i = 0; i < 3; i += 1) opacity = fadeTowards(opacity, true, 1.4);
    expect(opacity).toBe(1);
    for (let i = 0; i < 20; i += 1) opacity = fadeTowards(opacity, false, 0.1);
    expect(opacity).toBe(0);
  });
});
