import type { DatabaseSync } from 'node:sqlite';
import { LANGUAGES, SPONSOR_KINDS, SPONSOR_TIERS } from '../../../shared/protocol/vocabulary.ts';
import type { Language } from '../../../shared/protocol/vocabulary.ts';
import type { SponsorRecord, SponsorRepository } from '../store.ts';
import { StoreError } from '../store.ts';
import { transaction } from './database.ts';
import type { Run } from './run.ts';

interface SponsorRow {
  readonly id: string;
  readonly kind: string;
  readonly tier: string | null;
  readonly name: string;
  readonly names: string;
  readonly texts: string;
  readonly link: string | null;
  readonly logo: string | null;
  readonly booth: string | null;
  readonly position: number;
  readonly revision: number;
}

const SAVE = `
  INSERT INTO sponsors (id, kind, tier, name, names, texts, link, logo, booth, position, revision)
  VALUES (:id, :kind, :tier, :name, :names, :texts, :link, :logo, :booth, :position, :revision)
  ON CONFLICT (id) DO UPDATE SET kind = excluded.kind, tier = excluded.tier, name = excluded.name, names = excluded.names, texts = excluded.texts,
    link = excluded.link, logo = excluded.logo, booth = excluded.booth, position = excluded.position, revision = excluded.revision`;

/** What a language has no text for is not stored: a language that is added later then has none either. */
function pack(texts: SponsorRecord['text']): string {
  return JSON.stringify(Object.fromEntries(Object.entries(texts).filter(([, text]) => text !== '')));
}

function unpack(json: string): Record<Language, string> {
  const stored = JSON.parse(json) as Partial<Record<Language, string>>;
  return Object.fromEntries(LANGUAGES.map((language) => [language, stored[language] ?? ''])) as Record<Language, string>;
}

function toSponsor(row: SponsorRow): SponsorRecord {
  const { id, name, names, texts, link, logo, booth, position, revision } = row;
  const kind = SPONSOR_KINDS.find((known) => known === row.kind);
  const tier = SPONSOR_TIERS.find((known) => known === row.tier) ?? null;
  if (kind === undefined) throw new StoreError('CORRUPT', `The database holds a sponsor of the kind "${row.kind}".`);
  return { id, kind, tier, name, link, logo, booth, position, revision, names: unpack(names), text: unpack(texts) };
}

export function sponsorRepository(database: DatabaseSync, run: Run): SponsorRepository {
  const all = database.prepare('SELECT * FROM sponsors ORDER BY position, id');
  const save = database.prepare(SAVE);
  const remove = database.prepare('DELETE FROM sponsors WHERE id = ?');
  return {
    list: () => run(() => (all.all() as unknown as SponsorRow[]).map(toSponsor)),
    saveAll: (sponsors) => run(() => transaction(database, () => {
      for (const { id, kind, tier, name, names, text, link, logo, booth, position, revision } of sponsors) {
        save.run({ id, kind, tier, name, link, logo, booth, position, revision, names: pack(names), texts: pack(text) });
      }
    })),
    remove: (id) => run(() => void remove.run(id)),
  };
}
