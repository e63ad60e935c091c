/** A talk of as many as fit into one, over the real server and the real relay: twelve media peers speak at the same time, and each hears all others, packet by packet. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { ServerMessages } from '../../shared/protocol/messages.ts';
import { TALK_MAX_MEMBERS } from '../../shared/protocol/vocabulary.ts';
import { MediaPeer } from '../support/media-peer.ts';
import { RoomClient } from '../support/room-client.ts';
import { startTestServer } from '../support/server.ts';
import type { TestServer } from '../support/server.ts';
import { soon } from '../support/soon.ts';
import { Record, Talker } from '../support/speech.ts';

const SLOTS = TALK_MAX_MEMBERS - 1;
/** Packets of each voice that each must get: a second of speech. */
const ENOUGH = 50;

let server: TestServer;
const everybody: Member[] = [];

/** Somebody with a connection to the room and one to the relay, who never ceases to speak. */
class Member {
  readonly id: string;
  readonly client: RoomClient;
  readonly ssrc: number;
  talk: ServerMessages['talk']['talk'] = null;
  offers: ServerMessages['talkOffers']['invitations'] = [];
  private peer: MediaPeer | null = null;
  private talker: Talker | null = null;
  private record: Record | null = null;

  constructor(id: string, client: RoomClient, ssrc: number) {
    this.id = id;
    this.client = client;
    this.ssrc = ssrc;
    client.room.onMessage('*', () => undefined);
    client.room.onMessage('talk', ({ talk }: ServerMessages['talk']) => { this.talk = talk; });
    client.room.onMessage('talkOffers', ({ invitations }: ServerMessages['talkOffers']) => { this.offers = invitations; });
  }

  static async enter(ssrc: number): Promise<Member> {
    const { pass, person } = await server.invite();
    const { token } = await server.openSession(pass);
    const client = await RoomClient.join(Number(new URL(server.url).port), person.id, { token, slots: SLOTS });
    const member = new Member(person.id, client, ssrc);
    await soon(() => client.last('people'), 'the people in the room').toBeDefined();
    await member.speak();
    return member;
  }

  /** Opens the microphone, as a client does: for the audience that it was told of. */
  open(): void {
    this.client.send('mic', { state: 'live', audience: this.talk === null ? '' : `talk:${this.talk.id}` });
  }

  /** Packets that have arrived since {@link forget}, by the SSRC of the speaker. */
  counts(): Map<number, number> {
    const counts = new Map<number, number>();
    for (const { speaker } of this.record?.words.flat() ?? []) counts.set(speaker, (counts.get(speaker) ?? 0) + 1);
    return counts;
  }

  /** SSRCs of whom a second of speech has arrived since {@link forget}. */
  heard(): number[] {
    return [...this.counts()].filter(([, count]) => count >= ENOUGH).map(([speaker]) => speaker).sort((a, b) => a - b);
  }

  /** What arrived of whoever arrived least, against whoever arrived most: 1 if all are heard all the time, much less if they are heard in turn. */
  evenness(): number {
    const counts = [...this.counts().values()];
    return Math.min(...counts) / Math.max(...counts);
  }

  /** SSRCs of whom anything at all has arrived since {@link forget}. */
  heardAnythingOf(): number[] {
    return [...this.counts().keys()];
  }

  forget(): void {
    for (const words of this.record?.words ?? []) words.length = 0;
  }

  async stop(): Promise<void> {
    this.talker?.stop();
    await this.client.leave();
    this.peer?.close();
  }

  private async speak(): Promise<void> {
    this.peer = await MediaPeer.connect({ name: this.id, ssrc: this.ssrc, slots: SLOTS }, async (sdp) => {
      const before = this.client.all('mediaAnswer').length;
      this.client.send('mediaOffer', { sdp });
      await soon(() => this.client.all('mediaAnswer').length, 'an answer to the offer').toBeGreaterThan(before);
      return this.client.last('mediaAnswer')?.sdp ?? '';
    });
    this.record = new Record(this.peer);
    this.talker = new Talker(this.peer);
  }
}

const ssrcsBut = (...without: readonly Member[]): number[] => everybody.filter((member) => !without.includes(member)).map(({ ssrc }) => ssrc).sort((a, b) => a - b);

beforeAll(async () => {
  server = await startTestServer();
});

afterAll(async () => {
  for (const member of everybody) await member.stop();
  await server.stop();
});

test('twelve who speak at once are all heard by all others, and by nobody once they have left', { timeout: 120_000 }, async () => {
  for (let i = 0; i < TALK_MAX_MEMBERS; i += 1) everybody.push(await Member.enter(7000 + i));
  const [host, ...others] = everybody as [Member, ...Member[]];
  host.client.send('talk', { kind: 'invite', people: others.map(({ id }) => id) });
  for (const other of others) {
    await soon(() => other.offers.length, 'an invitation').toBe(1);
    other.client.send('talk', { kind: 'answer', talk: other.offers[0]?.talk ?? '', answer: 'accept' });
  }
  for (const each of everybody) await soon(() => each.talk?.members.length, 'a talk of all').toBe(TALK_MAX_MEMBERS);

  for (const each of everybody) each.open();
  for (const each of everybody) await soon(() => each.client.last('hearers')?.count, 'all others as hearers').toBe(SLOTS);
  for (const each of everybody) each.forget();
  for (const each of everybody) await soon(() => each.heard(), 'a second of every voice').toEqual(ssrcsBut(each));
  for (const each of everybody) expect(each.evenness(), 'all of them at the same time, and not in turn').toBeGreaterThan(0.8);

  host.client.send('talk', { kind: 'leave' });
  await soon(() => host.talk, 'the talk left').toBeNull();
  host.open();
  await soon(() => others[0]?.talk?.members.length, 'a talk without the host').toBe(TALK_MAX_MEMBERS - 1);
  for (const each of everybody) each.forget();
  for (const other of others) await soon(() => other.heard(), 'a second of all but the host').toEqual(ssrcsBut(other, host));
  for (const other of others) expect(other.heardAnythingOf(), 'nothing of whoever has left, though their microphone is open').not.toContain(host.ssrc);
  expect(host.heardAnythingOf(), 'nor does whoever has left hear a word').toEqual([]);
});
