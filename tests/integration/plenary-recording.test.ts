/** A recording through a real server, a real relay process and real media: who had the floor is heard in its file at that time, an interpreter in the file of the language, and nobody else anywhere. */
import { mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { RecordingSummary, RecordingsResponse } from '../../shared/protocol/plenary/messages.ts';
import type { RosterEntry } from '../../server/store/store.ts';
import { MediaPeer } from '../support/media-peer.ts';
import { PlenaryTestClient, createSession } from '../support/plenary-client.ts';
import { startTestServer } from '../support/server.ts';
import type { TestServer } from '../support/server.ts';
import { soon } from '../support/soon.ts';
import { PACKET_SAMPLES, decodeOgg, rtpPacket, tonePackets, tonesByTenth } from '../support/tones.ts';
import type { Tone } from '../support/tones.ts';

const OWN = { capacity: 'delegation', onBehalfOf: '' } as const;

/** Kept across a restart. */
let dataFolder: string;
let server: TestServer;
let session: string;
let staff: string;
const clients: PlenaryTestClient[] = [];
const players: Player[] = [];

/** Somebody in the session with a microphone that plays a tone without pause. */
class Player {
  readonly client: PlenaryTestClient;
  readonly peer: MediaPeer;
  private readonly timer: NodeJS.Timeout;

  constructor(client: PlenaryTestClient, peer: MediaPeer, tone: Tone) {
    this.client = client;
    this.peer = peer;
    const packets = tonePackets(tone);
    const begun = performance.now();
    let sent = 0;
    // By the clock, as a sound card does, whatever the timer does.
    this.timer = setInterval(() => {
      for (const due = (performance.now() - begun) / 20; sent < due; sent += 1) {
        const payload = packets[sent % packets.length];
        if (payload !== undefined) peer.send(rtpPacket(payload, { ssrc: peer.ssrc ?? 0, sequence: sent, timestamp: sent * PACKET_SAMPLES }));
      }
    }, 10);
    players.push(this);
  }

  get id(): string {
    return this.client.last('welcome')?.id ?? '';
  }

  stop(): void {
    clearInterval(this.timer);
    this.peer.close();
  }
}

async function tokenOf(fields: Partial<RosterEntry>): Promise<string> {
  const { pass } = await server.invite(fields);
  return (await server.openSession(pass)).token;
}

async function enter(fields: Partial<RosterEntry>): Promise<PlenaryTestClient> {
  const client = await PlenaryTestClient.join({ port: server.port, session, token: await tokenOf(fields) });
  clients.push(client);
  await soon(() => client.last('welcome'), 'the welcome').toBeDefined();
  return client;
}

async function player(fields: Partial<RosterEntry>, tone: Tone): Promise<Player> {
  const client = await enter(fields);
  const peer = await MediaPeer.connect({ name: `player ${tone}`, ssrc: tone, slots: 2 }, async (sdp) => {
    const before = client.all('mediaAnswer').length;
    client.send('mediaOffer', { sdp });
    await soon(() => client.all('mediaAnswer').length, 'the answer').toBe(before + 1);
    return client.last('mediaAnswer')?.sdp ?? '';
  });
  return new Player(client, peer, tone);
}

async function recordings(token = staff): Promise<readonly RecordingSummary[]> {
  const response = await fetch(`${server.url}/api/sessions/${session}/recordings`, { headers: { authorization: `Bearer ${token}` } });
  return ((await response.json()) as RecordingsResponse).recordings;
}

const ask = (path: string, method = 'GET', token: string | null = staff): Promise<Response> => fetch(`${server.url}/api/sessions/${session}/recordings${path}`, { method, headers: token === null ? {} : { authorization: `Bearer ${token}` } });

/** Bytes of a file by now: it grows while it is recorded. */
async function grown(name: string, start: number): Promise<number> {
  return stat(join(server.config.dataFolder, 'recordings', session, String(start), name)).then(({ size }) => size, () => 0);
}

/** Whether the last page says that it is the last (RFC 3533, section 6). */
function endsStream(file: Buffer): boolean {
  return ((file[file.lastIndexOf('OggS') + 5] ?? 0) & 4) !== 0;
}

const order = (heard: readonly string[]): readonly string[] => heard.filter((tone, index) => tone !== '' && heard.slice(0, index).findLast((each) => each !== '') !== tone);

beforeAll(async () => {
  dataFolder = await mkdtemp(join(tmpdir(), 'plenum-data-'));
  server = await startTestServer({ dataFolder });
  staff = await tokenOf({ role: 'secretariat', entity: 'Secretariat', entityType: 'secretariat' });
  session = await createSession(server.url, staff);
});
afterAll(async () => {
  for (const each of players) each.stop();
  for (const client of clients) client.cut();
  await server.stop();
  await rm(dataFolder, { recursive: true });
});

describe('a recording', () => {
  it('has the floor and each language in files of their own, and nothing that was not on air', async () => {
    const desk = await enter({ role: 'secretariat', entity: 'Secretariat', entityType: 'secretariat' });
    const chair = await enter({ role: 'chair' });
    const ann = await player({ entity: 'Ghana', country: 'gh' }, 400);
    const ben = await player({ entity: 'Fiji', country: 'fj' }, 1000);
    const booth = await player({ role: 'interpreter', entity: 'Interpreters', entityType: 'secretariat' }, 1600);
    expect(await chair.act({ kind: 'preside' })).toBeNull();
    expect(await desk.act({ kind: 'putBooth', booth: null, name: 'French', languages: ['fr'] })).toBeNull();
    expect(await chair.act({ kind: 'status', status: 'open' })).toBeNull();
    const boothId = Object.keys(desk.state?.booths ?? {})[0] ?? '';
    booth.client.send('console', { deed: { kind: 'enter', booth: boothId }, nonce: 'e' });
    await soon(() => desk.last('manning')?.manning[boothId]?.members.length, 'the interpreter sits').toBe(1);
    booth.client.send('console', { deed: { kind: 'microphone', on: true }, nonce: 'm' });
    expect(await chair.act({ kind: 'recording', on: true })).toBe('NOT_OFFICER');
    expect(await desk.act({ kind: 'recording', on: true })).toBeNull();
    const start = desk.state?.meeting.recordingSince ?? 0;
    const seconds: Record<string, number> = {};
    const speak = async (who: Player, name: string): Promise<void> => {
      expect(await chair.act({ kind: 'giveTo', person: who.id, ...OWN })).toBeNull();
      seconds[name] = (Date.now() - start) / 1000;
      const before = await grown('floor-1.ogg', start);
      // Some seconds of a tone: what is on the disk tells how much.
      await soon(async () => await grown('floor-1.ogg', start) - before, `${name} is recorded`).toBeGreaterThan(6000);
      expect(await chair.act({ kind: 'withdraw' })).toBeNull();
      seconds[`${name} ended`] = (Date.now() - start) / 1000;
    };
    await speak(ann, 'ann');
    await speak(ben, 'ben');
    expect((await recordings())[0]).toMatchObject({ start, running: true });
    expect((await ask(`/${start}`, 'DELETE')).status).toBe(409);
    expect(await desk.act({ kind: 'recording', on: false })).toBeNull();
    const file = async (name: string): Promise<Uint8Array> => new Uint8Array(await (await ask(`/${start}/${name}`)).arrayBuffer());
    // The last page is written after the answer.
    const ended = async (name: string): Promise<boolean> => endsStream(await readFile(join(server.config.dataFolder, 'recordings', session, String(start), name)));
    await soon(async () => await ended('floor-1.ogg') && await ended('fr-1.ogg'), 'it is written').toBe(true);
    const [floor, fr] = [tonesByTenth(await decodeOgg(await file('floor-1.ogg'))), tonesByTenth(await decodeOgg(await file('fr-1.ogg')))];
    // Of one tenth of a second, the two may have a part each.
    expect(order(floor.filter((tone) => tone !== '400+1000'))).toEqual(['400', '1000']);
    expect(floor.filter((tone) => tone === '400+1000').length).toBeLessThanOrEqual(1);
    expect(order(fr)).toEqual(['1600']);
    // In the middle of a turn, which lasts some seconds, its tone sounds.
    for (const [name, tone] of [['ann', '400'], ['ben', '1000']] as const) expect(floor[Math.round(((seconds[name] ?? 0) + (seconds[`${name} ended`] ?? 0)) * 5)]).toBe(tone);
  });

  it('ends at once when a closed part begins, and cannot begin in one', async () => {
    const [desk, chair] = clients as [PlenaryTestClient, PlenaryTestClient];
    const [ann, ben] = players as [Player, Player];
    expect(await chair.act({ kind: 'giveTo', person: ann.id, ...OWN })).toBeNull();
    expect(await desk.act({ kind: 'recording', on: true })).toBeNull();
    const start = desk.state?.meeting.recordingSince ?? 0;
    await soon(async () => await grown('floor-1.ogg', start), 'it is recorded').toBeGreaterThan(3000);
    expect(await chair.act({ kind: 'closedPart', on: true })).toBeNull();
    const said = (): Promise<number> => server.relay.counters().then((all) => all.find(({ peer }) => peer.endsWith(ben.id))?.packetsIn ?? 0);
    const before = await said();
    expect(await chair.act({ kind: 'giveTo', person: ben.id, ...OWN })).toBeNull();
    expect(await desk.act({ kind: 'recording', on: true })).toBe('SESSION_STATE');
    await soon(async () => await said() - before, 'a second of speech comes in').toBeGreaterThan(50);
    expect((await recordings())[0]).toMatchObject({ start, running: false });
    const file = await readFile(join(server.config.dataFolder, 'recordings', session, String(start), 'floor-1.ogg'));
    expect(endsStream(file)).toBe(true);
    expect(order(tonesByTenth(await decodeOgg(file)))).toEqual(['400']);
    expect(await chair.act({ kind: 'closedPart', on: false })).toBeNull();
  });

  it('is for the secretariat, and removed for good', async () => {
    const [, first] = await recordings();
    const start = first?.start ?? 0;
    const delegate = await tokenOf({});
    expect([(await ask('', 'GET', delegate)).status, (await ask(`/${start}/floor-1.ogg`, 'GET', delegate)).status, (await ask(`/${start}`, 'DELETE', delegate)).status, (await ask('', 'GET', null)).status]).toEqual([403, 403, 403, 401]);
    for (const path of [`/${start}/..%2f..%2fplenum.db`, `/..%2f${session}/floor-1.ogg`, `/${start}/floor-2.ogg`, `/${start}/floor-1.ogg%00`, '/1/floor-1.ogg']) expect((await ask(path)).status).toBe(404);
    const response = await ask(`/${start}/floor-1.ogg`);
    expect([response.status, response.headers.get('content-type'), response.headers.get('cache-control')]).toEqual([200, 'audio/ogg', 'private, no-store']);
    const whole = Buffer.from(await response.arrayBuffer());

    // In parts, for whoever was interrupted.
    const part = await fetch(`${server.url}/api/sessions/${session}/recordings/${start}/floor-1.ogg`, { headers: { authorization: `Bearer ${staff}`, range: 'bytes=100-199' } });
    expect([part.status, part.headers.get('content-range')]).toEqual([206, `bytes 100-199/${whole.length}`]);
    expect(Buffer.from(await part.arrayBuffer())).toEqual(whole.subarray(100, 200));

    // By a form, so that the browser writes it to the disk as it comes: the token is in no address, and without one there is nothing.
    const byForm = (fields: Record<string, string>): Promise<Response> => fetch(`${server.url}/api/sessions/${session}/recordings/${start}/floor-1.ogg`, { method: 'POST', body: new URLSearchParams(fields) });
    const stored = await byForm({ token: staff, name: 'Étage/3 ‮gpj.ogg' });
    expect([stored.status, stored.headers.get('content-disposition')]).toEqual([200, `attachment; filename="?tage-3 gpj.ogg"; filename*=UTF-8''%C3%89tage-3%20gpj.ogg`]);
    expect(Buffer.from(await stored.arrayBuffer())).toEqual(whole);
    expect([(await byForm({ token: delegate, name: 'x.ogg' })).status, (await byForm({ name: 'x.ogg' })).status, (await byForm({ token: 'x'.repeat(10_000), name: 'x' })).status]).toEqual([403, 400, 413]);

    expect((await ask(`/${start}`, 'DELETE')).status).toBe(204);
    expect((await ask(`/${start}`, 'DELETE')).status).toBe(404);
    expect((await recordings()).map((each) => each.start)).not.toContain(start);
  });
});

describe('a server that is started again in the middle of a recording', () => {
  it('goes on recording by itself, in a second part of the same recording', async () => {
    const [desk] = clients as [PlenaryTestClient];
    expect(await desk.act({ kind: 'recording', on: true })).toBeNull();
    const start = desk.state?.meeting.recordingSince ?? 0;
    await soon(() => grown('floor-1.ogg', start), 'it is recorded').toBeGreaterThan(0);
    for (const each of players.splice(0)) each.stop();
    for (const client of clients.splice(0)) client.cut();
    await server.stop();
    server = await startTestServer({ dataFolder });
    await soon(() => grown('floor-2.ogg', start), 'it goes on').toBeGreaterThan(0);
    expect(await recordings()).toContainEqual(expect.objectContaining({ start, running: true }));
  });
});
