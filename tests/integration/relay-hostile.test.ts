import { createSocket } from 'node:dgram';
import { readFileSync } from 'node:fs';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { EmbeddedRelay } from '../../server/relay/embedded/embedded-relay.ts';
import { RelayError } from '../../server/relay/relay.ts';
import { processMemoryBytes } from '../bench/support/measure.ts';
import { MediaPeer, OPUS_PAYLOAD_TYPE } from '../support/media-peer.ts';
import { Random } from '../support/random.ts';
import { soon } from '../support/soon.ts';
import { Record, speechPacket, Talker } from '../support/speech.ts';

/**
 * Whatever strangers and hostile members send, two people who talk meanwhile lose no packet, and the process neither dies nor grows. The
 * relay process must be the same one at the end: a restart would be a crash that heals itself.
 */

const OFFER = readFileSync(new URL('../../server/relay/embedded/fixtures/chromium.sdp', import.meta.url), 'utf8');
const VICTIM_SSRC = 4242;
const ATTACKER_SSRC = 666;

let relay: EmbeddedRelay;
let pid: number | undefined;
let talker: Talker;
let record: Record;
const peers: MediaPeer[] = [];
const lost: string[] = [];

async function join(name: string, ssrc: number | null, slots: number): Promise<MediaPeer> {
  const peer = await MediaPeer.connect({ name, ssrc, slots }, async (offer) => (await relay.join(name, offer)).answer);
  peers.push(peer);
  return peer;
}

/** The pair that must not notice anything. */
beforeAll(async () => {
  relay = new EmbeddedRelay({ port: 0, bindAddress: '127.0.0.1' });
  await relay.start();
  pid = relay.pid;
  relay.on('lost', (peer) => lost.push(peer));
  talker = new Talker(await join('talker', VICTIM_SSRC, 0));
  record = new Record(await join('hearer', null, 1));
  relay.route([{ listener: 'hearer', slot: 0, speaker: 'talker' }]);
  await vi.waitUntil(() => record.heard(0) > 10, { timeout: 20_000 });
});

beforeEach(() => {
  lost.length = 0;
});

afterEach(async () => {
  const before = record.heard(0);
  await soon(() => record.heard(0) - before, 'the voice after the attack').toBeGreaterThan(10);
  expect(record.lost(0), 'packets that the pair lost').toBe(0);
  expect(record.speakers(0)).toEqual(new Set([VICTIM_SSRC]));
  expect(relay.pid, 'the process, never replaced').toBe(pid);
  expect(lost).not.toContain('talker');
  expect(lost).not.toContain('hearer');
});

afterAll(async () => {
  talker.stop();
  await relay.stop();
  for (const peer of peers) peer.close();
});

/** Breaks an offer in one to four places: lines lost, doubled, swapped, cut, with wrong numbers and stray bytes. */
function mutate(original: string, random: Random): string {
  const lines = original.split('\r\n');
  for (let edits = 1 + random.below(4); edits > 0; edits -= 1) {
    const at = random.below(lines.length);
    const line = lines[at] ?? '';
    const cut = random.below(line.length + 1);
    const other = random.below(lines.length);
    switch (random.below(6)) {
      case 0: lines.splice(at, 1); break;
      case 1: lines.splice(at, 0, lines[other] ?? ''); break;
      case 2: lines[at] = line.slice(0, cut) + String.fromCharCode(random.below(256)) + line.slice(cut + random.below(4)); break;
      case 3: lines[at] = line.replace(/\d+/, ['-1', '0', '4294967296', '99999999999', '1e9', 'NaN'][random.below(6)] ?? ''); break;
      case 4: [lines[at], lines[other]] = [lines[other] ?? '', line]; break;
      default: lines[at] = line.slice(0, cut);
    }
  }
  return lines.join('\r\n');
}

describe('offers', () => {
  test('10,000 broken ones: refused with a reason or answered, and the memory stays flat', { timeout: 300_000 }, async () => {
    const random = new Random(20_260_101);
    const tally = { answered: 0, refused: 0 };
    const memory: number[] = [];
    for (let round = 0; round < 10; round += 1) {
      for (let i = 0; i < 1000; i += 1) {
        const name = `fuzz-${i % 50}`;
        const outcome = await relay.join(name, mutate(OFFER, random)).catch((error: unknown) => error);
        if (outcome instanceof Error) {
          expect(outcome).toBeInstanceOf(RelayError);
          expect((outcome as RelayError).reason).toBe('OFFER_INVALID');
          tally.refused += 1;
        } else tally.answered += 1;
        // Half of them leave, half are replaced by the next of the same name.
        if (i % 2 === 0) relay.leave(name);
      }
      memory.push(processMemoryBytes(pid ?? 0) / 1e6);
    }
    for (let i = 0; i < 50; i += 1) relay.leave(`fuzz-${i}`);
    expect(tally.answered).toBeGreaterThan(1000);
    expect(tally.refused).toBeGreaterThan(1000);
    // The first rounds fill the pools. 20 KB that are kept for each answered offer, as libdatachannel does if closed in the wrong order, would be over 60 MB.
    expect((memory.at(-1) ?? 0) - (memory[2] ?? 0), `growth over seven rounds, MB: ${memory.map(Math.round).join(' ')}`).toBeLessThan(30);
    expect((await relay.counters()).map(({ peer }) => peer).sort()).toEqual(['hearer', 'talker']);
  });

  test('a thousand good ones at once are all answered', { timeout: 120_000 }, async () => {
    const names = Array.from({ length: 1000 }, (_, i) => `crowd-${i}`);
    const outcomes = await Promise.allSettled(names.map((name) => relay.join(name, OFFER)));
    for (const name of names) relay.leave(name);
    // The last of a thousand may wait longer than a request does; what it gets then is a reason.
    const failed = outcomes.filter((outcome) => outcome.status === 'rejected').map((outcome) => (outcome.reason as RelayError).reason);
    expect(failed.every((reason) => reason === 'TIMEOUT')).toBe(true);
    expect(outcomes.length - failed.length).toBeGreaterThan(100);
  });

  test('names that mean something to JavaScript, and impossible ones', async () => {
    for (const name of ['__proto__', 'constructor', 'toString']) {
      await expect(relay.join(name, OFFER)).resolves.toMatchObject({ slots: 8 });
      relay.route([{ listener: name, slot: 0, speaker: '__proto__' }]);
      relay.leave(name);
    }
    for (const name of ['', 'x'.repeat(129)]) await expect(relay.join(name, OFFER)).rejects.toMatchObject({ reason: 'OFFER_INVALID' });
  });
});

describe('datagrams from strangers', () => {
  test('random bytes, broken STUN, DTLS and RTP', async () => {
    const random = new Random(5389);
    const socket = createSocket('udp4');
    for (let i = 0; i < 20_000; i += 1) {
      const bytes = random.bytes(1 + random.below(400));
      const kind = random.below(4);
      if (kind === 0 && bytes.length > 20) {
        // A STUN binding request as far as its header goes.
        bytes.writeUInt16BE(1, 0);
        bytes.writeUInt16BE(bytes.length - 20, 2);
        bytes.writeUInt32BE(0x2112a442, 4);
      } else if (kind === 1) bytes[0] = 20 + random.below(44);
      else if (kind === 2) bytes[0] = 0x80 | random.below(64);
      await new Promise<void>((resolve) => socket.send(bytes, relay.port, '127.0.0.1', () => resolve()));
    }
    socket.close();
    expect((await relay.counters()).every(({ connected }) => connected)).toBe(true);
  });
});

/** A member with keys of its own, so that what it sends passes decryption and reaches the code behind. */
describe('packets from a member', () => {
  let attacker: MediaPeer;
  let prey: Record;

  beforeAll(async () => {
    attacker = await join('attacker', ATTACKER_SSRC, 0);
    prey = new Record(await join('prey', null, 1));
    relay.route([{ listener: 'prey', slot: 0, speaker: 'attacker' }]);
  });

  /** Lets the process work off what it was sent: what the socket cannot hold would test nothing. */
  async function keepUp(): Promise<void> {
    await relay.counters();
  }

  async function stillHeard(): Promise<void> {
    const before = prey.heard(0);
    let count = 50_000;
    await expect
      .poll(() => {
        for (let i = 0; i < 5; i += 1) attacker.send(speechPacket(ATTACKER_SSRC, count++, 30));
        return prey.heard(0) - before;
      }, { timeout: 20_000, interval: 100, message: 'good packets of the attacker' })
      .toBeGreaterThan(10);
  }

  test('RTP of every size, with huge extensions, sources and padding', async () => {
    const random = new Random(3550);
    for (let i = 0; i < 3000; i += 1) {
      const packet = random.bytes(12 + random.below(1200));
      packet[0] = 0x80 | random.below(64);
      packet[1] = (random.below(2) << 7) | OPUS_PAYLOAD_TYPE;
      packet.writeUInt16BE(i, 2);
      packet.writeUInt32BE(ATTACKER_SSRC, 8);
      if (packet.length > 16 && (packet[0] & 0x0f) === 0) {
        packet.writeUInt16BE(random.below(2) === 0 ? 0xbede : 0x1000, 12);
        packet.writeUInt16BE(random.below(4) === 0 ? 0xffff : random.below(300), 14);
      }
      attacker.send(packet);
      if (i % 20 === 0) await keepUp();
    }
    await stillHeard();
  });

  test('RTCP without end: reports that claim more than they hold, and a source description that is none', async () => {
    const random = new Random(3611);
    for (let i = 0; i < 2000; i += 1) {
      const packet = random.bytes(8 + 4 * random.below(60));
      packet[0] = 0x80 | random.below(32);
      packet[1] = 200 + random.below(8);
      packet.writeUInt16BE(random.below(3) === 0 ? packet.length / 4 - 1 : random.below(65_536), 2);
      packet.writeUInt32BE(ATTACKER_SSRC, 4);
      attacker.send(packet);
      if (i % 20 === 0) await keepUp();
    }
    // One chunk whose item runs past its end: with a native track for each slot, libdatachannel would never return from it.
    attacker.send(Buffer.from([0x81, 202, 0, 2, 0, 0, 2, 0x9a, 1, 200, 0, 0]));
    await stillHeard();
  });

  test('a flood of speech ends the one who floods', { timeout: 60_000 }, async () => {
    let count = 0;
    await expect
      .poll(() => {
        for (let i = 0; i < 1000; i += 1) attacker.send(speechPacket(ATTACKER_SSRC, count++, 30));
        return lost;
      }, { timeout: 30_000, interval: 100, message: 'the end of the flood' })
      .toEqual(['attacker']);
  });
});
