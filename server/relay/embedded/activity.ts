import { NO_LEVEL, SILENCE_LEVEL } from './rtp.ts';

/** How fast a level falls after speech, a report: at 10 reports a second about 0.3 s from full to a tenth, between syllables and words. */
const RELEASE = 0.5;
/** Steps that are worth telling: a bar of 50 steps. Fewer messages for what nobody can see. */
const STEPS = 50;
/** Microphone noise of a quiet room lies about here (-dBov); what is quieter is silence. */
const FLOOR_LEVEL = 60;

/** 0 at the floor and below, 1 at full scale, linear in decibels between: as loudness is perceived. */
export function levelFromDecibels(level: number): number {
  if (level >= FLOOR_LEVEL) return 0;
  return 1 - level / FLOOR_LEVEL;
}

/** The smoothed level of one microphone: up at once, down slowly, told only when it changes. */
export class ActivityMeter {
  #loudest = SILENCE_LEVEL;
  #level = 0;
  #told = 0;

  /** Hot path: once for every packet. `level` in -dBov, or NO_LEVEL. */
  hear(level: number): void {
    if (level !== NO_LEVEL && level < this.#loudest) this.#loudest = level;
  }

  /** Call about 10 times a second. Returns the level, 0 to 1, if it is news, otherwise null. */
  report(): number | null {
    const heard = levelFromDecibels(this.#loudest);
    this.#loudest = SILENCE_LEVEL;
    this.#level = Math.max(heard, this.#level * RELEASE);
    const step = Math.round(this.#level * STEPS) / STEPS;
    if (step === 0) this.#level = 0;
    if (step === this.#told) return null;
    this.#told = step;
    return step;
  }
}
