import type { Space } from '../scene/layout.ts';

/** Feet may be a little under the floor of a space (steps, rounding), metres. */
const FLOOR_TOLERANCE = 0.3;

function area(outline: Space['outline']): number {
  let twice = 0;
  outline.forEach(([x, z], i) => {
    const [nextX, nextZ] = outline[(i + 1) % outline.length] ?? [x, z];
    twice += x * nextZ - nextX * z;
  });
  return Math.abs(twice) / 2;
}

/** Which acoustic space a point is in. Where spaces overlap, the one that covers less ground wins. */
export class SpaceMap {
  /** Ids in the order of the layout; the numbers that `at` returns index it. */
  readonly ids: readonly string[];
  private readonly order: Int32Array;
  private readonly outlines: Float64Array[];
  private readonly bottoms: Float64Array;
  private readonly tops: Float64Array;

  constructor(spaces: readonly Space[]) {
    this.ids = spaces.map((space) => space.id);
    this.outlines = spaces.map((space) => Float64Array.from(space.outline.flat()));
    this.bottoms = Float64Array.from(spaces, (space) => space.bottom - FLOOR_TOLERANCE);
    this.tops = Float64Array.from(spaces, (space) => space.top);
    const areas = spaces.map((space) => area(space.outline));
    this.order = Int32Array.from(spaces.keys()).sort((a, b) => (areas[a] ?? 0) - (areas[b] ?? 0));
  }

  /** Index into `ids` of the space around the point (metres), or -1. Allocates nothing. */
  at(x: number, y: number, z: number): number {
    for (const space of this.order) {
      if (y < (this.bottoms[space] ?? 0) || y > (this.tops[space] ?? 0)) continue;
      const outline = this.outlines[space];
      if (outline !== undefined && inside(outline, x, z)) return space;
    }
    return -1;
  }

  /** Id of the space around the point, or null. */
  idAt(x: number, y: number, z: number): string | null {
    return this.ids[this.at(x, y, z)] ?? null;
  }
}

/** Even-odd ray crossing (Shimrat, CACM 5(8), 1962); `outline` is x, z, x, z, ... */
function inside(outline: Float64Array, x: number, z: number): boolean {
  let odd = false;
  for (let i = 0, j = outline.length - 2; i < outline.length; j = i, i += 2) {
    const xi = outline[i] ?? 0;
    const zi = outline[i + 1] ?? 0;
    const xj = outline[j] ?? 0;
    const zj = outline[j + 1] ?? 0;
    if (zi > z !== zj > z && x < ((xj - xi) * (z - zi)) / (zj - zi) + xi) odd = !odd;
  }
  return odd;
}
