import { SILENT_WEIGHT } from './speaking.ts';
import type { Speaking } from './speaking.ts';

/** A voice in a slot counts as much louder, 6 dB: only one that is clearly louder takes its place, and the way back is as far again. */
export const INCUMBENT_ADVANTAGE = 2;
/** In this time, ms, a slot of a listener who takes turns is worth half to whoever speaks in it, and twice as much to whoever speaks in vain. */
const TURN_MS = 5000;
/** Longer than so many times that nobody's wait is reckoned: 2 to that power is a number still. */
const LONGEST_WAIT = 500;
/** Whoever was not heard yet has waited so long, in times of that, and up to one more, other for each pair: not all listeners change from the same voice to the same at once. */
const FIRST_WAIT = 10;
const PHASES = 16;

/**
 * How much a voice counts for one listener. Among people who do not hear each other by the place, nobody is nearer than another: where more of them
 * speak than the listener has slots, loudness alone would leave the same ones unheard for ever. For a listener marked with {@link set}, whoever
 * has spoken in a slot gives it up, the sooner the longer another has waited for it.
 */
export class Turns {
  /** Milliseconds, the clock of `speaking`. */
  now = 0;
  private readonly speaking: Speaking;
  /** By listener who takes turns: when each speaker last came into a slot of theirs, or out of one. */
  private readonly since: (Float64Array | null)[];

  constructor(speaking: Speaking, capacity: number) {
    this.speaking = speaking;
    this.since = new Array<Float64Array | null>(capacity).fill(null);
  }

  /** Whether the listener hears in turn whoever speaks, from now on. */
  set(listener: number, on: boolean): void {
    if (on === (this.since[listener] !== null)) return;
    this.since[listener] = on ? this.firstRow(listener) : null;
  }

  /** The speaker has come into a slot of the listener, or out of one. */
  changed(listener: number, speaker: number): void {
    const since = this.since[listener];
    if (since) since[speaker] = this.now;
  }

  /** What the speaker counts, before any gain. `holds`: they have a slot of the listener. */
  weigh(listener: number, speaker: number, holds: boolean): number {
    const weight = this.speaking.weight[speaker] as number;
    const since = this.since[listener];
    if (!since) return holds ? weight * INCUMBENT_ADVANTAGE : weight;
    const turns = Math.min((this.now - (since[speaker] as number)) / TURN_MS, LONGEST_WAIT);
    const speaks = this.speaking.isSpeaking(speaker);
    // A louder microphone gives no right to a longer turn.
    if (!holds) return speaks ? 2 ** turns : weight;
    // A turn begins with the first word; and the silent do not take slots from each other.
    if (weight <= SILENT_WEIGHT) since[speaker] = this.now;
    return Math.max((speaks ? 1 : weight) * 2 ** -turns, SILENT_WEIGHT) * INCUMBENT_ADVANTAGE;
  }

  private firstRow(listener: number): Float64Array {
    return Float64Array.from(this.since, (_, speaker) => this.now - TURN_MS * (FIRST_WAIT + ((5 * speaker + 3 * listener) % PHASES) / PHASES));
  }
}
