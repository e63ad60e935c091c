/** So often one asks whether the line is alive, milliseconds. */
export const PING_MS = 1500;
/** No byte for this long, although we ping, means that the line is dead: TCP alone would take minutes to tell. */
export const SILENCE_MS = 4500;

/** Tells a dead line from a page that did not listen. Times are those of `performance.now()`. */
export class LineWatch {
  private lastHeard: number;
  private lastLook: number;

  constructor(now: number) {
    this.lastHeard = now;
    this.lastLook = now;
  }

  heard(now: number): void {
    this.lastHeard = now;
  }

  /** Every {@link PING_MS}. @returns whether the line is dead */
  isDead(now: number): boolean {
    // The page itself was held up, by a large scene or in the background: what came meanwhile is still to be read. One more ping tells.
    if (now - this.lastLook > 2 * PING_MS) this.lastHeard = Math.max(this.lastHeard, now - SILENCE_MS + PING_MS / 2);
    this.lastLook = now;
    return now - this.lastHeard > SILENCE_MS;
  }
}
