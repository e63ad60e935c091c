/** Entering, being put out, and leaving, over real sockets, with the server's own parts. */
import { rm, mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ColyseusSDK } from '@colyseus/sdk';
import type { Room } from '@colyseus/sdk';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { ServerMessages } from '../../shared/protocol/messages.ts';
import { CLOSE_CODES } from '../../shared/protocol/reasons.ts';
import { PROTOCOL_VERSION, VENUE_ROOM } from '../../shared/protocol/version.ts';
import { openSqliteStore } from '../../server/store/sqlite/index.ts';
import { startTestServer } from '../support/server.ts';
import type { Guest, TestServer } from '../support/server.ts';

const APPEARANCE = { id: 'suit', skin: 1, hair: 2, garment1: 3, garment2: 4 };
/** Five seconds: time to enter on the busiest machine. */
const SHORT_PASS_DAYS = 5 / 86_400;

interface Visitor {
  readonly room: Room;
  readonly welcome: ServerMessages['welcome'];
  readonly token: string;
  /** Close code, once closed. */
  closed(): number | null;
}

async function enter(server: TestServer, pass: string, tab = 'tab-0123456789abcdef'): Promise<Visitor> {
  const { token, scene } = await server.openSession(pass);
  const sdk = new ColyseusSDK(server.url.replace('http', 'ws'));
  sdk.http.authToken = token;
  const room: Room = await sdk.joinOrCreate(VENUE_ROOM, { protocol: PROTOCOL_VERSION, scene, appearance: APPEARANCE, tab, takeOver: false, slots: 8 });
  room.reconnection.enabled = false;
  let code: number | null = null;
  room.onLeave((given) => {
    code = given;
  });
  room.onMessage('*', () => undefined);
  const welcome = await new Promise<ServerMessages['welcome']>((resolve) => {
    room.onMessage('welcome', resolve);
  });
  return { room, welcome, token, closed: () => code };
}

describe('entering', () => {
  let server: TestServer;
  let dataFolder: string;
  beforeEach(async () => {
    dataFolder = await mkdtemp(join(tmpdir(), 'plenum-data-'));
    server = await startTestServer({ dataFolder, logLevel: 'trace' });
  });
  afterEach(async () => {
    await server.stop();
    await rm(dataFolder, { recursive: true });
  });

  it('is seen by the next session of the same pass, and by the metrics', async () => {
    const { pass } = await server.invite();
    const visitor = await enter(server, pass);
    expect((await server.openSession(pass)).alreadyHere).toBe(true);
    const figure = async (name: string): Promise<number> => Number(new RegExp(`^${name} (\\S+)$`, 'm').exec(await (await fetch(`${server.url}/metrics`)).text())?.[1]);
    expect([await figure('plenum_people'), await figure('plenum_connections'), await figure('plenum_rooms'), await figure('plenum_relay_up')], 'the venue’s room and that of formal sessions').toEqual([1, 1, 2, 1]);
    await vi.waitFor(async () => expect(await figure('plenum_tick_seconds_count'), 'ticks').toBeGreaterThan(0));
    await visitor.room.leave();
    await vi.waitFor(async () => expect((await server.openSession(pass)).alreadyHere).toBe(false));
  });

  it('ends when the pass is revoked by another process, and the pass and its token are of no use', async () => {
    const [guest, bystander] = [await server.invite(), await server.invite()];
    const visitor = await enter(server, guest.pass);
    const other = await enter(server, bystander.pass);
    const elsewhere = openSqliteStore(dataFolder);
    await elsewhere.passes.revokeAll(guest.person.id, Date.now());
    await elsewhere.close();
    await vi.waitFor(() => expect(visitor.closed(), 'the close code of the revoked person').toBe(CLOSE_CODES.PASS_REVOKED), { timeout: 10_000 });
    await expect(server.openSession(guest.pass)).rejects.toThrow(/401.*PASS_REVOKED/);
    await expect(server.identity.identify(visitor.token)).rejects.toMatchObject({ reason: 'PASS_REVOKED' });
    expect(other.closed()).toBeNull();
  });

  it('ends when the pass expires, for the one who came with it', async () => {
    const [guest, bystander] = [await server.invite({}, SHORT_PASS_DAYS), await server.invite()];
    const visitor = await enter(server, guest.pass);
    const other = await enter(server, bystander.pass);
    await vi.waitFor(() => expect(visitor.closed(), 'the close code of the person with the expired pass').toBe(CLOSE_CODES.PASS_EXPIRED), { timeout: 20_000 });
    await expect(server.openSession(guest.pass)).rejects.toThrow(/401.*PASS_EXPIRED/);
    expect(other.closed()).toBeNull();
  });

  it('ends with a word when the server stops, and place and appearance are there after the restart', async () => {
    const { pass } = await server.invite();
    const visitor = await enter(server, pass);
    visitor.room.send('jump', { kind: 'place', id: 'east-centre' });
    const placed = await new Promise<ServerMessages['placed']>((resolve) => {
      visitor.room.onMessage('placed', resolve);
    });
    await server.stop();
    await vi.waitFor(() => expect(visitor.closed(), 'the close code at the stop').toBe(CLOSE_CODES.SERVER_STOPPING));
    server = await startTestServer({ dataFolder });
    expect(await server.identity.identify(visitor.token)).toBeDefined();
    expect(await server.openSession(pass)).toMatchObject({ appearance: APPEARANCE, alreadyHere: false });
    const { welcome } = await enter(server, pass);
    expect(welcome).toMatchObject({ resumed: true, placement: { x: placed.x, z: placed.z } });
  });

  it('is told before the server stops, and can still speak and be answered', async () => {
    await server.stop();
    server = await startTestServer({ dataFolder, env: { PLENUM_STOP_SECONDS: '3' } });
    const visitor = await enter(server, (await server.invite()).pass);
    const told: string[] = [];
    visitor.room.onMessage('notice', ({ kind }: ServerMessages['notice']) => {
      told.push(kind);
      visitor.room.send('ping', { at: 1 });
    });
    visitor.room.onMessage('pong', () => told.push('pong'));
    await server.stop();
    await vi.waitFor(() => expect(visitor.closed(), 'the close code at the stop').toBe(CLOSE_CODES.SERVER_STOPPING));
    expect(told).toEqual(['stopping', 'pong']);
  });

  it('leaves nothing personal in the log, at any level', async () => {
    const guest: Guest = await server.invite({ name: 'Zuleika Quartermain', entity: 'Freedonia', email: 'zuleika@example.org' });
    const visitor = await enter(server, guest.pass);
    const answered = new Promise((resolve) => {
      visitor.room.onMessage('refused', resolve);
    });
    visitor.room.send('chat', { to: { kind: 'venue' }, text: 'a secret word: xyzzy', nonce: 'n1' });
    visitor.room.send('mediaOffer', { sdp: 'v=0 this-is-no-offer' });
    await answered;
    await expect(enter(server, 'f'.repeat(40))).rejects.toThrow();
    await fetch(`${server.url}/matchmake/joinOrCreate/${VENUE_ROOM}`, { method: 'POST', headers: { authorization: `Bearer ${visitor.token}x` }, body: 'nonsense-body' });
    await visitor.room.leave();
    await server.stop();
    const log = server.logText();
    expect(log).toContain(guest.person.id);
    expect(log).toContain('"reason":"PASS_UNKNOWN"');
    for (const personal of ['Zuleika', 'Quartermain', 'Freedonia', 'zuleika', guest.pass, 'f'.repeat(40), visitor.token, visitor.token.split('.')[2] ?? '', 'xyzzy', 'this-is-no-offer', 'nonsense-body', '127.0.0.1', '::1']) {
      expect(log.includes(personal), personal).toBe(false);
    }
  });
});
