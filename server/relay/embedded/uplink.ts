import { CONGESTED } from './layer-choice.ts';
import { LossMeter, nothingReported } from './loss-meter.ts';
import type { ReceptionReport } from './source.ts';

const REPORTED_PACKETS = 100;
/** What is left of what came through, when too much was lost: the voice of the same person goes the same way. */
const SPARE = 0.7;
const RISE_A_SECOND = 1.15;
const FIRST_REST_MS = 10_000;
const LONGEST_REST_MS = 60_000;

/** The way of a layer to the relay: how much of it is asked for there, and whether the layer is worth sending at all. */
export class Uplink {
  readonly #meter = new LossMeter(REPORTED_PACKETS);
  readonly #reported = nothingReported();
  readonly #limits: { readonly most: number; readonly least: number };
  #carries: number;
  #bytes = 0;
  #restMs = FIRST_REST_MS;
  #restUntilMs = -Infinity;

  constructor(limits: { readonly most: number; readonly least: number }) {
    this.#limits = limits;
    this.#carries = limits.most;
  }

  noteReceived(bytes: number): void {
    this.#bytes += bytes;
  }

  /** Bits a second. */
  get carries(): number {
    return this.#carries;
  }

  /** Nothing of the layer should be sent for now: its way carries less than it needs. */
  isResting(nowMs: number): boolean {
    return nowMs < this.#restUntilMs;
  }

  /** Once a second, while something comes. */
  note({ cumulativeLost, highestSequence }: ReceptionReport, nowMs: number): void {
    const received = this.#bytes * 8;
    this.#bytes = 0;
    const isNews = this.#meter.note(this.#reported, { lost: cumulativeLost, highest: highestSequence, sent: highestSequence }, nowMs);
    // What still comes while it rests was sent before the word of it arrived.
    if (this.isResting(nowMs)) return;
    if (!isNews || this.#meter.loss <= CONGESTED) {
      this.#carries = Math.min(this.#limits.most, this.#carries * RISE_A_SECOND);
      return;
    }
    this.#carries = received * SPARE;
    if (this.#carries >= this.#limits.least) return;
    this.#carries = this.#limits.least;
    this.#restUntilMs = nowMs + this.#restMs;
    this.#restMs = Math.min(LONGEST_REST_MS, this.#restMs * 2);
  }
}
