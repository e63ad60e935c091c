import { chmodSync, mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { StoreError } from '../store.ts';
import { MIGRATIONS } from './migrations.ts';

/** Milliseconds that a statement waits while another process (the roster command) writes. */
const BUSY_TIMEOUT_MS = 5000;

/** SQLite's primary result codes (https://www.sqlite.org/rescode.html) that mean the file itself is at fault. */
const SQLITE_CORRUPT = 11;
const SQLITE_NOTADB = 26;

function resultCode(error: unknown): number | null {
  return error instanceof Error && 'errcode' in error && typeof error.errcode === 'number' ? error.errcode & 0xff : null;
}

/** Turns whatever the engine threw into a `StoreError`, keeping the cause. */
export function asStoreError(error: unknown): StoreError {
  if (error instanceof StoreError) return error;
  const code = resultCode(error);
  const reason = code === SQLITE_CORRUPT || code === SQLITE_NOTADB ? 'CORRUPT' : 'FAILED';
  return new StoreError(reason, `The database refused: ${error instanceof Error ? error.message : String(error)}`, { cause: error });
}

/** Runs `work` in one transaction that sees no other writer; rolls back whatever it throws. */
export function transaction<T>(database: DatabaseSync, work: () => T): T {
  database.exec('BEGIN IMMEDIATE');
  try {
    const result = work();
    database.exec('COMMIT');
    return result;
  } catch (error) {
    if (database.isTransaction) database.exec('ROLLBACK');
    throw error;
  }
}

function versionOf(database: DatabaseSync): number {
  return Number(database.prepare('PRAGMA user_version').get()?.['user_version'] ?? 0);
}

/**
 * Brings the database to the newest version, each step in a transaction of its own.
 * @throws StoreError NEWER_VERSION if a later release of Plenum wrote it.
 */
export function migrate(database: DatabaseSync, migrations: readonly string[] = MIGRATIONS): void {
  const found = versionOf(database);
  if (found > migrations.length) {
    throw new StoreError('NEWER_VERSION', `The database has version ${found}, this release of Plenum knows versions up to ${migrations.length}.`);
  }
  migrations.forEach((sql, index) => {
    transaction(database, () => {
      // Read again inside the transaction: a second process may have migrated in between.
      if (versionOf(database) !== index) return;
      database.exec(sql);
      database.exec(`PRAGMA user_version = ${index + 1}`);
    });
  });
}

function open(file: string): DatabaseSync {
  try {
    mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
    const database = new DatabaseSync(file, { timeout: BUSY_TIMEOUT_MS, enableForeignKeyConstraints: true });
    // It holds the token key and personal data: nobody but the account that runs the server.
    chmodSync(file, 0o600);
    return database;
  } catch (error) {
    throw new StoreError('UNREADABLE', `The database ${file} cannot be opened: ${error instanceof Error ? error.message : String(error)}`, { cause: error });
  }
}

/**
 * Opens or creates the database file and migrates it.
 * @throws StoreError UNREADABLE, CORRUPT or NEWER_VERSION.
 */
export function openDatabase(file: string): DatabaseSync {
  const database = open(file);
  try {
    // secure_delete: what is erased is overwritten, not only unlinked.
    database.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA secure_delete = ON;');
    migrate(database);
    return database;
  } catch (error) {
    database.close();
    throw asStoreError(error);
  }
}

/** Empties the write-ahead log into the file, so that erased rows are not left in it. */
export function checkpoint(database: DatabaseSync): void {
  database.exec('PRAGMA wal_checkpoint(TRUNCATE)');
}
