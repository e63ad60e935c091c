import type { Footing, Ground, Point } from './ground.ts';
import type { SpaceMap } from './spaces.ts';

/**
 * A ground on which some acoustic spaces may not be entered now: whoever would step into one stays where they are, whoever is in one may walk about in it and
 * out. The server and the client's prediction walk on the same, so nobody is pulled back from a door again and again.
 */
export class ClosedGround implements Ground {
  /** Ids of spaces, asked at every step: closed to whoever walks now. Null: none is closed to anybody. */
  isClosed: ((space: string) => boolean) | null = null;
  private readonly ground: Ground;
  private readonly spaces: SpaceMap;
  private readonly onRefused: (() => void) | null;
  private readonly reached: Footing = { x: 0, y: 0, z: 0, polygon: 0 };

  /** `onRefused`: told at every step that is not taken. */
  constructor(ground: Ground, spaces: SpaceMap, onRefused: (() => void) | null = null) {
    this.ground = ground;
    this.spaces = spaces;
    this.onRefused = onRefused;
  }

  place(at: Readonly<Point>, reach: number, out: Footing): boolean {
    return this.ground.place(at, reach, out);
  }

  slide(from: Readonly<Footing>, to: Readonly<Point>, out: Footing): boolean {
    if (this.isClosed === null) return this.ground.slide(from, to, out);
    const { reached } = this;
    if (!this.ground.slide(from, to, reached)) return false;
    const stays = this.entersClosed(from, reached);
    if (stays) this.onRefused?.();
    const { x, y, z, polygon } = stays ? from : reached;
    out.x = x;
    out.y = y;
    out.z = z;
    out.polygon = polygon;
    return true;
  }

  /** None into a closed space, so that nobody sets out for a door that does not open. */
  path(from: Readonly<Point>, to: Readonly<Point>): Point[] {
    return this.isClosed !== null && this.entersClosed(from, to) ? [] : this.ground.path(from, to);
  }

  private entersClosed(from: Readonly<Point>, to: Readonly<Point>): boolean {
    const space = this.spaces.idAt(to.x, to.y, to.z);
    return space !== null && this.isClosed?.(space) === true && this.spaces.idAt(from.x, from.y, from.z) !== space;
  }
}
