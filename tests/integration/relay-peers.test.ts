import { readFileSync } from 'node:fs';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { EmbeddedRelay } from '../../server/relay/embedded/embedded-relay.ts';
import type { PeerCounters } from '../../server/relay/relay.ts';
import { MediaPeer } from '../support/media-peer.ts';
import { soon } from '../support/soon.ts';
import { Record, Talker } from '../support/speech.ts';

/** Real WebRTC peers through the embedded relay in its own process: they hear exactly what is routed. */

const OFFER = readFileSync(new URL('../../server/relay/embedded/fixtures/chromium.sdp', import.meta.url), 'utf8');

let relay: EmbeddedRelay;
const peers: MediaPeer[] = [];
const talkers: Talker[] = [];
let ssrcs = 1000;

async function join(name: string, shape: { speaks: boolean; slots: number }): Promise<MediaPeer> {
  ssrcs += 1;
  const peer = await MediaPeer.connect({ name, ssrc: shape.speaks ? ssrcs : null, slots: shape.slots }, async (offer) => (await relay.join(name, offer)).answer);
  peers.push(peer);
  return peer;
}

async function speaker(name: string): Promise<{ peer: MediaPeer; talker: Talker; ssrc: number }> {
  const peer = await join(name, { speaks: true, slots: 0 });
  const talker = new Talker(peer);
  talkers.push(talker);
  return { peer, talker, ssrc: peer.ssrc ?? 0 };
}

async function listener(name: string, slots: number): Promise<{ peer: MediaPeer; record: Record }> {
  const peer = await join(name, { speaks: false, slots });
  return { peer, record: new Record(peer) };
}

async function countersOf(name: string): Promise<PeerCounters | undefined> {
  return (await relay.counters()).find(({ peer }) => peer === name);
}

beforeAll(async () => {
  relay = new EmbeddedRelay({ port: 0, bindAddress: '127.0.0.1' });
  await relay.start();
});

afterEach(() => {
  for (const talker of talkers.splice(0)) talker.stop();
  for (const peer of peers.splice(0)) {
    relay.leave(peer.name);
    peer.close();
  }
});

afterAll(() => relay.stop());

describe('routing', () => {
  test('each slot hears its speaker and nobody else, without loss, over many switches', async () => {
    const [ann, bob, cid] = [await speaker('ann'), await speaker('bob'), await speaker('cid')];
    const eve = await listener('eve', 3);
    const sam = await listener('sam', 3);
    relay.route([
      { listener: 'eve', slot: 0, speaker: 'ann' },
      { listener: 'eve', slot: 2, speaker: 'bob' },
      { listener: 'sam', slot: 1, speaker: 'ann' },
    ]);
    await soon(() => Math.min(eve.record.heard(0), eve.record.heard(2), sam.record.heard(1)), 'packets on all routed slots').toBeGreaterThan(20);
    expect(eve.record.speakers(0)).toEqual(new Set([ann.ssrc]));
    expect(eve.record.speakers(2)).toEqual(new Set([bob.ssrc]));
    expect(sam.record.speakers(1)).toEqual(new Set([ann.ssrc]));

    for (let i = 0; i < 10; i += 1) {
      const before = eve.record.heard(0);
      relay.route([{ listener: 'eve', slot: 0, speaker: ['bob', 'cid', 'ann'][i % 3] ?? null }]);
      await soon(() => eve.record.heard(0) - before, `packets after switch ${i}`).toBeGreaterThan(5);
      expect(eve.record.words[0]?.at(-1)?.speaker).toBe([bob, cid, ann][i % 3]?.ssrc);
    }
    expect([eve.record.lost(0), eve.record.lost(2), sam.record.lost(1)]).toEqual([0, 0, 0]);
    expect([eve.record.heard(1), sam.record.heard(0), sam.record.heard(2)]).toEqual([0, 0, 0]);
    expect(Object.keys((await countersOf('sam'))?.packetsFrom ?? {})).toEqual(['ann']);
  });

  test('after a slot is emptied not one packet more is sent on it', async () => {
    const ann = await speaker('ann');
    const eve = await listener('eve', 1);
    relay.route([{ listener: 'eve', slot: 0, speaker: 'ann' }]);
    await soon(() => eve.record.heard(0), 'the voice').toBeGreaterThan(10);
    relay.route([{ listener: 'eve', slot: 0, speaker: null }]);
    const sent = await countersOf('eve');
    const said = ann.talker.count;
    await soon(async () => (await countersOf('ann'))?.packetsIn ?? 0, 'a second more of speech at the relay').toBeGreaterThan(said + 50);
    expect(await countersOf('eve')).toEqual(sent);
    expect(eve.record.heard(0)).toBe(sent?.packetsOut[0]);
  });

  test('routes to peers that are still to come take effect when they join', async () => {
    relay.route([{ listener: 'late-ear', slot: 0, speaker: 'late-voice' }]);
    const ear = await listener('late-ear', 1);
    const voice = await speaker('late-voice');
    await soon(() => ear.record.speakers(0), 'the voice that came last').toEqual(new Set([voice.ssrc]));
  });

  test('a second join replaces the first, keeps its routes, and is no loss to report', async () => {
    const lost: string[] = [];
    const off = relay.on('lost', (peer) => lost.push(peer));
    const ann = await speaker('ann');
    const first = await listener('eve', 1);
    relay.route([{ listener: 'eve', slot: 0, speaker: 'ann' }]);
    await soon(() => first.record.heard(0), 'the voice').toBeGreaterThan(5);
    const second = await listener('eve', 1);
    await soon(() => second.record.speakers(0), 'the route on the new connection').toEqual(new Set([ann.ssrc]));
    const before = first.record.heard(0);
    await soon(() => second.record.heard(0), 'the voice').toBeGreaterThan(20);
    expect(first.record.heard(0)).toBe(before);
    expect((await relay.counters()).filter(({ peer }) => peer === 'eve')).toHaveLength(1);
    expect(lost).toEqual([]);
    off();
  });

  test('who leaves is not heard, does not hear, and has no routes when coming back', async () => {
    const ann = await speaker('ann');
    const eve = await listener('eve', 1);
    relay.route([{ listener: 'eve', slot: 0, speaker: 'ann' }]);
    await soon(() => eve.record.heard(0), 'the voice').toBeGreaterThan(5);
    relay.leave('ann');
    const after = await countersOf('eve');
    expect(await countersOf('ann')).toBeUndefined();
    ann.talker.stop();
    const again = await speaker('ann');
    await soon(async () => (await countersOf('ann'))?.packetsIn ?? 0, 'speech after coming back').toBeGreaterThan(20);
    expect(again.ssrc).not.toBe(ann.ssrc);
    expect((await countersOf('eve'))?.packetsOut).toEqual(after?.packetsOut);
  });
});

describe('order', () => {
  test('a leave right behind a join leaves nobody joined', async () => {
    const offers = Array.from({ length: 30 }, (_, i) => ({ name: `hasty-${i % 3}`, joined: relay.join(`hasty-${i % 3}`, OFFER).then(() => true, () => false) }));
    for (const { name } of offers) relay.leave(name);
    await Promise.all(offers.map(({ joined }) => joined));
    expect(await relay.counters()).toEqual([]);
  });

  test('of many joins of one peer at once the last stays', async () => {
    const answers = await Promise.all(Array.from({ length: 20 }, () => relay.join('eager', OFFER)));
    expect(new Set(answers.map(({ answer }) => answer)).size).toBe(20);
    expect((await relay.counters()).map(({ peer }) => peer)).toEqual(['eager']);
    relay.leave('eager');
  });
});

describe('events', () => {
  test('levels of those who speak, as they change, and silence when they stop', async () => {
    const levels = new Map<string, number[]>();
    const off = relay.on('activity', (batch) => batch.forEach(({ peer, level }) => levels.set(peer, [...(levels.get(peer) ?? []), level])));
    const loud = await speaker('loud'); // at -20 dBov
    await join('mute', { speaks: true, slots: 0 });
    await soon(() => levels.get('loud')?.at(-1), 'the level of -20 dBov').toBeCloseTo(2 / 3, 1);
    loud.talker.stop();
    await soon(() => levels.get('loud')?.at(-1), 'silence after the last packet').toBe(0);
    expect(levels.has('mute')).toBe(false);
    off();
  });

  test('connected when media flows', async () => {
    const connected: string[] = [];
    const off = relay.on('connected', (peer) => connected.push(peer));
    await listener('eve', 1);
    await soon(() => connected, 'the news of the connection').toEqual(['eve']);
    off();
  });

  test('a listener of events that throws keeps nobody from theirs', async () => {
    const heard: string[] = [];
    const off = [
      relay.on('connected', () => {
        throw new Error('a fault in a room');
      }),
      relay.on('connected', (peer) => heard.push(peer)),
    ];
    await listener('eve', 1);
    await soon(() => heard, 'the news, in spite of the fault').toEqual(['eve']);
    off.forEach((stop) => stop());
  });
});
