import type { DatabaseSync } from 'node:sqlite';
import type { PeopleRepository, PersonExport, PersonRecord } from '../store.ts';
import { ENTITY_TYPES, LANGUAGES, ROLES } from '../../../shared/protocol/vocabulary.ts';
import { StoreError } from '../store.ts';
import { bookingsOf, hasCalendar } from './bookings.ts';
import { checkpoint, transaction } from './database.ts';
import { passesOf } from './passes.ts';
import { placeOf } from './places.ts';
import type { Run } from './run.ts';
import { deedsOf } from './uploads.ts';

interface PersonRow {
  readonly id: string;
  readonly name: string;
  readonly entity: string;
  readonly entity_type: string;
  readonly country: string;
  readonly role: string;
  readonly language: string;
  readonly email: string;
  readonly created_at: number;
}

/** The vocabularies may have lost a word since the row was written: say so instead of passing an unknown word on. */
function known<T extends string>(values: readonly T[], value: string): T {
  const found = values.find((item) => item === value);
  if (found === undefined) throw new StoreError('CORRUPT', `The database holds the word "${value}", which is none of ${values.join(', ')}.`);
  return found;
}

function toPerson(row: PersonRow): PersonRecord {
  return {
    id: row.id,
    name: row.name,
    entity: row.entity,
    entityType: known(ENTITY_TYPES, row.entity_type),
    country: row.country,
    role: known(ROLES, row.role),
    language: known(LANGUAGES, row.language),
    email: row.email,
    createdAt: row.created_at,
  };
}

const UPSERT = `
  INSERT INTO people (id, name, entity, entity_type, country, role, language, email, created_at)
  VALUES (:id, :name, :entity, :entityType, :country, :role, :language, :email, :createdAt)
  ON CONFLICT (id) DO UPDATE SET name = excluded.name, entity = excluded.entity, entity_type = excluded.entity_type,
    country = excluded.country, role = excluded.role, language = excluded.language, email = excluded.email`;

/** Whose last pass ended, or who were added without ever getting one, before the given time. */
const ENDED_BEFORE = `
  SELECT id FROM people WHERE :before > coalesce(
    (SELECT max(coalesce(min(revoked_at, expires_at), expires_at)) FROM passes WHERE passes.person = people.id), created_at)`;

function eraseRow(database: DatabaseSync, id: string, now: number): boolean {
  const erased = database.prepare('DELETE FROM people WHERE id = ?').run(id).changes > 0;
  if (erased) database.prepare('INSERT INTO revocations (person, at) VALUES (?, ?)').run(id, now);
  return erased;
}

function exportPerson(database: DatabaseSync, person: PersonRecord): PersonExport {
  const blocks = database.prepare('SELECT other FROM blocks WHERE person = ? ORDER BY other').all(person.id);
  return {
    person,
    passes: passesOf(database, person.id),
    place: placeOf(database, person.id),
    blocks: blocks.map((row) => String(row['other'])),
    sceneDeeds: deedsOf(database, person.id),
    bookings: bookingsOf(database, person.id),
    calendar: hasCalendar(database, person.id),
  };
}

export function peopleRepository(database: DatabaseSync, run: Run): PeopleRepository {
  const byId = database.prepare('SELECT * FROM people WHERE id = ?');
  const all = database.prepare('SELECT * FROM people ORDER BY entity, name, id');
  const upsert = database.prepare(UPSERT);
  const endedBefore = database.prepare(ENDED_BEFORE);
  const get = (id: string): PersonRecord | null => {
    const row = byId.get(id) as PersonRow | undefined;
    return row === undefined ? null : toPerson(row);
  };
  return {
    get: (id) => run(() => get(id)),
    list: () => run(() => (all.all() as unknown as PersonRow[]).map(toPerson)),
    saveAll: (people) => run(() => transaction(database, () => {
      for (const person of people) upsert.run({ ...person });
    })),
    export: (id) => run(() => {
      const person = get(id);
      return person === null ? null : exportPerson(database, person);
    }),
    erase: (id, now) => run(() => {
      const erased = transaction(database, () => eraseRow(database, id, now));
      checkpoint(database);
      return erased;
    }),
    eraseEndedBefore: (before, now) => run(() => {
      const erased = transaction(database, () => {
        const rows = endedBefore.all({ before });
        for (const row of rows) eraseRow(database, String(row['id']), now);
        database.prepare('DELETE FROM revocations WHERE at < ?').run(before);
        return rows.length;
      });
      if (erased > 0) checkpoint(database);
      return erased;
    }),
  };
}
