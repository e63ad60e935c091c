import { Matrix, Quaternion, Vector3 } from '@babylonjs/core/Maths/math.vector.pure';
import { describe, expect, it } from 'vitest';
import { EMPTY_LAYOUT } from '../../../shared/scene/layout.ts';
import { rayBox, sightNodes } from './sight-targets.ts';
import type { LocalBox } from './sight-targets.ts';

/** A board of 2 x 1 metres and 2 cm, turned by `yaw`, scaled, with its middle at `x`, `y`, `z`. */
function board(yaw: number, scale: number, [x, y, z]: readonly [number, number, number]): LocalBox {
  const world = Matrix.Compose(new Vector3(scale, scale, scale), Quaternion.RotationYawPitchRoll(yaw, 0, 0), new Vector3(x, y, z));
  return { toLocal: Float64Array.from(world.invert().m), bounds: Float64Array.of(-1 / scale, -0.5 / scale, -0.01 / scale, 1 / scale, 0.5 / scale, 0.01 / scale) };
}

const ahead = Float64Array.of(0, 1.5, 0, 0, 0, 1);

describe('what a click on an exhibit means', () => {
  it('is met at its distance in metres, however it is turned and scaled', () => {
    expect(rayBox(ahead, board(0, 1, [0, 1.5, 5]))).toBeCloseTo(4.99, 9);
    expect(rayBox(ahead, board(0, 0.01, [0, 1.5, 5]))).toBeCloseTo(4.99, 6);
    expect(rayBox(ahead, board(Math.PI / 4, 3, [0, 1.5, 5]))).toBeCloseTo(5 - 0.01 * Math.SQRT2, 6);
  });

  it('is not met beside it, above it or behind one', () => {
    expect(rayBox(ahead, board(0, 1, [1.1, 1.5, 5]))).toBe(Infinity);
    expect(rayBox(ahead, board(0, 1, [0, 2.1, 5]))).toBe(Infinity);
    expect(rayBox(ahead, board(0, 1, [0, 1.5, -5]))).toBe(Infinity);
    // Turned on edge, only its thickness is there.
    expect(rayBox(Float64Array.of(0.05, 1.5, 0, 0, 0, 1), board(Math.PI / 2, 1, [0, 1.5, 5]))).toBe(Infinity);
  });

  it('is at once where one stands in it', () => {
    expect(rayBox(ahead, board(0, 1, [0, 1.5, 0]))).toBe(0);
  });
});

describe('sightNodes', () => {
  it('leaves out what has no node', () => {
    const at = { position: [0, 0, 0] as [number, number, number], yaw: 0, space: null };
    const layout = {
      ...EMPTY_LAYOUT,
      exhibits: [{ ...at, id: 'vase', node: 'vase-mesh' }, { ...at, id: 'sound', node: null }],
      activities: [{ ...at, id: 'star', kind: 'mosaic' as const, node: 'board' }],
    };
    expect(sightNodes(layout)).toEqual([{ sight: { kind: 'exhibit', id: 'vase' }, node: 'vase-mesh' }, { sight: { kind: 'activity', id: 'star' }, node: 'board' }]);
  });
});
