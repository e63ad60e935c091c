import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { CLOSE_CODES } from '../../shared/protocol/reasons.ts';
import { WALK_SPEED } from '../../shared/rules/movement.ts';
import { RoomClient } from '../support/room-client.ts';
import { startRoomServer } from '../support/room-server.ts';
import type { RoomServer } from '../support/room-server.ts';
import { roomServices } from '../support/venue.ts';

const wait = { timeout: 20_000, interval: 25 };
const DRESS = { id: 'dress', skin: 1, hair: 2, garment1: 3, garment2: 4 };

let server: RoomServer;
let clients: RoomClient[];

beforeEach(async () => {
  clients = [];
  server = await startRoomServer();
});

afterEach(async () => {
  for (const client of clients) client.cut();
  await server.stop();
});

async function join(id: string, changes: Parameters<typeof RoomClient.join>[2] = {}): Promise<RoomClient> {
  const client = await RoomClient.join(server.port, id, changes);
  clients.push(client);
  await vi.waitFor(() => expect(client.last('people'), `${id} is told who is here`).toBeDefined(), wait);
  return client;
}

describe('the venue room over real sockets', () => {
  it('brings sixty people together who come at the same time, and shows each all others where they are', async () => {
    const ids = Array.from({ length: 60 }, (_, i) => `p${String(i).padStart(2, '0')}`);
    const all = await Promise.all(ids.map((id) => join(id, { appearance: DRESS })));
    for (const client of all) {
      await vi.waitFor(() => {
        expect(client.people()).toEqual(ids);
        expect(client.poses.size).toBe(59);
      }, wait);
      for (const other of all) {
        const welcome = other.last('welcome');
        if (other === client || welcome === undefined) continue;
        expect(client.poses.get(welcome.index)).toMatchObject({ x: expect.closeTo(welcome.placement.x, 1) as number, z: expect.closeTo(welcome.placement.z, 1) as number });
      }
    }
  });

  it('shows a walk to the others as it was walked', async () => {
    const [ann, ben] = [await join('ann'), await join('ben')];
    const from = ann.last('welcome');
    if (from === undefined) throw new Error('no welcome');
    let x = from.placement.x;
    const timer = setInterval(() => {
      x += WALK_SPEED * 0.05;
      ann.walk({ x, z: from.placement.z, moving: true });
    }, 50);
    try {
      await vi.waitFor(() => expect(x).toBeGreaterThan(from.placement.x + 2), wait);
    } finally {
      clearInterval(timer);
    }
    ann.walk({ x, z: from.placement.z, moving: false });
    await vi.waitFor(() => expect(ben.poses.get(from.index)?.x, 'the last step of Ann').toBeCloseTo(x, 1), wait);
    expect(ann.all('placed')).toEqual([]);
  });

  it.each([
    ['a forged token', { token: 'token of my own' }, 'TOKEN_INVALID'],
    ['no token', { token: '' }, 'TOKEN_INVALID'],
    ['another protocol', { protocol: 9999 }, 'PROTOCOL_VERSION'],
    ['no tab', { tab: 'short' }, 'MESSAGE_INVALID'],
  ])('refuses %s', async (_name, changes, reason) => {
    await expect(RoomClient.join(server.port, 'eve', changes)).rejects.toThrow(reason);
    const ann = await join('ann');
    expect(ann.people()).toEqual(['ann']);
  });

  it('holds the place of who drops and gives it back, in their seat', async () => {
    const [ann, ben] = [await join('ann', { appearance: DRESS }), await join('ben')];
    ann.send('sit', { seat: 'seat-2' });
    await vi.waitFor(() => expect(ann.last('placed')?.seat).toBe('seat-2'), wait);
    ann.cut();
    await vi.waitFor(() => expect(ben.last('peopleChanged')?.changed, 'Ben sees that Ann is away').toMatchObject([{ id: 'ann', away: true, seat: 'seat-2' }]), wait);
    const back = await join('ann', { appearance: DRESS, tab: 'a-tab-that-was-opened-anew' });
    expect(back.last('welcome')).toMatchObject({ resumed: true, seat: 'seat-2', index: ann.last('welcome')?.index });
    await vi.waitFor(() => expect(ben.last('peopleChanged')?.changed).toMatchObject([{ id: 'ann', away: false, appearance: DRESS }]), wait);
  });

  it('asks before a second window takes over, then closes the first', async () => {
    const ann = await join('ann');
    await expect(join('ann', { tab: 'another-tab-0123456789' })).rejects.toThrow('ALREADY_HERE');
    expect(ann.closed).toBeNull();
    const second = await join('ann', { tab: 'another-tab-0123456789', takeOver: true });
    await vi.waitFor(() => expect(ann.closed).toBe(CLOSE_CODES.MOVED_ELSEWHERE), wait);
    expect(second.last('welcome')?.resumed).toBe(true);
    second.send('gesture', { gesture: 'wave' });
    expect(second.closed).toBeNull();
  });

  it('lets go at once who leaves on purpose', async () => {
    const [ann, ben] = [await join('ann'), await join('ben')];
    await ann.leave();
    await vi.waitFor(() => expect(ben.people()).toEqual(['ben']), wait);
  });

  it('puts out whose pass is revoked', async () => {
    const ann = await join('ann');
    for (const tell of server.services.store.revokers) tell('ann');
    await vi.waitFor(() => expect(ann.closed).toBe(CLOSE_CODES.PASS_REVOKED), wait);
  });

  it('stops with a word to everybody, and finds all in their places when it is back', async () => {
    const [ann, ben] = [await join('ann', { appearance: DRESS }), await join('ben')];
    ann.send('sit', { seat: 'seat-1' });
    ben.send('jump', { kind: 'place', id: 'podium' });
    await vi.waitFor(() => {
      expect(ann.last('placed')?.seat).toBe('seat-1');
      expect(ben.last('placed')?.cause).toBe('jump');
    }, wait);
    await server.stop();
    await vi.waitFor(() => expect([ann.closed, ben.closed]).toEqual([CLOSE_CODES.SERVER_STOPPING, CLOSE_CODES.SERVER_STOPPING]), wait);
    server = await startRoomServer(roomServices({ store: server.services.store }));
    const [back, ben2] = [await join('ann'), await join('ben')];
    expect(back.last('welcome')).toMatchObject({ resumed: true, seat: 'seat-1' });
    expect(ben2.last('welcome')).toMatchObject({ resumed: true, placement: { x: 30, z: -20 } });
    await vi.waitFor(() => expect(back.last('people')?.people.find(({ id }) => id === 'ann')?.appearance).toEqual(DRESS), wait);
  });
});
