/** A point in metres, glTF axes (right-handed, Y up). Mutable on purpose: per-tick code writes into one it owns. */
export interface Point {
  x: number;
  y: number;
  z: number;
}

/** Where somebody stands on the ground: the point, and an opaque polygon reference that makes the next move cheap (0: unknown). */
export interface Footing extends Point {
  polygon: number;
}

/** The walkable surface of a scene, as the movement rules need it. Implemented on the baked navigation mesh in `shared/navigation`. */
export interface Ground {
  /**
   * Finds the nearest footing within `reach` metres of `at` and writes it to `out`.
   * @returns false, leaving `out` as it was, if there is none.
   */
  place(at: Readonly<Point>, reach: number, out: Footing): boolean;
  /**
   * Moves from `from` towards `to`, sliding along walls, never through them, and writes the result to `out` (which may be `from`).
   * @returns false, leaving `out` as it was, if `from` is not on the ground.
   */
  slide(from: Readonly<Footing>, to: Readonly<Point>, out: Footing): boolean;
  /**
   * A walking path from `from` to `to` as corner points, both ends included; empty if there is no way.
   * Allocates: for commands, not for ticks.
   */
  path(from: Readonly<Point>, to: Readonly<Point>): Point[];
}
