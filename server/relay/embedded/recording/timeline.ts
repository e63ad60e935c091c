/** Puts the packets of changing speakers on one clock: where nobody speaks, or a packet is missing, silence is written, so that all files of a recording run in step. */
import { OggOpusWriter, PRE_SKIP, SILENCE, SILENCE_SAMPLES, packetSamples } from './ogg.ts';

const SAMPLES_A_MS = 48;
/** What is late by less finds its place still free: silence is written no closer to the present. */
export const LATENESS_MS = 1000;
/** A speaker's own clock may be so far from ours before it is set anew: it drifts, and a stalled line delivers late. */
const DRIFT_SAMPLES = LATENESS_MS * SAMPLES_A_MS;

export class Timeline {
  readonly #writer: OggOpusWriter;
  /** Timestamp of the speaker's packets less the place in the file, or NaN before the first of a speaker. */
  #offset = Number.NaN;
  #lastTimestamp = 0;
  #unwrapped = 0;

  constructor(writer: OggOpusWriter) {
    this.#writer = writer;
    this.#silence(PRE_SKIP);
  }

  /** Another speaker, or another connection of the same one: their numbering has nothing to do with what was. */
  anew(): void {
    this.#offset = Number.NaN;
  }

  /** @param timestamp of RTP, 48 kHz. @param atMs since the beginning of the recording */
  voice(payload: Uint8Array, timestamp: number, atMs: number): void {
    const samples = packetSamples(payload);
    if (samples === 0) return;
    const present = PRE_SKIP + Math.round(atMs * SAMPLES_A_MS);
    if (Number.isNaN(this.#offset)) this.#unwrapped = timestamp;
    else this.#unwrapped += (timestamp - this.#lastTimestamp) | 0;
    this.#lastTimestamp = timestamp;
    if (Number.isNaN(this.#offset) || Math.abs(this.#unwrapped - this.#offset - present) > DRIFT_SAMPLES) this.#offset = this.#unwrapped - present;
    const place = this.#unwrapped - this.#offset;
    this.#silence(place);
    // Its place is taken: it came too late, or twice, or claims to last longer than its number says.
    if (this.#writer.samples - place >= samples / 2) return;
    this.#writer.write(Uint8Array.from(payload), samples);
  }

  /** Call some times a second: all voices so far, and silence up to a moment ago, are written and on their way to the disk. */
  advance(atMs: number): void {
    this.#silence(PRE_SKIP + Math.round((atMs - LATENESS_MS) * SAMPLES_A_MS));
    this.#writer.flush();
  }

  end(atMs: number): void {
    this.#silence(PRE_SKIP + Math.round(atMs * SAMPLES_A_MS));
    this.#writer.end();
  }

  /** Fills up to a place, to within a frame. */
  #silence(place: number): void {
    while (this.#writer.samples + SILENCE_SAMPLES <= place) this.#writer.write(SILENCE, SILENCE_SAMPLES);
  }
}
