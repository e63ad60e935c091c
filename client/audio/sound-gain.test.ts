import { describe, expect, it } from 'vitest';
import { Acoustics } from '../../shared/rules/acoustics.ts';
import type { Sound, Space } from '../../shared/scene/layout.ts';
import { gainAt, loudnessOf, soundGain } from './sound-gain.ts';

const room = (id: string, from: number, to: number, openings: Space['openings'] = []): Space =>
  ({ id, outline: [[from, -10], [to, -10], [to, 10], [from, 10]], bottom: -1, top: 5, reverb: 0, openings });
const fountain: Sound = { id: 'fountain', file: 'water.ogg', position: [-5, 0, 0], gain: 0.8, loop: true, refDistance: 2, maxDistance: 30, rolloff: 1 };
const square = new Acoustics({ spaces: [room('square', -20, 0, [{ to: 'foyer', position: [0, 0, 0], lossDecibels: 6 }]), room('foyer', 0, 10), room('exhibition', 10, 20)] });
const at = (x: number): { x: number; y: number; z: number } => ({ x, y: 0, z: 0 });

describe('the loudness of a recording', () => {
  it('is its root mean square over all channels', () => {
    const sine = Float32Array.from({ length: 4800 }, (_, i) => 0.5 * Math.sin((2 * Math.PI * i) / 48));
    expect(loudnessOf([sine])).toBeCloseTo(0.5 / Math.SQRT2, 6);
    expect(loudnessOf([sine, new Float32Array(4800)])).toBeCloseTo(0.25, 6);
    expect(loudnessOf([])).toBe(0);
  });
});

describe('the loudness of a scene\'s sound', () => {
  it('falls with distance by the inverse law and ends at the greatest distance', () => {
    expect(gainAt(fountain, 1)).toBe(1);
    expect(gainAt(fountain, 4)).toBeCloseTo(0.5, 9);
    expect(gainAt(fountain, 30)).toBe(0);
    expect(gainAt(fountain, 50)).toBe(0);
    let last = 1;
    for (let distance = 0; distance < 35; distance += 0.5) {
      const gain = gainAt(fountain, distance);
      expect(gain).toBeLessThanOrEqual(last);
      last = gain;
    }
  });

  it('comes through an opening with its loss, and not where none leads: the water is not heard in the exhibition', () => {
    expect(soundGain(fountain, square, at(-3))).toBeCloseTo(0.8, 9);
    const inFoyer = soundGain(fountain, square, at(1));
    expect(inFoyer).toBeCloseTo(0.8 * gainAt(fountain, 6) * 10 ** (-6 / 20), 9);
    expect(soundGain(fountain, square, at(15))).toBe(0);
  });

  it('is the same everywhere without a place', () => {
    expect(soundGain({ ...fountain, position: null }, square, at(15))).toBe(0.8);
  });
});
