import { describe, expect, it } from 'vitest';
import type { Space } from '../scene/layout.ts';
import { Acoustics, OUTSIDE } from './acoustics.ts';
import { HEARING_RANGE, voiceGain } from './audibility.ts';

const room = (id: string, from: number, openings: Space['openings'] = []): Space => ({
  id, outline: [[from, -10], [from + 20, -10], [from + 20, 10], [from, 10]], bottom: -1, top: 4, reverb: 0, openings,
});
/** The hall is heard in the lounge through a door with 6 dB of loss and a hatch with 40; nothing leads back. */
const acoustics = new Acoustics({ spaces: [
  room('hall', 0, [{ to: 'lounge', position: [20, 0, 0], lossDecibels: 6 }, { to: 'lounge', position: [20, 0, 5], lossDecibels: 40 }, { to: 'attic', position: [5, 3, 5], lossDecibels: 1 }]),
  room('lounge', 20),
] });
const at = (x: number, z = 0): { x: number; y: number; z: number } => ({ x, y: 0, z });

describe('acoustics', () => {
  it('within a space is the law of voices', () => {
    expect(acoustics.gain(at(1), 0.5, at(4, 2))).toBe(voiceGain(at(1), 0.5, at(4, 2)));
  });

  it('through openings takes the loudest way, over the opening, with its loss', () => {
    const straight = acoustics.gain(at(18), Math.PI / 2, at(22));
    expect(20 * Math.log10(straight)).toBeCloseTo(-6 - 20 * Math.log10(4), 5);
    const round = acoustics.gain(at(18, 8), Math.PI / 2, at(22, 8));
    expect(round).toBeLessThan(straight);
    expect(acoustics.gain(at(18), -Math.PI / 2, at(22))).toBeLessThan(straight);
  });

  it('is silence through walls, out of range, and against the way of an opening', () => {
    expect(acoustics.gain(at(22), 0, at(18))).toBe(0);
    expect(acoustics.gain(at(20 - HEARING_RANGE / 2 - 1), 0, at(20 + HEARING_RANGE / 2 + 1))).toBe(0);
    expect(acoustics.gain(at(1), 0, at(-1))).toBe(0);
    expect(acoustics.gain(at(-1), 0, at(41))).toBe(0);
  });

  it('has one outside, which hears itself', () => {
    expect(acoustics.at(-5, 0, 0)).toBe(OUTSIDE);
    expect(acoustics.gain(at(-5), 0, at(-7))).toBeGreaterThan(0);
  });
});
