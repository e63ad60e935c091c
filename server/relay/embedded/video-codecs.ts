import { readUint16 } from './rtp.ts';

/** What the relay has to know of a video payload: where a whole picture begins, and the numbers that must run on when a viewer is shown another layer. */
export const VIDEO_CODECS = ['vp8', 'h264'] as const;
export type VideoCodec = (typeof VIDEO_CODECS)[number];

/** Of one packet. Places are offsets into its payload; -1: the packet has no such number. */
export interface FrameFacts {
  /** The first packet of a picture that needs no earlier one. */
  startsKeyframe: boolean;
  pictureIdAt: number;
  /** The picture id has 15 bits, not 7. */
  isWide: boolean;
  pictureId: number;
  /** TL0PICIDX. */
  layerZeroAt: number;
  layerZero: number;
}

export function emptyFrame(): FrameFacts {
  return { startsKeyframe: false, pictureIdAt: -1, isWide: false, pictureId: 0, layerZeroAt: -1, layerZero: 0 };
}

/** NAL unit types of H.264 (table 7-1) and of its packets (RFC 6184 section 5.2). A decoder needs the parameter sets before the picture: a picture begins with them. */
const SEQUENCE_PARAMETERS = 7;
const STAP_A = 24;
const FU_A = 28;

/** Reads the payload `bytes[start..end)`; what is malformed starts no picture and has no numbers. */
export function readFrame(codec: VideoCodec, bytes: Uint8Array, { start, end }: { start: number; end: number }, out: FrameFacts): void {
  out.startsKeyframe = false;
  out.pictureIdAt = -1;
  out.isWide = false;
  out.pictureId = 0;
  out.layerZeroAt = -1;
  out.layerZero = 0;
  if (codec === 'vp8') readVp8(bytes, start, end, out);
  else out.startsKeyframe = startsH264(bytes, start, end);
}

/** The payload descriptor and the first byte of the payload header (RFC 7741 sections 4.2 and 4.3). */
function readVp8(bytes: Uint8Array, start: number, end: number, out: FrameFacts): void {
  const first = bytes[start] ?? 0;
  let at = start + 1;
  if ((first & 0x80) !== 0) {
    const has = bytes[at] ?? 0;
    at += 1;
    if ((has & 0x80) !== 0) {
      out.isWide = ((bytes[at] ?? 0) & 0x80) !== 0;
      out.pictureIdAt = at - start;
      out.pictureId = out.isWide ? readUint16(bytes, at) & 0x7fff : (bytes[at] ?? 0);
      at += out.isWide ? 2 : 1;
    }
    if ((has & 0x40) !== 0) {
      out.layerZeroAt = at - start;
      out.layerZero = bytes[at] ?? 0;
      at += 1;
    }
    if ((has & 0x30) !== 0) at += 1;
  }
  if (at >= end) {
    out.pictureIdAt = -1;
    out.layerZeroAt = -1;
    return;
  }
  const startsPartitionZero = (first & 0x17) === 0x10;
  out.startsKeyframe = startsPartitionZero && ((bytes[at] ?? 0) & 0x01) === 0;
}

function startsH264(bytes: Uint8Array, start: number, end: number): boolean {
  const type = (bytes[start] ?? 0) & 0x1f;
  if (type === SEQUENCE_PARAMETERS) return true;
  if (type === FU_A) return end - start > 2 && ((bytes[start + 1] ?? 0) & 0x9f) === (0x80 | SEQUENCE_PARAMETERS);
  if (type !== STAP_A) return false;
  for (let at = start + 1; at + 2 < end; at += 2 + readUint16(bytes, at)) if (((bytes[at + 2] ?? 0) & 0x1f) === SEQUENCE_PARAMETERS) return true;
  return false;
}
