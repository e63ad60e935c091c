import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Footing, Point } from '../rules/ground.ts';
import { BUILDING, PLATFORM_HEIGHT, bakeBuilding } from './fixture.ts';
import type { NavmeshGround } from './ground.ts';
import { loadGround } from './node.ts';

const SEED = 20_240_607;
/** Recast rounds heights up by one cell, and contours by one cell across. */
const HEIGHT_ERROR = 2 * BUILDING.cell.up + 0.02;
const EDGE_ERROR = 2 * BUILDING.cell.across;
/** At an inward corner Detour takes the point of the wall nearest to the goal, which may lie a few centimetres further than the goal. */
const CORNER_ERROR = 0.05;
const { wall, half, stairs } = BUILDING;

let bytes: Uint8Array;
let ground: NavmeshGround;
beforeAll(async () => {
  bytes = await bakeBuilding();
  ground = await loadGround(bytes);
});
afterAll(() => {
  ground.dispose();
});

function footing(): Footing {
  return { x: 0, y: 0, z: 0, polygon: 0 };
}

function placed(x: number, y: number, z: number): Footing {
  const out = footing();
  expect(ground.place({ x, y, z }, 1, out), `(${x}, ${y}, ${z}) should be on the mesh`).toBe(true);
  return out;
}

/** True if the straight way between two footings leads through the wall rather than the doorway. */
function throughWall(a: Readonly<Point>, b: Readonly<Point>): boolean {
  if (Math.sign(a.x) === Math.sign(b.x)) return false;
  const z = a.z + ((b.z - a.z) * -a.x) / (b.x - a.x);
  return Math.abs(z) > wall.doorHalfWidth;
}

function onTable(height: number): boolean {
  return Math.abs(height - BUILDING.table.height) < HEIGHT_ERROR;
}

const coordinate = fc.double({ min: -half + 1, max: half - 1, noNaN: true });
const target = fc.record({ x: fc.double({ min: -20, max: 20, noNaN: true }), y: fc.constant(0), z: fc.double({ min: -20, max: 20, noNaN: true }) });

describe('place', () => {
  it('finds the floor under a point, and its height', () => {
    const out = placed(-3, 0.3, -3);
    expect(out.x).toBeCloseTo(-3, 5);
    expect(out.z).toBeCloseTo(-3, 5);
    expect(Math.abs(out.y)).toBeLessThan(HEIGHT_ERROR);
    expect(out.polygon).not.toBe(0);
  });

  it('moves a point in the wall beside it, by no more than the reach', () => {
    const out = placed(0.05, 0, -3);
    expect(Math.abs(out.x)).toBeGreaterThanOrEqual(wall.halfThickness + BUILDING.agent.radius - EDGE_ERROR);
    const untouched = { x: 7, y: 7, z: 7, polygon: 7 };
    expect(ground.place({ x: 0.05, y: 0, z: -3 }, 0.1, untouched)).toBe(false);
    expect(untouched).toEqual({ x: 7, y: 7, z: 7, polygon: 7 });
  });

  it('does not find a floor that is outside, or further below than the reach', () => {
    expect(ground.place({ x: 30, y: 0, z: 0 }, 1, footing())).toBe(false);
    expect(ground.place({ x: -3, y: 2.5, z: -3 }, 1, footing())).toBe(false);
    // Within reach along each axis, but not across the corner.
    const outside = half - BUILDING.agent.radius + 0.5;
    expect(ground.place({ x: -outside, y: 0, z: -outside }, 0.6, footing())).toBe(false);
    expect(ground.place({ x: -outside, y: 0, z: -outside }, 0.9, footing())).toBe(true);
  });

  it.each([NaN, Infinity, -Infinity, 1e30])('refuses %d as a coordinate', (bad) => {
    for (const axis of ['x', 'y', 'z']) expect(ground.place({ x: -3, y: 0, z: -3, [axis]: bad }, 1, footing()), axis).toBe(false);
  });
});

describe('slide', () => {
  it('goes exactly where nothing is in the way', () => {
    const here = placed(-3, 0, -3);
    expect(ground.slide(here, { x: -2.5, y: 0, z: -2.75 }, here)).toBe(true);
    expect(here.x).toBeCloseTo(-2.5, 4);
    expect(here.z).toBeCloseTo(-2.75, 4);
  });

  it('stops at a wall and slides along it', () => {
    const here = placed(-1, 0, -3);
    for (let tick = 0; tick < 20; tick++) ground.slide(here, { x: here.x + 0.2, y: 0, z: here.z - 0.1 }, here);
    expect(here.x).toBeLessThan(-wall.halfThickness - BUILDING.agent.radius + EDGE_ERROR);
    expect(here.z).toBeCloseTo(-5, 1);
  });

  it('does not come out behind the wall beside a doorway, however long the step', () => {
    for (const z of [-1, -0.8, 0.8, 1]) {
      const here = placed(-0.5, 0, z);
      ground.slide(here, { x: 6, y: 0, z: z * 3 }, here);
      expect(here.x, `from z = ${z}`).toBeLessThan(0);
    }
  });

  it('walks through the doorway', () => {
    const here = placed(-2, 0, 0);
    for (let tick = 0; tick < 40; tick++) ground.slide(here, { x: here.x + 0.1, y: 0, z: 0 }, here);
    expect(here.x).toBeCloseTo(2, 2);
  });

  it('climbs the stairs and comes down again', () => {
    const x = (stairs.x[0] + stairs.x[1]) / 2;
    const here = placed(x, 0, stairs.z - 1);
    const heights: number[] = [];
    for (let tick = 0; tick < 35; tick++) {
      ground.slide(here, { x, y: here.y, z: here.z + 0.1 }, here);
      heights.push(here.y);
    }
    expect(heights).toEqual(heights.toSorted((a, b) => a - b));
    expect(Math.abs(here.y - PLATFORM_HEIGHT)).toBeLessThan(HEIGHT_ERROR);
    for (let tick = 0; tick < 35; tick++) ground.slide(here, { x, y: here.y, z: here.z - 0.1 }, here);
    expect(Math.abs(here.y)).toBeLessThan(HEIGHT_ERROR);
  });

  it('never falls off the side of the platform', () => {
    const here = placed(3, PLATFORM_HEIGHT, 4.5);
    for (let tick = 0; tick < 50; tick++) ground.slide(here, { x: here.x + 0.2, y: 0, z: here.z + 0.02 }, here);
    expect(here.x).toBeLessThan(stairs.x[1]);
    expect(Math.abs(here.y - PLATFORM_HEIGHT)).toBeLessThan(HEIGHT_ERROR);
  });

  it('finds its polygon again when the reference is unknown, invalid, or of a place elsewhere', () => {
    const from = placed(-3, 0, -3);
    const elsewhere = placed(3, 0, -3);
    const expected = footing();
    expect(ground.slide(from, { x: -2.8, y: 0, z: -3 }, expected)).toBe(true);
    for (const polygon of [0, 1, 0xffff_ffff, elsewhere.polygon]) {
      const out = footing();
      expect(ground.slide({ ...from, polygon }, { x: -2.8, y: 0, z: -3 }, out), `polygon ${polygon}`).toBe(true);
      expect(out).toEqual(expected);
    }
  });

  it('refuses a start that is not on the ground and leaves the result alone', () => {
    const out = { x: 7, y: 7, z: 7, polygon: 7 };
    expect(ground.slide({ x: 0, y: 40, z: 0, polygon: 0 }, { x: 0, y: 0, z: 0 }, out)).toBe(false);
    expect(ground.slide({ x: 90, y: 0, z: 0, polygon: 0 }, { x: 0, y: 0, z: 0 }, out)).toBe(false);
    expect(out).toEqual({ x: 7, y: 7, z: 7, polygon: 7 });
  });

  it.each([NaN, Infinity, -Infinity, 1e30])('refuses %d as a coordinate', (bad) => {
    const from = placed(-3, 0, -3);
    for (const axis of ['x', 'y', 'z']) {
      expect(ground.slide(from, { x: -3, y: 0, z: -3, [axis]: bad }, footing()), `to.${axis}`).toBe(false);
      expect(ground.slide({ ...from, [axis]: bad }, { x: -3, y: 0, z: -3 }, footing()), `from.${axis}`).toBe(false);
    }
  });

  it('property: never crosses a wall, never goes further than asked, always stays on the mesh', () => {
    const journey = fc.record({ x: coordinate, z: coordinate, goals: fc.array(target, { minLength: 1, maxLength: 20 }) });
    fc.assert(
      fc.property(journey, ({ x, z, goals }) => {
        const here = footing();
        fc.pre(ground.place({ x, y: 0, z }, 0.5, here));
        const before = { ...here };
        const again = footing();
        for (const goal of goals) {
          Object.assign(before, here);
          expect(ground.slide(here, goal, here)).toBe(true);
          const moved = Math.hypot(here.x - before.x, here.z - before.z);
          expect(moved).toBeLessThanOrEqual(Math.hypot(goal.x - before.x, goal.z - before.z) + CORNER_ERROR);
          if (moved < 1) expect(throughWall(before, here), `${JSON.stringify(before)} to ${JSON.stringify(here)}`).toBe(false);
          expect(Math.max(Math.abs(here.x), Math.abs(here.z))).toBeLessThanOrEqual(half - BUILDING.agent.radius + EDGE_ERROR);
          expect(ground.place(here, 0.05, again), 'the result is on the mesh').toBe(true);
          expect(Math.hypot(again.x - here.x, again.y - here.y, again.z - here.z)).toBeLessThan(0.01);
        }
      }),
      { seed: SEED, numRuns: 300 },
    );
  });

  it('property: short steps never change sides of the wall outside the doorway', () => {
    const walk = fc.record({ x: coordinate, z: coordinate, steps: fc.array(fc.tuple(fc.double({ min: -3.2, max: 3.2, noNaN: true }), fc.double({ min: 0, max: 0.4, noNaN: true })), { minLength: 20, maxLength: 100 }) });
    fc.assert(
      fc.property(walk, ({ x, z, steps }) => {
        const here = footing();
        fc.pre(ground.place({ x, y: 0, z }, 0.5, here));
        for (const [heading, length] of steps) {
          const before = { ...here };
          ground.slide(here, { x: here.x + Math.sin(heading) * length, y: 0, z: here.z + Math.cos(heading) * length }, here);
          expect(throughWall(before, here)).toBe(false);
        }
      }),
      { seed: SEED, numRuns: 200 },
    );
  });

  it('property: gives the same result on another ground of the same bytes', async () => {
    using other = await loadGround(bytes);
    fc.assert(
      fc.property(coordinate, coordinate, target, (x, z, goal) => {
        const here = footing();
        fc.pre(ground.place({ x, y: 0, z }, 0.5, here));
        const there = { ...here };
        ground.slide(here, goal, here);
        other.slide(there, goal, there);
        expect(there).toEqual(here);
      }),
      { seed: SEED, numRuns: 200 },
    );
  });
});

describe('path', () => {
  it('leads through the doorway, from end to end', () => {
    const corners = ground.path({ x: -3, y: 0, z: -4 }, { x: 3, y: 0, z: -4 });
    expect(corners.length).toBeGreaterThanOrEqual(4);
    expect(corners[0]).toMatchObject({ x: -3, z: -4 });
    expect(corners.at(-1)).toMatchObject({ x: 3, z: -4 });
    corners.slice(1).forEach((corner, index) => {
      expect(throughWall(corners[index] ?? corner, corner)).toBe(false);
    });
  });

  it('climbs the stairs', () => {
    const corners = ground.path({ x: -3, y: 0, z: -3 }, { x: 3, y: PLATFORM_HEIGHT, z: 4.5 });
    expect(Math.abs((corners.at(-1)?.y ?? 0) - PLATFORM_HEIGHT)).toBeLessThan(HEIGHT_ERROR);
  });

  it('is empty where there is no way, or an end is not on the ground', () => {
    expect(ground.path({ x: -3, y: 0, z: -3 }, { x: 30, y: 0, z: 0 })).toEqual([]);
    expect(ground.path({ x: NaN, y: 0, z: -3 }, { x: 3, y: 0, z: 0 })).toEqual([]);
    expect(ground.path({ x: -3, y: 0, z: -3 }, { x: 3, y: Infinity, z: 0 })).toEqual([]);
    // On the table one can stand, but nobody can walk there.
    const table = placed(BUILDING.table.x[0] + 1, BUILDING.table.height, BUILDING.table.z[0] + 1);
    expect(table.y).toBeGreaterThan(BUILDING.table.height - HEIGHT_ERROR);
    expect(ground.path({ x: -3, y: 0, z: -3 }, table)).toEqual([]);
  });

  it('property: somebody who walks from corner to corner arrives', () => {
    fc.assert(
      fc.property(fc.tuple(coordinate, coordinate, coordinate, coordinate), ([ax, az, bx, bz]) => {
        const here = footing();
        const end = footing();
        fc.pre(ground.place({ x: ax, y: 0, z: az }, 0.5, here) && ground.place({ x: bx, y: 0, z: bz }, 0.5, end) && ![here.y, end.y].some(onTable));
        for (const corner of ground.path(here, end)) {
          for (let tick = 0; tick < 200 && Math.hypot(corner.x - here.x, corner.z - here.z) > 0.01; tick++) {
            const left = Math.hypot(corner.x - here.x, corner.z - here.z);
            const step = Math.min(1, 0.2 / left);
            ground.slide(here, { x: here.x + (corner.x - here.x) * step, y: 0, z: here.z + (corner.z - here.z) * step }, here);
          }
        }
        expect(Math.hypot(end.x - here.x, end.z - here.z)).toBeLessThan(0.1);
      }),
      { seed: SEED, numRuns: 200 },
    );
  });
});
