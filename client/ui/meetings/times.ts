/** Times as they are read: in the reader's own zone, and in the event's where that differs. */
import { useEffect, useState } from 'preact/hooks';
import type { Interval } from '../../../shared/rules/bookings.ts';
import { wallTimeOf } from '../../../shared/rules/zoned.ts';
import { localeOf } from '../format.ts';
import { shownLanguage, t } from '../i18n.ts';

/** Doors open and meetings begin while they are being looked at. */
const LOOK_MS = 10_000;

/** Milliseconds since the epoch, looked at every now and then. */
export function useNow(): number {
  const [now, setNow] = useState(Date.now());
  useEffect(() => {
    const timer = setInterval(() => { setNow(Date.now()); }, LOOK_MS);
    return () => { clearInterval(timer); };
  }, []);
  return now;
}

/** IANA name of the zone of the reader's clock. */
export function ownZone(): string {
  return Intl.DateTimeFormat().resolvedOptions().timeZone;
}

/** In 24 hours everywhere: nobody should come twelve hours late. */
const CLOCK = { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' } as const;

function format(options: Intl.DateTimeFormatOptions, timeZone: string): Intl.DateTimeFormat {
  return new Intl.DateTimeFormat(localeOf(shownLanguage.value), { ...options, timeZone });
}

export function dayText(at: number, zone = ownZone()): string {
  return format({ weekday: 'long', day: 'numeric', month: 'long' }, zone).format(at);
}

export function clockText(at: number, zone = ownZone()): string {
  return format(CLOCK, zone).format(at);
}

/** From when to when, without the day. */
export function spanText({ start, end }: Interval, zone = ownZone()): string {
  return format(CLOCK, zone).formatRange(start, end);
}

/** With the day, where it is not the one that stands above. */
export function dayAndSpanText(interval: Interval, zone = ownZone()): string {
  return format({ weekday: 'short', day: 'numeric', month: 'short', ...CLOCK }, zone).formatRange(interval.start, interval.end);
}

/** What a zone is called where it is not one's own: "Central European Time". */
export function zoneText(zone: string, at: number): string {
  return format({ timeZoneName: 'longGeneric' }, zone).formatToParts(at).find(({ type }) => type === 'timeZoneName')?.value ?? zone;
}

function clocksDiffer(at: number, zone: string, other: string): boolean {
  const [one, two] = [wallTimeOf(at, zone), wallTimeOf(at, other)];
  return one.date !== two.date || one.time !== two.time;
}

/** What the clocks at the event show then; empty where they show what the reader's do. */
export function eventTimeText(interval: Interval, zone: string): string {
  if (zone === '' || !clocksDiffer(interval.start, ownZone(), zone)) return '';
  const sameDay = wallTimeOf(interval.start, ownZone()).date === wallTimeOf(interval.start, zone).date;
  return t('meetings.eventTime', { time: sameDay ? spanText(interval, zone) : dayAndSpanText(interval, zone), zone: zoneText(zone, interval.start) });
}

/** "45 minutes", "2 hours". */
export function lengthText(minutes: number): string {
  const whole = minutes % 60 === 0;
  const unit = whole ? 'hour' : 'minute';
  return new Intl.NumberFormat(localeOf(shownLanguage.value), { style: 'unit', unit, unitDisplay: 'long' }).format(whole ? minutes / 60 : minutes);
}
