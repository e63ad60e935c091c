/** Pictures at the relay without a network: lines that remember what they were sent, and RTP made by hand. */
import type { PictureLayer } from '../../server/relay/relay.ts';
import { NACK_BYTES, PLI_BYTES, readFeedback, REMB_BYTES, writeBitrate, writeLoss, writePictureRequest } from '../../server/relay/embedded/feedback.ts';
import type { Transport } from '../../server/relay/embedded/peer.ts';
import { Pictures } from '../../server/relay/embedded/pictures.ts';
import type { PicturePeer } from '../../server/relay/embedded/pictures.ts';
import { isRtcp, writeRtpHeader } from '../../server/relay/embedded/rtp.ts';
import type { VideoCodec } from '../../server/relay/embedded/video-codecs.ts';

export const SHOWN_TYPES = { vp8: 96, h264: 108 } as const;
export const VIEWER_TYPES = { vp8: 120, h264: 121 } as const;

/** A line as the relay sees it. */
export class RigLine implements Transport {
  open = true;
  sent: Buffer[] = [];
  readonly ssrc: number;

  constructor(ssrc: number) {
    this.ssrc = ssrc;
  }

  send(packet: Uint8Array): boolean {
    this.sent.push(Buffer.from(packet));
    return true;
  }

  close(): void {
    this.open = false;
  }

  /** RTP with something in it: no padding. */
  get media(): Buffer[] {
    return this.sent.filter((packet) => !isRtcp(packet) && ((packet[0] ?? 0) & 0x20) === 0);
  }

  get padding(): Buffer[] {
    return this.sent.filter((packet) => !isRtcp(packet) && ((packet[0] ?? 0) & 0x20) !== 0);
  }

  /** What the relay asked of this line. */
  asked(): { lost: number[]; requests: number; bitrates: number[] } {
    const seen = { lost: [] as number[], requests: 0, bitrates: [] as number[] };
    for (const packet of this.sent) {
      if (isRtcp(packet)) readFeedback(packet, this.ssrc, { lost: (sequence) => seen.lost.push(sequence), needsPicture: () => { seen.requests += 1; }, carries: (bitrate) => seen.bitrates.push(bitrate) });
    }
    return seen;
  }
}

export interface PacketOptions {
  readonly ssrc?: number;
  readonly payloadType?: number;
  readonly marker?: boolean;
  readonly key?: boolean;
  readonly codec?: VideoCodec;
  /** Of VP8; absent: the packet has none. 15 bits. */
  readonly pictureId?: number;
  readonly timestamp?: number;
  readonly bytes?: number;
}

function payloadOf(sequence: number, { key = false, codec = 'vp8', pictureId, bytes = 20 }: PacketOptions): Buffer {
  const rest = Buffer.alloc(bytes, sequence & 0xff);
  if (codec === 'h264') {
    rest[0] = key ? 0x67 : 0x41;
    return rest;
  }
  const descriptor = pictureId === undefined ? [0x10] : [0x90, 0x80, 0x80 | (pictureId >>> 8), pictureId & 0xff];
  rest[descriptor.length] = key ? 0x00 : 0x01;
  rest.set(descriptor, 0);
  return rest;
}

export class PictureRig {
  readonly lines = new Map<string, RigLine>();
  readonly voices = new Map<string, { loss: number; lossAtMs: number }>();
  readonly pictures = new Pictures((peer) => this.voices.get(peer) ?? null);
  now = 10_000;

  join(id: string, role: 'shows' | 'watches', { ssrc = 1111, layer, voice, h264 = true, sendTimeId = null }: { ssrc?: number; layer?: PictureLayer; voice?: string; h264?: boolean; sendTimeId?: number | null } = {}): PicturePeer {
    const before = this.pictures.find(id);
    if (before !== undefined) this.pictures.remove(before);
    const shows = role === 'shows';
    const types = shows ? SHOWN_TYPES : VIEWER_TYPES;
    const own = shows ? ssrc : 5000 + this.lines.size;
    const transport = new RigLine(own);
    this.lines.set(id, transport);
    const offer = { iceUfrag: '', icePwd: '', fingerprint: '', mid: '0', role, payloadTypes: { vp8: types.vp8, h264: h264 ? types.h264 : null }, prefersH264: false, sendTimeId, ssrc: shows ? ssrc : null };
    return this.pictures.add(id, offer, { transport, ssrc: own, nowMs: this.now, ...(layer === undefined ? {} : { layer }), ...(voice === undefined ? {} : { voice }) });
  }

  peer(id: string): PicturePeer {
    const peer = this.pictures.find(id);
    if (peer === undefined) throw new Error(`${id} is not joined`);
    return peer;
  }

  line(id: string): RigLine {
    const line = this.lines.get(id);
    if (line === undefined) throw new Error(`${id} was never joined`);
    return line;
  }

  show(picture: string, viewers: readonly string[], layers: readonly string[] = [picture]): void {
    this.pictures.show(picture, { viewers, layers });
  }

  packet(from: string, sequence: number, options: PacketOptions = {}): Buffer {
    const payload = payloadOf(sequence, options);
    const bytes = Buffer.alloc(12 + payload.length);
    const { ssrc = this.line(from).ssrc, marker = false, codec = 'vp8', timestamp = sequence * 3000 } = options;
    writeRtpHeader(bytes, { marker, payloadType: options.payloadType ?? SHOWN_TYPES[codec], sequence: sequence & 0xffff, timestamp: timestamp >>> 0, ssrc });
    payload.copy(bytes, 12);
    return bytes;
  }

  /** One packet comes in. */
  comes(from: string, sequence: number, options: PacketOptions = {}): void {
    this.pictures.receive(this.peer(from), this.packet(from, sequence, options), this.now);
  }

  /** `count` packets come in, 10 ms apart. */
  shows(from: string, first: number, count: number, options: PacketOptions = {}): void {
    for (let sequence = first; sequence < first + count; sequence += 1) {
      this.now += 10;
      this.comes(from, sequence, options);
    }
  }

  tick(): void {
    this.pictures.tick(this.now, 0);
  }

  says(viewer: string, bytes: Buffer): void {
    this.pictures.receive(this.peer(viewer), bytes, this.now);
  }

  lost(viewer: string, sequence: number): void {
    const packet = Buffer.alloc(NACK_BYTES);
    writeLoss(packet, 1, this.line(viewer).ssrc, sequence);
    this.says(viewer, packet);
  }

  needsPicture(viewer: string): void {
    const packet = Buffer.alloc(PLI_BYTES);
    writePictureRequest(packet, 1, this.line(viewer).ssrc);
    this.says(viewer, packet);
  }

  carries(viewer: string, bitrate: number): void {
    const packet = Buffer.alloc(REMB_BYTES);
    writeBitrate(packet, 1, this.line(viewer).ssrc, bitrate);
    this.says(viewer, packet);
  }

  /** A receiver report. */
  reports(viewer: string, { lost, highest }: { lost: number; highest: number }): void {
    const packet = Buffer.alloc(32);
    packet.set([0x81, 201, 0, 7]);
    packet.writeUInt32BE(1, 4);
    packet.writeUInt32BE(this.line(viewer).ssrc, 8);
    packet.writeUInt32BE(lost, 12);
    packet.writeUInt32BE(highest, 16);
    this.says(viewer, packet);
  }
}
