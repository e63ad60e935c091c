import { mkdtempSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { person, storeContract } from '../../../tests/support/store-contract.ts';
import { StoreError } from '../store.ts';
import { migrate } from './database.ts';
import { DATABASE_FILE, openSqliteStore } from './index.ts';

storeContract('SQLite', () => {
  const folder = mkdtempSync(join(tmpdir(), 'plenum-store-'));
  return {
    open: () => Promise.resolve(openSqliteStore(folder)),
    dispose: () => {
      rmSync(folder, { recursive: true });
      return Promise.resolve();
    },
  };
});

describe('the SQLite file', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'plenum-store-'));
  });
  afterEach(() => rmSync(folder, { recursive: true }));
  const reasonOf = (open: () => unknown): unknown => {
    try {
      open();
    } catch (error) {
      return error instanceof StoreError ? error.reason : error;
    }
    return null;
  };

  it('is readable by its owner only', async () => {
    await openSqliteStore(join(folder, 'new')).close();
    expect(statSync(join(folder, 'new', DATABASE_FILE)).mode & 0o077).toBe(0);
  });

  it('holds nothing of an erased person any more', async () => {
    const store = openSqliteStore(folder);
    const bytes = (): string => readdirSync(folder).map((name) => readFileSync(join(folder, name), 'latin1')).join('');
    await store.people.saveAll([person('a', { name: 'Zuleika Quartermain', email: 'zuleika@example.org' }), person('b')]);
    expect(bytes()).toContain('Zuleika');
    await store.people.erase('a', 1);
    expect(bytes()).not.toContain('Zuleika');
    expect(bytes()).not.toContain('zuleika@');
    await store.close();
    expect(bytes()).toContain('Person b');
  });

  it('is refused with a reason if it cannot be opened, is no database, or is newer', () => {
    writeFileSync(join(folder, 'a-file'), '');
    expect(reasonOf(() => openSqliteStore(join(folder, 'a-file', 'data')))).toBe('UNREADABLE');
    writeFileSync(join(folder, DATABASE_FILE), 'this is not a database, and long enough to look at '.repeat(100));
    expect(reasonOf(() => openSqliteStore(folder))).toBe('CORRUPT');
    rmSync(join(folder, DATABASE_FILE));
    const newer = new DatabaseSync(join(folder, DATABASE_FILE));
    newer.exec('PRAGMA user_version = 1000');
    newer.close();
    expect(reasonOf(() => openSqliteStore(folder))).toBe('NEWER_VERSION');
  });

  it('migrates from any version, and a broken step leaves the version before it', () => {
    const steps = ['CREATE TABLE a (x)', 'CREATE TABLE b (x)'];
    const database = new DatabaseSync(':memory:');
    migrate(database, steps.slice(0, 1));
    expect(() => migrate(database, [...steps, 'CREATE TABLE c (x); CREATE NONSENSE'])).toThrow();
    expect(database.prepare('PRAGMA user_version').get()).toEqual({ user_version: 2 });
    expect(database.prepare('SELECT count(*) AS n FROM sqlite_schema').get()).toEqual({ n: 2 });
    migrate(database, steps);
    database.close();
  });
});
