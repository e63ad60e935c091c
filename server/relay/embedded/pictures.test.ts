import { beforeEach, describe, expect, it } from 'vitest';
import { NACK_BYTES, PLI_BYTES, REMB_BYTES, readFeedback, writeBitrate, writeLoss, writePictureRequest } from './feedback.ts';
import type { Transport } from './peer.ts';
import { createPicturePeer, Pictures } from './pictures.ts';
import type { PicturePeer } from './pictures.ts';
import { isRtcp, readUint16, readUint32, writeRtpHeader } from './rtp.ts';

const SHOWN = 1111;

class Line implements Transport {
  open = true;
  sent: Buffer[] = [];

  send(packet: Uint8Array): boolean {
    this.sent.push(Buffer.from(packet));
    return true;
  }

  close(): void {
    this.open = false;
  }

  get media(): Buffer[] {
    return this.sent.filter((packet) => !isRtcp(packet));
  }

  /** What the relay asked of this peer. */
  asked(): { lost: number[]; requests: number; bitrates: number[] } {
    const seen = { lost: [] as number[], requests: 0, bitrates: [] as number[] };
    for (const packet of this.sent) {
      if (isRtcp(packet)) readFeedback(packet, SHOWN, { lost: (sequence) => seen.lost.push(sequence), needsPicture: () => { seen.requests += 1; }, carries: (bitrate) => seen.bitrates.push(bitrate) });
    }
    return seen;
  }
}

let pictures: Pictures;
let lines: Map<string, Line>;
let now = 0;

function join(id: string, role: 'shows' | 'watches', ssrc = SHOWN): PicturePeer {
  const before = pictures.find(id);
  if (before !== undefined) pictures.remove(before);
  const transport = new Line();
  lines.set(id, transport);
  const offer = { iceUfrag: '', icePwd: '', fingerprint: '', mid: '0', role, payloadType: role === 'shows' ? 96 : 120, ssrc: role === 'shows' ? ssrc : null };
  const peer = createPicturePeer(id, offer, { transport, ssrc: 5000 + lines.size, nowMs: now });
  pictures.add(peer);
  return peer;
}

const line = (id: string): Line => lines.get(id) as Line;

function packet(sequence: number, { ssrc = SHOWN, payloadType = 96, marker = false } = {}): Buffer {
  const bytes = Buffer.alloc(12 + 20, sequence & 0xff);
  writeRtpHeader(bytes, { marker, payloadType, sequence: sequence & 0xffff, timestamp: (sequence * 3000) >>> 0, ssrc });
  return bytes;
}

function show(peer: PicturePeer, from: number, count: number): void {
  for (let sequence = from; sequence < from + count; sequence += 1) {
    now += 10;
    pictures.receive(peer, packet(sequence), now);
  }
}

function say(viewer: PicturePeer, bytes: number, write: (target: Buffer, ssrc: number) => void): void {
  const feedback = Buffer.alloc(bytes);
  write(feedback, viewer.view?.ssrc ?? 0);
  pictures.receive(viewer, feedback, now);
}

beforeEach(() => {
  pictures = new Pictures();
  lines = new Map();
  now = 10_000;
});

describe('pictures at the relay', () => {
  it('go to those who are named, and to nobody else, from that call on', () => {
    const ann = join('ann', 'shows');
    for (const id of ['ben', 'cec', 'eve']) join(id, 'watches');
    expect([pictures.size, pictures.showing]).toEqual([4, 1]);
    show(ann, 1, 5);
    expect(['ben', 'cec', 'eve'].map((id) => line(id).media.length)).toEqual([0, 0, 0]);
    pictures.show('ann', ['ben', 'cec']);
    show(ann, 6, 5);
    pictures.show('ann', ['cec']);
    show(ann, 11, 5);
    expect(['ben', 'cec', 'eve'].map((id) => line(id).media.length)).toEqual([5, 10, 0]);
    expect(pictures.counters().find(({ peer }) => peer === 'cec')).toMatchObject({ packetsOut: 10, packetsFrom: { ann: 10 } });
    pictures.forget('cec');
    show(ann, 16, 5);
    expect(line('cec').media.length).toBe(10);
  });

  it('carry the viewer\'s own names, running numbers, and nothing of the sender\'s header', () => {
    const ann = join('ann', 'shows');
    const ben = join('ben', 'watches');
    pictures.show('ann', ['ben']);
    show(ann, 65_530, 12);
    const media = line('ben').media;
    expect(media.map((each) => (each[1] ?? 0) & 0x7f).every((type) => type === 120)).toBe(true);
    expect(media.every((each) => readUint32(each, 8) === ben.view?.ssrc)).toBe(true);
    const numbers = media.map((each) => readUint16(each, 2));
    expect(numbers.map((number) => number - (numbers[0] ?? 0))).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11]);
    expect(numbers[0]).toBeLessThan(0x8000);
    expect(media[3]?.subarray(12)).toEqual(packet(65_533).subarray(12));
  });

  it('are taken from the one stream that was offered', () => {
    const ann = join('ann', 'shows');
    join('ben', 'watches');
    pictures.show('ann', ['ben']);
    pictures.receive(ann, packet(1, { ssrc: 99 }), now);
    pictures.receive(ann, packet(1, { payloadType: 97 }), now);
    pictures.receive(pictures.find('ben') as PicturePeer, packet(1), now);
    expect(line('ben').media).toEqual([]);
  });

  it('do not pass a flood', () => {
    const ann = join('ann', 'shows');
    join('ben', 'watches');
    pictures.show('ann', ['ben']);
    for (let sequence = 0; sequence < 5000; sequence += 1) pictures.receive(ann, packet(sequence), now);
    expect(line('ben').media.length).toBeLessThanOrEqual(600);
    expect(ann.source?.intake.overRate).toBeGreaterThan(4000);
  });

  it('are asked for whole when a viewer comes or has lost it, and not all the time', () => {
    const ann = join('ann', 'shows');
    const ben = join('ben', 'watches');
    pictures.show('ann', ['ben']);
    show(ann, 1, 1);
    expect(line('ann').asked().requests).toBe(1);
    for (let i = 0; i < 50; i += 1) say(ben, PLI_BYTES, (target, ssrc) => { writePictureRequest(target, 1, ssrc); });
    expect(line('ann').asked().requests).toBe(1);
    now += 600;
    // What is owed is not forgotten.
    pictures.tick(now, 0);
    expect(line('ann').asked().requests).toBe(2);
    pictures.tick(now + 1000, 0);
    expect(line('ann').asked().requests).toBe(2);
  });

  it('are mended: what the relay has is sent again, what it has not is asked for', () => {
    const ann = join('ann', 'shows');
    const ben = join('ben', 'watches');
    pictures.show('ann', ['ben']);
    show(ann, 100, 3);
    show(ann, 104, 3);
    const first = readUint16(line('ben').media[0] as Buffer, 2);
    say(ben, NACK_BYTES, (target, ssrc) => { writeLoss(target, 1, ssrc, first + 1); });
    expect(line('ben').media.at(-1)?.equals(line('ben').media[1] as Buffer)).toBe(true);
    for (let i = 0; i < 5; i += 1) say(ben, NACK_BYTES, (target, ssrc) => { writeLoss(target, 1, ssrc, first + 3); });
    expect(line('ann').asked().lost).toEqual([103]);
    show(ann, 103, 1);
    expect(readUint16(line('ben').media.at(-1) as Buffer, 2)).toBe(first + 3);
    show(ann, 107, 1);
    expect(readUint16(line('ben').media.at(-1) as Buffer, 2)).toBe(first + 7);
  });

  it('are not sent again without end, nor to whoever may not see them any more', () => {
    const ann = join('ann', 'shows');
    const ben = join('ben', 'watches');
    pictures.show('ann', ['ben']);
    show(ann, 1, 3);
    const first = readUint16(line('ben').media[0] as Buffer, 2);
    for (let i = 0; i < 1000; i += 1) say(ben, NACK_BYTES, (target, ssrc) => { writeLoss(target, 1, ssrc, first); });
    expect(line('ben').media.length).toBeLessThanOrEqual(3 + 150);
    pictures.show('ann', []);
    pictures.tick(now, 0);
    line('ben').sent = [];
    say(ben, NACK_BYTES, (target, ssrc) => { writeLoss(target, 1, ssrc, first); });
    say(ben, PLI_BYTES, (target, ssrc) => { writePictureRequest(target, 1, ssrc); });
    expect(line('ben').sent).toEqual([]);
  });

  it('are wanted as large as the worst way carries, within limits, and as long as that was said lately', () => {
    const ann = join('ann', 'shows');
    const [ben, cec] = [join('ben', 'watches'), join('cec', 'watches')];
    pictures.show('ann', ['ben', 'cec']);
    const wanted = (): number => {
      show(ann, 1 + (ann.source?.intake.packets ?? 0), 1);
      pictures.tick(now, 0);
      return Math.round((line('ann').asked().bitrates.at(-1) ?? 0) / 1000);
    };
    expect(wanted()).toBe(1500);
    say(ben, REMB_BYTES, (target, ssrc) => { writeBitrate(target, 1, ssrc, 700_000); });
    say(cec, REMB_BYTES, (target, ssrc) => { writeBitrate(target, 1, ssrc, 9_000_000); });
    expect(wanted()).toBe(700);
    say(ben, REMB_BYTES, (target, ssrc) => { writeBitrate(target, 1, ssrc, 1000); });
    expect(wanted()).toBe(250);
    now += 11_000;
    expect(wanted()).toBe(1500);
  });

  it('go on when whoever watches, or whoever shows, has a new connection', () => {
    let ann = join('ann', 'shows');
    join('ben', 'watches');
    pictures.show('ann', ['ben']);
    show(ann, 1, 3);
    join('ben', 'watches');
    show(ann, 4, 3);
    expect(line('ben').media.length).toBe(3);
    const numbers = (): number[] => line('ben').media.map((each) => readUint16(each, 2));
    ann = join('ann', 'shows', SHOWN);
    show(ann, 40_000, 3);
    expect(numbers().map((number) => number - (numbers()[0] ?? 0))).toEqual([0, 1, 2, 3, 4, 5]);
  });
});
