import { LEVELS } from '../../world/engine/quality.ts';
import type { QualityLevel } from '../../world/engine/quality.ts';

/** What the device is asked for and what is drawn, from the least to the most. */
export interface HeadsetLevel extends QualityLevel {
  /** Of the resolution that the device recommends, along an edge, 0..1. */
  readonly viewport: number;
  /** Coarser at the edge of the lenses, 0..1, where the device can. */
  readonly foveation: number;
}

const [MINIMAL, LOW, MEDIUM, HIGH] = LEVELS as readonly [QualityLevel, QualityLevel, QualityLevel, QualityLevel];

/** Names beyond 24 fill the view of a headset; avatars with bodies of their own count 15 at most (`client/world/avatars`). */
export const HEADSET_LEVELS: readonly HeadsetLevel[] = [
  { ...MINIMAL, livePeople: 4, labels: 8, drawDistance: 20, viewport: 0.6, foveation: 1 },
  { ...LOW, livePeople: 6, labels: 10, drawDistance: 30, viewport: 0.7, foveation: 1 },
  { ...LOW, livePeople: 10, labels: 14, viewport: 0.8, foveation: 0.8 },
  { ...MEDIUM, livePeople: 12, labels: 18, drawDistance: 60, viewport: 0.9, foveation: 0.6 },
  { ...MEDIUM, livePeople: 15, labels: 24, viewport: 1, foveation: 0.4 },
  { ...HIGH, livePeople: 15, labels: 24, viewport: 1, foveation: 0.2 },
];

/** Frames looked at before a decision: half a second at 72 a second. */
const WINDOW = 36;
/** Of a frame's time, what JavaScript may take before a level down, and must stay under for a level up. The rest is the graphics card's and the browser's. */
const HEAVY = 0.55;
const LIGHT = 0.3;
/** An interval so much longer than the display's is a missed frame. */
const MISSED = 1.4;
/** Missed frames of a window that are no accident any more. */
const TOO_MANY = 3;
/** Seconds of light frames before a level up; twice as many after each that had to be taken back. */
const PATIENCE_S = 8;

/**
 * Chooses the level by what frames cost, before any is missed: down as soon as JavaScript takes over half of a frame's time (or frames are missed, which only the graphics
 * card can be to blame for then), up after a long light time, ever more reluctantly after a step up that did not hold. Knows no engine.
 */
export class Ladder {
  index: number;
  /** Down and up steps so far, for diagnostics. */
  downs = 0;
  ups = 0;
  missed = 0;
  private readonly budgetMs: number;
  private frames = 0;
  private spent = 0;
  private late = 0;
  private lightS = 0;
  private patience = PATIENCE_S;
  private wentUp = false;

  /** @param rate frames a second of the display */
  constructor(rate: number, start = 4) {
    this.budgetMs = 1000 / rate;
    this.index = start;
  }

  get level(): HeadsetLevel {
    return HEADSET_LEVELS[this.index] as HeadsetLevel;
  }

  /** Takes one frame. @returns whether the level changed. Allocates nothing. */
  frame(jsMs: number, intervalMs: number): boolean {
    // A pause (the device was taken off) says nothing.
    if (intervalMs > 1000) return false;
    this.frames += 1;
    this.spent += jsMs;
    if (intervalMs > this.budgetMs * MISSED) {
      this.late += 1;
      this.missed += 1;
    }
    if (this.late >= TOO_MANY) return this.down();
    if (this.frames < WINDOW) return false;
    const share = this.spent / this.frames / this.budgetMs;
    const seconds = (this.frames * this.budgetMs) / 1000;
    this.frames = this.spent = this.late = 0;
    if (share > HEAVY) return this.down();
    this.lightS = share < LIGHT ? this.lightS + seconds : 0;
    return this.lightS >= this.patience && this.up();
  }

  private down(): boolean {
    this.begin();
    if (this.wentUp) this.patience *= 2;
    this.wentUp = false;
    if (this.index === 0) return false;
    this.index -= 1;
    this.downs += 1;
    return true;
  }

  private up(): boolean {
    this.begin();
    if (this.index === HEADSET_LEVELS.length - 1) return false;
    this.index += 1;
    this.ups += 1;
    this.wentUp = true;
    return true;
  }

  private begin(): void {
    this.frames = this.spent = this.late = this.lightS = 0;
  }
}
