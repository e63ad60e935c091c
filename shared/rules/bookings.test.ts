import { assert, constantFrom, integer, property, record, array, uniqueArray } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { BOOKING_LIMITS, DOOR_MS, OFFERS, freeTimes, holderAt, isFree, isInvited, judgeTimes, mayChange, overlaps } from './bookings.ts';
import type { Interval } from './bookings.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const FIXED = { seed: 20261122, numRuns: 300 } as const;
const NOW = Date.UTC(2027, 2, 27, 9, 7, 31);
const minutes = (start: number, length: number): Interval => ({ start: Math.floor(NOW / MINUTE) * MINUTE + start * MINUTE, end: Math.floor(NOW / MINUTE) * MINUTE + (start + length) * MINUTE });
/** Around now, up to three days either way, in minutes. */
const anInterval = record({ start: integer({ min: -4320, max: 4320 }), length: integer({ min: 1, max: 300 }) }).map(({ start, length }) => minutes(start, length));

/** The oracle: every minute of both, one by one. */
function shareAMinute(one: Interval, other: Interval): boolean {
  const taken = new Set<number>();
  for (let at = one.start; at < one.end; at += MINUTE) taken.add(at);
  for (let at = other.start; at < other.end; at += MINUTE) if (taken.has(at)) return true;
  return false;
}

describe('overlapping', () => {
  it('is to share a minute', () => {
    assert(property(anInterval, integer({ min: -400, max: 400 }), integer({ min: 1, max: 300 }), (one, offset, length) => {
      const start = one.start + offset * MINUTE;
      const other = { start, end: start + length * MINUTE };
      expect(overlaps(one, other)).toBe(shareAMinute(one, other));
      expect(overlaps(other, one)).toBe(overlaps(one, other));
    }), FIXED);
  });

  it('is not to follow at once', () => {
    expect([overlaps(minutes(0, 30), minutes(30, 30)), overlaps(minutes(30, 30), minutes(0, 30)), overlaps(minutes(0, 31), minutes(30, 30))]).toEqual([false, false, true]);
  });
});

describe('times', () => {
  it('are neither over, nor too short, too long or too far', () => {
    const year = BOOKING_LIMITS.aheadMs / MINUTE;
    expect([minutes(0, 10), minutes(5, 240), minutes(-1, 30), minutes(5, 9), minutes(5, 241), minutes(year, 30), minutes(year + 1, 30), minutes(30, -10)].map((times) => judgeTimes(times, NOW)))
      .toEqual([null, null, 'BOOKING_PAST', 'BOOKING_LENGTH', 'BOOKING_LENGTH', null, 'BOOKING_FAR', 'BOOKING_LENGTH']);
  });

  it('of a meeting that has begun may be kept and its end moved, but not into the past', () => {
    const before = minutes(-30, 60);
    expect([judgeTimes(minutes(-30, 90), NOW, before), judgeTimes(minutes(-30, 20), NOW, before), judgeTimes(minutes(-20, 60), NOW, before), judgeTimes(minutes(-30, 60), NOW)])
      .toEqual([null, 'BOOKING_PAST', 'BOOKING_PAST', 'BOOKING_PAST']);
  });
});

describe('offered times', () => {
  /** Every quarter hour of a day either way that is free, by the minute, the nearest first. */
  function allFree(wished: Interval, taken: readonly Interval[]): number[] {
    const found: number[] = [];
    for (let start = wished.start - 24 * HOUR; start <= wished.start + 24 * HOUR; start += MINUTE) {
      const offer = { start, end: start + wished.end - wished.start };
      if (start % (15 * MINUTE) === 0 && start >= NOW && !taken.some((other) => shareAMinute(offer, other))) found.push(start);
    }
    return found.sort((a, b) => Math.abs(a - wished.start) - Math.abs(b - wished.start) || b - a);
  }

  it('are free, to come, on the quarter, half an hour apart, and none nearer is left out', () => {
    const wish = record({ start: integer({ min: 0, max: 1440 }), length: integer({ min: 10, max: 240 }) }).map(({ start, length }) => minutes(start, length));
    assert(property(wish, array(record({ start: integer({ min: -600, max: 3000 }), length: integer({ min: 10, max: 240 }) }), { maxLength: 12 }), (wished, list) => {
      const taken = list.map(({ start, length }) => minutes(start, length));
      const offers = freeTimes(wished, taken, NOW);
      const wanted: number[] = [];
      for (const start of allFree(wished, taken)) if (wanted.length < OFFERS && wanted.every((other) => Math.abs(other - start) >= 30 * MINUTE)) wanted.push(start);
      expect(offers.map(({ start }) => start)).toEqual(wanted);
      for (const offer of offers) expect([offer.end - offer.start, isFree(offer, taken)]).toEqual([wished.end - wished.start, true]);
    }), { seed: 7, numRuns: 60 });
  });

  it('are none where a room is booked out', () => {
    const taken = Array.from({ length: 40 }, (_, i) => minutes(i * 120 - 2400, 120));
    expect(freeTimes(minutes(60, 60), taken, NOW)).toEqual([]);
  });
});

describe('people', () => {
  const booking = { organiser: 'a', people: ['b'], delegations: ['Ghana'] };

  it('are invited by name, by delegation, or as organiser', () => {
    expect([['a', 'Fiji'], ['b', 'Fiji'], ['c', 'Ghana'], ['c', 'Fiji'], ['c', 'ghana']].map(([id = '', entity = '']) => isInvited(booking, { id, entity }))).toEqual([true, true, true, false, false]);
  });

  it('may change what they organise; the secretariat may change all', () => {
    expect([mayChange(booking, { id: 'a', role: 'delegate' }), mayChange(booking, { id: 'b', role: 'chair' }), mayChange(booking, { id: 'z', role: 'secretariat' })]).toEqual([true, false, true]);
  });
});

describe('whose a room is', () => {
  it('is by the meeting that goes on, else by the one that begins within ten minutes', () => {
    // Meetings that do not overlap: cut a row of minutes at random.
    assert(property(uniqueArray(integer({ min: -300, max: 300 }), { minLength: 2, maxLength: 12 }), array(constantFrom(true, false), { minLength: 12, maxLength: 12 }), integer({ min: -330, max: 330 }), (cuts, kept, at) => {
      const sorted = cuts.toSorted((a, b) => a - b);
      const meetings = sorted.slice(1).flatMap((end, i) => (kept[i] === true ? [minutes(sorted[i] ?? 0, end - (sorted[i] ?? 0))] : []));
      const { start: now } = minutes(at, 1);
      const going = meetings.filter((each) => each.start <= now && now < each.end);
      const near = meetings.filter((each) => now < each.start && each.start - now <= DOOR_MS).toSorted((a, b) => a.start - b.start);
      expect(holderAt(meetings, now)).toEqual(going[0] ?? near[0] ?? null);
    }), FIXED);
  });
});
