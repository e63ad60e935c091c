import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { convexHull, middle, polygonArea, simplifyHull } from './hull.ts';
import type { Point2 } from './hull.ts';

const SEED = 7_310;
const points = fc.array(fc.tuple(fc.integer({ min: -50, max: 50 }), fc.integer({ min: -50, max: 50 })), { minLength: 3, maxLength: 60 });

/** Positive if c lies to the left of a to b. */
function side(a: Point2, b: Point2, c: Point2): number {
  return (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0]);
}

describe('convexHull', () => {
  it('finds the corners of a box and leaves out what lies on its edges or inside', () => {
    expect(convexHull([[0, 0], [4, 0], [4, 2], [0, 2], [2, 0], [1, 1], [4, 1], [0, 0]])).toEqual([[0, 0], [4, 0], [4, 2], [0, 2]]);
  });

  it('is empty of area for points on one line', () => {
    expect(convexHull([[0, 0], [1, 1], [2, 2]]).length).toBeLessThan(3);
  });

  it('property: turns left at every corner and has every point inside', () => {
    fc.assert(
      fc.property(points, (cloud) => {
        const hull = convexHull(cloud);
        fc.pre(hull.length >= 3);
        hull.forEach((corner, index) => {
          const next = hull[(index + 1) % hull.length] ?? corner;
          const after = hull[(index + 2) % hull.length] ?? corner;
          expect(side(corner, next, after)).toBeGreaterThan(0);
          for (const point of cloud) expect(side(corner, next, point)).toBeGreaterThanOrEqual(0);
        });
      }),
      { seed: SEED },
    );
  });
});

it('simplifyHull drops the corner that matters least', () => {
  const nearlySquare: Point2[] = [[0, 0], [10, 0], [10, 10], [5, 10.1], [0, 10]];
  expect(simplifyHull(nearlySquare, 4)).toEqual([[0, 0], [10, 0], [10, 10], [0, 10]]);
  expect(simplifyHull(nearlySquare, 8)).toEqual(nearlySquare);
});

it('middle and polygonArea', () => {
  expect(middle([[0, 0], [4, 0], [4, 2], [0, 2]])).toEqual([2, 1]);
  expect(polygonArea([[0, 0], [4, 0], [4, 2], [0, 2]])).toBe(8);
  expect(polygonArea([[0, 2], [4, 2], [4, 0], [0, 0]])).toBe(8);
});
