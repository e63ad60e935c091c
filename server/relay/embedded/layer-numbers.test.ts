import { describe, expect, it } from 'vitest';
import { Random } from '../../../tests/support/random.ts';
import { LayerNumbers } from './layer-numbers.ts';
import { emptyFrame } from './video-codecs.ts';
import type { FrameFacts } from './video-codecs.ts';

const START = { sequence: 100, timestamp: 5_000, pictureId: 40 };
const plain = emptyFrame();
const numbers = (): LayerNumbers<string> => new LayerNumbers<string>(START);
const frameWith = (pictureId: number): FrameFacts => ({ ...emptyFrame(), pictureIdAt: 2, isWide: true, pictureId });
/** What a number leads back to. */
const origin = (of: LayerNumbers<string>, number: number): string => {
  const named = of.find(number);
  return named === null ? 'unknown' : named.origin === null ? 'padding' : `${named.origin} ${named.sequence}`;
};

describe('outgoing numbers', () => {
  it('run on over a switch and over padding, and lead back to where each packet came from', () => {
    const of = numbers();
    of.begin('low', { sequence: 65_534, timestamp: 90_000 }, plain, 1000);
    expect([65_534, 65_535, 0].map((sequence, i) => of.place({ sequence, timestamp: 90_000 + i * 3000 }, 1000 + i * 33))).toEqual([100, 101, 102]);
    expect([of.pad(), of.pad()]).toEqual([103, 104]);
    expect(of.place({ sequence: 1, timestamp: 99_000 }, 1100)).toBe(105);
    of.begin('high', { sequence: 7000, timestamp: 3 }, plain, 1140);
    expect(of.place({ sequence: 7000, timestamp: 3 }, 1140)).toBe(106);
    expect([100, 102, 103, 105, 106, 107, 99].map((number) => origin(of, number))).toEqual(['low 65534', 'low 0', 'padding', 'low 1', 'high 7000', 'unknown', 'unknown']);
  });

  it('keep the place of a packet that comes late, on whichever side of padding it was missed', () => {
    const of = numbers();
    of.begin('low', { sequence: 10, timestamp: 0 }, plain, 0);
    of.place({ sequence: 10, timestamp: 0 }, 0);
    expect(of.place({ sequence: 13, timestamp: 0 }, 0)).toBe(103);
    of.pad();
    expect(of.place({ sequence: 15, timestamp: 0 }, 0)).toBe(106);
    expect([11, 12, 14, 13].map((sequence) => of.place({ sequence, timestamp: 0 }, 0))).toEqual([101, 102, 105, 103]);
    expect(of.place({ sequence: 9, timestamp: 0 }, 0), 'from before its turn').toBe(-1);
    expect(origin(of, 105)).toBe('low 14');
  });

  it('timestamps run on by the time that passed, and by a frame at least', () => {
    const of = numbers();
    of.begin('low', { sequence: 1, timestamp: 700_000 }, plain, 1000);
    of.place({ sequence: 1, timestamp: 700_000 }, 1000);
    expect(of.timestampOf(100, 700_000)).toBe(5000);
    of.begin('high', { sequence: 1, timestamp: 4_000_000_000 }, plain, 1500);
    of.place({ sequence: 1, timestamp: 4_000_000_000 }, 1500);
    expect(of.timestampOf(101, 4_000_000_000)).toBe(5000 + 45_000);
    of.begin('low', { sequence: 2, timestamp: 9 }, plain, 1500);
    of.place({ sequence: 2, timestamp: 9 }, 1500);
    expect(of.timestampOf(102, 9)).toBe(50_000 + 3000);
    expect(of.timestampOf(101, 4_000_000_000), 'of an earlier turn still').toBe(50_000);
    expect(of.timestampAt(2500)).toBe(53_000 + 90_000);
  });

  it('picture ids run on, for a packet that is sent again as for one that is sent', () => {
    const of = numbers();
    const sent = (number: number, frame: FrameFacts): number => {
      const payload = Uint8Array.from([0, 0x90, 0x80, 0x80, 0, 0]);
      of.writeIds(number, payload, 1, frame);
      return (((payload[3] ?? 0) & 0x7f) << 8) | (payload[4] ?? 0);
    };
    of.begin('low', { sequence: 1, timestamp: 0 }, frameWith(0x7fff), 0);
    expect(sent(of.place({ sequence: 1, timestamp: 0 }, 0), frameWith(0x7fff))).toBe(41);
    expect(sent(of.place({ sequence: 2, timestamp: 0 }, 0), frameWith(0))).toBe(42);
    of.begin('high', { sequence: 9, timestamp: 0 }, frameWith(500), 0);
    expect(sent(of.place({ sequence: 9, timestamp: 0 }, 0), frameWith(500))).toBe(43);
    expect(sent(101, frameWith(0)), 'again, of the earlier turn').toBe(42);
    expect(sent(of.place({ sequence: 10, timestamp: 0 }, 0), frameWith(501))).toBe(44);
  });

  it('what was ended is not led back to', () => {
    const of = numbers();
    of.begin('low', { sequence: 1, timestamp: 0 }, plain, 0);
    of.place({ sequence: 1, timestamp: 0 }, 0);
    of.end();
    expect(origin(of, 100)).toBe('unknown');
    expect(of.place({ sequence: 2, timestamp: 0 }, 0)).toBe(-1);
    of.begin('high', { sequence: 8, timestamp: 0 }, plain, 0);
    expect(of.place({ sequence: 8, timestamp: 0 }, 0)).toBe(101);
    expect([origin(of, 100), origin(of, 101)]).toEqual(['unknown', 'high 8']);
  });

  it('with loss, reordering, padding and switches, no number is given twice and each leads back to its packet', () => {
    const random = new Random(9);
    const of = numbers();
    /** What each number was given to, of the last two thousand. */
    const given = new Map<number, string>();
    const faults: string[] = [];
    const give = (number: number, what: string): void => {
      if (number < 0) return;
      if (given.has(number)) faults.push(`${number} was ${given.get(number)} and is ${what}`);
      if (origin(of, number) !== what) faults.push(`${number} is ${what} and leads to ${origin(of, number)}`);
      given.set(number, what);
      for (const first of given.keys()) {
        if (given.size <= 2000) break;
        given.delete(first);
      }
    };
    let [turn, newest, late] = [0, 0, 0];
    let missing: number[] = [];
    for (let round = 0; round < 30_000; round += 1) {
      if (round === 0 || random.below(200) === 0) {
        turn += 1;
        newest = random.below(65_536);
        missing = [];
        of.begin(`t${turn}`, { sequence: (newest + 1) & 0xffff, timestamp: 0 }, plain, round);
      } else if (random.below(10) === 0) {
        give(of.pad(), 'padding');
      } else if (missing.length > 0 && random.below(3) === 0) {
        const sequence = missing.splice(random.below(missing.length), 1)[0] ?? 0;
        late += 1;
        give(of.place({ sequence, timestamp: 0 }, round), `t${turn} ${sequence}`);
      } else {
        const gap = random.below(4) === 0 ? random.below(5) : 0;
        for (let step = 1; step <= gap; step += 1) missing.push((newest + step) & 0xffff);
        newest = (newest + gap + 1) & 0xffff;
        give(of.place({ sequence: newest, timestamp: 0 }, round), `t${turn} ${newest}`);
      }
    }
    expect(faults).toEqual([]);
    expect(late).toBeGreaterThan(1000);
  });
});
