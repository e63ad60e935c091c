import { randomBytes } from 'node:crypto';
import type { PersonRecord, RosterEntry } from '../store/store.ts';

/** Opaque and not derived from the roster; not a secret, so shorter than a pass. Hexadecimal, so that no id looks like an option of a command. */
const PERSON_ID_BYTES = 9;

export function newPerson(entry: RosterEntry, now: number): PersonRecord {
  return { ...entry, id: randomBytes(PERSON_ID_BYTES).toString('hex'), createdAt: now };
}

export type Match = { readonly kind: 'new' } | { readonly kind: 'known'; readonly person: PersonRecord } | { readonly kind: 'ambiguous' };

const same = (a: string, b: string): boolean => a.toLowerCase() === b.toLowerCase();

/**
 * Recognises the person of a roster entry among those known: by e-mail if both have one, else by name and entity. Two people of one name in one
 * delegation are told apart by e-mail only.
 */
export function recognise(entry: RosterEntry, known: readonly PersonRecord[]): Match {
  if (entry.email !== '') {
    const byEmail = known.find((person) => same(person.email, entry.email));
    if (byEmail !== undefined) return { kind: 'known', person: byEmail };
  }
  const namesakes = known.filter((person) => person.name === entry.name && person.entity === entry.entity && (entry.email === '' || person.email === ''));
  if (namesakes.length > 1) return { kind: 'ambiguous' };
  return namesakes[0] === undefined ? { kind: 'new' } : { kind: 'known', person: namesakes[0] };
}
