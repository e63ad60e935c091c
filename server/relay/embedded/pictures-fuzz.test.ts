import { describe, expect, it } from 'vitest';
import { PictureRig } from '../../../tests/support/picture-rig.ts';
import { Random } from '../../../tests/support/random.ts';
import { isRtcp, readUint16, readUint32 } from './rtp.ts';

/** Whatever comes in, a packet of a picture goes to whoever may see it at that moment and to nobody else, on a stream that holds together. */

const SHOWERS = ['ann', 'ben', 'cec'] as const;
const LAYERS = ['high', 'low'] as const;
const VIEWERS = ['v1', 'v2', 'v3', 'v4', 'v5'] as const;
const STEPS = 40_000;

const lineOf = (who: number, layer: number): string => `${SHOWERS[who]}/${LAYERS[layer]}`;
/** What a packet carries says where it comes from: the last byte of its payload. */
const markOf = (who: number, layer: number): number => 100 + who * 2 + layer;

class Fuzz {
  readonly rig = new PictureRig();
  readonly random: Random;
  readonly faults: string[] = [];
  readonly watching = new Map<string, number>();
  readonly sizes = new Map<string, string>();
  readonly sequences = new Map<string, number>();
  /** Numbers that each viewer's stream has had lately, and what they carried. */
  readonly numbers = new Map<string, Map<number, string>>();
  media = 0;
  padding = 0;
  again = 0;

  constructor(seed: number) {
    this.random = new Random(seed);
    for (let who = 0; who < SHOWERS.length; who += 1) for (let layer = 0; layer < 2; layer += 1) this.joinShower(who, layer);
    for (const viewer of VIEWERS) this.joinViewer(viewer);
  }

  step(): void {
    const { random, rig } = this;
    rig.now += random.below(20);
    rig.pictures.turn(rig.now);
    this.judge();
    const dice = random.below(100);
    const viewer = VIEWERS[random.below(VIEWERS.length)] ?? 'v1';
    if (dice < 70) this.comes(random.below(3), random.below(2));
    else if (dice < 80) this.feedback(viewer);
    else if (dice < 84) this.noise(viewer);
    else if (dice < 94) rig.tick();
    else if (dice < 97) this.show();
    else if (dice < 98) this.resize(viewer);
    else if (dice < 99) this.joinViewer(viewer);
    else this.joinShower(random.below(3), random.below(2));
    this.judge();
  }

  private joinShower(who: number, layer: number): void {
    this.rig.join(lineOf(who, layer), 'shows', { ssrc: 1000 + who * 10 + layer, layer: LAYERS[layer] ?? 'low' });
  }

  private joinViewer(viewer: string): void {
    this.rig.join(viewer, 'watches', { voice: viewer, h264: this.random.below(3) > 0, sendTimeId: this.random.below(2) === 0 ? 2 : null });
    this.numbers.set(viewer, new Map());
  }

  private show(): void {
    const who = this.random.below(3);
    const viewers = VIEWERS.filter(() => this.random.below(2) === 0);
    for (const [viewer, seen] of [...this.watching]) if (seen === who) this.watching.delete(viewer);
    for (const viewer of viewers) this.watching.set(viewer, who);
    this.rig.show(SHOWERS[who] ?? 'ann', viewers, [lineOf(who, 0), lineOf(who, 1)]);
  }

  private resize(viewer: string): void {
    const size = (['high', 'low', 'none'] as const)[this.random.below(3)] ?? 'high';
    this.sizes.set(viewer, size);
    this.rig.pictures.setSize(viewer, size);
  }

  private comes(who: number, layer: number): void {
    const { random } = this;
    const line = lineOf(who, layer);
    const next = (this.sequences.get(line) ?? 0) + (random.below(20) === 0 ? random.below(6) : 1);
    const isLate = random.below(10) === 0;
    if (!isLate) this.sequences.set(line, next);
    const sequence = isLate ? Math.max(0, next - random.below(30)) : next;
    const codec = who + (layer === 0 ? 1 : 0) > 1 ? 'h264' : 'vp8';
    const packet = this.rig.packet(line, sequence, { key: random.below(12) === 0, codec, ...(random.below(2) === 0 ? { pictureId: random.below(0x8000) } : {}) });
    packet[packet.length - 1] = markOf(who, layer);
    this.rig.pictures.receive(this.rig.peer(line), packet, this.rig.now);
  }

  private feedback(viewer: string): void {
    const { random, rig } = this;
    const lately = [...(this.numbers.get(viewer)?.keys() ?? [])].slice(-200);
    const kind = random.below(5);
    if (kind < 2) rig.lost(viewer, lately[random.below(Math.max(1, lately.length))] ?? random.below(65_536));
    else if (kind === 2) rig.needsPicture(viewer);
    else if (kind === 3) rig.carries(viewer, 50_000 + random.below(3_000_000));
    else rig.reports(viewer, { lost: random.below(2 ** 24), highest: random.below(2 ** 32) });
    if (random.below(20) === 0) rig.voices.set(viewer, { loss: random.next() * 0.3, lossAtMs: rig.now });
  }

  /** Bytes that are nearly something. */
  private noise(viewer: string): void {
    const { random, rig } = this;
    const bytes = random.bytes(random.below(90));
    if (bytes.length > 4 && random.below(2) === 0) bytes.set([0x80 | random.below(32), 200 + random.below(8), 0, random.below(22)]);
    if (bytes.length > 12 && random.below(2) === 0) bytes.writeUInt32BE(rig.line(viewer).ssrc, 8);
    rig.says(viewer, bytes);
    const line = lineOf(random.below(3), random.below(2));
    if (bytes.length > 12 && random.below(2) === 0) bytes.writeUInt32BE(rig.line(line).ssrc, 8);
    // No payload type that the line offered: what it carries is not marked, and must not pass.
    if (bytes.length > 1 && [96, 108].includes((bytes[1] ?? 0) & 0x7f)) bytes[1] = 97;
    rig.pictures.receive(rig.peer(line), bytes, rig.now);
  }

  private judge(): void {
    for (const viewer of VIEWERS) {
      const line = this.rig.line(viewer);
      for (const packet of line.sent) if (!isRtcp(packet)) this.judgePacket(viewer, packet);
      line.sent = [];
    }
    for (const line of this.rig.lines.values()) if (line.sent.length > 500) line.sent = [];
  }

  private judgePacket(viewer: string, packet: Buffer): void {
    const number = readUint16(packet, 2);
    const isPadding = ((packet[0] ?? 0) & 0x20) !== 0;
    const mark = packet[packet.length - 1] ?? 0;
    if (readUint32(packet, 8) !== this.rig.line(viewer).ssrc) this.faults.push(`${viewer} is sent a stream that is not theirs`);
    const who = this.watching.get(viewer);
    if (who === undefined || this.sizes.get(viewer) === 'none') this.faults.push(`${viewer} is sent something and watches nothing`);
    else if (!isPadding && mark !== markOf(who, 0) && mark !== markOf(who, 1)) this.faults.push(`${viewer} is sent ${mark} and watches ${who}`);
    else if (!isPadding && this.sizes.get(viewer) === 'low' && mark === markOf(who, 0) && !this.numbers.get(viewer)?.has(number)) this.faults.push(`${viewer} is sent the large layer and wants the small one`);
    const carried = isPadding ? 'padding' : `${mark} ${packet.subarray(-8).toString('hex')}`;
    const before = this.numbers.get(viewer)?.get(number);
    if (before !== undefined && before !== carried) this.faults.push(`${viewer} is sent ${number} twice, with another content`);
    if (before !== undefined) this.again += 1;
    else if (isPadding) this.padding += 1;
    else this.media += 1;
    const numbers = this.numbers.get(viewer);
    numbers?.set(number, carried);
    for (const first of numbers?.keys() ?? []) {
      if ((numbers?.size ?? 0) <= 3000) break;
      numbers?.delete(first);
    }
  }
}

describe('pictures, whatever comes in', () => {
  it.each([1, 2, 3])('seed %i', (seed) => {
    const fuzz = new Fuzz(seed);
    for (let step = 0; step < STEPS && fuzz.faults.length === 0; step += 1) fuzz.step();
    expect(fuzz.faults).toEqual([]);
    expect([fuzz.media > 2000, fuzz.padding > 20, fuzz.again > 50], `${fuzz.media} packets, ${fuzz.padding} of padding, ${fuzz.again} again`).toEqual([true, true, true]);
  });
});
