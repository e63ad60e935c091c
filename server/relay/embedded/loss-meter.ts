import { sequenceDistance } from './rtp.ts';

/** What a stream's receiver said of it last. */
export interface Reported {
  lost: number;
  /** -1: nothing yet. */
  highest: number;
  /** Packets that had been sent by then. */
  sent: number;
}

/** A stream that goes out. */
export interface SentStream {
  /** Sent since the beginning. */
  readonly packets: number;
  readonly reported: Reported;
}

export const nothingReported = (): Reported => ({ lost: 0, highest: -1, sent: 0 });

/**
 * How many packets do not arrive, from receiver reports (RFC 3550 section 6.4.1) of one stream or more to the same person, over stretches that are long enough to tell. What arrives is held against what was
 * sent here: gaps in the numbers also tell of packets that were lost before they came here, which says nothing of this way.
 */
export class LossMeter {
  /** 0 to 1. */
  loss = 0;
  lossAtMs = -Infinity;
  readonly #minPackets: number;
  #sent = 0;
  #received = 0;

  /** @param minPackets that a stretch has: of 100 packets at 5% random loss one time in a hundred more than 10 are lost, of 200 one in a thousand */
  constructor(minPackets: number) {
    this.#minPackets = minPackets;
  }

  /**
   * @param lost the report's cumulative number, 24 bits with a sign
   * @param highest the report's extended highest sequence number
   * @returns whether `loss` was brought up to date
   */
  note({ packets, reported }: SentStream, lost: number, highest: number, nowMs: number): boolean {
    const signed = (lost << 8) >> 8;
    const expected = sequenceDistance(highest & 0xffff, reported.highest);
    if (reported.highest >= 0 && expected >= 0) {
      this.#sent += packets - reported.sent;
      this.#received += expected - (signed - reported.lost);
    }
    reported.lost = signed;
    reported.highest = highest & 0xffff;
    reported.sent = packets;
    if (this.#sent < this.#minPackets) return false;
    this.loss = Math.min(1, Math.max(0, 1 - this.#received / this.#sent));
    this.lossAtMs = nowMs;
    this.#sent = 0;
    this.#received = 0;
    return true;
  }
}
