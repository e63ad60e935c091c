import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { declutter, type Rival } from './declutter.ts';

const run = { seed: 20261121, numRuns: 400 };

function rival(x: number, rank: number, more: Partial<Rival> = {}): Rival {
  return { x, y: 100, width: 100, height: 40, rank, shown: false, ...more };
}

function overlaps(a: Rival, b: Rival): boolean {
  return Math.abs(a.x - b.x) < (a.width + b.width) / 2 && a.y - a.height < b.y && b.y - b.height < a.y;
}

const pixel = fc.integer({ min: 0, max: 800 });
const crowd = fc.array(fc.record({
  x: pixel, y: pixel, width: fc.integer({ min: 40, max: 200 }), height: fc.integer({ min: 20, max: 50 }), rank: fc.double({ min: 0.1, max: 40, noNaN: true }), shown: fc.constant(false),
}), { maxLength: 80 });

describe('decluttering', () => {
  it('shows no label over another, and never more than allowed', () => {
    fc.assert(fc.property(crowd, fc.integer({ min: 0, max: 50 }), (labels, most) => {
      const count = declutter(labels, most);
      const shown = labels.filter((label) => label.shown);
      expect(shown.length).toBe(count);
      expect(count).toBeLessThanOrEqual(most);
      for (const a of shown) for (const b of shown) if (a !== b) expect(overlaps(a, b)).toBe(false);
    }), run);
  });

  it('leaves nobody out who has room', () => {
    fc.assert(fc.property(crowd, (labels) => {
      declutter(labels, 1000);
      for (const hidden of labels.filter((label) => !label.shown)) {
        const near = { ...hidden, width: hidden.width + 12, height: hidden.height + 12, y: hidden.y + 6 };
        expect(labels.some((label) => label.shown && overlaps(label, near))).toBe(true);
      }
    }), run);
  });

  it('prefers the more important', () => {
    const near = rival(100, 2);
    const far = rival(120, 9);
    declutter([far, near], 10);
    expect([near.shown, far.shown]).toEqual([true, false]);
  });

  it('does not let two neighbours of like importance alternate', () => {
    const a = rival(100, 5);
    const b = rival(150, 5.1);
    declutter([a, b], 10);
    expect([a.shown, b.shown]).toEqual([true, false]);
    b.rank = 4.8;
    declutter([a, b], 10);
    expect([a.shown, b.shown]).toEqual([true, false]);
    b.rank = 3;
    declutter([a, b], 10);
    expect([a.shown, b.shown]).toEqual([false, true]);
  });

  it('gives the same answer when nothing changed', () => {
    fc.assert(fc.property(crowd, (labels) => {
      declutter(labels, 30);
      const before = new Set(labels.filter((label) => label.shown));
      declutter(labels, 30);
      expect(new Set(labels.filter((label) => label.shown))).toEqual(before);
    }), run);
  });
});
