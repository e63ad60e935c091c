import { readUint16, readUint32, writeUint32 } from './rtp.ts';

/**
 * The RTCP feedback that a picture needs, read and written without allocation: what is lost (generic NACK, RFC 4585 section 6.2.1), that a whole picture is needed (PLI, section
 * 6.3.1; FIR, RFC 5104 section 4.3.1), and how much the way carries (REMB, draft-alvestrand-rmcat-remb-03).
 */

const TRANSPORT_FEEDBACK = 205;
const PAYLOAD_FEEDBACK = 206;
const NACK = 1;
const PLI = 1;
const FIR = 4;
const APPLICATION = 15;
const SENDER_REPORT = 200;
const RECEIVER_REPORT = 201;
const SENDER_INFO_BYTES = 28;
const REMB_NAME = 0x52454d42; // 'REMB'

/** RFC 3550 section 6.1: a compound packet begins with a report, here an empty one. */
const REPORT_BYTES = 8;
const REPORT_BLOCK_BYTES = 24;
export const PLI_BYTES = REPORT_BYTES + 12;
export const NACK_BYTES = REPORT_BYTES + 16;
export const REMB_BYTES = REPORT_BYTES + 24;
/** A hostile packet may name a hundred thousand losses; no browser names more at once than it keeps. */
const MAX_LOSSES = 200;

/** What feedback asks for. Called while a packet is read. */
export interface FeedbackSink {
  /** A packet, by its sequence number, was not received. */
  lost(sequence: number): void;
  needsPicture(): void;
  /** Bits a second. */
  carries(bitrate: number): void;
}

/** What a listener reports of one of the streams that it is sent. */
export interface ReportSink {
  /** `lost`: packets since the beginning, 24 bits with a sign; `highest`: extended highest sequence number. */
  received(ssrc: number, lost: number, highest: number): void;
}

/** Reads the receiver reports of a compound packet, in sender reports too, as far as it is well-formed. */
export function readReports(packet: Uint8Array, sink: ReportSink): void {
  for (let at = 0; at + 8 <= packet.length;) {
    const end = at + (readUint16(packet, at + 2) + 1) * 4;
    if (end > packet.length) return;
    const type = packet[at + 1];
    const first = type === RECEIVER_REPORT ? at + REPORT_BYTES : type === SENDER_REPORT ? at + SENDER_INFO_BYTES : end;
    for (let block = first; block + REPORT_BLOCK_BYTES <= end; block += REPORT_BLOCK_BYTES) sink.received(readUint32(packet, block), readUint32(packet, block + 4) & 0xffffff, readUint32(packet, block + 8));
    at = end;
  }
}

/** Reads a compound packet as far as it is well-formed. `ssrc`: of the stream that it must be about. */
export function readFeedback(packet: Uint8Array, ssrc: number, sink: FeedbackSink): void {
  let at = 0;
  while (at + 12 <= packet.length) {
    const bytes = (readUint16(packet, at + 2) + 1) * 4;
    if (at + bytes > packet.length) return;
    const format = (packet[at] ?? 0) & 0x1f;
    const type = packet[at + 1];
    if (type === TRANSPORT_FEEDBACK && format === NACK && readUint32(packet, at + 8) === ssrc) readLosses(packet, at + 12, at + bytes, sink);
    else if (type === PAYLOAD_FEEDBACK) readPayloadFeedback(packet, { at, bytes, format }, ssrc, sink);
    at += bytes;
  }
}

function readLosses(packet: Uint8Array, from: number, to: number, sink: FeedbackSink): void {
  let told = 0;
  for (let at = from; at + 4 <= to && told < MAX_LOSSES; at += 4) {
    const first = readUint16(packet, at);
    const more = readUint16(packet, at + 2);
    sink.lost(first);
    told += 1;
    for (let bit = 0; bit < 16; bit += 1) {
      if ((more & (1 << bit)) === 0) continue;
      sink.lost((first + bit + 1) & 0xffff);
      told += 1;
    }
  }
}

function readPayloadFeedback(packet: Uint8Array, { at, bytes, format }: { at: number; bytes: number; format: number }, ssrc: number, sink: FeedbackSink): void {
  if (format === PLI) {
    if (readUint32(packet, at + 8) === ssrc) sink.needsPicture();
  } else if (format === FIR) {
    for (let entry = at + 12; entry + 8 <= at + bytes; entry += 8) if (readUint32(packet, entry) === ssrc) sink.needsPicture();
  } else if (format === APPLICATION && bytes >= 20 && readUint32(packet, at + 12) === REMB_NAME) {
    const high = packet[at + 17] ?? 0;
    const mantissa = ((high & 0x03) << 16) | readUint16(packet, at + 18);
    sink.carries(mantissa * 2 ** (high >> 2));
  }
}

function writeHead(target: Uint8Array, { format, type, bytes }: { format: number; type: number; bytes: number }, reporter: number): void {
  target[0] = 0x80;
  target[1] = RECEIVER_REPORT;
  target[2] = 0;
  target[3] = 1;
  writeUint32(target, 4, reporter);
  target[REPORT_BYTES] = 0x80 | format;
  target[REPORT_BYTES + 1] = type;
  target[REPORT_BYTES + 2] = 0;
  target[REPORT_BYTES + 3] = (bytes - REPORT_BYTES) / 4 - 1;
  writeUint32(target, REPORT_BYTES + 4, reporter);
}

/** Writes PLI_BYTES: a whole picture is wanted of `ssrc`. */
export function writePictureRequest(target: Uint8Array, reporter: number, ssrc: number): void {
  writeHead(target, { format: PLI, type: PAYLOAD_FEEDBACK, bytes: PLI_BYTES }, reporter);
  writeUint32(target, REPORT_BYTES + 8, ssrc);
}

/** Writes NACK_BYTES: one packet of `ssrc` was lost. */
export function writeLoss(target: Uint8Array, reporter: number, ssrc: number, sequence: number): void {
  writeHead(target, { format: NACK, type: TRANSPORT_FEEDBACK, bytes: NACK_BYTES }, reporter);
  writeUint32(target, REPORT_BYTES + 8, ssrc);
  writeUint32(target, REPORT_BYTES + 12, sequence << 16);
}

/** Writes REMB_BYTES: no more than `bitrate` bits a second of `ssrc` are wanted. */
export function writeBitrate(target: Uint8Array, reporter: number, ssrc: number, bitrate: number): void {
  writeHead(target, { format: APPLICATION, type: PAYLOAD_FEEDBACK, bytes: REMB_BYTES }, reporter);
  writeUint32(target, REPORT_BYTES + 8, 0);
  writeUint32(target, REPORT_BYTES + 12, REMB_NAME);
  let exponent = 0;
  let mantissa = Math.max(0, Math.floor(bitrate));
  while (mantissa > 0x3ffff) {
    mantissa = Math.floor(mantissa / 2);
    exponent += 1;
  }
  target[REPORT_BYTES + 16] = 1;
  target[REPORT_BYTES + 17] = (exponent << 2) | (mantissa >>> 16);
  target[REPORT_BYTES + 18] = (mantissa >>> 8) & 0xff;
  target[REPORT_BYTES + 19] = mantissa & 0xff;
  writeUint32(target, REPORT_BYTES + 20, ssrc);
}
