/** RTP packets (RFC 3550 section 5.1) and the audio level in their header extension (RFC 6464), read and written without allocation. */

export const RTP_HEADER_BYTES = 12;
/** The most that one Opus packet can hold (RFC 6716 section 3.2.1, code 0): what is longer is not one voice frame. */
export const MAX_PAYLOAD_BYTES = 1276;
/** Level of digital silence, in -dBov, and what is reported when a packet carries no level. */
export const SILENCE_LEVEL = 127;
export const NO_LEVEL = -1;

/** RTP clock of Opus (RFC 7587 section 4.1), whatever the audio's own rate. */
export const OPUS_CLOCK_HZ = 48_000;

const VERSION_2 = 0x80;
const ONE_BYTE_PROFILE = 0xbede;
/** RFC 8285 section 4.3: 0x100 in the upper 12 bits, "appbits" in the lower 4. */
const TWO_BYTE_PROFILE = 0x1000;

/** A parsed packet. One object is reused for every packet of the process. */
export interface RtpPacket {
  marker: boolean;
  payloadType: number;
  sequence: number;
  timestamp: number;
  ssrc: number;
  payloadStart: number;
  /** Exclusive; padding is left out. */
  payloadEnd: number;
  /** 0 (loudest) to 127 (silence) in -dBov, or NO_LEVEL. */
  level: number;
}

export function emptyPacket(): RtpPacket {
  return { marker: false, payloadType: 0, sequence: 0, timestamp: 0, ssrc: 0, payloadStart: 0, payloadEnd: 0, level: NO_LEVEL };
}

/** RFC 5761 section 4: on a shared port the second byte tells RTCP (packet types 192 to 223, which read as payload types 64 to 95). */
export function isRtcp(packet: Uint8Array): boolean {
  const type = byte(packet, 1) & 0x7f;
  return type >= 64 && type <= 95;
}

/** Distance from b to a on the circle of sequence numbers, -32768 to 32767. */
export function sequenceDistance(a: number, b: number): number {
  return ((a - b) << 16) >> 16;
}

function byte(packet: Uint8Array, at: number): number {
  return packet[at] ?? 0;
}

export function readUint16(packet: Uint8Array, at: number): number {
  return (byte(packet, at) << 8) | byte(packet, at + 1);
}

export function readUint32(packet: Uint8Array, at: number): number {
  return ((byte(packet, at) << 24) | (byte(packet, at + 1) << 16) | (byte(packet, at + 2) << 8) | byte(packet, at + 3)) >>> 0;
}

function oneByteLevel(packet: Uint8Array, from: number, to: number, id: number): number {
  let at = from;
  while (at < to) {
    const head = byte(packet, at);
    if (head === 0) {
      at += 1; // padding between elements
      continue;
    }
    if (head >> 4 === 15) return NO_LEVEL; // RFC 8285: id 15 ends the list
    const end = at + 2 + (head & 0x0f);
    if (end > to) return NO_LEVEL;
    if (head >> 4 === id) return byte(packet, at + 1) & 0x7f;
    at = end;
  }
  return NO_LEVEL;
}

function twoByteLevel(packet: Uint8Array, from: number, to: number, id: number): number {
  let at = from;
  while (at < to) {
    const head = byte(packet, at);
    if (head === 0) {
      at += 1;
      continue;
    }
    const length = byte(packet, at + 1);
    const end = at + 2 + length;
    if (at + 2 > to || end > to) return NO_LEVEL;
    if (head === id) return length > 0 ? byte(packet, at + 2) & 0x7f : NO_LEVEL;
    at = end;
  }
  return NO_LEVEL;
}

/**
 * Reads a packet into `out`.
 *
 * @param levelId header extension id of the audio level, or 0 if none was negotiated
 * @returns false if the packet is malformed, empty, or longer than a voice frame; `out` is then undefined
 */
export function parseRtp(packet: Uint8Array, levelId: number, out: RtpPacket): boolean {
  const size = packet.length;
  const first = byte(packet, 0);
  if (size < RTP_HEADER_BYTES || (first & 0xc0) !== VERSION_2) return false;
  let start = RTP_HEADER_BYTES + 4 * (first & 0x0f);
  out.level = NO_LEVEL;
  if (first & 0x10) {
    if (start + 4 > size) return false;
    const profile = readUint16(packet, start);
    const from = start + 4;
    start = from + 4 * readUint16(packet, start + 2);
    if (start > size) return false;
    if (levelId > 0 && profile === ONE_BYTE_PROFILE) out.level = oneByteLevel(packet, from, start, levelId);
    else if (levelId > 0 && (profile & 0xfff0) === TWO_BYTE_PROFILE) out.level = twoByteLevel(packet, from, start, levelId);
  }
  let end = size;
  if (first & 0x20) {
    const padding = byte(packet, size - 1);
    if (padding === 0) return false;
    end -= padding;
  }
  if (end <= start || end - start > MAX_PAYLOAD_BYTES) return false;
  const second = byte(packet, 1);
  out.marker = (second & 0x80) !== 0;
  out.payloadType = second & 0x7f;
  out.sequence = readUint16(packet, 2);
  out.timestamp = readUint32(packet, 4);
  out.ssrc = readUint32(packet, 8);
  out.payloadStart = start;
  out.payloadEnd = end;
  return true;
}

/** What a forwarded packet says of itself. Extensions, contributing sources and padding are never forwarded: listeners negotiate none. */
export interface RtpStamp {
  marker: boolean;
  payloadType: number;
  sequence: number;
  timestamp: number;
  ssrc: number;
}

/** Writes the 12 bytes of a plain RTP header at the start of `target`. */
export function writeRtpHeader(target: Uint8Array, stamp: RtpStamp): void {
  target[0] = VERSION_2;
  target[1] = (stamp.marker ? 0x80 : 0) | stamp.payloadType;
  target[2] = stamp.sequence >>> 8;
  target[3] = stamp.sequence & 0xff;
  writeUint32(target, 4, stamp.timestamp);
  writeUint32(target, 8, stamp.ssrc);
}

export function writeUint32(target: Uint8Array, at: number, value: number): void {
  target[at] = value >>> 24;
  target[at + 1] = (value >>> 16) & 0xff;
  target[at + 2] = (value >>> 8) & 0xff;
  target[at + 3] = value & 0xff;
}
