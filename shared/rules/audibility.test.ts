import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { HEARING_RANGE, REAR_GAIN, distanceGain, facingGain, voiceGain } from './audibility.ts';

const metres = fc.double({ min: -200, max: 200, noNaN: true });
const point = fc.record({ x: metres, y: metres, z: metres });
const angle = fc.double({ min: -10, max: 10, noNaN: true });
const run = { seed: 20261121, numRuns: 500 };

describe('audibility', () => {
  it('falls by half, 6 dB, when the distance doubles beyond a metre', () => {
    fc.assert(fc.property(fc.double({ min: 1, max: 12, noNaN: true }), (d) => {
      expect(distanceGain(2 * d) / distanceGain(d)).toBeCloseTo(0.5, 9);
    }), run);
  });

  it('is loudest in front of the speaker and 9 dB quieter behind', () => {
    expect(facingGain(0, 0, 1)).toBeCloseTo(1, 9);
    expect(facingGain(0, 0, -1)).toBeCloseTo(REAR_GAIN, 9);
    expect(20 * Math.log10(REAR_GAIN)).toBeCloseTo(-9, 1);
    expect(facingGain(Math.PI / 2, 1, 0)).toBeCloseTo(1, 9);
  });

  it('is between 0 and 1 everywhere, and 0 out of range', () => {
    fc.assert(fc.property(point, angle, point, (speaker, yaw, listener) => {
      const gain = voiceGain(speaker, yaw, listener);
      expect(gain).toBeGreaterThanOrEqual(0);
      expect(gain).toBeLessThanOrEqual(1 + 1e-9);
      const far = Math.hypot(speaker.x - listener.x, speaker.y - listener.y, speaker.z - listener.z) > HEARING_RANGE;
      if (far) expect(gain).toBe(0);
      else expect(gain).toBeGreaterThan(0);
    }), run);
  });
});
