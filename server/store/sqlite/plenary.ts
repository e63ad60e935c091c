import type { DatabaseSync } from 'node:sqlite';
import type { CaptionLine } from '../../../shared/protocol/plenary/messages.ts';
import { TABLE_PARTS, VALUE_PARTS, merge } from '../../../shared/protocol/plenary/state.ts';
import type { Patch, PlenaryState } from '../../../shared/protocol/plenary/state.ts';
import type { Language } from '../../../shared/protocol/vocabulary.ts';
import { newSession } from '../../../shared/rules/plenary/initial.ts';
import { StoreError } from '../store.ts';
import type { PlenaryRepository } from '../store.ts';
import { transaction } from './database.ts';
import type { Run } from './run.ts';

type Write = (part: string, entry: string, value: unknown) => void;

/** Writes a whole state or a patch; null takes an entry of a table away. */
function eachPart(patch: Patch, write: Write): void {
  for (const part of VALUE_PARTS) if (patch[part] !== undefined) write(part, '', patch[part]);
  for (const part of TABLE_PARTS) for (const [entry, value] of Object.entries(patch[part] ?? {})) write(part, entry, value);
}

/** Parts that a later release added begin as in a new session. */
function stateFrom(rows: readonly Record<string, unknown>[]): PlenaryState {
  const patch: Record<string, unknown> = {};
  for (const row of rows) {
    const part = String(row['part']);
    const value: unknown = JSON.parse(String(row['json']));
    if ((VALUE_PARTS as readonly string[]).includes(part)) patch[part] = value;
    else patch[part] = { ...(patch[part] as object | undefined), [String(row['entry'])]: value };
  }
  return merge(newSession({ title: '', kind: 'plenary' }), patch);
}

export function plenaryRepository(database: DatabaseSync, run: Run): PlenaryRepository {
  const all = database.prepare('SELECT id, created_at, saved_at FROM sessions ORDER BY created_at, id');
  const parts = database.prepare('SELECT part, entry, json FROM session_parts WHERE session = ?');
  const insert = database.prepare('INSERT INTO sessions (id, created_at, saved_at) VALUES (?, ?, ?)');
  const touch = database.prepare('UPDATE sessions SET saved_at = ? WHERE id = ?');
  const put = database.prepare('INSERT OR REPLACE INTO session_parts (session, part, entry, json) VALUES (?, ?, ?, ?)');
  const drop = database.prepare('DELETE FROM session_parts WHERE session = ? AND part = ? AND entry = ?');
  const remove = database.prepare('DELETE FROM sessions WHERE id = ?');
  const addLine = database.prepare('INSERT INTO session_captions (session, id, language, text, speaker, at) VALUES (?, ?, ?, ?, ?, ?)');
  const lines = database.prepare('SELECT id, language, text, speaker, at FROM session_captions WHERE session = ? ORDER BY id');
  const write = (session: string): Write => (part, entry, value) => {
    if (value === null && (TABLE_PARTS as readonly string[]).includes(part)) drop.run(session, part, entry);
    else put.run(session, part, entry, JSON.stringify(value));
  };
  /** In WAL mode a commit reaches the disk at the next checkpoint, unless it is asked to go there at once. */
  const durably = (work: () => void): void => {
    database.exec('PRAGMA synchronous = FULL');
    try {
      transaction(database, work);
    } finally {
      database.exec('PRAGMA synchronous = NORMAL');
    }
  };
  return {
    list: () => run(() => all.all().map((row) => {
      const id = String(row['id']);
      return { id, createdAt: Number(row['created_at']), savedAt: Number(row['saved_at']), state: stateFrom(parts.all(id)) };
    })),
    create: (id, state, at) => run(() => durably(() => {
      insert.run(id, at, at);
      eachPart(state, write(id));
    })),
    save: (id, patch, at) => run(() => durably(() => {
      if (touch.run(at, id).changes === 0) throw new StoreError('FAILED', `There is no session ${id}.`);
      eachPart(patch, write(id));
    })),
    addCaption: (id, { id: number, language, text, speaker, at }) => run(() => void addLine.run(id, number, language, text, speaker, at)),
    captions: (id) => run(() => lines.all(id).map((row): CaptionLine => ({
      id: Number(row['id']), language: String(row['language']) as Language, text: String(row['text']), final: true, speaker: String(row['speaker']), at: Number(row['at']),
    }))),
    remove: (id) => run(() => void remove.run(id)),
  };
}
