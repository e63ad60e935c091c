import { useEffect, useState } from 'preact/hooks';
import type { BusyRooms, MeetingRoom } from '../../../shared/protocol/bookings.ts';
import { isFree, overlaps } from '../../../shared/rules/bookings.ts';
import type { Interval } from '../../../shared/rules/bookings.ts';
import { dayOf } from '../../../shared/rules/zoned.ts';
import { formatList } from '../format.ts';
import { shownLanguage, t } from '../i18n.ts';
import { busyWithin } from './desk.ts';
import { clockText, ownZone, spanText } from './times.ts';

type Busy = BusyRooms['rooms'][number]['busy'];

/** When the rooms are taken on a day of one's own clock, asked anew when the day or `version` changes. */
export function useBusy(date: string, version: unknown): { readonly day: Interval | null; readonly busyIn: (room: MeetingRoom) => Busy } {
  const [rooms, setRooms] = useState<BusyRooms['rooms']>([]);
  const day = dayOrNull(date);
  useEffect(() => {
    if (day === null) return;
    let current = true;
    void busyWithin(day).then((found) => { if (current) setRooms(found); });
    return () => { current = false; };
  }, [date, version]);
  return { day, busyIn: ({ scene, space }) => rooms.find((room) => room.scene === scene && room.space === space)?.busy ?? [] };
}

function dayOrNull(date: string): Interval | null {
  try {
    const day = dayOf(date, ownZone());
    return day.end > day.start ? day : null;
  } catch {
    return null;
  }
}

interface StripProps {
  readonly day: Interval;
  readonly busy: Busy;
  readonly wished: Interval | null;
}

/** Where something lies within the day: shares of its width. */
function share(at: Interval, { start, end }: Interval): { '--from': number; '--to': number } {
  const clamp = (time: number): number => Math.min(1, Math.max(0, (time - start) / (end - start)));
  return { '--from': clamp(at.start), '--to': clamp(at.end) };
}

/** A day of a room as a strip, with what is taken and what is wished; the same in words below it. */
export function DayStrip({ day, busy, wished }: StripProps) {
  const hours = [6, 12, 18].map((hour) => day.start + hour * 3_600_000);
  const free = wished === null || isFree(wished, busy);
  const today = busy.filter((each) => overlaps(each, day));
  return (
    <span class="day-strip">
      <span class="day-strip__bar" aria-hidden="true">
        {hours.map((hour) => <span key={hour} class="day-strip__hour" style={share({ start: hour, end: hour }, day)} />)}
        {today.map((each) => <span key={each.start} class="day-strip__busy" style={share(each, day)} />)}
        {wished !== null && overlaps(wished, day) && <span class={`day-strip__wish ${free ? '' : 'day-strip__wish--taken'}`} style={share(wished, day)} />}
      </span>
      <span class="day-strip__scale" aria-hidden="true">{hours.map((hour) => <span key={hour} style={share({ start: hour, end: hour }, day)}>{clockText(hour)}</span>)}</span>
      <span class="day-strip__words">
        {today.length === 0 ? t('meetings.free') : t('meetings.busy', { times: formatList(today.map((each) => spanText(each)), shownLanguage.value) })}
      </span>
    </span>
  );
}
