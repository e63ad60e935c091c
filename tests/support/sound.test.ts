import { describe, expect, it } from 'vitest';
import { FRAME_S, SAMPLE_RATE, decibels, frameEnergies, speechFigures, tone, toneAmplitude } from './sound.ts';

describe('tone measurement', () => {
  it('finds the amplitude of a tone, and almost nothing elsewhere', () => {
    const samples = tone(1000, 0.3, 0.5);
    expect(decibels(toneAmplitude(samples, 1000, SAMPLE_RATE)) - decibels(0.3)).toBeCloseTo(0, 1);
    expect(decibels(toneAmplitude(samples, 1700, SAMPLE_RATE))).toBeLessThan(-80);
    expect(decibels(toneAmplitude(new Float32Array(4800), 1000, SAMPLE_RATE))).toBeLessThan(-150);
  });
});

describe('speech', () => {
  /** Syllables of 0.2 s with pauses of 0.1 s, and a breath of 1 s in the middle. */
  const speech = tone(300, 0.3, 6).map((sample, i) => ((i / SAMPLE_RATE) % 0.3 < 0.2 && Math.abs(i / SAMPLE_RATE - 3) > 0.5 ? sample : 0));

  const figures = (samples: ArrayLike<number>) => speechFigures(frameEnergies(samples, FRAME_S * SAMPLE_RATE));

  it('is told from a hum and from silence by its pauses and its level', () => {
    const { level, voiced, longestPause } = figures(speech);
    expect(level).toBeGreaterThan(-20);
    expect(voiced).toBeGreaterThan(0.5);
    expect(voiced).toBeLessThan(0.7);
    expect(longestPause).toBeGreaterThan(0.9);
    expect(longestPause).toBeLessThan(1.3);
    expect(figures(tone(300, 0.3, 3))).toMatchObject({ voiced: 1, longestPause: 0 });
    expect(figures(new Float32Array(SAMPLE_RATE)).level).toBeLessThan(-150);
  });
});
