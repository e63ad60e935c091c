import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { WebSocket } from 'ws';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { bakeBuilding, BUILDING } from '../../shared/navigation/fixture.ts';
import { loadGround } from '../../shared/navigation/node.ts';
import { ClientMessages } from '../../shared/protocol/messages.ts';
import { CLOSE_CODES } from '../../shared/protocol/reasons.ts';
import { CLOCK_SLACK, RUN_SPEED } from '../../shared/rules/movement.ts';
import { seeded } from '../bench/support/random.ts';
import { emptyBody } from '../../shared/protocol/body.ts';
import { bodyFrame, messageFrame, walkFrame } from '../support/fake-venue.ts';
import { RoomClient } from '../support/room-client.ts';
import { startRoomServer } from '../support/room-server.ts';
import type { RoomServer } from '../support/room-server.ts';
import { roomServices, testLayout } from '../support/venue.ts';

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;

const wait = { timeout: 20_000, interval: 25 };
/** Close code of the WebSocket protocol for a message that is too big. */
const TOO_BIG = 1009;

let server: RoomServer;
let clients: RoomClient[];

beforeEach(async () => {
  clients = [];
  const ground = await loadGround(await bakeBuilding());
  const layout = testLayout({ spawnPoints: [{ id: 'entrance', position: [-4, 0, -4], yaw: 0 }] });
  server = await startRoomServer(roomServices({ ground, layout, scenes: { garden: { layout: testLayout() } } }));
});

afterEach(async () => {
  for (const client of clients) client.cut();
  await server.stop();
});

async function join(id: string, tab = `tab-of-${id}-0123456789`): Promise<RoomClient> {
  const client = await RoomClient.join(server.port, id, { tab });
  clients.push(client);
  await vi.waitFor(() => expect(client.last('people')).toBeDefined(), wait);
  return client;
}

/** The bystander notices nothing: they are connected, were refused nothing, and the server answers them. */
async function undisturbed(bystander: RoomClient): Promise<void> {
  const pongs = bystander.all('pong').length;
  bystander.send('ping', { at: 1 });
  await vi.waitFor(() => expect(bystander.all('pong').length, 'an answer to the bystander').toBeGreaterThan(pongs), wait);
  expect(bystander.closed).toBeNull();
  expect(bystander.all('refused')).toEqual([]);
  expect(bystander.all('placed')).toEqual([]);
}

function indexOf(client: RoomClient): number {
  return client.last('welcome')?.index ?? -1;
}

/** Lets the second pass in which steps from an earlier place are ignored instead of answered. */
async function corrected(client: RoomClient, step: { x: number; z: number }): Promise<NonNullable<ReturnType<typeof client.last<'placed'>>>> {
  await vi.waitFor(() => {
    client.walk({ ...step, moving: true });
    expect(client.last('placed'), 'a correction').toBeDefined();
  }, wait);
  return client.last('placed') as NonNullable<ReturnType<typeof client.last<'placed'>>>;
}

describe('a hostile client', () => {
  it('that teleports is pulled back, and the others see it nowhere else', async () => {
    const [eve, ann] = [await join('eve'), await join('ann')];
    const start = eve.last('welcome')?.placement ?? { x: 0, z: 0 };
    const placed = await corrected(eve, { x: 5, z: -5 });
    expect(placed).toMatchObject({ cause: 'correction', reason: 'TOO_FAST' });
    expect(placed.x).toBeLessThan(0);
    await vi.waitFor(() => expect(ann.poses.has(indexOf(eve))).toBe(true), wait);
    expect(Math.abs((ann.poses.get(indexOf(eve))?.x ?? 99) - start.x)).toBeLessThan(3);
    await undisturbed(ann);
  });

  it('that speeds gets no farther than running', async () => {
    const ann = await join('ann');
    // The server's time begins later than this, and a pose is seen after it was: the bound is on the safe side whatever the machine does.
    const began = performance.now();
    const eve = await join('eve');
    const start = eve.last('welcome')?.placement ?? { x: 0, z: 0 };
    let x = start.x;
    // In real time, and no faster than walk steps are let in: the rule under test is one of metres a second.
    while (performance.now() - began < 1500) {
      x = Math.min(-0.5, x + 0.4);
      eve.walk({ x: start.x + ((x - start.x) % 3), z: start.z, running: true, moving: true });
      await new Promise((resolve) => setTimeout(resolve, 20));
      const seconds = (performance.now() - began) / 1000;
      const seen = ann.poses.get(indexOf(eve));
      if (seen !== undefined) expect(Math.abs(seen.x - start.x)).toBeLessThanOrEqual(seconds * RUN_SPEED * CLOCK_SLACK + 0.02);
    }
    await undisturbed(ann);
  });

  it('that walks into a wall stays on its side of it', async () => {
    const [eve, ann] = [await join('eve'), await join('ann')];
    const start = eve.last('welcome')?.placement ?? { x: 0, z: 0 };
    let x = start.x;
    await vi.waitFor(() => {
      x += 0.1;
      eve.walk({ x, z: -4, moving: true });
      expect(eve.all('placed').map(({ reason }) => reason)).toContain('NOT_WALKABLE');
    }, wait);
    // At the wall, and on against it.
    for (let i = 0; i < 50; i += 1) eve.walk({ x: x + i * 0.1, z: -4, moving: true });
    eve.send('ping', { at: 1 });
    await vi.waitFor(() => expect(eve.all('pong')).toHaveLength(1), wait);
    await vi.waitFor(() => expect(ann.poses.get(indexOf(eve))?.x, 'seen at the wall').toBeGreaterThan(-1.5), wait);
    await undisturbed(ann);
    expect(ann.poses.get(indexOf(eve))?.x).toBeLessThan(-BUILDING.wall.halfThickness);
    await undisturbed(ann);
  });

  it('cannot come in on the session of another', async () => {
    const ann = await join('ann');
    const { room } = ann;
    const address = (room.connection.url ?? '').replace(/sessionId=[^&]+/, `sessionId=${room.sessionId}`).replace(/_authToken=[^&]*/, '_authToken=token-eve');
    const thief = new WebSocket(address);
    const code = await new Promise<number>((resolve, reject) => {
      thief.once('close', resolve);
      thief.once('error', reject);
    });
    expect(code).toBeGreaterThanOrEqual(4000);
    await undisturbed(ann);
  });

  it('that replays recorded steps moves nowhere', async () => {
    const [eve, ann] = [await join('eve'), await join('ann')];
    const start = eve.last('welcome')?.placement ?? { x: 0, z: 0 };
    // Short enough for what one may go at once after coming in.
    const recorded = Array.from({ length: 5 }, (_, i) => walkFrame({ seq: 100 + i, x: start.x - 0.02 * (i + 1), z: start.z, moving: true }));
    for (const frame of recorded) eve.raw(frame);
    const index = indexOf(eve);
    await vi.waitFor(() => expect(ann.poses.get(index)?.x).toBeCloseTo(start.x - 0.1, 1), wait);
    // Ends with the first step, so that a replay that counted would be seen.
    for (let round = 0; round < 20; round += 1) for (const frame of recorded.toReversed()) eve.raw(frame);
    eve.send('ping', { at: 1 });
    await vi.waitFor(() => expect(eve.all('pong')).toHaveLength(1), wait);
    await undisturbed(ann);
    expect(ann.poses.get(index)?.x).toBeCloseTo(start.x - 0.1, 1);
  });

  it('that sends what Colyseus itself would end a connection for is told why and stays', async () => {
    const [eve, ann] = [await join('eve'), await join('ann')];
    eve.raw(Uint8Array.of(13, 0xa3, 0x73, 0x69, 0x74, 0xc1));
    eve.raw(messageFrame('promote', {}));
    eve.raw(messageFrame('sit', { seat: 'x'.repeat(2000) }));
    eve.raw(Uint8Array.of(18));
    await vi.waitFor(() => {
      expect(eve.all('refused')).toEqual([
        { what: 'sit', reason: 'MESSAGE_INVALID' }, { what: 'unknown', reason: 'MESSAGE_UNKNOWN' }, { what: 'sit', reason: 'MESSAGE_TOO_LARGE' }, { what: 'unknown', reason: 'MESSAGE_UNKNOWN' },
      ]);
    }, wait);
    expect(eve.closed).toBeNull();
    await undisturbed(ann);
  });

  it('that sends more than the largest message is cut off', async () => {
    const [eve, ann] = [await join('eve'), await join('ann')];
    eve.raw(messageFrame('mediaOffer', { sdp: 'v'.repeat(200_000) }));
    await vi.waitFor(() => expect(eve.closed).toBe(TOO_BIG), wait);
    await undisturbed(ann);
  });

  it('that floods is cut off with FLOOD, may come back, and is cut off again', async () => {
    const ann = await join('ann');
    for (let round = 0; round < 3; round += 1) {
      const eve = await join('eve');
      for (let i = 0; i < 500; i += 1) eve.raw(messageFrame('gesture', { gesture: 'wave' }));
      await vi.waitFor(() => expect(eve.closed).toBe(CLOSE_CODES.FLOOD), wait);
    }
    await undisturbed(ann);
  });

  it('that sends bodies which cannot be is told so, and one who never stops sending them is cut off', async () => {
    const [eve, ann] = [await join('eve'), await join('ann')];
    const body = bodyFrame(emptyBody());
    eve.raw(body.subarray(0, 20));
    eve.raw(Uint8Array.of(...body, 0));
    eve.raw(Uint8Array.of(...body.subarray(0, 6), 0, 0, 0, 0, ...body.subarray(10)));
    await vi.waitFor(() => expect(eve.all('refused')).toEqual(new Array(3).fill({ what: 'body', reason: 'MESSAGE_INVALID' })), wait);
    await vi.waitFor(() => expect(ann.poses.has(indexOf(eve))).toBe(true), wait);
    expect(ann.poses.get(indexOf(eve))?.body).toBeNull();
    for (let i = 0; i < 400; i += 1) eve.raw(body);
    await vi.waitFor(() => expect(eve.closed).toBe(CLOSE_CODES.FLOOD), wait);
    await vi.waitFor(() => expect(ann.poses.get(indexOf(eve))?.body, 'the body ends with the connection').toBeNull(), wait);
    await undisturbed(ann);
  });

  it('that goes through doors that are not there, walks before it has arrived and hops to and fro disturbs nobody', async () => {
    const [eve, ann] = [await join('eve'), await join('ann')];
    for (const to of [{ kind: 'link', id: 'to-heaven' }, { kind: 'scene', id: 'atlantis' }, { kind: 'scene', id: 'constructor' }] as const) eve.send('jump', to);
    await vi.waitFor(() => expect(eve.all('refused').map(({ reason }) => reason)).toEqual(['PLACE_UNKNOWN', 'SCENE_UNKNOWN', 'SCENE_UNKNOWN']), wait);
    eve.send('jump', { kind: 'scene', id: 'garden' });
    await vi.waitFor(() => expect(eve.last('scene')?.scene.id).toBe('garden'), wait);
    const there = eve.last('scene')?.placement ?? { x: 0, z: 0 };
    for (let i = 0; i < 60; i += 1) eve.walk({ x: there.x + i * 0.1, z: there.z, moving: true });
    eve.send('arrived', { scene: 'geneva', revision: 'r1' });
    for (let i = 0; i < 60; i += 1) eve.walk({ x: there.x + i * 0.1, z: there.z, moving: true });
    eve.send('ping', { at: 1 });
    await vi.waitFor(() => expect(eve.last('pong')).toBeDefined(), wait);
    expect([eve.all('placed'), eve.closed]).toEqual([[], null]);
    // Ann knows where Eve is, and is told nothing of what she does there.
    await vi.waitFor(() => expect(ann.all('peopleChanged').flatMap(({ changed }) => changed).findLast(({ id }) => id === 'eve')?.scene).toBe('garden'), wait);
    for (let i = 0; i < 12; i += 1) eve.send('jump', { kind: 'scene', id: i % 2 === 0 ? 'geneva' : 'garden' });
    await vi.waitFor(() => expect(eve.last('refused')).toEqual({ what: 'jump', reason: 'RATE_LIMITED' }), wait);
    await undisturbed(ann);
  });

  it('that sends ten thousand hostile messages leaves the memory as it was', async () => {
    const ann = await join('ann');
    const random = seeded(20261121);
    const names = Object.keys(ClientMessages);
    const hostile = (i: number): Uint8Array => {
      const name = names[i % names.length] ?? 'sit';
      const junk = Uint8Array.from({ length: 1 + Math.floor(random() * 400) }, () => Math.floor(random() * 256));
      if (i % 5 === 0) return junk;
      if (i % 5 === 1) return Buffer.concat([messageFrame(name, undefined), junk]);
      if (i % 5 === 2) return messageFrame(`n${i}`, { i });
      if (i % 5 === 3) return messageFrame(name, { [`key${i}`]: 'x'.repeat(100 + (i % 900)) });
      return Uint8Array.of(17, 1 + (i % 2), ...junk.subarray(0, i % 2 === 0 ? 20 : 24));
    };
    // Each connection carries some before it is cut off; the sooner the better.
    const attack = async (count: number): Promise<void> => {
      for (let sent = 0; sent < count; sent += 200) {
        const eve = await join('eve', 'tab-of-eve-0123456789');
        for (let i = 0; i < 200; i += 1) eve.raw(hostile(sent + i));
        await vi.waitFor(() => expect(eve.closed).not.toBeNull(), wait);
        clients.splice(clients.indexOf(eve), 1);
      }
    };
    const heap = async (): Promise<number> => {
      await undisturbed(ann);
      // Collects what timers and closed sockets have let go of.
      for (let i = 0; i < 4; i += 1) {
        collectGarbage();
        await new Promise((resolve) => setImmediate(resolve));
      }
      return process.memoryUsage().heapUsed;
    };
    await attack(2000);
    const before = await heap();
    await attack(10_000);
    const grown = (await heap()) - before;
    expect(grown / 2 ** 20).toBeLessThan(2);
    expect(server.services.logged).toEqual([]);
    await undisturbed(ann);
  });
});
