import type { DatabaseSync } from 'node:sqlite';
import type { Deed } from '../../../shared/protocol/staff.ts';
import type { PersonExport, UploadDeed, UploadDeedKind, UploadEntry, UploadRecord, UploadRepository } from '../store.ts';
import { STORED_UPLOAD_STATES, StoreError, UPLOAD_DEEDS } from '../store.ts';
import { transaction } from './database.ts';
import type { Run } from './run.ts';

interface UploadRow {
  readonly id: string;
  readonly state: string;
  readonly scene: string;
  readonly names: string | null;
  readonly file: string;
  readonly bytes: number;
  readonly sha256: string;
  readonly report: string;
  readonly kept: number;
  readonly uploaded_at: number;
  readonly uploaded_by: string | null;
  readonly published_at: number | null;
  readonly published_by: string | null;
}

/** With the first deed of a kind (uploading happens once) and the last (publishing may happen again). */
const SELECT = `
  SELECT u.*, up.at AS uploaded_at, up_person.name AS uploaded_by, pub.at AS published_at, pub_person.name AS published_by
  FROM scene_uploads u
  JOIN scene_deeds up ON up.seq = (SELECT min(seq) FROM scene_deeds WHERE upload = u.id AND what = 'uploaded')
  LEFT JOIN people up_person ON up_person.id = up.person
  LEFT JOIN scene_deeds pub ON pub.seq = (SELECT max(seq) FROM scene_deeds WHERE upload = u.id AND what = 'published')
  LEFT JOIN people pub_person ON pub_person.id = pub.person`;

const INSERT = `
  INSERT INTO scene_uploads (id, state, scene, names, file, bytes, sha256, report, kept)
  VALUES (:id, :state, :scene, :names, :file, :bytes, :sha256, :report, :kept)`;

/** The person as a subquery: whoever was erased a moment ago is left out. */
const INSERT_DEED = 'INSERT INTO scene_deeds (upload, what, person, at) VALUES (:upload, :what, (SELECT id FROM people WHERE id = :person), :at)';

function deed(at: number, name: string | null): Deed {
  return { name: name ?? '', at };
}

function toUpload(row: UploadRow): UploadRecord {
  const state = STORED_UPLOAD_STATES.find((known) => known === row.state);
  if (state === undefined) throw new StoreError('CORRUPT', `The database holds an upload in the state "${row.state}".`);
  const { id, scene, file, bytes, sha256 } = row;
  return {
    id, state, scene, file, bytes, sha256,
    names: row.names === null ? null : JSON.parse(row.names) as UploadRecord['names'],
    report: JSON.parse(row.report) as UploadRecord['report'],
    kept: row.kept === 1,
    uploaded: deed(row.uploaded_at, row.uploaded_by),
    published: row.published_at === null ? null : deed(row.published_at, row.published_by),
  };
}

/** What a person did to uploads, oldest first. */
export function deedsOf(database: DatabaseSync, person: string): PersonExport['sceneDeeds'] {
  return database.prepare('SELECT upload, what, at FROM scene_deeds WHERE person = ? ORDER BY seq').all(person).map((row) => ({
    upload: String(row['upload']), what: UPLOAD_DEEDS.find((known) => known === row['what']) ?? unknownDeed(row['what']), at: Number(row['at']),
  }));
}

function unknownDeed(what: unknown): UploadDeedKind {
  throw new StoreError('CORRUPT', `The database holds the deed "${String(what)}".`);
}

export function uploadRepository(database: DatabaseSync, run: Run): UploadRepository {
  const all = database.prepare(`${SELECT} ORDER BY up.seq DESC`);
  const byId = database.prepare(`${SELECT} WHERE u.id = ?`);
  const insert = database.prepare(INSERT);
  const insertDeed = database.prepare(INSERT_DEED);
  const setState = database.prepare('UPDATE scene_uploads SET state = ? WHERE id = ?');
  const forget = database.prepare('UPDATE scene_uploads SET kept = 0 WHERE id = ?');
  const record = ({ upload, what, person, at }: UploadDeed): void => void insertDeed.run({ upload, what, person, at });
  const toRow = ({ id, state, scene, names, file, bytes, sha256, report, kept }: UploadEntry): Record<string, string | number | null> => ({
    id, state, scene, file, bytes, sha256, names: names === null ? null : JSON.stringify(names), report: JSON.stringify(report), kept: kept ? 1 : 0,
  });
  return {
    list: () => run(() => (all.all() as unknown as UploadRow[]).map(toUpload)),
    get: (id) => run(() => {
      const row = byId.get(id) as UploadRow | undefined;
      return row === undefined ? null : toUpload(row);
    }),
    add: (upload, by) => run(() => transaction(database, () => {
      insert.run(toRow(upload));
      record(by);
    })),
    change: (states, by) => run(() => transaction(database, () => {
      for (const [id, state] of states) setState.run(state, id);
      record(by);
    })),
    forgetFiles: (ids) => run(() => transaction(database, () => {
      for (const id of ids) forget.run(id);
    })),
  };
}
