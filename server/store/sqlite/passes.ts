import type { DatabaseSync } from 'node:sqlite';
import type { PassRecord, PassRepository } from '../store.ts';
import { transaction } from './database.ts';
import type { Run } from './run.ts';

interface PassRow {
  readonly id: string;
  readonly person: string;
  readonly hash: Uint8Array;
  readonly issued_at: number;
  readonly expires_at: number;
  readonly revoked_at: number | null;
}

function toPass(row: PassRow): PassRecord {
  return { id: row.id, person: row.person, issuedAt: row.issued_at, expiresAt: row.expires_at, revokedAt: row.revoked_at };
}

export function passesOf(database: DatabaseSync, person: string): PassRecord[] {
  return (database.prepare('SELECT * FROM passes WHERE person = ? ORDER BY issued_at, id').all(person) as unknown as PassRow[]).map(toPass);
}

export function passRepository(database: DatabaseSync, run: Run): PassRepository {
  const insert = database.prepare('INSERT INTO passes (id, person, hash, issued_at, expires_at) VALUES (:id, :person, :hash, :issuedAt, :expiresAt)');
  const byHash = database.prepare('SELECT * FROM passes WHERE hash = ?');
  const byId = database.prepare('SELECT * FROM passes WHERE id = ?');
  const revoke = database.prepare('UPDATE passes SET revoked_at = :now WHERE person = :person AND revoked_at IS NULL AND expires_at > :now');
  const record = database.prepare('INSERT INTO revocations (person, at) VALUES (?, ?)');
  const after = database.prepare('SELECT seq, person FROM revocations WHERE seq > ? ORDER BY seq');
  const last = database.prepare('SELECT coalesce(max(seq), 0) AS seq FROM revocations');
  return {
    add: (passes) => run(() => transaction(database, () => {
      for (const pass of passes) insert.run({ ...pass });
    })),
    findByHash: (hash) => run(() => {
      const row = byHash.get(hash) as PassRow | undefined;
      return row === undefined ? null : { ...toPass(row), hash: row.hash };
    }),
    get: (id) => run(() => {
      const row = byId.get(id) as PassRow | undefined;
      return row === undefined ? null : toPass(row);
    }),
    revokeAll: (person, now) => run(() => transaction(database, () => {
      const revoked = Number(revoke.run({ person, now }).changes);
      if (revoked > 0) record.run(person, now);
      return revoked;
    })),
    revocationsAfter: (seq) => run(() => after.all(seq).map((row) => ({ seq: Number(row['seq']), person: String(row['person']) }))),
    lastRevocation: () => run(() => Number(last.get()?.['seq'] ?? 0)),
  };
}
