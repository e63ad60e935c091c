/** Between what a clock on a wall shows and instants. Zones are names of the IANA time zone database. */
import { Temporal } from 'temporal-polyfill';
import type { Interval } from './bookings.ts';

const NAME = /^[A-Za-z][A-Za-z0-9_+-]*(?:\/[A-Za-z0-9_+-]+)*$/;

/** Whether the name is one of a time zone, not an offset. */
export function isZone(name: string): boolean {
  if (!NAME.test(name) || name.length > 64) return false;
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    return true;
  } catch {
    return false;
  }
}

/** What a clock shows: `date` as 2027-03-28, `time` as 02:30. */
export interface WallTime {
  readonly date: string;
  readonly time: string;
}

export interface Found {
  /** Milliseconds since the epoch. */
  readonly instant: number;
  /** `skipped`: the clock is put forward over this time, and `instant` is as much later; `twice`: it is put back over it, and `instant` is the first. */
  readonly kind: 'once' | 'skipped' | 'twice';
}

/** When a clock in `zone` shows this. @throws RangeError if `date` or `time` is none. */
export function instantOf({ date, time }: WallTime, zone: string): Found {
  const wall = Temporal.PlainDateTime.from(`${date}T${time}`);
  const earlier = wall.toZonedDateTime(zone, { disambiguation: 'earlier' }).epochMilliseconds;
  const later = wall.toZonedDateTime(zone, { disambiguation: 'later' }).epochMilliseconds;
  if (earlier === later) return { instant: earlier, kind: 'once' };
  const shown = wallTimeOf(earlier, zone);
  return shown.date === date && shown.time === time ? { instant: earlier, kind: 'twice' } : { instant: later, kind: 'skipped' };
}

/** What a clock in `zone` shows at an instant, to the minute. */
export function wallTimeOf(instant: number, zone: string): WallTime {
  const wall = Temporal.Instant.fromEpochMilliseconds(instant).toZonedDateTimeISO(zone).toPlainDateTime();
  return { date: wall.toPlainDate().toString(), time: wall.toPlainTime().toString({ smallestUnit: 'minute' }) };
}

/** From midnight to midnight in `zone`: 23 to 25 hours, or none where a day was left out. @throws RangeError if `date` is none. */
export function dayOf(date: string, zone: string): Interval {
  const day = Temporal.PlainDate.from(date);
  return { start: day.toZonedDateTime(zone).epochMilliseconds, end: day.add({ days: 1 }).toZonedDateTime(zone).epochMilliseconds };
}
