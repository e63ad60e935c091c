import type { Booking, BookingFields, RoomRef, RosterPerson } from '../../../shared/protocol/bookings.ts';
import type { Language } from '../../../shared/protocol/vocabulary.ts';
import type { Interval } from '../../../shared/rules/bookings.ts';
import { instantOf, wallTimeOf } from '../../../shared/rules/zoned.ts';
import type { Found } from '../../../shared/rules/zoned.ts';
import { ownZone } from './times.ts';

const MINUTE_MS = 60_000;
const QUARTER_MS = 15 * MINUTE_MS;
/** Minutes. */
export const LENGTHS = [10, 15, 20, 30, 45, 60, 90, 120, 180, 240] as const;
const USUAL_LENGTH = 30;

/** What is being entered: as a person says it, in the time of their own clock. */
export interface Draft {
  /** What is being changed, or null. */
  readonly booking: Pick<Booking, 'id' | 'revision'> | null;
  readonly subject: string;
  readonly languages: readonly Language[];
  /** As 2027-03-28 and 10:30; empty while they are typed. */
  readonly date: string;
  readonly time: string;
  readonly minutes: number;
  readonly room: RoomRef | null;
  readonly people: readonly RosterPerson[];
  readonly delegations: readonly string[];
}

/** The next quarter of an hour that leaves time to come. */
export function newDraft(room: RoomRef | null, language: Language, now: number): Draft {
  const { date, time } = wallTimeOf(Math.ceil((now + QUARTER_MS) / QUARTER_MS) * QUARTER_MS, ownZone());
  return { booking: null, subject: '', languages: [language], date, time, minutes: USUAL_LENGTH, room, people: [], delegations: [] };
}

export function draftOf(booking: Booking): Draft {
  const { id, revision, subject, languages, start, end, room, people, delegations } = booking;
  const { date, time } = wallTimeOf(start, ownZone());
  return { booking: { id, revision }, subject, languages, date, time, minutes: (end - start) / MINUTE_MS, room, people: people.filter(({ byName }) => byName), delegations };
}

/** At another time of the same length. */
export function movedTo(draft: Draft, start: number): Draft {
  return { ...draft, ...wallTimeOf(start, ownZone()) };
}

/** When it would begin, or null while day or time is none. */
export function startOf({ date, time }: Draft): Found | null {
  try {
    return instantOf({ date, time }, ownZone());
  } catch {
    return null;
  }
}

export function intervalOf(draft: Draft): Interval | null {
  const start = startOf(draft);
  return start === null ? null : { start: start.instant, end: start.instant + draft.minutes * MINUTE_MS };
}

/** What is sent, or null while something is missing. */
export function fieldsOf(draft: Draft): BookingFields | null {
  const interval = intervalOf(draft);
  const subject = draft.subject.trim();
  if (interval === null || subject === '') return null;
  const { room, delegations, languages, people } = draft;
  return { ...interval, subject, room, languages: [...languages], delegations: [...delegations], zone: ownZone(), people: people.map(({ id }) => id) };
}
