import { describe, expect, it } from 'vitest';
import { Random } from '../../../../tests/support/random.ts';
import { HearingGuard } from './guard.ts';

const RATE = 48_000;
const BLOCK = 128;
const CEILING_DB = -12;
const CEILING = 10 ** (CEILING_DB / 20);
/** Sums in double precision, samples in single. */
const ROUNDING = 1e-6;

/** What leaves the guard, block by block as in a worklet. */
function through(guard: HearingGuard, samples: Float32Array): Float32Array {
  const out = new Float32Array(samples.length);
  for (let start = 0; start + BLOCK <= samples.length; start += BLOCK) guard.process([samples.subarray(start, start + BLOCK)], [out.subarray(start, start + BLOCK)]);
  return out;
}

const peakOf = (samples: Float32Array): number => samples.reduce((most, sample) => Math.max(most, Math.abs(sample)), 0);
const level = (samples: Float32Array): number => 10 * Math.log10(samples.reduce((sum, sample) => sum + sample * sample, 0) / samples.length);
const seconds = (amount: number): number => Math.floor((amount * RATE) / BLOCK) * BLOCK;

function sine(amplitude: number, length: number, hertz = 500): Float32Array {
  return Float32Array.from({ length }, (_, i) => amplitude * Math.sin((2 * Math.PI * hertz * i) / RATE));
}

function joined(...parts: readonly Float32Array[]): Float32Array {
  const all = new Float32Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}

describe('hearing protection', () => {
  it('lets no sample out that is over the ceiling, whatever comes in', () => {
    const random = new Random(20_260);
    for (let round = 0; round < 40; round += 1) {
      const guard = new HearingGuard(RATE, 1, CEILING_DB);
      const loudness = 10 ** (random.next() * 3 - 1.5);
      const samples = Float32Array.from({ length: BLOCK * 60 }, (_, i) => {
        const kind = Math.floor(i / 700) % 4;
        if (kind === 0) return (random.next() * 2 - 1) * loudness;
        if (kind === 1) return random.below(200) === 0 ? 30 : 0;
        return kind === 2 ? Math.sign(Math.sin(i * loudness)) * loudness : 0;
      });
      expect(peakOf(through(guard, samples))).toBeLessThanOrEqual(CEILING + ROUNDING);
    }
  });

  it('leaves ordinary speech levels as they are, 2.5 ms later', () => {
    const samples = sine(0.08, seconds(1));
    const out = through(new HearingGuard(RATE, 1, CEILING_DB), samples);
    const late = 120;
    for (let i = late; i < out.length; i += 1) expect(Math.abs((out[i] as number) - (samples[i - late] as number))).toBeLessThan(1e-4);
  });

  it('brings down what is suddenly much louder, at once, and lets it come back slowly', () => {
    const guard = new HearingGuard(RATE, 1, 0);
    const usual = sine(0.02, seconds(5));
    const out = through(guard, joined(usual, sine(0.7, seconds(0.5)), usual));
    const during = out.subarray(usual.length + seconds(0.02), usual.length + seconds(0.4));
    // Without it, -6 dBFS; usual is -37.
    expect(level(during)).toBeLessThan(-20);
    expect(peakOf(out.subarray(usual.length, usual.length + seconds(0.02)))).toBeLessThan(0.36);
    const after = out.subarray(usual.length + seconds(0.5));
    expect(level(after.subarray(seconds(0.02), seconds(0.1)))).toBeLessThan(level(usual) - 6);
    expect(Math.abs(level(after.subarray(seconds(4), seconds(4.5))) - level(usual))).toBeLessThan(0.5);
  });

  it('does not take a voice that grows by 10 dB for something sudden', () => {
    const guard = new HearingGuard(RATE, 1, 0);
    const out = through(guard, joined(sine(0.05, seconds(6)), sine(0.158, seconds(1))));
    expect(Math.abs(level(out.subarray(seconds(6.1))) - level(sine(0.158, seconds(0.5))))).toBeLessThan(0.5);
    expect(guard.calming).toBeGreaterThan(0.95);
  });

  it('turns all channels down together, so that a direction stays', () => {
    const guard = new HearingGuard(RATE, 2, CEILING_DB);
    const [left, right] = [sine(0.9, seconds(0.5)), sine(0.45, seconds(0.5))];
    const out = [new Float32Array(left.length), new Float32Array(left.length)] as const;
    guard.process([left, right], out);
    for (let i = 200; i < left.length; i += 997) expect(Math.abs((out[0][i] as number) - 2 * (out[1][i] as number))).toBeLessThan(1e-5);
    expect(peakOf(out[0])).toBeLessThanOrEqual(CEILING + ROUNDING);
  });
});
