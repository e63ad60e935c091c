import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestServer } from '../support/server.ts';
import type { TestServer } from '../support/server.ts';
import { PlenaryTestClient, createSession } from '../support/plenary-client.ts';
import { soon } from '../support/soon.ts';
import type { RosterEntry } from '../../server/store/store.ts';

const OWN = { capacity: 'delegation', onBehalfOf: '' } as const;

let server: TestServer;
let session: string;
let staffToken: string;
const clients: PlenaryTestClient[] = [];

async function token(fields: Partial<RosterEntry>): Promise<string> {
  const { pass } = await server.invite(fields);
  return (await server.openSession(pass)).token;
}

async function join(fields: Partial<RosterEntry>): Promise<PlenaryTestClient> {
  const client = await PlenaryTestClient.join({ port: server.port, session, token: await token(fields) });
  clients.push(client);
  return client;
}

const call = (path: string, init: { method?: string; auth?: string; body?: unknown } = {}): Promise<Response> => fetch(`${server.url}${path}`, {
  method: init.method ?? 'GET', headers: { 'content-type': 'application/json', ...(init.auth === undefined ? {} : { authorization: `Bearer ${init.auth}` }) }, ...(init.body === undefined ? {} : { body: JSON.stringify(init.body) }),
});

beforeAll(async () => {
  server = await startTestServer();
  staffToken = await token({ role: 'secretariat', entity: 'Secretariat', entityType: 'secretariat' });
  session = await createSession(server.url, staffToken);
});

afterAll(async () => {
  for (const client of clients) client.cut();
  await server.stop();
});

describe('a formal session over real sockets', () => {
  it('is listed, and created by the secretariat alone', async () => {
    const delegate = await token({});
    expect(((await (await call('/api/sessions', { auth: delegate })).json()) as { sessions: unknown[] }).sessions).toEqual([expect.objectContaining({ id: session, status: 'planned', title: 'Opening plenary' })]);
    const refused = await call('/api/sessions', { method: 'POST', auth: delegate, body: { kind: 'plenary', title: 'Mine', plannedStart: null, plannedEnd: null } });
    expect([refused.status, await refused.json()]).toEqual([403, { reason: 'STAFF_ONLY' }]);
    expect((await call('/api/sessions')).status).toBe(401);
  });

  it('gives the floor from one browser to another, and tells everybody', async () => {
    const chair = await join({ role: 'chair' });
    const ghana = await join({ entity: 'Ghana', country: 'gh' });
    await soon(() => ghana.state?.seats['Ghana']?.active.length, 'the delegate has a seat').toBe(1);
    expect(await chair.act({ kind: 'preside' })).toBeNull();
    expect(await chair.act({ kind: 'status', status: 'open' })).toBeNull();
    expect(await ghana.act({ kind: 'raise', ...OWN })).toBeNull();
    await soon(() => chair.state?.list.entries.length, 'the chair sees the nameplate').toBe(1);
    expect(await chair.act({ kind: 'give', entry: chair.state?.list.entries[0]?.id ?? '' })).toBeNull();
    await soon(() => ghana.state?.floor.turn?.speaker.entity, 'the delegate sees the floor').toBe('Ghana');
    await soon(() => chair.last('attendance')?.delegations.map(({ french }) => french).sort(), 'delegations by their French names').toContain('Ghana');
  });

  it('survives messages that no honest client sends', async () => {
    const client = await join({ entity: 'Fiji', country: 'fj' });
    await soon(() => client.state, 'the state').not.toBeNull();
    for (const junk of [undefined, null, 7, 'x', [], {}, { deed: null }, { deed: { kind: 'nothing' }, nonce: 'a' }, { deed: { kind: 'raise', capacity: 'delegation', onBehalfOf: 'x'.repeat(10_000) }, nonce: 'a' }]) client.room.send('deed', junk);
    client.room.send('unheardOf', {});
    client.room.send('console', { deed: { kind: 'microphone', on: true }, nonce: 'c' });
    await soon(() => client.all('refused').map(({ reason }) => reason), 'refusals').toEqual(expect.arrayContaining(['MESSAGE_INVALID', 'MESSAGE_UNKNOWN', 'NOT_IN_BOOTH']));
    expect(await client.act({ kind: 'takeSeat' })).toBeNull();
    expect(client.closed).toBeNull();
  });

  it('ends the connection of somebody who floods it, and of nobody else', async () => {
    const [noisy, calm] = [await join({ entity: 'Chile' }), await join({ entity: 'Peru' })];
    for (let i = 0; i < 400; i += 1) noisy.room.send('unheardOf', { i });
    await soon(() => noisy.closed, 'the noisy one is out').not.toBeNull();
    expect(await calm.act({ kind: 'takeSeat' })).toBeNull();
  });

  it('knows no other session, and nobody without a token', async () => {
    await expect(PlenaryTestClient.join({ port: server.port, session: 'abcdef0123456789', token: staffToken })).rejects.toThrow('SESSION_UNKNOWN');
    await expect(PlenaryTestClient.join({ port: server.port, session, token: 'x' })).rejects.toThrow('TOKEN_INVALID');
  });

  it('shows captions that a provider pushes with the key of the session, to those who read the language', async () => {
    const [reader, other] = [await join({ entity: 'Kenya' }), await join({ entity: 'Mali' })];
    await soon(() => reader.state !== null && other.state !== null, 'both are in').toBe(true);
    reader.send('readCaptions', { language: 'fr' });
    other.send('readCaptions', { language: 'en' });
    await soon(() => reader.last('transcript')?.language, 'the transcript').toBe('fr');
    const { key, address } = (await (await call(`/api/sessions/${session}/caption-key`, { auth: staffToken })).json()) as { key: string; address: string };
    const pushed = await call(address, { method: 'POST', auth: key, body: { lines: [{ language: 'fr', text: 'Merci, Monsieur le Président.', final: true }] } });
    expect(pushed.status).toBe(204);
    await soon(() => reader.last('caption')?.text, 'the caption').toBe('Merci, Monsieur le Président.');
    expect(other.all('caption')).toEqual([]);
    expect((await call(address, { method: 'POST', auth: `${key}x`, body: { lines: [] } })).status).toBe(401);
    expect((await call(address, { method: 'POST', auth: key, body: { lines: [{ language: 'xx', text: 'x', final: true }] } })).status).toBe(400);
    expect(await server.store.plenary.captions(session)).toEqual([expect.objectContaining({ language: 'fr', text: 'Merci, Monsieur le Président.' })]);
  });

  it('puts out whose pass is revoked', async () => {
    const { person, pass } = await server.invite({ entity: 'Togo' });
    const client = await PlenaryTestClient.join({ port: server.port, session, token: (await server.openSession(pass)).token });
    await server.store.passes.revokeAll(person.id, Date.now());
    await soon(() => client.closed, 'the connection is ended').not.toBeNull();
  });

  it('logs nobody', () => {
    expect(server.logText()).not.toMatch(/Guest \d|Monsieur le Président|Ghana/);
  });
});
