/** The signalling server for talks from browser to browser, on the port of everything else: who gets in, whom they reach, and what ends it. */
import { ColyseusSDK } from '@colyseus/sdk';
import type { Room } from '@colyseus/sdk';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { WebSocket } from 'ws';
import type { DirectGrant } from '../../shared/protocol/direct.ts';
import type { ClientMessage, ServerMessages } from '../../shared/protocol/messages.ts';
import { PROTOCOL_VERSION, VENUE_ROOM } from '../../shared/protocol/version.ts';
import { startTestServer } from '../support/server.ts';
import type { TestServer } from '../support/server.ts';

const APPEARANCE = { id: 'suit', skin: 1, hair: 2, garment1: 3, garment2: 4 };

let server: TestServer;

/** Somebody in the venue, with all that they were told of talks. */
class Member {
  readonly id: string;
  readonly token: string;
  readonly talks: ServerMessages['talk'][] = [];
  readonly offers: ServerMessages['talkOffers'][] = [];
  readonly direct: ServerMessages['direct'][] = [];
  private readonly room: Room;

  private constructor(id: string, token: string, room: Room) {
    this.id = id;
    this.token = token;
    this.room = room;
    room.reconnection.enabled = false;
    room.onMessage('*', () => undefined);
    room.onMessage('talk', (message: ServerMessages['talk']) => this.talks.push(message));
    room.onMessage('talkOffers', (message: ServerMessages['talkOffers']) => this.offers.push(message));
    room.onMessage('direct', (message: ServerMessages['direct']) => this.direct.push(message));
  }

  static async enter(): Promise<Member> {
    const { pass, person } = await server.invite();
    const { token, scene } = await server.openSession(pass);
    const sdk = new ColyseusSDK(server.url.replace('http', 'ws'));
    sdk.http.authToken = token;
    const tab = `tab-${person.id}-0123456789`;
    return new Member(person.id, token, await sdk.joinOrCreate(VENUE_ROOM, { protocol: PROTOCOL_VERSION, scene, appearance: APPEARANCE, tab, takeOver: false, slots: 4 }));
  }

  say(deed: ClientMessage<'talk'>): void {
    this.room.send('talk', deed);
  }

  get state(): string | null {
    return this.direct.at(-1)?.direct?.state ?? null;
  }

  get grant(): DirectGrant {
    const grant = this.direct.findLast((message) => message.grant !== null)?.grant;
    if (!grant) throw new Error('no ids were given out');
    return grant;
  }

  leave(): Promise<unknown> {
    return this.room.leave(true);
  }
}

/** Two who have agreed to talk directly. */
async function agreed(): Promise<[Member, Member]> {
  const [ann, ben] = [await Member.enter(), await Member.enter()];
  ann.say({ kind: 'invite', people: [ben.id] });
  await vi.waitFor(() => expect(ben.offers.at(-1)?.invitations).toHaveLength(1));
  ben.say({ kind: 'answer', talk: ben.offers.at(-1)?.invitations[0]?.talk ?? '', answer: 'accept' });
  await vi.waitFor(() => expect(ann.talks.at(-1)?.talk?.members).toHaveLength(2));
  ann.say({ kind: 'direct', on: true });
  await vi.waitFor(() => expect(ben.state).toBe('asked'));
  ben.say({ kind: 'direct', on: true });
  await vi.waitFor(() => expect([ann.state, ben.state]).toEqual(['connecting', 'connecting']));
  return [ann, ben];
}

interface Line {
  readonly socket: WebSocket;
  readonly got: { type: string; src?: string; payload?: unknown }[];
  /** Close code, or the HTTP status of a refusal; null while open. */
  ended(): number | null;
}

function dial(query: Record<string, string>, path = '/direct/peerjs', headers: Record<string, string> = {}): Line {
  const socket = new WebSocket(`${server.url.replace('http', 'ws')}${path}?${new URLSearchParams({ key: 'plenum', ...query }).toString()}`, { headers });
  const got: Line['got'] = [];
  let ended: number | null = null;
  socket.on('message', (data: Buffer) => got.push(JSON.parse(data.toString()) as Line['got'][number]));
  socket.on('close', (code) => { ended ??= code; });
  socket.on('unexpected-response', (_, response) => {
    ended = response.statusCode ?? 0;
    response.destroy();
  });
  socket.on('error', () => undefined);
  return { socket, got, ended: () => ended };
}

async function open({ id, ticket }: DirectGrant): Promise<Line> {
  const line = dial({ id, token: ticket });
  await vi.waitFor(() => expect(line.got).toEqual([{ type: 'OPEN' }]));
  return line;
}

beforeAll(async () => {
  server = await startTestServer({ logLevel: 'trace' });
});
afterAll(async () => {
  await server.stop();
});

describe('the signalling server', () => {
  it('lets in the two who have agreed, with what they were given, and nobody else', async () => {
    const [ann, ben] = await agreed();
    const cec = await Member.enter();
    const { id, ticket } = ann.grant;
    const tries: [string, Line][] = [
      ['without anything', dial({})],
      ['without a ticket', dial({ id, token: '' })],
      ['with a wrong ticket', dial({ id, token: 'x'.repeat(ticket.length) })],
      ['with the ticket of the other one', dial({ id, token: ben.grant.ticket })],
      ['with a session token', dial({ id, token: ann.token })],
      ['with the token and id of a third', dial({ id: cec.id, token: cec.token })],
      ['with an id of their own', dial({ id: 'mine', token: ticket })],
      ['with another key', dial({ id, token: ticket, key: 'peerjs' })],
      ['elsewhere', dial({ id, token: ticket }, '/direct/other')],
      ['from a foreign page', dial({ id, token: ticket }, '/direct/peerjs', { Origin: 'https://evil.example' })],
    ];
    for (const [how, line] of tries) await vi.waitFor(() => expect(line.ended(), how).toBe(401));
    for (const path of ['/direct', '/direct/', '/direct/peerjs/id', '/direct/plenum/id', '/direct/plenum/peers']) {
      expect((await fetch(`${server.url}${path}`)).status, `${path}: its HTTP routes do not exist`).toBe(404);
    }
    const [one, other] = [await open(ann.grant), await open(ben.grant)];
    one.socket.send(JSON.stringify({ type: 'OFFER', dst: ben.grant.id, payload: { sdp: 'x', connectionId: 'c' } }));
    await vi.waitFor(() => expect(other.got.at(-1)).toMatchObject({ type: 'OFFER', src: ann.grant.id }));
    for (const secret of [id, ticket, ben.grant.id, ben.grant.ticket]) expect(server.logText()).not.toContain(secret);
    await Promise.all([ann, ben, cec].map((each) => each.leave()));
  });

  it('passes nothing between two pairs', async () => {
    const [first, second] = [await agreed(), await agreed()];
    const [mine, theirs] = [await open(first[0].grant), await open(second[0].grant)];
    mine.socket.send(JSON.stringify({ type: 'OFFER', dst: second[0].grant.id, payload: {} }));
    await vi.waitFor(() => expect(mine.ended()).toBe(1008));
    expect(theirs.got).toEqual([{ type: 'OPEN' }]);
    await Promise.all([...first, ...second].map((each) => each.leave()));
  });

  it.each([
    ['floods', (to: string) => Array.from({ length: 200 }, () => JSON.stringify({ type: 'CANDIDATE', dst: to, payload: {} })), 1008],
    ['sends what is too long', (to: string) => [JSON.stringify({ type: 'OFFER', dst: to, payload: 'x'.repeat(100_000) })], 1009],
    ['sends nonsense', () => ['{'], 1008],
    ['plays the server', (to: string) => [JSON.stringify({ type: 'LEAVE', dst: to })], 1008],
  ])('ends the line of whoever %s, and the other one hears nothing of it', async (_, messages, code) => {
    const [ann, ben] = await agreed();
    const [one, other] = [await open(ann.grant), await open(ben.grant)];
    for (const message of messages(ben.grant.id)) one.socket.send(message);
    await vi.waitFor(() => expect(one.ended()).toBe(code));
    expect(other.got.length).toBeLessThanOrEqual(61);
    expect(other.ended()).toBeNull();
    expect((await fetch(`${server.url}/healthz`)).status).toBe(200);
    await Promise.all([ann, ben].map((each) => each.leave()));
  });

  it('ends with the agreement: lines are closed, and the ids are worth nothing', async () => {
    const [ann, ben] = await agreed();
    const one = await open(ann.grant);
    ben.say({ kind: 'directFailed' });
    await vi.waitFor(() => expect(one.ended()).toBe(1000));
    const again = dial({ id: ann.grant.id, token: ann.grant.ticket });
    await vi.waitFor(() => expect(again.ended()).toBe(401));
    ann.say({ kind: 'direct', on: true });
    await vi.waitFor(() => expect(ben.state).toBe('connecting'));
    const anew = await open(ben.grant);
    await ann.leave();
    await vi.waitFor(() => expect(anew.ended()).toBe(1000));
    await ben.leave();
  });

  it('leaves the rooms on the same port alone', async () => {
    const member = await Member.enter();
    await vi.waitFor(() => expect(member.talks).toHaveLength(1));
    await member.leave();
  });
});
