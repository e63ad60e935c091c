/** Slower than this, metres a second, somebody leans or shifts their weight, and their legs do not walk. */
const LEANING = 0.3;
/** Over so long the pace of a head is taken, seconds: a step, and not the shake of one frame. */
const SPAN = 0.3;

/** How fast a tracked body moves over the ground by itself. */
export class Drift {
  private x = 0;
  private z = 0;
  /** Smoothed velocity, metres a second. */
  private velocityX = 0;
  private velocityZ = 0;

  /** Metres that were walked since the last {@link advance}. */
  add(dx: number, dz: number): void {
    this.x += dx;
    this.z += dz;
  }

  /** @returns metres a second, or 0 for what is no walk. `elapsed`: seconds. Allocates nothing. */
  advance(elapsed: number): number {
    if (elapsed <= 0) return 0;
    const share = 1 - Math.exp(-elapsed / SPAN);
    this.velocityX += (this.x / elapsed - this.velocityX) * share;
    this.velocityZ += (this.z / elapsed - this.velocityZ) * share;
    this.x = 0;
    this.z = 0;
    const speed = Math.hypot(this.velocityX, this.velocityZ);
    return speed > LEANING ? speed : 0;
  }

  clear(): void {
    this.x = this.z = this.velocityX = this.velocityZ = 0;
  }
}
