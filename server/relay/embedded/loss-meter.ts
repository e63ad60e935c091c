import { sequenceDistance } from './rtp.ts';

/** Fewer packets than these say little: at 5% random loss, 25 packets have more than 3 lost every thirtieth time. */
const MIN_PACKETS = 100;

/** How many packets of a stream do not arrive, from its receiver reports (RFC 3550 section 6.4.1), over stretches that are long enough to tell. */
export class LossMeter {
  /** 0 to 1. */
  loss = 0;
  lossAtMs = -Infinity;
  #lost = 0;
  #highest = -1;

  /**
   * @param lost the report's cumulative number, 24 bits with a sign
   * @param highest the report's extended highest sequence number
   * @returns whether `loss` was brought up to date
   */
  note(lost: number, highest: number, nowMs: number): boolean {
    const signed = (lost << 8) >> 8;
    const expected = this.#highest < 0 ? -1 : sequenceDistance(highest & 0xffff, this.#highest);
    if (expected >= 0 && expected < MIN_PACKETS) return false;
    const isKnown = expected > 0;
    if (isKnown) {
      this.loss = Math.min(1, Math.max(0, (signed - this.#lost) / expected));
      this.lossAtMs = nowMs;
    }
    this.#lost = signed;
    this.#highest = highest & 0xffff;
    return isKnown;
  }
}
