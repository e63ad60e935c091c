import { HIGH_ENTRY } from './layer-choice.ts';

/** Where a try begins, and how fast it rises: gently enough that a narrow way says so before its queue is full and voices suffer. */
const START_BITRATE = 200_000;
const RISE_A_SECOND = 1.4;
/** A little over what has to be shown, since the measure is of whole seconds. */
const TOP_BITRATE = HIGH_ENTRY * 1.1;
const LONGEST_MS = 12_000;
/** RFC 3550 section 5.1: the count of padding is one byte. */
export const PADDING_BYTES = 255;
/** The least between two rounds that counts; a stalled process does not catch up in one burst. */
const LONGEST_ROUND_MS = 60;

/**
 * Tries out whether a way carries the large layer, by padding beside the small one, at a rate that rises. Browsers' estimates never rise far over what comes in, so without it nobody who was once moved to the small
 * layer would ever come up; and to put the large layer itself on a way that may be narrow would cost the voices on it.
 */
export class Probe {
  #startedAtMs = Number.NaN;
  #lastAtMs = 0;
  #owedBits = 0;

  get running(): boolean {
    return !Number.isNaN(this.#startedAtMs);
  }

  start(nowMs: number): void {
    this.#startedAtMs = nowMs;
    this.#lastAtMs = nowMs;
    this.#owedBits = 0;
  }

  stop(): void {
    this.#startedAtMs = Number.NaN;
  }

  /** Media that went out counts towards the rate. */
  noteSent(bytes: number): void {
    this.#owedBits = Math.max(-TOP_BITRATE / 10, this.#owedBits - bytes * 8);
  }

  isOver(nowMs: number): boolean {
    return nowMs - this.#startedAtMs > LONGEST_MS;
  }

  /** @returns how many packets of padding are due */
  due(nowMs: number): number {
    const rate = Math.min(TOP_BITRATE, START_BITRATE * RISE_A_SECOND ** ((nowMs - this.#startedAtMs) / 1000));
    this.#owedBits += (rate * Math.min(LONGEST_ROUND_MS, nowMs - this.#lastAtMs)) / 1000;
    this.#lastAtMs = nowMs;
    return Math.max(0, Math.floor(this.#owedBits / (PADDING_BYTES * 8)));
  }
}
