import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { BUILDING, PLATFORM_HEIGHT, bakeBuilding } from '../navigation/fixture.ts';
import type { NavmeshGround } from '../navigation/ground.ts';
import { loadGround } from '../navigation/node.ts';
import { ClosedGround } from './closed-ground.ts';
import type { Footing, Point } from './ground.ts';
import { CLOCK_SLACK, RUN_SPEED, TELEPORT_REACH, noAllowance, refill, takeStep } from './movement.ts';
import { SpaceMap } from './spaces.ts';
import { surveyTeleport, teleport } from './teleport.ts';

const run = { seed: 20261122, numRuns: 300 };
const FASTEST = RUN_SPEED * CLOCK_SLACK;

let ground: NavmeshGround;
beforeAll(async () => {
  ground = await loadGround(await bakeBuilding());
});
afterAll(() => ground.dispose());

function start(x = -4, z = -4): Footing {
  const at = { x, y: 0, z, polygon: 0 };
  expect(ground.place(at, 1, at)).toBe(true);
  return at;
}

function rested(): { metres: number; reserve: number } {
  const allowance = noAllowance();
  refill(allowance, 60);
  return allowance;
}

const way = (from: Footing, to: Partial<Point>): number => surveyTeleport(from, { x: 0, y: 0, z: 0, ...to }, ground, { ...from });

describe('a teleport', () => {
  it('sets down where it was asked for, in sight and round the corner, and on another floor that stairs lead to', () => {
    const at = start();
    expect(teleport(at, { x: -1, y: 0, z: -3 }, rested(), ground)).toBe('ACCEPTED');
    expect([at.x, at.z]).toEqual([expect.closeTo(-1, 1), expect.closeTo(-3, 1)]);
    // Through the doorway.
    expect(teleport(at, { x: 2, y: 0, z: -3 }, rested(), ground)).toBe('ACCEPTED');
    expect([at.x, at.z]).toEqual([expect.closeTo(2, 1), expect.closeTo(-3, 1)]);
    const { stairs } = BUILDING;
    const top = { x: (stairs.x[0] + stairs.x[1]) / 2, y: PLATFORM_HEIGHT, z: stairs.z + stairs.steps * stairs.tread + 1 };
    expect(teleport(at, top, rested(), ground)).toBe('ACCEPTED');
    expect(at.y).toBeCloseTo(PLATFORM_HEIGHT, 1);
  });

  it('reckons the way on foot, not the one through the wall', () => {
    const at = start(-1, -3);
    expect(way(at, { x: -3, z: -3 })).toBeCloseTo(2, 1);
    expect(way(at, { x: 1, z: -3 })).toBeGreaterThan(2 * Math.hypot(1, 2));
    expect(way(at, { x: 1, z: -3 })).toBeLessThan(8);
  });

  it('goes nowhere that one could not walk to, nor farther than its reach, and then moves nobody', () => {
    const at = start();
    for (const to of [{ x: 40, y: 0, z: 0 }, { x: -4, y: 9, z: -4 }, { x: Number.NaN, y: 0, z: 0 }, { x: Infinity, y: 0, z: 0 }, { x: 5, y: 0, z: -5 }]) {
      const before = { ...at };
      const allowance = rested();
      expect(teleport(at, to, allowance, ground)).toBe('NOT_REACHABLE');
      expect([at, allowance]).toEqual([before, rested()]);
    }
    // The last of them is farther than the reach on foot, though not through the wall.
    expect(Math.hypot(5 + 4, 5 - 4)).toBeLessThan(TELEPORT_REACH);
    expect(ground.path(at, { x: 5, y: 0, z: -5 })).not.toEqual([]);
  });

  it('has to be saved up, and says so', () => {
    const at = start();
    const allowance = noAllowance();
    refill(allowance, 0.5);
    const before = { ...at };
    expect(teleport(at, { x: -1, y: 0, z: -4 }, allowance, ground)).toBe('TOO_FAST');
    expect(at).toEqual(before);
    refill(allowance, 0.5);
    expect(teleport(at, { x: -1, y: 0, z: -4 }, allowance, ground)).toBe('ACCEPTED');
    expect(teleport(at, { x: -4, y: 0, z: -4 }, allowance, ground)).toBe('TOO_FAST');
  });

  it('enters no closed room and leads through none, and out of one', () => {
    const room = (id: string, x: readonly [number, number], z: readonly [number, number]) => ({
      id, outline: [[x[0], z[0]], [x[1], z[0]], [x[1], z[1]], [x[0], z[1]]] as [number, number][], bottom: -1, top: 4, reverb: 0.3, openings: [],
    });
    const refusals: string[] = [];
    const gate = new ClosedGround(ground, new SpaceMap([room('doorway', [-1.2, 1.2], [-1.2, 1.2])]), () => refusals.push('refused'));
    const out = start();
    expect(surveyTeleport(start(-2, 0), { x: 2, y: 0, z: 0 }, gate, out)).toBeCloseTo(4, 1);
    gate.isClosed = () => true;
    expect(surveyTeleport(start(-2, 0), { x: 0, y: 0, z: 0 }, gate, out), 'into').toBe(Infinity);
    expect(surveyTeleport(start(-2, 0), { x: 2, y: 0, z: 0 }, gate, out), 'through').toBe(Infinity);
    expect(surveyTeleport(start(0, 0), { x: 2, y: 0, z: 0 }, gate, out), 'out of').toBeCloseTo(2, 1);
  });

  it('leads nobody farther than running, with whatever steps between', () => {
    const coordinate = fc.integer({ min: -70, max: 70 }).map((tenths) => tenths / 10);
    const wish = fc.record({ x: coordinate, z: coordinate, seconds: fc.integer({ min: 0, max: 40 }).map((tenths) => tenths / 10), walk: fc.boolean() });
    let granted = 0;
    fc.assert(fc.property(fc.array(wish, { maxLength: 40 }), (wishes) => {
      const at = start();
      const allowance = noAllowance();
      let gone = 0;
      let seconds = 0;
      for (const { walk, ...to } of wishes) {
        seconds += to.seconds;
        refill(allowance, to.seconds);
        expect(allowance.reserve).toBeGreaterThanOrEqual(allowance.metres);
        const from = { ...at };
        if (walk) takeStep(at, { x: to.x, y: 0, z: to.z }, allowance, ground);
        else if (teleport(at, { x: to.x, y: 0, z: to.z }, allowance, ground) === 'ACCEPTED') granted += 1;
        gone += Math.hypot(at.x - from.x, at.z - from.z);
        expect(gone).toBeLessThanOrEqual(seconds * FASTEST + 1e-3);
        const here = { x: 0, y: 0, z: 0, polygon: 0 };
        expect(ground.place(at, 0.05, here)).toBe(true);
      }
    }), run);
    expect(granted).toBeGreaterThan(100);
  });
});
