/** What `npm run roster -- ...` does, apart from the terminal. Every command returns the lines to print. */
import { access, readFile } from 'node:fs/promises';
import type { PersonRecord, Store } from '../../store/store.ts';
import { DEMO_PEOPLE } from '../demo.ts';
import { printableLinks } from '../links.ts';
import { recognise } from '../people.ts';
import { readRoster } from './file.ts';
import { importRoster } from './import.ts';
import { writeLinkFile } from './link-file.ts';

export interface RosterContext {
  readonly store: Store;
  /** Address that links begin with. */
  readonly base: string;
  readonly passDays: number;
  readonly now: number;
}

/** A command cannot be carried out as it was given; the message says why. */
export class RosterCommandError extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'RosterCommandError';
  }
}

const NO_EVENT_NAME = 'Event';

function label({ id, name, entity, role }: PersonRecord): string {
  return `${id}  ${name} (${entity}, ${role})`;
}

async function find({ people }: Store, id: string): Promise<PersonRecord> {
  const person = await people.get(id);
  if (person === null) throw new RosterCommandError(`Nobody has the id ${id}. "npm run roster -- list" shows the ids.`);
  return person;
}

/** Passes cannot be shown twice: make sure beforehand that they can be written. */
async function requireNew(file: string): Promise<void> {
  const exists = await access(file).then(() => true, () => false);
  if (exists) throw new RosterCommandError(`${file} exists already; choose another name or remove it.`);
}

async function links(context: RosterContext, people: readonly PersonRecord[], file: string | null): Promise<string[]> {
  if (file !== null) await requireNew(file);
  const made = await printableLinks(context.store, people, { base: context.base, days: context.passDays, now: context.now });
  if (file === null) return made.flatMap(({ who, link }) => [who, `  ${link}`]);
  await writeLinkFile(file, made);
  return [`${made.length} pass links written to ${file}. Each lets in whoever has it: send it to its person only, and remove the file afterwards.`];
}

/** Imports a file; `linkFile` also issues passes to those who are new and writes their links. */
export async function importFile(context: RosterContext, file: string, linkFile: string | null): Promise<string[]> {
  const { store, now } = context;
  const bytes = await readFile(file).catch((cause: unknown) => {
    throw new RosterCommandError(`${file} cannot be read.`, { cause });
  });
  if (linkFile !== null) await requireNew(linkFile);
  const { rows, ignored } = readRoster(bytes);
  const { added, updated, unchanged } = await importRoster(store.people, rows, now);
  const event = await store.event.get();
  if (event === null) await store.event.set({ name: NO_EVENT_NAME, demo: false });
  return [
    `${added.length} added, ${updated.length} updated, ${unchanged} unchanged.`,
    ...(ignored.length > 0 ? [`Columns that mean nothing here and were not read: ${ignored.join(', ')}.`] : []),
    ...(event === null ? [`Give the event its name: npm run roster -- event "Name"`] : []),
    ...(event?.demo === true ? ['The demonstration people are still there. To name the event and erase them: npm run roster -- event "Name"'] : []),
    ...(linkFile === null || added.length === 0 ? ['Pass links: npm run roster -- links --file links.csv'] : await links(context, added, linkFile)),
  ];
}

export async function list({ store }: RosterContext): Promise<string[]> {
  const people = await store.people.list();
  return people.length === 0 ? ['Nobody is in the roster.'] : people.map(label);
}

/** Issues and shows new passes: for all, or for some ids. `replace` revokes the earlier ones first. */
export async function issueLinks(context: RosterContext, ids: readonly string[], options: { file: string | null; replace: boolean }): Promise<string[]> {
  const { store, now } = context;
  const people = ids.length === 0 ? await store.people.list() : await Promise.all(ids.map((id) => find(store, id)));
  if (people.length === 0) throw new RosterCommandError('Nobody is in the roster. Import a file first: npm run roster -- import people.csv');
  if (options.file !== null) await requireNew(options.file);
  if (options.replace) for (const { id } of people) await store.passes.revokeAll(id, now);
  return links(context, people, options.file);
}

export async function revoke({ store, now }: RosterContext, id: string): Promise<string[]> {
  const person = await find(store, id);
  const revoked = await store.passes.revokeAll(person.id, now);
  return [`${label(person)}: ${revoked} ${revoked === 1 ? 'pass' : 'passes'} revoked. Whoever is inside with one is put out within seconds.`];
}

/** Everything stored about a person, as JSON. */
export async function exportPerson({ store }: RosterContext, id: string): Promise<string[]> {
  const found = await store.people.export((await find(store, id)).id);
  return [JSON.stringify(found, null, 2)];
}

export async function erase({ store, now }: RosterContext, id: string): Promise<string[]> {
  const person = await find(store, id);
  await store.people.erase(person.id, now);
  return [`${person.id} has been erased.`];
}

export async function describePerson({ store }: RosterContext, id: string): Promise<string> {
  return label(await find(store, id));
}

/** Names the event. A demonstration ends with it: its people are erased, and formal sessions that have not begun. */
export async function nameEvent({ store, now }: RosterContext, name: string): Promise<string[]> {
  const event = await store.event.get();
  const known = event?.demo === true ? await store.people.list() : [];
  const demo = DEMO_PEOPLE.map((entry) => recognise(entry, known)).flatMap((match) => (match.kind === 'known' ? [match.person] : []));
  for (const { id } of demo) await store.people.erase(id, now);
  const sessions = event?.demo === true ? await store.plenary.list() : [];
  // What has begun has a record; that is not for this command to throw away.
  for (const { id, state } of sessions) if (state.meeting.status === 'planned') await store.plenary.remove(id);
  await store.event.set({ name, demo: false });
  return [`The event is called "${name}".`, ...(demo.length > 0 ? [`${demo.length} demonstration people erased.`] : [])];
}
