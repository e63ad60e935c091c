import type { PictureCache } from './picture-cache.ts';
import { PADDING_BYTES } from './probe.ts';
import { MAX_PAYLOAD_BYTES, RTP_HEADER_BYTES, writeRtpHeader } from './rtp.ts';
import type { RtpStamp } from './rtp.ts';

/** One header extension of one element (RFC 8285 section 4.2): the moment of sending, by which a browser tells a queue on its way from unrest before it. */
const EXTENSION_BYTES = 8;
/** Where the payload lies in the scratch buffer: room for the longest header before it. */
export const PAYLOAD_AT = RTP_HEADER_BYTES + EXTENSION_BYTES;
const EXTENSION_BIT = 0x10;
const PADDING_BIT = 0x20;
const ONE_BYTE_PROFILE = 0xbede;

/** Composes the packets that go to viewers: the payload is laid in once, the header is written for each of them. Nothing is allocated for a packet. */
export class PicturePacket {
  readonly bytes = Buffer.alloc(PAYLOAD_AT + MAX_PAYLOAD_BYTES);
  payloadBytes = 0;
  /** The moment, by a monotonic clock. */
  nowMs = 0;
  /** Views of `bytes` by length, without and with the extension. */
  readonly #plain: Buffer[] = [];
  readonly #extended: Buffer[] = [];
  readonly #padding = Buffer.alloc(PAYLOAD_AT + PADDING_BYTES);

  constructor() {
    this.#padding[this.#padding.length - 1] = PADDING_BYTES;
  }

  load(packet: Buffer, start: number, end: number): void {
    this.payloadBytes = packet.copy(this.bytes, PAYLOAD_AT, start, end);
  }

  loadCached(cache: PictureCache, sequence: number): void {
    this.payloadBytes = cache.copy(sequence, this.bytes, PAYLOAD_AT);
  }

  /** @param sendTimeId header extension id of the time of sending, 0 if the viewer did not offer one */
  media(stamp: RtpStamp, sendTimeId: number): Buffer {
    const views = sendTimeId === 0 ? this.#plain : this.#extended;
    const start = sendTimeId === 0 ? EXTENSION_BYTES : 0;
    const view = (views[this.payloadBytes] ??= this.bytes.subarray(start, PAYLOAD_AT + this.payloadBytes));
    writeHeader(view, stamp, sendTimeId, this.nowMs);
    return view;
  }

  /** A packet that carries nothing. */
  padding(stamp: RtpStamp, sendTimeId: number): Buffer {
    const view = sendTimeId === 0 ? this.#padding.subarray(EXTENSION_BYTES) : this.#padding;
    writeHeader(view, stamp, sendTimeId, this.nowMs);
    view[0] = (view[0] ?? 0) | PADDING_BIT;
    return view;
  }
}

/** `abs-send-time` (draft-alvestrand-rmcat-remb-03 section 3): seconds with 18 binary places, modulo 64. */
function writeHeader(view: Buffer, stamp: RtpStamp, sendTimeId: number, nowMs: number): void {
  writeRtpHeader(view, stamp);
  if (sendTimeId === 0) return;
  view[0] = (view[0] ?? 0) | EXTENSION_BIT;
  view.writeUInt16BE(ONE_BYTE_PROFILE, RTP_HEADER_BYTES);
  view.writeUInt16BE(1, RTP_HEADER_BYTES + 2);
  const time = Math.floor((nowMs * 2 ** 18) / 1000) % 2 ** 24;
  view[RTP_HEADER_BYTES + 4] = (sendTimeId << 4) | 2;
  view[RTP_HEADER_BYTES + 5] = time >>> 16;
  view[RTP_HEADER_BYTES + 6] = (time >>> 8) & 0xff;
  view[RTP_HEADER_BYTES + 7] = time & 0xff;
}
