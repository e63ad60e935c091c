import type { PersonRecord, RosterEntry, Store } from '../../store/store.ts';
import { newPerson, recognise } from '../people.ts';
import { RosterFileError } from './file.ts';
import type { Problem, RosterRow } from './file.ts';

export interface ImportOutcome {
  readonly added: readonly PersonRecord[];
  readonly updated: readonly PersonRecord[];
  readonly unchanged: number;
}

const FIELDS = ['name', 'entity', 'entityType', 'country', 'role', 'language', 'email'] as const;

/** What the file says wins, except that it does not take away an e-mail that it does not mention. */
function merge(person: PersonRecord, entry: RosterEntry): PersonRecord {
  return { ...person, ...entry, email: entry.email === '' ? person.email : entry.email };
}

function differs(a: RosterEntry, b: RosterEntry): boolean {
  return FIELDS.some((field) => a[field] !== b[field]);
}

/**
 * Brings the rows of a checked file into the roster, all or none. People are recognised by e-mail or by name and entity, keep their id, and their
 * passes stay valid; nobody is removed.
 * @throws RosterFileError if a row fits several people, or several rows fit one.
 */
export async function importRoster(people: Store['people'], rows: readonly RosterRow[], now: number): Promise<ImportOutcome> {
  const known = await people.list();
  const problems: Problem[] = [];
  const added: PersonRecord[] = [];
  const updated: PersonRecord[] = [];
  const lineOf = new Map<string, number>();
  for (const { line, entry } of rows) {
    const match = recognise(entry, known);
    if (match.kind === 'ambiguous') {
      problems.push({ line, column: 'e-mail', message: 'several people of this name and entity are in the roster; the e-mail must say which' });
    } else if (match.kind === 'new') {
      added.push(newPerson(entry, now));
    } else {
      const other = lineOf.get(match.person.id);
      if (other !== undefined) problems.push({ line, column: null, message: `is the same person in the roster as line ${other}` });
      lineOf.set(match.person.id, line);
      const merged = merge(match.person, entry);
      if (differs(merged, match.person)) updated.push(merged);
    }
  }
  if (problems.length > 0) throw new RosterFileError(problems);
  await people.saveAll([...added, ...updated]);
  return { added, updated, unchanged: rows.length - added.length - updated.length };
}
