import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Random } from '../../../../tests/support/random.ts';
import { soon } from '../../../../tests/support/soon.ts';
import { PACKET_SAMPLES, RATE, decodeOgg, rtpPacket, tonePackets, tonesByTenth } from '../../../../tests/support/tones.ts';
import type { Tone } from '../../../../tests/support/tones.ts';
import { emptyPacket, parseRtp } from '../rtp.ts';
import { OggOpusWriter, PRE_SKIP, packetSamples } from './ogg.ts';
import { Recordings } from './recordings.ts';
import { Timeline } from './timeline.ts';

/** A file in memory with a clock of its own. */
class Tape {
  readonly pages: Buffer[] = [];
  readonly timeline: Timeline;
  readonly writer: OggOpusWriter;

  constructor() {
    this.writer = new OggOpusWriter((page) => { this.pages.push(page); }, 7, ['TITLE=test']);
    this.timeline = new Timeline(this.writer);
  }

  /** Speaks from one moment to another; every packet that `lost` names does not arrive. */
  speak(tone: Tone, { from, to, base, lost = () => false }: { from: number; to: number; base: number; lost?: (index: number) => boolean }): void {
    const packets = tonePackets(tone);
    for (let at = from, index = 0; at < to; at += 20, index += 1) {
      const packet = packets[index % packets.length];
      if (at % 1000 === 0) this.timeline.advance(at);
      if (packet !== undefined && !lost(index)) this.timeline.voice(packet, (base + index * PACKET_SAMPLES) >>> 0, at);
    }
  }

  file(): Buffer {
    return Buffer.concat(this.pages);
  }
}

const span = (heard: readonly string[], from: number, to: number): readonly string[] => [...new Set(heard.slice(from, to))];

describe('a file', () => {
  it('has each speaker at their seconds, across pauses and changes, with timestamps that wrap', async () => {
    const tape = new Tape();
    tape.speak(400, { from: 1000, to: 3000, base: 0xffffff00 });
    tape.timeline.anew();
    tape.speak(1000, { from: 5000, to: 7000, base: 12 });
    tape.timeline.end(8000);
    const samples = await decodeOgg(tape.file());
    expect(Math.abs(samples.length - 8 * RATE)).toBeLessThan(PACKET_SAMPLES);
    const heard = tonesByTenth(samples);
    expect(span(heard, 0, 9)).toEqual(['']);
    expect(span(heard, 11, 29)).toEqual(['400']);
    expect(span(heard, 32, 49)).toEqual(['']);
    expect(span(heard, 51, 69)).toEqual(['1000']);
    expect(span(heard, 72, 79)).toEqual(['']);
  });

  it('keeps step though packets are lost, come twice, or come late', async () => {
    const tape = new Tape();
    tape.speak(400, { from: 0, to: 4000, base: 5, lost: (index) => index % 5 === 1 });
    const [first] = tonePackets(1600);
    // Of second 1, in second 4: its place is taken.
    if (first !== undefined) tape.timeline.voice(first, 5 + 180 * PACKET_SAMPLES, 4000);
    tape.speak(400, { from: 4000, to: 6000, base: 5 + 200 * PACKET_SAMPLES });
    tape.timeline.end(6000);
    const samples = await decodeOgg(tape.file());
    expect(Math.abs(samples.length - 6 * RATE)).toBeLessThan(PACKET_SAMPLES);
    expect(span(tonesByTenth(samples), 41, 59)).toEqual(['400']);
  });

  it('is sound whenever it ends, and has lost no more than what came in the last second', async () => {
    const tape = new Tape();
    tape.speak(400, { from: 0, to: 5000, base: 9 });
    const samples = await decodeOgg(tape.file());
    // Advanced at second 4 last.
    expect(samples.length / RATE).toBeGreaterThanOrEqual(3.9);
    expect(span(tonesByTenth(samples), 1, 38)).toEqual(['400']);
  });

  it('does not outrun the clock, whatever is sent', () => {
    const numbers = new Random(20_270_203);
    const random = (): number => numbers.next();
    const tape = new Tape();
    const hostile = Uint8Array.of(0xff, 0x03, 1, 2, 3);
    expect(packetSamples(hostile)).toBe(2880);
    for (let at = 0; at < 20_000; at += 8) {
      tape.timeline.voice(random() < 0.5 ? hostile : Uint8Array.from({ length: 1 + Math.floor(random() * 40) }, () => Math.floor(random() * 256)), Math.floor(random() < 0.9 ? at * 3 : random() * 2 ** 32), at);
      expect(tape.writer.samples).toBeLessThan(PRE_SKIP + at * 48 + 2 * RATE);
    }
  });
});

describe('recordings', () => {
  let folder: string;
  let now = 0;
  const failures: string[] = [];
  beforeEach(async () => { folder = await mkdtemp(join(tmpdir(), 'plenum-recordings-')); failures.length = 0; now = 1_000_000; });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  function recordings(): Recordings {
    return new Recordings((name) => { failures.push(name); }, () => now);
  }

  /** A second of a tone from somebody. */
  function say(to: Recordings, peer: string, tone: Tone): void {
    const parsed = emptyPacket();
    tonePackets(tone).concat(tonePackets(tone)).slice(0, 50).forEach((payload, index) => {
      const packet = rtpPacket(payload, { ssrc: 1, sequence: index, timestamp: index * PACKET_SAMPLES });
      parseRtp(packet, 1, parsed);
      to.hear(peer, packet, parsed, 1);
      now += 20;
    });
    to.tick();
  }

  it('take the one whose turn it is, and nobody else', async () => {
    const all = recordings();
    const order = { name: 'floor', file: join(folder, 'floor.ogg'), startedAt: now };
    all.record({ ...order, speaker: 'ann' });
    say(all, 'ann', 400);
    say(all, 'ben', 1600);
    all.record({ ...order, speaker: 'ben' });
    say(all, 'ben', 1000);
    all.record({ ...order, speaker: null });
    say(all, 'ben', 1600);
    all.end('floor');
    await soon(async () => (await decodeOgg(await readFile(order.file))).length >= 3.9 * RATE, 'it is written').toBe(true);
    const heard = tonesByTenth(await decodeOgg(await readFile(order.file)));
    expect([span(heard, 1, 9), span(heard, 12, 19), span(heard, 21, 29), span(heard, 32, 39)]).toEqual([['400'], [''], ['1000'], ['']]);
  });

  it('that begin later run in step', async () => {
    const all = recordings();
    const startedAt = now;
    now += 3000;
    all.record({ name: 'fr', file: join(folder, 'fr.ogg'), speaker: 'ann', startedAt });
    say(all, 'ann', 400);
    all.end('fr');
    await soon(async () => (await decodeOgg(await readFile(join(folder, 'fr.ogg')))).length >= 3.9 * RATE, 'it is written').toBe(true);
    const heard = tonesByTenth(await decodeOgg(await readFile(join(folder, 'fr.ogg'))));
    expect([span(heard, 0, 29), span(heard, 31, 39)]).toEqual([[''], ['400']]);
  });

  it('that cannot be written end, and say so', async () => {
    const all = recordings();
    all.record({ name: 'floor', file: join(folder, 'nowhere', 'floor.ogg'), speaker: 'ann', startedAt: now });
    await soon(() => failures, 'the failure').toEqual(['floor']);
    say(all, 'ann', 400);
  });
});
