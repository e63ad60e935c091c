import { describe, expect, it } from 'vitest';
import { hardCurve } from './headset.ts';

describe('the ceiling behind the limiter', () => {
  it.each([-18, -12, -6])('changes nothing up to %d dBFS, and holds what is louder there', (db) => {
    const ceiling = 10 ** (db / 20);
    const curve = hardCurve(db);
    curve.forEach((value, i) => {
      const input = (2 * i) / (curve.length - 1) - 1;
      expect(Math.abs(value)).toBeLessThanOrEqual(Math.fround(ceiling));
      if (Math.abs(input) < ceiling) expect(value).toBeCloseTo(input, 6);
    });
    expect(curve.at(-1)).toBeCloseTo(ceiling, 6);
  });
});
