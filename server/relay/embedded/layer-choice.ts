import type { PictureSize } from '../relay.ts';

/** Under this the large layer of a camera is not worth watching; no viewer drags it lower, but is given the small one. */
export const HIGH_FLOOR = 500_000;
/** What a way must have been shown to carry before the large layer is put on it. */
export const HIGH_ENTRY = 700_000;
/** Loss of the picture, on the way from here, that is more than bad radio: packets are being dropped for want of room. */
export const CONGESTED = 0.15;
/** Voices are mended and concealed up to here (G.711 and Opus with error correction alike); beyond, words are lost. */
const VOICE_SUFFERS = 0.12;
/** Reports about a picture come every second, about voices every 5 s (7.5 at most, RFC 3550 section 6.2): an earlier one speaks of the time before a change. */
const PICTURE_SETTLE_MS = 2000;
const VOICE_SETTLE_MS = 7500;
/** A report counts so long. */
const FRESH_MS = 10_000;
/** No new try at more for so long after a fall, twice as long after each that follows soon. */
const FIRST_REST_MS = 5000;
const LONGEST_REST_MS = 40_000;
/** What lasted so long was no mistake. */
const LASTED_MS = 20_000;

/** What is known of the way to a viewer. */
export interface WayFacts {
  /** The most the viewer has use for. */
  readonly size: PictureSize;
  /** Bits a second that it is known to carry; Infinity while nothing is known. */
  readonly carries: number;
  /** It said that it is overfull, since the last question. */
  readonly overfull: boolean;
  /** Bits a second sent in the last second. */
  readonly sent: number;
  /** Of the picture's packets, 0 to 1, by the last report. */
  readonly loss: number;
  readonly lossAtMs: number;
  /** Of the voices that the same person hears. */
  readonly voiceLoss: number;
  readonly voiceLossAtMs: number;
}

/** Which layer a viewer gets: down at once, up when the way has been shown to carry it, and nothing at all while voices are still lost. */
export class LayerChoice {
  #level: PictureSize = 'low';
  #changedAtMs = -Infinity;
  #restMs = FIRST_REST_MS;
  #restUntilMs = -Infinity;

  /** May be higher than the size that is asked for. */
  get level(): PictureSize {
    return this.#level;
  }

  /** The way may be tried out for more. */
  mayTry(nowMs: number): boolean {
    return this.#level === 'low' && nowMs >= this.#restUntilMs;
  }

  /** The way was tried out and did not hold. */
  tryFailed(nowMs: number): void {
    this.#rest(nowMs);
  }

  /** @returns what to send now */
  decide(way: WayFacts, nowMs: number): PictureSize {
    const since = nowMs - this.#changedAtMs;
    const isCongested = way.loss > CONGESTED && nowMs - way.lossAtMs < FRESH_MS && way.lossAtMs - this.#changedAtMs >= PICTURE_SETTLE_MS;
    const voiceSuffers = way.voiceLoss > VOICE_SUFFERS && nowMs - way.voiceLossAtMs < FRESH_MS && way.voiceLossAtMs - this.#changedAtMs >= VOICE_SETTLE_MS;
    if (this.#level === 'high') {
      const isTooNarrow = way.overfull && way.carries < HIGH_FLOOR && way.carries < 0.9 * way.sent;
      if (isTooNarrow || isCongested || voiceSuffers) this.#fall('low', since, nowMs);
    } else if (this.#level === 'low') {
      if (voiceSuffers) this.#fall('none', since, nowMs);
      else if (way.size === 'high' && way.carries >= HIGH_ENTRY && nowMs >= this.#restUntilMs && !isCongested) this.#change('high', nowMs);
    } else if (nowMs >= this.#restUntilMs) {
      this.#change('low', nowMs);
      this.#rest(nowMs);
    }
    return atMost(this.#level, way.size);
  }

  #fall(level: PictureSize, since: number, nowMs: number): void {
    if (since > LASTED_MS) this.#restMs = FIRST_REST_MS;
    this.#rest(nowMs);
    this.#change(level, nowMs);
  }

  #rest(nowMs: number): void {
    this.#restUntilMs = nowMs + this.#restMs;
    this.#restMs = Math.min(LONGEST_REST_MS, this.#restMs * 2);
  }

  #change(level: PictureSize, nowMs: number): void {
    this.#level = level;
    this.#changedAtMs = nowMs;
  }
}

function atMost(level: PictureSize, size: PictureSize): PictureSize {
  if (level === 'none' || size === 'none') return 'none';
  return size === 'low' ? 'low' : level;
}
