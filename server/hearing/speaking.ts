/** Levels are the relay's: 0 at -60 dBov and below, 1 at full scale, linear in decibels. Speech at a good microphone is around 0.6. */
export const SPEAKING_ON = 0.25;
export const SPEAKING_OFF = 0.15;
/** Pauses between words are shorter than this, ms: somebody who takes breath is still speaking. */
export const SPEAKING_HOLD_MS = 400;

/** What a silent person counts against one who speaks, when slots are given: -30 dB, so that any talker in range comes first. */
export const SILENT_WEIGHT = 0.03;
const SPEAKING_WEIGHT = 0.5;
/** After speech the weight halves in this time, ms: whoever spoke last is the likeliest to speak next. */
const HALF_LIFE_MS = 1500;

/** Who is speaking, from the relay's levels, with hysteresis: one syllable switches on, a pause between words does not switch off. */
export class Speaking {
  /** By person index: how much a voice counts when slots are given, {@link SILENT_WEIGHT} to 1. */
  readonly weight: Float32Array;
  private readonly level: Float32Array;
  private readonly speaking: Uint8Array;
  private readonly loudAt: Float64Array;

  constructor(capacity: number) {
    this.weight = new Float32Array(capacity).fill(SILENT_WEIGHT);
    this.level = new Float32Array(capacity);
    this.speaking = new Uint8Array(capacity);
    this.loudAt = new Float64Array(capacity).fill(-Infinity);
  }

  isSpeaking(index: number): boolean {
    return this.speaking[index] === 1;
  }

  /** Takes the relay's word for a level; it stays until the next. @returns true if the person has just begun to speak. */
  hear(index: number, level: number, now: number): boolean {
    this.level[index] = level;
    if (level >= SPEAKING_OFF) this.loudAt[index] = now;
    if (level < SPEAKING_ON || this.speaking[index] === 1) return false;
    this.speaking[index] = 1;
    this.weigh(index, now);
    return true;
  }

  /** Brings one person up to `now` (ms). @returns true if the person has just fallen silent. */
  update(index: number, now: number): boolean {
    if ((this.level[index] as number) >= SPEAKING_OFF) this.loudAt[index] = now;
    const stopped = this.speaking[index] === 1 && now - (this.loudAt[index] as number) > SPEAKING_HOLD_MS;
    if (stopped) this.speaking[index] = 0;
    this.weigh(index, now);
    return stopped;
  }

  /** Forgets a person: they begin silent. */
  reset(index: number): void {
    this.weight[index] = SILENT_WEIGHT;
    this.level[index] = 0;
    this.speaking[index] = 0;
    this.loudAt[index] = -Infinity;
  }

  private weigh(index: number, now: number): void {
    if (this.speaking[index] === 1) {
      this.weight[index] = SPEAKING_WEIGHT + (1 - SPEAKING_WEIGHT) * (this.level[index] as number);
    } else {
      const since = now - (this.loudAt[index] as number);
      this.weight[index] = Math.max(SILENT_WEIGHT, SPEAKING_WEIGHT * 2 ** (-since / HALF_LIFE_MS));
    }
  }
}
