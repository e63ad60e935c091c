import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { LOD_COUNT, createBuckets, fillBuckets, inCone, lodFor, type Bucketed, type Eye } from './buckets.ts';

const run = { seed: 20261121, numRuns: 300 };
const LIMITS: readonly [number, number] = [5, 12];
const metre = fc.double({ min: -60, max: 60, noNaN: true });

function person(slot: number, appearance: number, at: { x: number; y: number; z: number }): Bucketed {
  return { slot, appearance, lod: 2, visible: false, distance: 0, hidden: false, headless: false, pose: at };
}

/** Looks along +Z from the origin, with a cone of 45 degrees. */
const eye: Eye = { x: 0, y: 1, z: 0, dx: 0, dy: 0, dz: 1, halfAngle: Math.PI / 4 };

describe('level of detail', () => {
  it('is finer the nearer, and does not flicker at a limit', () => {
    expect([1, 6, 20].map((distance) => lodFor(distance, 0, LIMITS))).toEqual([0, 1, 2]);
    expect(lodFor(5.2, 0, LIMITS)).toBe(0);
    expect(lodFor(5.2, 1, LIMITS)).toBe(1);
    fc.assert(fc.property(fc.double({ min: 0, max: 30, noNaN: true }), fc.integer({ min: 0, max: 2 }), (distance, before) => {
      const level = lodFor(distance, before, LIMITS);
      expect(lodFor(distance, level, LIMITS)).toBe(level);
    }), run);
  });
});

describe('cone of view', () => {
  it('keeps everybody who may be in the picture', () => {
    fc.assert(fc.property(metre, metre, metre, (x, y, z) => {
      const angle = Math.acos(z / (Math.hypot(x, y, z) || 1));
      if (angle <= eye.halfAngle) expect(inCone(eye, x, y, z)).toBe(true);
    }), run);
  });

  it('drops those behind, except the nearest', () => {
    expect(inCone(eye, 0, 0, -10)).toBe(false);
    expect(inCone(eye, 0, 0, -2)).toBe(true);
  });
});

describe('buckets', () => {
  const crowd = fc.array(fc.record({ x: metre, z: metre, appearance: fc.integer({ min: 0, max: 3 }), hidden: fc.boolean() }), { maxLength: 200 });

  it('hold every visible avatar once, in the bucket of its appearance and level', () => {
    fc.assert(fc.property(crowd, (people) => {
      const avatars = people.map(({ x, z, appearance, hidden }, slot) => ({ ...person(slot, appearance, { x, y: 0, z }), hidden }));
      const buckets = createBuckets(4);
      const drawn = fillBuckets(avatars, buckets, eye, { lod: LIMITS, draw: 40 });
      const found = buckets.flatMap((bucket, index) => [...bucket.slots.subarray(0, bucket.count)].map((slot) => ({ slot, index })));
      expect(found.length).toBe(drawn);
      expect(new Set(found.map(({ slot }) => slot)).size).toBe(drawn);
      for (const { slot, index } of found) {
        const avatar = avatars[slot];
        expect(avatar?.visible && !avatar.hidden && avatar.distance < 40).toBe(true);
        expect(index).toBe((avatar?.appearance ?? -1) * LOD_COUNT + (avatar?.lod ?? -1));
      }
    }), run);
  });

  it('are sent to the GPU only when somebody changed buckets', () => {
    const avatars = Array.from({ length: 40 }, (_, slot) => person(slot, 0, { x: (slot % 5) - 2, y: 0, z: 4 + slot }));
    const buckets = createBuckets(1);
    const limits = { lod: LIMITS, draw: 100 };
    fillBuckets(avatars, buckets, eye, limits);
    expect(buckets.some((bucket) => bucket.changed)).toBe(true);
    for (const bucket of buckets) bucket.changed = false;
    fillBuckets(avatars, buckets, eye, limits);
    expect(buckets.every((bucket) => !bucket.changed)).toBe(true);
    const first = avatars[0];
    if (first !== undefined) first.hidden = true;
    fillBuckets(avatars, buckets, eye, limits);
    expect(buckets.some((bucket) => bucket.changed)).toBe(true);
  });
});
