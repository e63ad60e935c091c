import { describe, expect, it } from 'vitest';
import { colourDistance, colourName, oklab } from './colours.ts';

describe('colours', () => {
  it('agrees with the published OKLab of white, black and red', () => {
    const close = (lab: readonly number[], wanted: readonly number[]): void => {
      lab.forEach((value, index) => { expect(value).toBeCloseTo(wanted[index] ?? NaN, 3); });
    };
    close(oklab('#ffffff'), [1, 0, 0]);
    close(oklab('#000000'), [0, 0, 0]);
    close(oklab('#ff0000'), [0.628, 0.2249, 0.1258]);
    expect(colourDistance('#000000', '#ffffff')).toBeCloseTo(1, 3);
  });

  it('names colours of the palettes as people would', () => {
    expect(colourName('#27324a')).toBe('colour.navy');
    expect(colourName('#8a2434')).toBe('colour.burgundy');
    expect(colourName('#e9e4da')).toBe('colour.white');
    expect(colourName('#2f6b4f')).toBe('colour.green');
    expect(colourName('#2e2f33')).toBe('colour.charcoal');
    expect(colourName('#31507a')).toBe('colour.blue');
    expect(colourName('#a8784a')).toBe('colour.lightBrown');
  });
});
