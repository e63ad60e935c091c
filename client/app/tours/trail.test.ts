import { describe, expect, it } from 'vitest';
import { Trail } from './trail.ts';

/** Walks a line in steps of `step` metres. */
function walk(trail: Trail, [x0, z0]: readonly [number, number], [x1, z1]: readonly [number, number], step = 0.2): void {
  const length = Math.hypot(x1 - x0, z1 - z0);
  for (let gone = 0; gone <= length + 1e-9; gone += step) trail.note({ x: x0 + ((x1 - x0) * gone) / length, y: 0, z: z0 + ((z1 - z0) * gone) / length });
}

describe('the way that somebody has come', () => {
  it('leads around the corners that they walked around', () => {
    const trail = new Trail();
    walk(trail, [0, 0], [5, 0]);
    walk(trail, [5, 0], [5, 3]);
    const behind = trail.behind({ x: 5, y: 0, z: 3 }, 5);
    expect(behind?.z).toBeCloseTo(0, 0);
    expect(behind?.x).toBeGreaterThan(2.3);
    expect(behind?.x).toBeLessThan(3.6);
  });

  it('has no point behind where it begins, and forgets what is long past', () => {
    const trail = new Trail();
    walk(trail, [0, 0], [2, 0]);
    expect(trail.behind({ x: 2, y: 0, z: 0 }, 3)).toBeNull();
    walk(trail, [2, 0], [40, 0]);
    expect(trail.behind({ x: 40, y: 0, z: 0 }, 12)).not.toBeNull();
    expect(trail.behind({ x: 40, y: 0, z: 0 }, 30)).toBeNull();
  });

  it('begins anew with a leap: nobody can walk after a jump', () => {
    const trail = new Trail();
    walk(trail, [0, 0], [6, 0]);
    trail.note({ x: 30, y: 0, z: 30 });
    expect(trail.behind({ x: 30, y: 0, z: 30 }, 1)).toBeNull();
  });
});
