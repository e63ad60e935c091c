import { describe, expect, it } from 'vitest';
import { Random } from '../../../../tests/support/random.ts';
import { audibleSeconds, measureLine } from './measure.ts';
import type { LineFigures } from './measure.ts';
import { judge } from './verdict.ts';

const RATE = 48_000;
const SECONDS = 4;
const PARTIALS = 150;
/** Of synthetic speech, seconds: so long a burst, then so long a pause. */
const [BURST, PAUSE] = [0.45, 0.25];
const amplitude = (db: number): number => 10 ** (db / 20);

interface Wanted {
  readonly low?: number;
  readonly high?: number;
  /** Root mean square of the bursts, dBFS. */
  readonly level?: number;
  /** Of white noise all the time; absent: digital silence in the pauses. */
  readonly noise?: number;
  readonly pauses?: boolean;
  readonly seed?: number;
}

/** How loud a syllable is at a time: it comes and goes within 10 ms, as a switch would click over all frequencies. */
function envelope(seconds: number): number {
  const at = seconds % (BURST + PAUSE);
  const ramp = Math.max(0, Math.min(1, at / 0.01, (BURST - at) / 0.01));
  return 0.5 - 0.5 * Math.cos(Math.PI * ramp);
}

/** Partials at random frequencies between `low` and `high`, as many in each octave, so that nothing at all is outside; in bursts, as syllables are. */
function speech({ low = 80, high = 18_000, level = -23, noise, pauses = true, seed = 1 }: Wanted): Float32Array {
  const random = new Random(seed);
  const samples = new Float32Array(RATE * SECONDS);
  const scale = amplitude(level) * Math.sqrt(2 / PARTIALS);
  for (let partial = 0; partial < PARTIALS; partial += 1) {
    const turn = (2 * Math.PI * low * (high / low) ** ((partial + random.next()) / PARTIALS)) / RATE;
    const [cosine, sine] = [Math.cos(turn), Math.sin(turn)];
    let x = Math.cos(2 * Math.PI * turn * random.below(1e6)) * scale;
    let y = Math.sqrt(scale * scale - x * x);
    for (let i = 0; i < samples.length; i += 1) {
      samples[i] = (samples[i] as number) + x;
      // Not as a pair, which is ten times as slow here.
      const next = x * cosine - y * sine;
      y = x * sine + y * cosine;
      x = next;
    }
  }
  // White noise with the wanted root mean square: uniform between plus and minus its square root of three.
  const hiss = noise === undefined ? 0 : Math.sqrt(3) * amplitude(noise);
  return samples.map((sample, i) => sample * (pauses ? envelope(i / RATE) : 1) + (random.next() * 2 - 1) * hiss);
}

function figures(wanted: Wanted): LineFigures {
  const found = measureLine(speech(wanted), RATE);
  if (found === null) throw new Error('nothing was heard');
  return found;
}

describe('the sound check of a line', () => {
  it('finds a full-band line good', () => {
    const found = figures({ noise: -66 });
    expect(found.lowHz).toBeLessThan(125);
    expect(found.highHz).toBeGreaterThan(15_000);
    expect(judge(found)).toEqual({ bandwidth: { grade: 'good', code: 'bandGood' }, level: { grade: 'good', code: 'levelGood' }, noise: { grade: 'good', code: 'noiseGood' } });
  });

  it('finds a telephone narrow, with its upper edge within a twelfth of an octave', () => {
    const found = figures({ low: 300, high: 3400, noise: -66 });
    expect(judge(found).bandwidth).toEqual({ grade: 'poor', code: 'bandNarrow' });
    expect(Math.abs(Math.log2(found.highHz / 3400))).toBeLessThan(1 / 12);
    // Syllables that come and go blur the lower edge by some 50 Hz.
    expect(Math.abs(found.lowHz - 300)).toBeLessThan(80);
  });

  it('tells 12 kHz from 15 kHz, and a line without a bottom', () => {
    expect(judge(figures({ high: 12_000, noise: -66 })).bandwidth).toEqual({ grade: 'fair', code: 'bandFair' });
    expect(judge(figures({ low: 350, noise: -66 })).bandwidth).toEqual({ grade: 'fair', code: 'bandLow' });
  });

  it('does not take noise above a narrow voice for its treble, nor a whistle', () => {
    expect(figures({ low: 200, high: 3400, noise: -45 }).highHz).toBeLessThan(3800);
    const whistled = speech({ low: 200, high: 3400 }).map((sample, i) => sample + 0.02 * Math.sin((2 * Math.PI * 15_600 * i) / RATE));
    expect(measureLine(whistled, RATE)?.highHz).toBeLessThan(3800);
  });

  it.each([[-14, -60], [-23, -50], [-30, -70], [-38, -58], [-20, -42]])('measures %d dBFS of speech and %d dBFS of noise within 1 dB', (level, noise) => {
    for (const seed of [1, 2, 3]) {
      const found = figures({ level, noise, seed });
      expect(Math.abs(found.levelDb - level)).toBeLessThan(1);
      expect(Math.abs((found.noiseDb ?? 0) - noise)).toBeLessThan(1);
    }
  });

  it('says what is wrong with level and noise', () => {
    expect(judge(figures({ level: -45, noise: -80 })).level).toEqual({ grade: 'poor', code: 'levelQuiet' });
    expect(judge(figures({ level: -36, noise: -80 })).level).toEqual({ grade: 'fair', code: 'levelQuiet' });
    expect(judge(figures({ level: -10.5, noise: -60 })).level.grade).not.toBe('good');
    expect(judge(figures({ level: -23, noise: -47 })).noise).toEqual({ grade: 'fair', code: 'noiseFair' });
    expect(judge(figures({ level: -23, noise: -38 })).noise).toEqual({ grade: 'poor', code: 'noisePoor' });
  });

  it('knows an overdriven line by its flat tops', () => {
    const flat = speech({ level: -6 }).map((sample) => Math.max(-1, Math.min(1, sample * 2)));
    expect(judge(measureLine(flat, RATE) as LineFigures).level).toEqual({ grade: 'poor', code: 'levelClipped' });
  });

  it('does not invent noise where nobody paused', () => {
    const found = figures({ pauses: false });
    expect(found.noiseDb).toBeNull();
    expect(Math.abs(found.levelDb + 23)).toBeLessThan(1);
    expect(judge(found).noise).toEqual({ grade: 'fair', code: 'noiseUnknown' });
  });

  it('does not take lost packets for a quiet room, and knows a gate', () => {
    const lost = speech({ level: -23, noise: -50 });
    lost.fill(0, 0, RATE * 0.3);
    expect(Math.abs((measureLine(lost, RATE)?.noiseDb ?? 0) + 50)).toBeLessThan(1);
    expect(Math.abs((measureLine(lost, RATE)?.levelDb ?? 0) + 23)).toBeLessThan(1);
    const gated = figures({ level: -23 });
    expect(gated.noiseDb).toBeLessThan(-80);
    expect(Math.abs(gated.levelDb + 23)).toBeLessThan(1);
  });

  it('has nothing to say of silence, and counts seconds with something in them', () => {
    expect(measureLine(new Float32Array(RATE), RATE)).toBeNull();
    expect(measureLine(new Float32Array(0), RATE)).toBeNull();
    expect(audibleSeconds(new Float32Array(RATE), RATE)).toBe(0);
    expect(audibleSeconds(speech({}), RATE)).toBeGreaterThan(2);
  });
});
