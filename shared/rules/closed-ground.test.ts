import { assert, array, double, property, record } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { flatGround, testLayout } from '../../tests/support/venue.ts';
import { ClosedGround } from './closed-ground.ts';
import type { Footing } from './ground.ts';
import { noAllowance, refill, takeStep } from './movement.ts';
import { SpaceMap } from './spaces.ts';

const { spaces } = testLayout();
function closed(...ids: string[]): ClosedGround {
  const ground = new ClosedGround(flatGround(), new SpaceMap(spaces));
  ground.isClosed = ids.length === 0 ? null : (space) => ids.includes(space);
  return ground;
}
const at = (x: number, z = 0): Footing => ({ x, y: 0, z, polygon: 1 });

describe('a closed space', () => {
  it('is not entered, but walked about in and left', () => {
    const out = at(0);
    expect([closed('lounge').slide(at(1), at(-1), out), out]).toEqual([true, at(1)]);
    expect([closed('lounge').slide(at(-3), at(-1), out), out]).toEqual([true, at(-1)]);
    expect([closed('lounge').slide(at(-3), at(2), out), out]).toEqual([true, at(2)]);
    expect([closed().slide(at(1), at(-1), out), out]).toEqual([true, at(-1)]);
    expect([closed('lounge').path(at(1), at(-1)), closed('lounge').path(at(1), at(5)).length, closed('lounge').path(at(-1), at(-5)).length]).toEqual([[], 2, 2]);
  });

  it('is not entered by any row of steps, whoever writes into what they read from', () => {
    const step = record({ x: double({ min: -3, max: 3, noNaN: true }), z: double({ min: -3, max: 3, noNaN: true }) });
    assert(property(array(step, { minLength: 1, maxLength: 60 }), (steps) => {
      const ground = closed('lounge');
      const footing = at(2);
      for (const { x, z } of steps) {
        const allowance = noAllowance();
        refill(allowance, 1);
        takeStep(footing, { x: footing.x + x, y: 0, z: footing.z + z }, allowance, ground);
        expect(footing.x).toBeGreaterThanOrEqual(-1e-9);
      }
    }), { seed: 5, numRuns: 200 });
  });
});
