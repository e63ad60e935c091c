/** The repositories that are one or two statements each: event, blocks, secrets. */
import type { DatabaseSync } from 'node:sqlite';
import type { BlockRepository, EventRepository, SecretRepository } from '../store.ts';
import { StoreError } from '../store.ts';
import type { Run } from './run.ts';

export function eventRepository(database: DatabaseSync, run: Run): EventRepository {
  const read = database.prepare('SELECT name, demo FROM event WHERE id = 1');
  const write = database.prepare('INSERT OR REPLACE INTO event (id, name, demo) VALUES (1, ?, ?)');
  return {
    get: () => run(() => {
      const row = read.get();
      return row === undefined ? null : { name: String(row['name']), demo: row['demo'] === 1 };
    }),
    set: (event) => run(() => void write.run(event.name, event.demo ? 1 : 0)),
  };
}

export function blockRepository(database: DatabaseSync, run: Run): BlockRepository {
  const blocked = database.prepare('SELECT people.id, people.name FROM blocks JOIN people ON people.id = blocks.other WHERE person = ? ORDER BY other');
  const blockers = database.prepare('SELECT person AS id FROM blocks WHERE other = ? ORDER BY person');
  const add = database.prepare('INSERT OR IGNORE INTO blocks SELECT me.id, them.id FROM people me, people them WHERE me.id = ? AND them.id = ?');
  const remove = database.prepare('DELETE FROM blocks WHERE person = ? AND other = ?');
  const ids = (rows: Record<string, unknown>[]): string[] => rows.map((row) => String(row['id']));
  return {
    blockedBy: (person) => run(() => blocked.all(person).map((row) => ({ id: String(row['id']), name: String(row['name']) }))),
    blockersOf: (person) => run(() => ids(blockers.all(person))),
    set: (person, other, on) => run(() => void (on ? add : remove).run(person, other)),
  };
}

export function secretRepository(database: DatabaseSync, run: Run): SecretRepository {
  const read = database.prepare('SELECT value FROM secrets WHERE name = ?');
  const write = database.prepare('INSERT OR IGNORE INTO secrets (name, value) VALUES (?, ?)');
  const get = (name: string): Uint8Array | null => {
    const value = read.get(name)?.['value'];
    return value instanceof Uint8Array ? value : null;
  };
  return {
    get: (name) => run(() => get(name)),
    getOrCreate: (name, create) => run(() => {
      const found = get(name);
      if (found !== null) return found;
      write.run(name, create());
      const kept = get(name);
      if (kept === null) throw new StoreError('FAILED', `The secret "${name}" could not be stored.`);
      return kept;
    }),
  };
}
