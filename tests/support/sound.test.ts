import { describe, expect, it } from 'vitest';
import { SAMPLE_RATE, decibels, tone, toneAmplitude } from './sound.ts';

describe('tone measurement', () => {
  it('finds the amplitude of a tone, and almost nothing elsewhere', () => {
    const samples = tone(1000, 0.3, 0.5);
    expect(decibels(toneAmplitude(samples, 1000, SAMPLE_RATE)) - decibels(0.3)).toBeCloseTo(0, 1);
    expect(decibels(toneAmplitude(samples, 1700, SAMPLE_RATE))).toBeLessThan(-80);
    expect(decibels(toneAmplitude(new Float32Array(4800), 1000, SAMPLE_RATE))).toBeLessThan(-150);
  });
});
