import { describe, expect, it } from 'vitest';
import { LossMeter, nothingReported, sentUpTo } from './loss-meter.ts';

describe('loss on the way to a listener', () => {
  it('is what was sent here and did not arrive, over stretches that are long enough', () => {
    const meter = new LossMeter(100);
    const last = nothingReported();
    expect(meter.note(last, { lost: 0, highest: 1000, sent: 0 }, 1)).toBe(false);
    expect(meter.note(last, { lost: 4, highest: 1080, sent: 80 }, 2)).toBe(false);
    expect(meter.note(last, { lost: 8, highest: 1160, sent: 160 }, 3)).toBe(true);
    expect(meter.loss).toBeCloseTo(0.05);
    expect(meter.lossAtMs).toBe(3);
    meter.note(last, { lost: 8, highest: 1260, sent: 260 }, 4);
    expect(meter.loss).toBe(0);
  });

  it('is not what was lost before it came here', () => {
    const meter = new LossMeter(100);
    const last = nothingReported();
    meter.note(last, { lost: 0, highest: 0, sent: 0 }, 1);
    // Every fifth number was never sent.
    meter.note(last, { lost: 20, highest: 100, sent: 80 }, 2);
    expect([meter.note(last, { lost: 40, highest: 200, sent: 160 }, 3), meter.loss]).toEqual([true, 0]);
  });

  it('is not what is still on its way', () => {
    expect(sentUpTo(65_530, { packets: 500, newest: 4 })).toBe(490);
    expect(sentUpTo(0x10005, { packets: 500, newest: 5 })).toBe(500);
    expect(sentUpTo(9, { packets: 500, newest: 5 }), 'never more than were sent').toBe(500);
  });

  it('is counted over several streams, over the end of the numbers, and with fewer lost than before', () => {
    const meter = new LossMeter(100);
    const [one, two] = [nothingReported(), nothingReported()];
    meter.note(one, { lost: 0, highest: 65_500, sent: 0 }, 1);
    meter.note(two, { lost: 0xffffff, highest: 10, sent: 0 }, 1);
    expect(meter.note(one, { lost: 12, highest: 65_560, sent: 60 }, 2)).toBe(false);
    expect(meter.note(two, { lost: 0xfffffd, highest: 70, sent: 60 }, 2)).toBe(true);
    expect(meter.loss).toBeCloseTo((12 - 2) / 120);
  });

  it('stays between none and all, whatever is reported', () => {
    const meter = new LossMeter(1);
    const last = nothingReported();
    let sent = 0;
    for (const [lost, highest] of [[0, 5], [0x7fffff, 0xffffffff], [0x800000, 3], [0, 0], [0xffffff, 65_535]] as const) {
      sent += 10;
      meter.note(last, { lost, highest, sent }, 1);
      expect(meter.loss).toBeGreaterThanOrEqual(0);
      expect(meter.loss).toBeLessThanOrEqual(1);
    }
  });
});
