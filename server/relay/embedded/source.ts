import { OPUS_CLOCK_HZ, sequenceDistance } from './rtp.ts';
import type { RtpPacket } from './rtp.ts';

/** RFC 3550 appendix A.1: a jump further ahead, or further back, than these is a source that started anew, not loss or reordering. */
const MAX_DROPOUT = 3000;
const MAX_MISORDER = 100;
/** What a source may send, and its RTP clock. */
export interface SourceKind {
  readonly clockHz: number;
  readonly packetsPerSecond: number;
  readonly burstPackets: number;
}

/**
 * The shortest packets that browsers make are 10 ms: 100 a second. A fifth more leaves room for a fast clock and catching up. A stalled uplink delivers what it
 * queued at once: one to two seconds. What is older nobody wants to hear.
 */
export const VOICE: SourceKind = { clockHz: OPUS_CLOCK_HZ, packetsPerSecond: 120, burstPackets: 100 };

export type Verdict = 'forward' | 'drop';

/** What a receiver report says of the source (RFC 3550 section 6.4.1). */
export interface ReceptionReport {
  fractionLost: number;
  cumulativeLost: number;
  highestSequence: number;
  jitter: number;
}

/** One microphone as it arrives: which packets may pass, when its numbering starts anew, and the reception statistics. */
export class MicrophoneSource {
  packets = 0;
  /** Dropped for exceeding the rate, since the start: a flood, if it keeps growing. */
  overRate = 0;
  /** Changes whenever the numbering starts anew. */
  generation = 0;
  readonly report: ReceptionReport = { fractionLost: 0, cumulativeLost: 0, highestSequence: 0, jitter: 0 };
  #started = false;
  #highest = 0;
  #cycles = 0;
  #base = 0;
  #received = 0;
  #expectedBefore = 0;
  #receivedBefore = 0;
  #restartAt = -1;
  #transit = 0;
  #jitter = 0;
  readonly #kind: SourceKind;
  #tokens: number;
  #refilledAtMs = Number.NaN;

  constructor(kind: SourceKind = VOICE) {
    this.#kind = kind;
    this.#tokens = kind.burstPackets;
  }

  /** Judges one packet. `nowMs` is a monotonic clock. */
  accept(packet: RtpPacket, nowMs: number): Verdict {
    if (!this.#takeToken(nowMs)) {
      this.overRate += 1;
      return 'drop';
    }
    if (!this.#started) this.#restart(packet.sequence);
    else if (!this.#follow(packet.sequence)) return 'drop';
    this.packets += 1;
    this.#received += 1;
    this.#updateJitter(packet.timestamp, nowMs);
    return 'forward';
  }

  /** Brings `report` up to date and starts the next interval (RFC 3550 appendix A.3). */
  nextReport(): ReceptionReport {
    const highest = (this.#cycles * 0x10000 + this.#highest) >>> 0;
    const expected = highest - this.#base + 1;
    const expectedNow = expected - this.#expectedBefore;
    const lostNow = expectedNow - (this.#received - this.#receivedBefore);
    this.#expectedBefore = expected;
    this.#receivedBefore = this.#received;
    this.report.fractionLost = expectedNow <= 0 || lostNow <= 0 ? 0 : Math.min(255, Math.floor((lostNow * 256) / expectedNow));
    this.report.cumulativeLost = Math.max(0, Math.min(0x7fffff, expected - this.#received));
    this.report.highestSequence = highest;
    this.report.jitter = Math.round(this.#jitter);
    return this.report;
  }

  #takeToken(nowMs: number): boolean {
    if (!Number.isNaN(this.#refilledAtMs)) {
      this.#tokens = Math.min(this.#kind.burstPackets, this.#tokens + ((nowMs - this.#refilledAtMs) * this.#kind.packetsPerSecond) / 1000);
    }
    this.#refilledAtMs = nowMs;
    if (this.#tokens < 1) return false;
    this.#tokens -= 1;
    return true;
  }

  #restart(sequence: number): void {
    this.#started = true;
    this.generation += 1;
    this.#base = sequence;
    this.#highest = sequence;
    this.#cycles = 0;
    this.#received = 0;
    this.#expectedBefore = 0;
    this.#receivedBefore = 0;
    this.#restartAt = -1;
  }

  /** RFC 3550 appendix A.1, `update_seq`: two packets in a row after a jump are a new start; a lone stray is dropped. */
  #follow(sequence: number): boolean {
    const ahead = sequenceDistance(sequence, this.#highest);
    if (ahead > MAX_DROPOUT || ahead < -MAX_MISORDER) {
      if (sequence === this.#restartAt) {
        this.#restart(sequence);
        return true;
      }
      this.#restartAt = (sequence + 1) & 0xffff;
      return false;
    }
    if (ahead > 0) {
      if (sequence < this.#highest) this.#cycles += 1;
      this.#highest = sequence;
    }
    return true;
  }

  /** RFC 3550 appendix A.8, in timestamp ticks. */
  #updateJitter(timestamp: number, nowMs: number): void {
    const transit = ((nowMs * this.#kind.clockHz) / 1000 - timestamp) | 0;
    const difference = this.packets > 1 ? Math.abs((transit - this.#transit) | 0) : 0;
    this.#transit = transit;
    // One second and more is a pause or a new numbering, not jitter.
    if (difference < this.#kind.clockHz) this.#jitter += (difference - this.#jitter) / 16;
  }
}
