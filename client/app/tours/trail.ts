import type { Point } from '../../../shared/rules/ground.ts';

/** Between two points of a trail, metres. */
const STEP = 0.5;
/** As long as the way of the last of a group. */
const MOST = 32;
/** Nobody walks so far between two looks: they were moved, and the way that they came is no way to them. */
const LEAP = 4;

/** The way that somebody has come: where they walked others can walk too, and around the same corners. */
export class Trail {
  private points: Point[] = [];

  /** They are there now. Called a few times a second. */
  note({ x, y, z }: Readonly<Point>): void {
    const last = this.points.at(-1);
    const gone = last === undefined ? Infinity : Math.hypot(x - last.x, y - last.y, z - last.z);
    if (gone < STEP) return;
    if (gone > LEAP) this.points = [];
    this.points.push({ x, y, z });
    if (this.points.length > MOST) this.points.shift();
  }

  /** The latest point of the way that lies at least `metres` behind `end`, as one walks; null if the way is not so long. */
  behind(end: Readonly<Point>, metres: number): Readonly<Point> | null {
    let length = 0;
    let from = end;
    for (let i = this.points.length - 1; i >= 0; i -= 1) {
      const point = this.points[i];
      if (point === undefined) break;
      length += Math.hypot(point.x - from.x, point.z - from.z);
      if (length >= metres) return point;
      from = point;
    }
    return null;
  }

  clear(): void {
    this.points = [];
  }
}
