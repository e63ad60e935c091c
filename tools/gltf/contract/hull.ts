/** Plane geometry of footprints; points are [x, z] in metres. */

export type Point2 = readonly [number, number];

/** Twice the area of the triangle a b c, positive if c lies to the left of a to b. */
function turn([ax, az]: Point2, [bx, bz]: Point2, [cx, cz]: Point2): number {
  return (bx - ax) * (cz - az) - (bz - az) * (cx - ax);
}

/** Convex hull without points on its edges (monotone chain: Andrew, Information Processing Letters 9(5), 1979). Starts at the smallest x. */
export function convexHull(points: readonly Point2[]): Point2[] {
  const sorted = points.toSorted((a, b) => a[0] - b[0] || a[1] - b[1]);
  const chain = (ordered: readonly Point2[]): Point2[] => {
    const hull: Point2[] = [];
    for (const point of ordered) {
      while (hull.length >= 2 && turn(hull.at(-2) ?? point, hull.at(-1) ?? point, point) <= 0) hull.pop();
      hull.push(point);
    }
    hull.pop();
    return hull;
  };
  return [...chain(sorted), ...chain(sorted.toReversed())];
}

/** Middle of the corners. */
export function middle(points: readonly Point2[]): Point2 {
  const sum = points.reduce<[number, number]>(([x, z], [px, pz]) => [x + px, z + pz], [0, 0]);
  return [sum[0] / points.length, sum[1] / points.length];
}

/** Area inside a polygon (shoelace formula), square metres. */
export function polygonArea(corners: readonly Point2[]): number {
  const twice = corners.reduce((sum, [x, z], index) => {
    const [nextX, nextZ] = corners[(index + 1) % corners.length] ?? [x, z];
    return sum + x * nextZ - nextX * z;
  }, 0);
  return Math.abs(twice) / 2;
}

/** Drops the corners that matter least until `limit` remain: each time the one that cuts off the least area. */
export function simplifyHull(hull: readonly Point2[], limit: number): Point2[] {
  const kept = [...hull];
  while (kept.length > limit) {
    let least = { index: 0, area: Infinity };
    kept.forEach((corner, index) => {
      const before = kept.at(index - 1) ?? corner;
      const after = kept[(index + 1) % kept.length] ?? corner;
      const area = Math.abs(turn(before, corner, after));
      if (area < least.area) least = { index, area };
    });
    kept.splice(least.index, 1);
  }
  return kept;
}
