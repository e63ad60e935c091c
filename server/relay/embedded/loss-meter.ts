import { sequenceDistance } from './rtp.ts';

/** What a stream's receiver said of it last. */
export interface Reported {
  lost: number;
  /** -1: nothing yet. */
  highest: number;
  /** Packets that had been sent by then. */
  sent: number;
}

/** A receiver report about a stream. */
export interface StreamReport {
  /** The cumulative number, 24 bits with a sign. */
  readonly lost: number;
  /** The extended highest sequence number. */
  readonly highest: number;
  /** Packets that were sent up to that number: what is still on its way is not lost. */
  readonly sent: number;
}

/** Packets sent up to the one that was received last, if `packets` were sent up to the one with the number `newest`. */
export function sentUpTo(highest: number, { packets, newest }: { packets: number; newest: number }): number {
  return packets - Math.max(0, sequenceDistance(newest, highest & 0xffff));
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

  /** @returns whether `loss` was brought up to date */
  note(reported: Reported, { lost, highest, sent }: StreamReport, nowMs: number): boolean {
    const signed = (lost << 8) >> 8;
    const expected = sequenceDistance(highest & 0xffff, reported.highest);
    if (reported.highest >= 0 && expected >= 0) {
      this.#sent += sent - reported.sent;
      this.#received += expected - (signed - reported.lost);
    }
    reported.lost = signed;
    reported.highest = highest & 0xffff;
    reported.sent = sent;
    if (this.#sent < this.#minPackets) return false;
    this.loss = Math.min(1, Math.max(0, 1 - this.#received / this.#sent));
    this.lossAtMs = nowMs;
    this.#sent = 0;
    this.#received = 0;
    return true;
  }
}
