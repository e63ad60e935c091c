import type { Booking, BookingSaved, BusyRooms, Invited, MeetingRoom } from '../../shared/protocol/bookings.ts';
import { isInvited, mayChange, overlaps } from '../../shared/rules/bookings.ts';
import type { Interval } from '../../shared/rules/bookings.ts';
import type { BookingRecord } from '../store/store.ts';
import { sameRoom } from './bookings.ts';
import type { Asker } from './bookings.ts';
import type { PeopleIndex } from './people.ts';

const BUSY_NAMES = 20;

/** A meeting as `who` sees it. */
export function viewOf(record: BookingRecord, who: Asker, people: PeopleIndex): Booking {
  const { id, revision, state, subject, languages, start, end, zone, room, delegations, answers, organiser } = record;
  const invited = (person: string, byName: boolean): Invited => ({ ...people.shown(person), byName, answer: answers.get(person) ?? null });
  const known = record.people.filter((person) => people.get(person) !== undefined);
  const ofDelegations = [...answers.keys()].filter((person) => !record.people.includes(person) && people.get(person) !== undefined);
  return {
    id, revision, state, subject, languages, start, end, zone, room, delegations,
    organiser: people.shown(organiser),
    people: [...known.map((person) => invited(person, true)), ...ofDelegations.map((person) => invited(person, false))],
    mine: organiser === who.id ? 'organiser' : isInvited(record, who) ? 'invited' : 'none',
    answer: answers.get(who.id) ?? null,
    mayChange: mayChange(record, who),
  };
}

/** What an organiser is told who has saved a meeting. */
export function savedView(record: BookingRecord, who: Asker, { people, all }: { readonly people: PeopleIndex; readonly all: Iterable<BookingRecord> }): BookingSaved {
  const busy = people.busy(record, all);
  return { booking: viewOf(record, who, people), busy: busy.slice(0, BUSY_NAMES), busyCount: busy.length };
}

/** When the rooms are taken. Of meetings that do not concern `who`, nothing else. */
export function busyRooms(within: Interval, who: Asker, { rooms, all }: { readonly rooms: readonly MeetingRoom[]; readonly all: Iterable<BookingRecord> }): BusyRooms {
  const booked = [...all].filter((record) => record.state === 'booked' && overlaps(record, within)).sort((a, b) => a.start - b.start);
  return {
    rooms: rooms.map(({ scene, space }) => ({
      scene, space,
      busy: booked.filter(({ room }) => sameRoom(room, { scene, space })).map((record) => ({ start: record.start, end: record.end, booking: isInvited(record, who) ? record.id : null })),
    })),
  };
}
