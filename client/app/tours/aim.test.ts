import { describe, expect, it } from 'vitest';
import { EMPTY_LAYOUT } from '../../../shared/scene/layout.ts';
import { aimAt, pointOfSight } from './aim.ts';

const stand = { space: null, node: null };
const layout = {
  ...EMPTY_LAYOUT,
  exhibits: [{ ...stand, id: 'bowl', position: [0, 0, 0] as [number, number, number], yaw: 0 }, { ...stand, id: 'rug', position: [3, 0, 0] as [number, number, number], yaw: 0 }],
};
const me = { x: 0, y: 0, z: -4, yaw: 0 };

describe('what is pointed at', () => {
  it.each(['bowl', 'rug'])('by the list is what everybody reads: %s', (id) => {
    const at = pointOfSight(layout, { kind: 'exhibit', id });
    expect(at).not.toBeNull();
    expect(aimAt(at ?? me, 'guide', layout, me)).toMatchObject({ by: 'guide', sight: { kind: 'exhibit', id } });
  });

  it('by a click on it, or beside it, too', () => {
    expect(aimAt({ x: 0.4, y: 0.8, z: 1.9 }, 'guide', layout, me).sight).toEqual({ kind: 'exhibit', id: 'bowl' });
  });

  it('elsewhere is a direction and a distance from where one stands', () => {
    const aim = aimAt({ x: -6, y: 2, z: -4 }, 'guide', layout, me);
    expect(aim.sight).toBeNull();
    expect(aim.distance).toBeCloseTo(6);
    expect(aim.clock, '+X is left of someone who looks along +Z').toBe(3);
    expect(aimAt({ x: 0, y: 7, z: 1.2 }, 'guide', layout, me).sight, 'the ceiling above it is not it').toBeNull();
  });

  it('of a name that is not there is nothing', () => {
    expect(pointOfSight(layout, { kind: 'booth', id: 'bowl' })).toBeNull();
  });
});
