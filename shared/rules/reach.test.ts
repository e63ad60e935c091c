import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { emptyBody } from '../protocol/body.ts';
import type { Body } from '../protocol/body.ts';
import { ARM, LEAN, keepInReach } from './reach.ts';

const at = fc.record({ x: fc.double({ min: -1.28, max: 1.28, noNaN: true }), y: fc.double({ min: 0, max: 2.56, noNaN: true }), z: fc.double({ min: -1.28, max: 1.28, noNaN: true }) });

function body(head: object, left: object, right: object): Body {
  const made = emptyBody();
  Object.assign(made.head, head);
  Object.assign(made.left, left);
  Object.assign(made.right, right);
  return made;
}

describe('the reach of a body', () => {
  it('is never exceeded, and nothing within it is touched', () => {
    fc.assert(fc.property(at, at, at, (head, left, right) => {
      const given = body(head, { ...left, shape: 'grip' }, { ...right, shape: 'open' });
      const kept = structuredClone(given);
      keepInReach(kept);
      expect(Math.hypot(kept.head.x, kept.head.z)).toBeLessThanOrEqual(LEAN + 1e-9);
      expect(kept.head.y).toBe(head.y);
      if (Math.hypot(head.x, head.z) <= LEAN) expect(kept.head).toEqual(given.head);
      for (const side of ['left', 'right'] as const) {
        const distance = (hand: { x: number; y: number; z: number }): number => Math.hypot(hand.x - kept.head.x, hand.y - kept.head.y, hand.z - kept.head.z);
        expect(distance(kept[side])).toBeLessThanOrEqual(ARM + 1e-9);
        if (distance(given[side]) <= ARM) expect(kept[side]).toEqual(given[side]);
      }
    }), { seed: 20261122, numRuns: 500 });
  });

  it('tells nothing of where a hand was lost', () => {
    const kept = body({ y: 1.6 }, { x: 0.3, y: 1, z: 0.2, qx: 1, qw: 0, shape: 'lost' }, { x: 0.3, y: 1, z: 0.2, shape: 'open' });
    keepInReach(kept);
    expect(kept.left).toEqual(emptyBody().left);
    expect(kept.right).toMatchObject({ x: 0.3, y: 1, z: 0.2 });
  });
});
