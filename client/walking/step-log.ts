/** Steps sent but not yet confirmed can be about this many: 3 s at 20 a second. */
const CAPACITY = 64;

/** Where one was at each step sent lately, so that a correction of an old step can be carried over to now. Allocates nothing after construction. */
export class StepLog {
  private readonly seqs = new Int32Array(CAPACITY).fill(-1);
  private readonly points = new Float64Array(CAPACITY * 3);

  put(seq: number, x: number, y: number, z: number): void {
    const slot = seq % CAPACITY;
    this.seqs[slot] = seq;
    this.points[slot * 3] = x;
    this.points[slot * 3 + 1] = y;
    this.points[slot * 3 + 2] = z;
  }

  /** Writes the point of step `seq` to `out`. @returns false if it is no longer known. */
  get(seq: number, out: { x: number; y: number; z: number }): boolean {
    const slot = seq % CAPACITY;
    if (this.seqs[slot] !== seq) return false;
    out.x = this.points[slot * 3] ?? 0;
    out.y = this.points[slot * 3 + 1] ?? 0;
    out.z = this.points[slot * 3 + 2] ?? 0;
    return true;
  }

  /** Moves all logged points, as if every step had started from where a correction says. */
  shift(dx: number, dy: number, dz: number): void {
    for (let i = 0; i < this.points.length; i += 3) {
      this.points[i] = (this.points[i] ?? 0) + dx;
      this.points[i + 1] = (this.points[i + 1] ?? 0) + dy;
      this.points[i + 2] = (this.points[i + 2] ?? 0) + dz;
    }
  }

  clear(): void {
    this.seqs.fill(-1);
  }
}
