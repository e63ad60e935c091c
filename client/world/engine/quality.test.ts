import { describe, expect, it } from 'vitest';
import { QualityGovernor } from './quality.ts';
import { Resting } from './resting.ts';

function feed(governor: QualityGovernor, interval: number, seconds: number): number {
  let changes = 0;
  for (let t = 0; t < seconds * 1000; t += interval) if (governor.frame(interval)) changes += 1;
  return changes;
}

describe('automatic quality', () => {
  it('goes down within seconds on a slow device, as far as it must', () => {
    const governor = new QualityGovernor('auto');
    feed(governor, 60, 3);
    expect(['low', 'minimal']).toContain(governor.level.name);
    feed(governor, 300, 6);
    expect(governor.level.name).toBe('minimal');
  });

  it('goes up after a long good time only, and no further than the top', () => {
    const governor = new QualityGovernor('auto');
    feed(governor, 16.6, 4);
    expect(governor.level.name).toBe('medium');
    feed(governor, 16.6, 30);
    expect(governor.level.name).toBe('high');
    expect(feed(governor, 16.6, 60)).toBe(0);
  });

  it('tries a level that did not hold ever more rarely', () => {
    const governor = new QualityGovernor('auto');
    const changes: number[] = [];
    for (let minute = 0; minute < 8; minute += 1) {
      let count = 0;
      for (let t = 0; t < 60_000; ) {
        const interval = governor.level.name === 'high' ? 45 : 16.6;
        if (governor.frame(interval)) count += 1;
        t += interval;
      }
      changes.push(count);
    }
    expect(changes[0]).toBeGreaterThan(1);
    expect(changes.at(-1)).toBeLessThan(changes[0] ?? 0);
  });

  it('stays where the person put it', () => {
    const governor = new QualityGovernor('high');
    expect(feed(governor, 400, 20)).toBe(0);
    governor.choose('low');
    expect(governor.level.name).toBe('low');
  });
});

describe('resting', () => {
  it('leaves a third of the time free where even the lowest quality is too slow', () => {
    const resting = new Resting();
    let now = 0;
    let last = 0;
    let drawing = 0;
    for (let frame = 0; frame < 60; frame += 1) {
      while (!resting.due(now)) now += 5;
      if (frame > 0) resting.frame(now - last, true);
      last = now;
      if (!resting.due(now)) {
        while (!resting.due(now)) now += 5;
        last = now;
      }
      now += 400;
      if (frame >= 30) drawing += 400;
    }
    expect(drawing / 30).toBe(400);
    resting.frame(400, true);
    expect(resting.due(now)).toBe(false);
  });

  it('never holds back a device that keeps up', () => {
    const resting = new Resting();
    for (let now = 0; now < 5000; now += 30) {
      expect(resting.due(now)).toBe(true);
      resting.frame(30, true);
    }
  });
});
