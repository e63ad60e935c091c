import { describe, expect, it } from 'vitest';
import { Bvh } from '../rays/bvh.ts';
import { Picker, rayCylinder } from './picking.ts';

const nobody = new Set<string>();
/** A floor of 20 x 20 m, and a wall across it at z = 6, 3 m high. */
const room = new Bvh(Float32Array.of(
  -10, 0, -10, 10, 0, -10, 10, 0, 10, -10, 0, -10, 10, 0, 10, -10, 0, 10,
  -10, 0, 6, 10, 0, 6, 10, 3, 6, -10, 0, 6, 10, 3, 6, -10, 3, 6,
));
const seats = [{ id: 'a1', position: [0, 0, 3] as [number, number, number], yaw: 0, height: 0.45, space: null }];

function ray(from: readonly [number, number, number], to: readonly [number, number, number]): Float64Array {
  const [dx, dy, dz] = [to[0] - from[0], to[1] - from[1], to[2] - from[2]];
  const length = Math.hypot(dx, dy, dz);
  return Float64Array.of(...from, dx / length, dy / length, dz / length);
}

const someone = (x: number, z: number): { id: string; visible: boolean; eyes: number; pose: { x: number; y: number; z: number } } =>
  ({ id: `at ${x} ${z}`, visible: true, eyes: 1.6, pose: { x, y: 0, z } });

describe('what a click lands on', () => {
  const picker = new Picker(room, seats);

  it('is the ground where it is walkable, not a wall', () => {
    const pick = picker.pick(ray([0, 1.6, 0], [1, 0, 2]), [], nobody);
    expect(pick?.kind).toBe('ground');
    if (pick?.kind === 'ground') {
      expect(pick.point.x).toBeCloseTo(1, 6);
      expect(pick.point.z).toBeCloseTo(2, 6);
    }
    expect(picker.pick(ray([0, 1.6, 0], [0, 1.6, 6]), [], nobody)).toBeNull();
  });

  it('is the nearest person, and nobody behind a wall', () => {
    const view = ray([0, 1.6, 0], [0, 1.2, 5]);
    expect(picker.pick(view, [someone(0, 5), someone(0, 4)], nobody)).toEqual({ kind: 'person', id: 'at 0 4' });
    expect(picker.pick(ray([0, 1.6, 0], [0, 1.5, 8]), [someone(0, 8)], nobody)).toBeNull();
    expect(picker.pick(ray([0, 1.6, 0], [0, 1.2, 4]), [{ ...someone(0, 4), visible: false }], nobody)?.kind).not.toBe('person');
  });

  it('is a seat that is free', () => {
    const view = ray([0, 1.6, 0], [0, 0.4, 3]);
    expect(picker.pick(view, [], nobody)).toEqual({ kind: 'seat', id: 'a1' });
    expect(picker.pick(view, [], new Set(['a1']))?.kind).toBe('ground');
    expect(picker.pick(view, [someone(0, 2)], nobody)?.kind).toBe('person');
  });
});

describe('what a guide points at with a click', () => {
  /** A box of a metre around (0, 1, 4). */
  const vase = { sight: { kind: 'exhibit' as const, id: 'vase' }, boxes: [{ toLocal: Float64Array.of(1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0, 0, -1, -4, 1), bounds: Float64Array.of(-0.5, -0.5, -0.5, 0.5, 0.5, 0.5) }] };
  const picker = new Picker(room, seats, [vase]);

  it('is the point itself, on a thing to see or on a wall behind it, and nothing in the open', () => {
    expect(picker.point(ray([0, 1, 0], [0, 1, 9]))?.z).toBeCloseTo(3.5, 9);
    const wall = picker.point(ray([3, 1, 0], [3, 2, 6]));
    expect([wall?.x, wall?.y, wall?.z].map((value) => Math.round((value ?? 0) * 1000) / 1000)).toEqual([3, 2, 6]);
    expect(picker.point(ray([0, 1, 0], [0, 9, -9]))).toBeNull();
  });
});

describe('rayCylinder', () => {
  const foot = { x: 0, y: 0, z: 0 };
  it('meets the side, the top, and misses beside and above', () => {
    expect(rayCylinder(ray([0, 1, -5], [0, 1, 0]), foot, 0.5, 2)).toBeCloseTo(4.5, 9);
    expect(rayCylinder(ray([0.1, 5, 0], [0.1, 0, 0]), foot, 0.5, 2)).toBeCloseTo(3, 9);
    expect(rayCylinder(ray([0.6, 1, -5], [0.6, 1, 0]), foot, 0.5, 2)).toBe(Infinity);
    expect(rayCylinder(ray([0, 2.1, -5], [0, 2.1, 0]), foot, 0.5, 2)).toBe(Infinity);
    expect(rayCylinder(ray([0, 1, 5], [0, 1, 9]), foot, 0.5, 2)).toBe(Infinity);
  });
});
