/** Of the time, what a device that cannot keep up gets free for everything else: voices above all. */
const FREE_SHARE = 0.35;
/** Frames that take longer than this, ms, on the lowest level of quality mean that the device cannot keep up. */
const STRUGGLING_MS = 90;
/** Even the slowest device gets a picture this often, ms. */
const LONGEST_REST_MS = 700;

/**
 * Keeps a device that is too slow even for the lowest quality usable: pauses between frames in proportion to what they cost, so that sound,
 * network and the page's own controls never wait for the picture.
 */
export class Resting {
  private cost = 0;
  private until = 0;
  private last = 0;

  /** May a frame be drawn now (`performance.now()`)? */
  due(now: number): boolean {
    if (now < this.until) return false;
    this.last = now;
    return true;
  }

  /**
   * Tells what a frame took from the one before it, ms, pauses included.
   * @param lowest the quality cannot go down any more
   */
  frame(interval: number, lowest: boolean): void {
    const paused = Math.max(0, this.until - this.last);
    const spent = Math.max(0, interval - paused);
    this.cost += (spent - this.cost) * 0.2;
    const struggling = lowest && this.cost > STRUGGLING_MS;
    this.until = struggling ? this.last + this.cost + Math.min(LONGEST_REST_MS, (this.cost * FREE_SHARE) / (1 - FREE_SHARE)) : 0;
  }
}
