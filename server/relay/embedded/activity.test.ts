import { describe, expect, test } from 'vitest';
import { ActivityMeter, levelFromDecibels } from './activity.ts';
import { NO_LEVEL } from './rtp.ts';

describe('levels', () => {
  test('0 at -60 dBov and below, 1 at full scale, linear in decibels between', () => {
    expect([127, 60, 45, 30, 15, 0].map(levelFromDecibels)).toEqual([0, 0, 0.25, 0.5, 0.75, 1]);
  });
});

describe('ActivityMeter', () => {
  test('says nothing while nothing changes', () => {
    const meter = new ActivityMeter();
    expect(meter.report()).toBeNull();
    meter.hear(NO_LEVEL);
    meter.hear(127);
    expect(meter.report()).toBeNull();
    for (const expected of [0.5, null, null]) {
      meter.hear(30);
      expect(meter.report()).toBe(expected);
    }
  });

  test('rises at once to the loudest packet of the interval', () => {
    const meter = new ActivityMeter();
    meter.hear(50);
    meter.hear(12);
    meter.hear(40);
    expect(meter.report()).toBe(0.8);
  });

  test('falls slowly, to exactly 0, and then is silent', () => {
    const meter = new ActivityMeter();
    meter.hear(0);
    const told = Array.from({ length: 30 }, () => meter.report()).filter((level) => level !== null);
    expect(told.slice(0, 4)).toEqual([1, 0.5, 0.26, 0.12]);
    expect(told.at(-1)).toBe(0);
    expect(meter.report()).toBeNull();
  });
});
