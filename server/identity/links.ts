import { passLink } from '../../shared/protocol/links.ts';
import type { PersonRecord, Store } from '../store/store.ts';
import { issuePasses } from './passes.ts';

export interface PrintableLink {
  readonly person: PersonRecord;
  /** For a list: name, entity and role. */
  readonly who: string;
  readonly link: string;
  /** Milliseconds since the epoch. */
  readonly expiresAt: number;
}

/** Issues a new pass for each person and makes the links. They can be shown now and never again: only hashes are kept. */
export async function printableLinks(
  store: Pick<Store, 'passes'>, people: readonly PersonRecord[], options: { base: string; days: number; now: number },
): Promise<PrintableLink[]> {
  const issued = await issuePasses(store.passes, people.map(({ id }) => id), options);
  return people.map((person, index) => {
    const pass = issued[index];
    if (pass === undefined) throw new Error('a pass was not issued');
    return { person, who: `${person.name} (${person.entity}, ${person.role})`, link: passLink(options.base, pass.pass), expiresAt: pass.expiresAt };
  });
}
