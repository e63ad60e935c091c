/** The whole server with a session and everybody's tokens: the subject of `npm run bench:plenary`. Arguments: active and passive people. Started by it; talks over IPC. */
import { newPerson } from '../../../server/identity/people.ts';
import { printableLinks } from '../../../server/identity/links.ts';
import type { PersonRecord, RosterEntry } from '../../../server/store/store.ts';
import { passFromFragment } from '../../../shared/protocol/links.ts';
import { createSession } from '../../support/plenary-client.ts';
import { startTestServer } from '../../support/server.ts';
import type { HallReport } from './plenary-protocol.ts';

const active = Number(process.argv[2]);
const passive = Number(process.argv[3]);
/** Active seats of a delegation. */
const SEATS = 3;
const STAFF = { entity: 'Secretariat', entityType: 'secretariat', country: '', language: 'en', email: '' } as const;

const server = await startTestServer({ logLevel: 'error', env: { PLENUM_SESSION_CAPACITY: '5000' } });

async function admit(roster: readonly RosterEntry[]): Promise<{ people: PersonRecord[]; tokens: string[] }> {
  const people = roster.map((entry) => newPerson(entry, Date.now()));
  await server.store.people.saveAll(people);
  const links = await printableLinks(server.store, people, { base: server.url, days: 1, now: Date.now() });
  const tokens: string[] = [];
  for (const { link } of links) tokens.push((await server.identity.openSession(passFromFragment(new URL(link).hash) ?? '')).token);
  return { people, tokens };
}

const delegate = (entity: string, i: number): RosterEntry => ({ name: `Delegate ${i}`, entity, entityType: 'member-state', country: '', role: 'delegate', language: 'en', email: '' });
const officers = await admit([{ ...STAFF, name: 'Chair', role: 'chair' }, { ...STAFF, name: 'Secretary', role: 'secretariat' }]);
const seated = await admit(Array.from({ length: active }, (_, i) => delegate(`State ${Math.floor(i / SEATS)}`, i)));
// More of the same delegations, who come when all seats are taken, and guests.
const following = await admit(Array.from({ length: passive }, (_, i) => (i % 2 === 0 ? delegate(`State ${i % Math.max(1, Math.floor(active / SEATS))}`, active + i) : { ...STAFF, name: `Guest ${i}`, role: 'guest' })));
const session = await createSession(server.url, officers.tokens[1] ?? '');
process.send?.({
  type: 'open', at: { port: server.port, session }, chair: officers.tokens[0] ?? '', active: seated.tokens, passive: following.tokens, speakers: seated.people.map(({ id }) => id),
} satisfies HallReport);
process.on('disconnect', () => { void server.stop().finally(() => process.exit(0)); });
