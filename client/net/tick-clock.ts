import { TICK_MS } from '../../shared/protocol/version.ts';

/** The fastest frame of this long counts, milliseconds: longer than a busy network holds all of them back. */
const WINDOW_MS = 3000;
/** How fast the clock falls behind when the server does, milliseconds a millisecond: what is drawn goes a tenth slower meanwhile. */
const SINK = 0.1;

/**
 * What time it is on the server, by the ticks of its frames: the frame that travelled fastest lately tells. A server that pauses loses ticks, so that its time is
 * behind ever after; whoever kept to the fastest frame of all times would wait for poses that never come in time.
 */
export class TickClock {
  /** Server time minus local time, ms. */
  private offset = Number.NEGATIVE_INFINITY;
  private recent = Number.NEGATIVE_INFINITY;
  private before = Number.NEGATIVE_INFINITY;
  private windowFrom = 0;
  private epoch = 0;
  private lastTick = -1;

  /** Knows nothing, as at the beginning. */
  clear(): void {
    this.offset = this.recent = this.before = Number.NEGATIVE_INFINITY;
    this.lastTick = -1;
    this.epoch = 0;
  }

  /** A frame of a 16-bit tick has come at `now`, local ms. @returns its time on the server, ms */
  heard(tick: number, now: number): number {
    if (this.lastTick >= 0 && tick < this.lastTick && this.lastTick - tick > 0x8000) this.epoch += 0x10000;
    this.lastTick = tick;
    const time = (this.epoch + tick) * TICK_MS;
    if (now - this.windowFrom > WINDOW_MS) {
      this.before = this.recent;
      this.recent = Number.NEGATIVE_INFINITY;
      this.windowFrom = now;
    }
    this.recent = Math.max(this.recent, time - now);
    this.offset = Math.max(this.offset, time - now);
    return time;
  }

  /** Server time at `now`, local ms; `elapsed`: since the last call. */
  at(now: number, elapsed: number): number {
    const fastest = Math.max(this.recent, this.before);
    if (this.offset > fastest) this.offset = Math.max(fastest, this.offset - elapsed * SINK);
    return now + this.offset;
  }
}
