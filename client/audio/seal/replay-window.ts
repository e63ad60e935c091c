/** How far behind the newest a frame may be and still count: over a second of voice at 50 frames a second. */
export const WINDOW = 64;

/** Which counters were seen already (RFC 4303 section 3.4.3, with two words of 32 bits). Counters are 0 to 2^32-1. */
export class ReplayWindow {
  private newest = -1;
  private low = 0;
  private high = 0;

  /** Whether a frame with this counter may still be taken. */
  accepts(counter: number): boolean {
    if (counter > this.newest) return true;
    const behind = this.newest - counter;
    if (behind >= WINDOW) return false;
    return behind < 32 ? (this.low & (1 << behind)) === 0 : (this.high & (1 << (behind - 32))) === 0;
  }

  /** Call when the frame has proved genuine, and only then: a forged counter must not push the window on. */
  take(counter: number): void {
    const ahead = counter - this.newest;
    if (ahead > 0) {
      this.shift(ahead);
      this.newest = counter;
      this.low |= 1;
      return;
    }
    const behind = -ahead;
    if (behind < 32) this.low |= 1 << behind;
    else if (behind < WINDOW) this.high |= 1 << (behind - 32);
  }

  private shift(by: number): void {
    if (by >= WINDOW) {
      this.low = 0;
      this.high = 0;
    } else if (by >= 32) {
      this.high = by === 32 ? this.low : this.low << (by - 32);
      this.low = 0;
    } else {
      this.high = (this.high << by) | (this.low >>> (32 - by));
      this.low <<= by;
    }
  }
}
