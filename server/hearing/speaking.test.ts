import { describe, expect, it } from 'vitest';
import { SILENT_WEIGHT, SPEAKING_HOLD_MS, SPEAKING_OFF, SPEAKING_ON, Speaking } from './speaking.ts';

describe('speaking', () => {
  it('begins with the first loud report and ends after a pause longer than between words', () => {
    const speaking = new Speaking(1);
    expect(speaking.hear(0, SPEAKING_ON - 0.01, 0)).toBe(false);
    expect(speaking.hear(0, SPEAKING_ON, 100)).toBe(true);
    expect(speaking.hear(0, 0.9, 150)).toBe(false);
    speaking.hear(0, 0, 200);
    expect(speaking.update(0, 200 + SPEAKING_HOLD_MS / 2)).toBe(false);
    speaking.hear(0, 0.5, 450);
    speaking.hear(0, 0, 500);
    expect(speaking.update(0, 400 + SPEAKING_HOLD_MS)).toBe(false);
    expect(speaking.isSpeaking(0)).toBe(true);
    expect(speaking.update(0, 501 + SPEAKING_HOLD_MS)).toBe(true);
    expect(speaking.isSpeaking(0)).toBe(false);
    expect(speaking.update(0, 2000)).toBe(false);
  });

  it('goes on while the level stays up, even if the relay has no news', () => {
    const speaking = new Speaking(1);
    speaking.hear(0, SPEAKING_OFF + 0.2, 0);
    for (let now = 0; now < 5000; now += 50) expect(speaking.update(0, now)).toBe(false);
    expect(speaking.isSpeaking(0)).toBe(true);
  });

  it('weighs silence least, speech most, and forgets slowly between', () => {
    const speaking = new Speaking(1);
    expect(speaking.weight[0]).toBeCloseTo(SILENT_WEIGHT, 6);
    speaking.hear(0, 0.8, 0);
    const loud = speaking.weight[0] ?? 0;
    expect(loud).toBeGreaterThan(0.8);
    speaking.hear(0, 0, 100);
    let last = loud;
    for (let now = 100; now < 30_000; now += 50) {
      speaking.update(0, now);
      const weight = speaking.weight[0] ?? 0;
      expect(weight).toBeLessThanOrEqual(last);
      last = weight;
    }
    expect(last).toBeCloseTo(SILENT_WEIGHT, 6);
  });
});
