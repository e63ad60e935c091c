import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { BUILDING, bakeBuilding } from '../navigation/fixture.ts';
import type { NavmeshGround } from '../navigation/ground.ts';
import { loadGround } from '../navigation/node.ts';
import { BURST_SECONDS, CLOCK_SLACK, POSITION_TOLERANCE, RUN_SPEED, isNewer, noAllowance, refill, takeStep } from './movement.ts';

const run = { seed: 20261121, numRuns: 300 };
const FASTEST = RUN_SPEED * CLOCK_SLACK;
const wild = fc.oneof(fc.double({ min: -8, max: 8, noNaN: true }), fc.double({ min: -1e6, max: 1e6, noNaN: true }));
const proposal = fc.record({ x: wild, y: wild, z: wild, seconds: fc.double({ min: 0, max: 2, noNaN: true }) });

let ground: NavmeshGround;
beforeAll(async () => {
  ground = await loadGround(await bakeBuilding());
});

function start(): { x: number; y: number; z: number; polygon: number } {
  const at = { x: -4, y: 0, z: -4, polygon: 0 };
  expect(ground.place(at, 1, at)).toBe(true);
  return at;
}

describe('a walk', () => {
  it('is never longer than the time allows, whatever is proposed', () => {
    fc.assert(fc.property(fc.array(proposal, { maxLength: 60 }), (proposals) => {
      const at = start();
      const allowance = noAllowance();
      let walked = 0;
      let seconds = 0;
      for (const wish of proposals) {
        const from = { ...at };
        refill(allowance, wish.seconds);
        seconds += wish.seconds;
        takeStep(at, wish, allowance, ground);
        walked += Math.hypot(at.x - from.x, at.z - from.z);
        expect(walked).toBeLessThanOrEqual(seconds * FASTEST + 1e-4);
      }
    }), run);
  });

  it('never stores up more than a short burst', () => {
    fc.assert(fc.property(fc.double({ min: 0, max: 1e6, noNaN: true }), (seconds) => {
      const at = start();
      const allowance = noAllowance();
      refill(allowance, seconds);
      takeStep(at, { x: 6, y: 0, z: -4 }, allowance, ground);
      expect(Math.hypot(at.x + 4, at.z + 4)).toBeLessThanOrEqual(FASTEST * BURST_SECONDS + 1e-4);
    }), run);
  });

  it('never leaves the ground and never passes the wall but through the door', () => {
    fc.assert(fc.property(fc.array(proposal, { maxLength: 60 }), (proposals) => {
      const at = start();
      const allowance = noAllowance();
      for (const wish of proposals) {
        const from = { ...at };
        refill(allowance, wish.seconds);
        takeStep(at, wish, allowance, ground);
        const here = { x: 0, y: 0, z: 0, polygon: 0 };
        expect(ground.place(at, 0.05, here)).toBe(true);
        expect(Math.abs(at.x)).toBeLessThan(BUILDING.half);
        if (from.x < 0 !== at.x < 0) expect(Math.abs(from.z + ((at.z - from.z) * -from.x) / (at.x - from.x))).toBeLessThan(BUILDING.wall.doorHalfWidth);
      }
    }), run);
  });

  it('takes a step that is right as it is', () => {
    const at = start();
    const allowance = { metres: 1, reserve: 0 };
    expect(takeStep(at, { x: -3.8, y: 0, z: -4 }, allowance, ground)).toBe('ACCEPTED');
    expect(at.x).toBeCloseTo(-3.8, 3);
    expect(allowance.metres).toBeCloseTo(0.8, 3);
  });

  it('says why not: too fast, or a wall in the way', () => {
    const fast = start();
    expect(takeStep(fast, { x: -2, y: 0, z: -4 }, { metres: 0.5, reserve: 0 }, ground)).toBe('TOO_FAST');
    expect(fast.x).toBeCloseTo(-3.5, 1);
    const blocked = start();
    expect(takeStep(blocked, { x: -8, y: 0, z: -4 }, { metres: 10, reserve: 0 }, ground)).toBe('NOT_WALKABLE');
    expect(blocked.x).toBeGreaterThan(-BUILDING.half);
    const close = start();
    expect(takeStep(close, { x: -4 + POSITION_TOLERANCE / 2, y: 0, z: -4 }, noAllowance(), ground)).toBe('ACCEPTED');
  });

  it('does not go where a slide would lead farther than the time allows', () => {
    const at = { x: 0, y: 0, z: 0, polygon: 1 };
    const slippery = { place: () => true, path: () => [], slide: (_from: unknown, to: { x: number }, out: { x: number }) => { out.x = to.x + 1; return true; } };
    expect(takeStep(at, { x: 1, y: 0, z: 0 }, { metres: 1, reserve: 0 }, slippery)).toBe('TOO_FAST');
    expect(at.x).toBe(0);
  });

  it('refuses another floor under the same point', () => {
    const at = start();
    expect(takeStep(at, { x: -3.9, y: 3, z: -4 }, { metres: 1, reserve: 0 }, ground)).toBe('NOT_WALKABLE');
    expect(at.y).toBeCloseTo(0, 1);
  });
});

describe('sequence numbers', () => {
  it('go round without letting an old step in', () => {
    fc.assert(fc.property(fc.integer({ min: 0, max: 0xffff }), fc.integer({ min: 1, max: 0x7fff }), (last, ahead) => {
      expect(isNewer((last + ahead) & 0xffff, last)).toBe(true);
      expect(isNewer(last, (last + ahead) & 0xffff)).toBe(false);
      expect(isNewer(last, last)).toBe(false);
    }), run);
  });
});
