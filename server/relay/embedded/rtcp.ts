import { readUint16, readUint32, writeUint32 } from './rtp.ts';
import type { ReceptionReport } from './source.ts';

/**
 * The RTCP that the relay speaks for itself (RFC 3550 section 6): a sender report for each slot, so that a listener can relate its clock and measure,
 * and a receiver report to each microphone, so that its encoder knows the loss and switches error correction on.
 */

const SENDER_REPORT = 200;
const RECEIVER_REPORT = 201;
const SOURCE_DESCRIPTION = 202;
const NTP_EPOCH_OFFSET_S = 2_208_988_800; // 1900 to 1970

/** RFC 3550 section 6.1: every compound packet carries a CNAME. Five letters and the end mark fill the words exactly. */
const CNAME = [...'relay'].map((letter) => letter.charCodeAt(0));
const SDES_BYTES = 4 + 4 + 2 + CNAME.length + 1;
const SR_BYTES = 28;
const RR_BYTES = 32;
export const SENDER_REPORT_BYTES = SR_BYTES + SDES_BYTES;
export const RECEIVER_REPORT_BYTES = RR_BYTES + SDES_BYTES;

/** A wall-clock moment as the 64-bit NTP time of RFC 3550 section 4, in two halves. */
export function ntpTime(unixMs: number): { seconds: number; fraction: number } {
  const seconds = Math.floor(unixMs / 1000);
  return { seconds: (seconds + NTP_EPOCH_OFFSET_S) >>> 0, fraction: Math.floor(((unixMs - seconds * 1000) / 1000) * 2 ** 32) >>> 0 };
}

function writeHead(target: Uint8Array, at: number, head: { count: number; type: number; bytes: number }): void {
  target[at] = 0x80 | head.count;
  target[at + 1] = head.type;
  const words = head.bytes / 4 - 1;
  target[at + 2] = words >>> 8;
  target[at + 3] = words & 0xff;
}

function writeDescription(target: Uint8Array, at: number, ssrc: number): void {
  writeHead(target, at, { count: 1, type: SOURCE_DESCRIPTION, bytes: SDES_BYTES });
  writeUint32(target, at + 4, ssrc);
  target[at + 8] = 1; // CNAME
  target[at + 9] = CNAME.length;
  target.set(CNAME, at + 10);
  target[at + 10 + CNAME.length] = 0;
}

export interface SenderFacts {
  ssrc: number;
  unixMs: number;
  rtpTimestamp: number;
  packets: number;
  octets: number;
}

/** Writes SENDER_REPORT_BYTES into `target`: SR without report blocks, then SDES. */
export function writeSenderReport(target: Uint8Array, facts: SenderFacts): void {
  const ntp = ntpTime(facts.unixMs);
  writeHead(target, 0, { count: 0, type: SENDER_REPORT, bytes: SR_BYTES });
  writeUint32(target, 4, facts.ssrc);
  writeUint32(target, 8, ntp.seconds);
  writeUint32(target, 12, ntp.fraction);
  writeUint32(target, 16, facts.rtpTimestamp);
  writeUint32(target, 20, facts.packets >>> 0);
  writeUint32(target, 24, facts.octets >>> 0);
  writeDescription(target, SR_BYTES, facts.ssrc);
}

export interface ReceiverFacts {
  /** Ours: any SSRC that the peer does not use itself. */
  reporter: number;
  source: number;
  report: ReceptionReport;
  /** Middle 32 bits of the last sender report's NTP time, 0 if none came. */
  lastSenderReport: number;
  /** Since that report arrived, in 1/65536 s. */
  delaySince: number;
}

/** Writes RECEIVER_REPORT_BYTES into `target`: RR with one block, then SDES. */
export function writeReceiverReport(target: Uint8Array, facts: ReceiverFacts): void {
  writeHead(target, 0, { count: 1, type: RECEIVER_REPORT, bytes: RR_BYTES });
  writeUint32(target, 4, facts.reporter);
  writeUint32(target, 8, facts.source);
  writeUint32(target, 12, ((facts.report.fractionLost << 24) | facts.report.cumulativeLost) >>> 0);
  writeUint32(target, 16, facts.report.highestSequence);
  writeUint32(target, 20, facts.report.jitter);
  writeUint32(target, 24, facts.lastSenderReport);
  writeUint32(target, 28, facts.delaySince);
  writeDescription(target, RR_BYTES, facts.reporter);
}

/**
 * Finds the sender report in a compound packet.
 *
 * @returns the middle 32 bits of its NTP time, or 0 if there is no well-formed one from `ssrc`
 */
export function findSenderReport(packet: Uint8Array, ssrc: number): number {
  let at = 0;
  while (at + 8 <= packet.length) {
    const bytes = (readUint16(packet, at + 2) + 1) * 4;
    if (at + bytes > packet.length) return 0;
    if (packet[at + 1] === SENDER_REPORT && bytes >= SR_BYTES && readUint32(packet, at + 4) === ssrc) return readUint32(packet, at + 10);
    at += bytes;
  }
  return 0;
}
