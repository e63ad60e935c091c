import { describe, expect, it } from 'vitest';
import { LossMeter, nothingReported } from './loss-meter.ts';

const stream = () => ({ packets: 0, reported: nothingReported() });

describe('loss on the way to a listener', () => {
  it('is what was sent here and did not arrive, over stretches that are long enough', () => {
    const meter = new LossMeter(100);
    const sent = stream();
    expect(meter.note(sent, 0, 1000, 1)).toBe(false);
    sent.packets = 80;
    expect(meter.note(sent, 4, 1080, 2)).toBe(false);
    sent.packets = 160;
    expect(meter.note(sent, 8, 1160, 3)).toBe(true);
    expect(meter.loss).toBeCloseTo(0.05);
    expect(meter.lossAtMs).toBe(3);
    sent.packets = 260;
    meter.note(sent, 8, 1260, 4);
    expect(meter.loss).toBe(0);
  });

  it('is not what was lost before it came here', () => {
    const meter = new LossMeter(100);
    const sent = stream();
    meter.note(sent, 0, 0, 1);
    // Every fifth number was never sent.
    sent.packets = 80;
    meter.note(sent, 20, 100, 2);
    sent.packets = 160;
    expect([meter.note(sent, 40, 200, 3), meter.loss]).toEqual([true, 0]);
  });

  it('is counted over several streams, over the end of the numbers, and with fewer lost than before', () => {
    const meter = new LossMeter(100);
    const [one, two] = [stream(), stream()];
    meter.note(one, 0, 65_500, 1);
    meter.note(two, 0xffffff, 10, 1);
    one.packets = 60;
    two.packets = 60;
    expect(meter.note(one, 12, 65_560, 2)).toBe(false);
    expect(meter.note(two, 0xfffffd, 70, 2)).toBe(true);
    expect(meter.loss).toBeCloseTo((12 - 2) / 120);
  });

  it('stays between none and all, whatever is reported', () => {
    const meter = new LossMeter(1);
    const sent = stream();
    for (const [lost, highest] of [[0, 5], [0x7fffff, 0xffffffff], [0x800000, 3], [0, 0], [0xffffff, 65_535]] as const) {
      sent.packets += 10;
      meter.note(sent, lost, highest, 1);
      expect(meter.loss).toBeGreaterThanOrEqual(0);
      expect(meter.loss).toBeLessThanOrEqual(1);
    }
  });
});
