import type { DatabaseSync } from 'node:sqlite';
import { BOOKING_ANSWERS, LANGUAGES } from '../../../shared/protocol/vocabulary.ts';
import type { BookingAnswer } from '../../../shared/protocol/vocabulary.ts';
import type { BookingRecord, BookingRepository, PersonExport } from '../store.ts';
import { StoreError } from '../store.ts';
import { checkpoint, transaction } from './database.ts';
import type { Run } from './run.ts';

interface BookingRow {
  readonly id: string;
  readonly organiser: string;
  readonly subject: string;
  readonly languages: string;
  readonly starts_at: number;
  readonly ends_at: number;
  readonly zone: string;
  readonly scene: string | null;
  readonly space: string | null;
  readonly delegations: string;
  readonly state: string;
  readonly revision: number;
  readonly changed_at: number;
}

interface PersonRow {
  readonly booking: string;
  readonly person: string;
  readonly place: number | null;
  readonly answer: string | null;
}

function answerOf(word: unknown): BookingAnswer | null {
  return BOOKING_ANSWERS.find((known) => known === word) ?? null;
}

function toBooking(row: BookingRow, people: readonly PersonRow[]): BookingRecord {
  const { id, organiser, subject, starts_at: start, ends_at: end, zone, scene, space, revision, changed_at: changedAt, state } = row;
  if (state !== 'booked' && state !== 'cancelled') throw new StoreError('CORRUPT', `The database holds a booking in the state "${state}".`);
  const languages = JSON.parse(row.languages) as unknown[];
  return {
    id, organiser, subject, start, end, zone, state, revision, changedAt,
    languages: LANGUAGES.filter((language) => languages.includes(language)),
    room: scene === null || space === null ? null : { scene, space },
    people: people.filter(({ place }) => place !== null).map(({ person }) => person),
    delegations: JSON.parse(row.delegations) as string[],
    answers: new Map(people.flatMap(({ person, answer }) => {
      const known = answerOf(answer);
      return known === null ? [] : [[person, known] as const];
    })),
  };
}

/** What is exported of a person. */
export function bookingsOf(database: DatabaseSync, person: string): PersonExport['bookings'] {
  const rows = database.prepare(`
    SELECT bookings.id, subject, starts_at, ends_at, organiser = :person AS organises, answer
    FROM bookings LEFT JOIN booking_people ON booking = bookings.id AND person = :person
    WHERE organiser = :person OR person IS NOT NULL ORDER BY starts_at, bookings.id`).all({ person });
  return rows.map((row) => ({
    booking: String(row['id']), subject: String(row['subject']), start: Number(row['starts_at']), end: Number(row['ends_at']), organises: row['organises'] === 1, answer: answerOf(row['answer']),
  }));
}

export function hasCalendar(database: DatabaseSync, person: string): boolean {
  return database.prepare('SELECT 1 FROM calendars WHERE person = ?').get(person) !== undefined;
}

const SAVE = `
  INSERT INTO bookings (id, organiser, subject, languages, starts_at, ends_at, zone, scene, space, delegations, state, revision, changed_at)
  VALUES (:id, :organiser, :subject, :languages, :start, :end, :zone, :scene, :space, :delegations, :state, :revision, :changedAt)
  ON CONFLICT (id) DO UPDATE SET organiser = excluded.organiser, subject = excluded.subject, languages = excluded.languages, starts_at = excluded.starts_at,
    ends_at = excluded.ends_at, zone = excluded.zone, scene = excluded.scene, space = excluded.space, delegations = excluded.delegations, state = excluded.state,
    revision = excluded.revision, changed_at = excluded.changed_at`;

/** Writes the whole record. @returns the work of one transaction */
function saver(database: DatabaseSync): (booking: BookingRecord) => void {
  const save = database.prepare(SAVE);
  const forget = database.prepare('DELETE FROM booking_people WHERE booking = ?');
  const invite = database.prepare('INSERT INTO booking_people (booking, person, place, answer) SELECT :booking, id, :place, :answer FROM people WHERE id = :person');
  return ({ answers, people, languages, delegations, room, id, organiser, subject, start, end, zone, state, revision, changedAt }) => {
    save.run({
      id, organiser, subject, start, end, zone, state, revision, changedAt,
      languages: JSON.stringify(languages), delegations: JSON.stringify(delegations), scene: room?.scene ?? null, space: room?.space ?? null,
    });
    forget.run(id);
    people.forEach((person, place) => invite.run({ booking: id, person, place, answer: answers.get(person) ?? null }));
    for (const [person, answer] of answers) if (!people.includes(person)) invite.run({ booking: id, person, place: null, answer });
  };
}

export function bookingRepository(database: DatabaseSync, run: Run): BookingRepository {
  const all = database.prepare('SELECT * FROM bookings ORDER BY starts_at, id');
  const invited = database.prepare('SELECT * FROM booking_people ORDER BY booking, place, person');
  const save = saver(database);
  const removeEnded = database.prepare('DELETE FROM bookings WHERE ends_at < ?');
  const secretOf = database.prepare('SELECT secret FROM calendars WHERE person = ?');
  const ownerOf = database.prepare('SELECT person FROM calendars WHERE secret = ?');
  const setSecret = database.prepare('INSERT OR REPLACE INTO calendars (person, secret) SELECT id, :secret FROM people WHERE id = :person');
  const text = (value: unknown): string | null => (typeof value === 'string' ? value : null);
  return {
    list: () => run(() => {
      const people = Map.groupBy(invited.all() as unknown as PersonRow[], ({ booking }) => booking);
      return (all.all() as unknown as BookingRow[]).map((row) => toBooking(row, people.get(row.id) ?? []));
    }),
    save: (booking) => run(() => transaction(database, () => save(booking))),
    removeEndedBefore: (before) => run(() => {
      const removed = Number(removeEnded.run(before).changes);
      if (removed > 0) checkpoint(database);
      return removed;
    }),
    calendarOf: (person) => run(() => text(secretOf.get(person)?.['secret'])),
    setCalendar: (person, secret) => run(() => void setSecret.run({ person, secret })),
    calendarOwner: (secret) => run(() => text(ownerOf.get(secret)?.['person'])),
  };
}
