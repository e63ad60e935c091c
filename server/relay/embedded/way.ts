import { CONGESTED } from './layer-choice.ts';
import { LossMeter } from './loss-meter.ts';
import type { Reported, StreamReport } from './loss-meter.ts';

/** What was shown to hold counts so long; longer than a try, shorter than the weather of a radio network. */
const PROVEN_MS = 30_000;
/** What a viewer says of their way counts so long: browsers say it every second while something comes. */
const ESTIMATE_MS = 10_000;
/** Estimates flicker; a fall by more than this is the browser's delay filter saying that a queue grows. */
const FALL = 0.97;
/** A second of a large picture. */
const REPORTED_PACKETS = 100;

/**
 * What is known of the way to one viewer. A browser's estimate (REMB) creeps up by some 8% a second from what it last found too much, and never far over what it is sent; but it falls within a few
 * hundred milliseconds when a queue grows. So its falls are believed as they are, and what was sent for a whole second without one counts as proven.
 */
export class Way {
  /** It was said to be overfull since `takeOverfull`. */
  #overfull = false;
  #troubled = false;
  #estimate = Infinity;
  #estimateAtMs = -Infinity;
  #proven = 0;
  #provenAtMs = -Infinity;
  #bytes = 0;
  /** Bits sent in the last second. */
  sent = 0;
  readonly meter = new LossMeter(REPORTED_PACKETS);

  noteSent(bytes: number): void {
    this.#bytes += bytes;
  }

  /** @returns whether it says that the way is overfull */
  noteEstimate(bitrate: number, nowMs: number): boolean {
    const fell = bitrate < this.#estimate * FALL && this.#estimate !== Infinity;
    if (fell) {
      this.#overfull = true;
      this.#troubled = true;
      this.#proven = Math.min(this.#proven, bitrate);
    }
    this.#estimate = bitrate;
    this.#estimateAtMs = nowMs;
    return fell;
  }

  /** Of the viewer's receiver report. @returns whether it says that the way is overfull */
  noteReport(before: Reported, report: StreamReport, nowMs: number): boolean {
    const isCongested = this.meter.note(before, report, nowMs) && this.meter.loss > CONGESTED;
    if (isCongested) this.#troubled = true;
    return isCongested;
  }

  /** Once a second. */
  second(nowMs: number): void {
    this.sent = this.#bytes * 8;
    this.#bytes = 0;
    if (nowMs - this.#provenAtMs > PROVEN_MS) this.#proven = 0;
    if (!this.#troubled && this.sent >= this.#proven * 0.9) {
      this.#proven = Math.max(this.#proven, this.sent);
      this.#provenAtMs = nowMs;
    }
    this.#troubled = false;
  }

  /** It does not carry what it once did. */
  doubt(): void {
    this.#proven = 0;
  }

  /** It was said to be overfull since this was last asked. */
  takeOverfull(): boolean {
    const was = this.#overfull;
    this.#overfull = false;
    return was;
  }

  /** Bits a second that it is known to carry; 0 while nothing is known. */
  carries(nowMs: number): number {
    return Math.max(this.#proven, this.#isFresh(nowMs) ? this.#estimate : 0);
  }

  /** Bits a second to ask for on its behalf, somewhat more than is proven, so that what is sent can grow; Infinity while nothing is known. */
  asks(nowMs: number): number {
    return this.#isFresh(nowMs) ? Math.max(this.#estimate, this.#proven * 1.08) : Infinity;
  }

  #isFresh(nowMs: number): boolean {
    return nowMs - this.#estimateAtMs < ESTIMATE_MS && this.#estimate !== Infinity;
  }
}

/** People whose way is remembered; the earliest are forgotten first. */
const MAX_KNOWN = 4096;
const KNOWN_MS = 120_000;

/** What the ways to people carried lately, so that the next picture to the same person need not begin small. */
export class KnownWays {
  readonly #known = new Map<string, { carries: number; atMs: number }>();

  note(person: string, carries: number, atMs: number): void {
    this.#known.delete(person);
    this.#known.set(person, { carries, atMs });
    for (const first of this.#known.keys()) {
      if (this.#known.size <= MAX_KNOWN) break;
      this.#known.delete(first);
    }
  }

  /** Bits a second; 0 if nothing is known. */
  recall(person: string, nowMs: number): number {
    const known = this.#known.get(person);
    return known !== undefined && nowMs - known.atMs < KNOWN_MS ? known.carries : 0;
  }
}
