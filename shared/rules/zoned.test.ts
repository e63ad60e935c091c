import { assert, constantFrom, integer, property } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dayOf, instantOf, isZone, wallTimeOf } from './zoned.ts';

const ZONES = ['Europe/Zurich', 'America/New_York', 'Africa/Casablanca', 'Asia/Kolkata', 'Asia/Kathmandu', 'Pacific/Apia', 'Australia/Lord_Howe', 'America/St_Johns', 'UTC'] as const;
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const utc = (text: string): number => Date.parse(`${text}Z`);

/** The oracle: the platform's own formatting, which knows nothing of our library. */
function shownBy(instant: number, timeZone: string): string {
  const parts = new Intl.DateTimeFormat('en-CA', { timeZone, year: 'numeric', month: '2-digit', day: '2-digit', hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }).formatToParts(instant);
  const part = (type: string): string => parts.find((each) => each.type === type)?.value ?? '';
  return `${part('year')}-${part('month')}-${part('day')}T${part('hour')}:${part('minute')}`;
}

describe('zones', () => {
  it('are names of the database, and nothing else', () => {
    for (const zone of ZONES) expect([zone, isZone(zone)]).toEqual([zone, true]);
    for (const zone of ['', 'Mars/Olympus', '+01:00', 'Europe/Zurich\r\nX:1', '../UTC', 'Europe/', 'x'.repeat(80)]) expect([zone, isZone(zone)]).toEqual([zone, false]);
  });
});

describe('what a clock shows', () => {
  it('is what the platform shows, in all zones, at any minute of five years', () => {
    assert(property(constantFrom(...ZONES), integer({ min: 0, max: 5 * 366 * 24 * 60 }), (zone, minute) => {
      const instant = utc('2025-01-01T00:00') + minute * MINUTE;
      const { date, time } = wallTimeOf(instant, zone);
      expect(`${date}T${time}`).toBe(shownBy(instant, zone));
      const found = instantOf({ date, time }, zone);
      // An hour that comes twice is taken to be the first.
      expect(found.kind === 'twice' ? [found.instant, found.instant + HOUR, found.instant + HOUR / 2].includes(instant) : found.instant === instant).toBe(true);
    }), { seed: 20270328, numRuns: 400 });
  });

  it.each([
    { zone: 'Europe/Zurich', wall: { date: '2027-03-28', time: '02:30' }, kind: 'skipped', instant: '2027-03-28T01:30' },
    { zone: 'Europe/Zurich', wall: { date: '2027-03-28', time: '03:00' }, kind: 'once', instant: '2027-03-28T01:00' },
    { zone: 'Europe/Zurich', wall: { date: '2027-03-28', time: '01:59' }, kind: 'once', instant: '2027-03-28T00:59' },
    { zone: 'Europe/Zurich', wall: { date: '2027-10-31', time: '02:30' }, kind: 'twice', instant: '2027-10-31T00:30' },
    { zone: 'America/New_York', wall: { date: '2027-03-14', time: '02:15' }, kind: 'skipped', instant: '2027-03-14T07:15' },
    { zone: 'America/New_York', wall: { date: '2027-11-07', time: '01:15' }, kind: 'twice', instant: '2027-11-07T05:15' },
    { zone: 'Asia/Kolkata', wall: { date: '2027-03-28', time: '02:30' }, kind: 'once', instant: '2027-03-27T21:00' },
    { zone: 'Pacific/Apia', wall: { date: '2027-03-28', time: '02:30' }, kind: 'once', instant: '2027-03-27T13:30' },
  ] as const)('$zone $wall.date $wall.time is $kind', ({ zone, wall, kind, instant }) => {
    expect(instantOf(wall, zone)).toEqual({ kind, instant: utc(instant) });
  });

  it('follows Morocco, which goes back for Ramadan', () => {
    // 2026: Ramadan from 18 February to 19 March; clocks go back on the Sunday before and forward on the Sunday after.
    expect(wallTimeOf(utc('2026-02-10T12:00'), 'Africa/Casablanca').time).toBe('13:00');
    expect(wallTimeOf(utc('2026-03-01T12:00'), 'Africa/Casablanca').time).toBe('12:00');
    expect(wallTimeOf(utc('2026-04-01T12:00'), 'Africa/Casablanca').time).toBe('13:00');
  });

  it('is refused if no clock can show it', () => {
    for (const wall of [{ date: '2027-02-30', time: '10:00' }, { date: '2027-02-28', time: '25:00' }, { date: '', time: '' }]) expect(() => instantOf(wall, 'UTC')).toThrow(RangeError);
  });
});

describe('a day', () => {
  it('has 23 to 25 hours, and begins at midnight of the zone', () => {
    const hours = (date: string, zone: string): number => (dayOf(date, zone).end - dayOf(date, zone).start) / HOUR;
    expect([hours('2027-03-28', 'Europe/Zurich'), hours('2027-10-31', 'Europe/Zurich'), hours('2027-06-01', 'Europe/Zurich'), hours('2027-04-04', 'Australia/Lord_Howe')]).toEqual([23, 25, 24, 24.5]);
    expect(dayOf('2027-03-28', 'Pacific/Apia').start).toBe(utc('2027-03-27T11:00'));
  });
});
