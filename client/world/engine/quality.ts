import type { Quality } from '../../app/contracts.ts';

/** What one level of quality draws. Distances in metres. */
export interface QualityLevel {
  readonly name: 'minimal' | 'low' | 'medium' | 'high';
  /** Canvas pixels per CSS pixel at most. */
  readonly pixelRatio: number;
  /** Of these, the share that is drawn; the picture is scaled up. */
  readonly resolution: number;
  /** Avatars with a pose of their own each frame. */
  readonly livePeople: number;
  /** Beyond these, the second and the third level of detail. */
  readonly lodDistances: readonly [number, number];
  readonly labels: number;
  /** Nobody is drawn beyond. */
  readonly drawDistance: number;
}

export const LEVELS: readonly QualityLevel[] = [
  { name: 'minimal', pixelRatio: 1, resolution: 0.6, livePeople: 4, lodDistances: [3.8, 7], labels: 12, drawDistance: 25 },
  { name: 'low', pixelRatio: 1, resolution: 0.8, livePeople: 10, lodDistances: [4.5, 9], labels: 20, drawDistance: 45 },
  { name: 'medium', pixelRatio: 1.5, resolution: 1, livePeople: 14, lodDistances: [5, 12], labels: 32, drawDistance: 80 },
  { name: 'high', pixelRatio: 2, resolution: 1, livePeople: 20, lodDistances: [7, 18], labels: 48, drawDistance: 120 },
];

const HIGHEST = LEVELS.length - 1;
/** Frame intervals, ms, above which it is too slow (under 28 fps) and below which there is room (over 55 fps). */
const SLOW_MS = 36;
const FAST_MS = 18;
/** Frames looked at before a decision. */
const WINDOW = 45;
/** Seconds of good frames before a level up; doubles after every level up that had to be taken back. */
const PATIENCE_S = 8;

/**
 * Chooses the level of quality. Fixed when the person chose one; with 'auto' it goes down quickly when frames are slow, up only after a
 * long good time, and ever more reluctantly after a step up that did not hold.
 */
export class QualityGovernor {
  level: QualityLevel;
  private index: number;
  private wanted: Quality;
  private count = 0;
  private slow = 0;
  private fast = 0;
  private goodSeconds = 0;
  private patience = PATIENCE_S;
  private steppedUp = false;

  /** `start`: level to begin 'auto' with (2 is medium). */
  constructor(wanted: Quality, start = 2) {
    this.wanted = wanted;
    this.index = wanted === 'auto' ? start : indexOf(wanted);
    this.level = levelAt(this.index);
  }

  choose(wanted: Quality): void {
    if (wanted === this.wanted) return;
    this.wanted = wanted;
    if (wanted !== 'auto') this.go(indexOf(wanted));
  }

  /**
   * Takes the time since the last frame was drawn. @returns whether the level changed.
   * Gaps of over a second are pauses (a hidden tab, a dialogue) and say nothing, unless they come in a row.
   */
  frame(intervalMs: number): boolean {
    if (this.wanted !== 'auto') return false;
    this.count += 1;
    if (intervalMs > SLOW_MS) this.slow += intervalMs > 150 ? 8 : 1;
    if (intervalMs < FAST_MS) this.fast += 1;
    this.goodSeconds += intervalMs < SLOW_MS ? intervalMs / 1000 : 0;
    if (this.slow > WINDOW / 2) return this.slower();
    if (this.count < WINDOW) return false;
    const room = this.fast > 0.9 * this.count;
    this.count = this.slow = this.fast = 0;
    if (!room) this.goodSeconds = 0;
    return room && this.goodSeconds > this.patience && this.faster();
  }

  private slower(): boolean {
    if (this.steppedUp) this.patience *= 2;
    this.steppedUp = false;
    if (this.index === 0) {
      this.reset();
      return false;
    }
    this.go(this.index - 1);
    return true;
  }

  private faster(): boolean {
    if (this.index === HIGHEST) return false;
    this.go(this.index + 1);
    this.steppedUp = true;
    return true;
  }

  private go(index: number): void {
    this.index = index;
    this.level = levelAt(index);
    this.reset();
  }

  private reset(): void {
    this.count = this.slow = this.fast = this.goodSeconds = 0;
  }
}

function indexOf(quality: Exclude<Quality, 'auto'>): number {
  return LEVELS.findIndex((level) => level.name === quality);
}

function levelAt(index: number): QualityLevel {
  const level = LEVELS[index];
  if (level === undefined) throw new RangeError(`no quality level ${index}`);
  return level;
}
