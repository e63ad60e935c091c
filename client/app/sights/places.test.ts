import { describe, expect, it } from 'vitest';
import { EMPTY_LAYOUT } from '../../../shared/scene/layout.ts';
import { nearestSight, sightPlaces } from './places.ts';

const stand = (id: string, x: number, y = 0) => ({ id, position: [x, y, 0] as [number, number, number], yaw: 0, space: null, node: null });
const places = sightPlaces({ ...EMPTY_LAYOUT, exhibits: [stand('vase', 0), stand('rug', 2.6), stand('upstairs', 10, 4)], panoramas: [stand('desert', 20)] });
const me = (x: number): { x: number; y: number; z: number } => ({ x, y: 0, z: 0 });

describe('what is within reach', () => {
  it('is the nearest sight, on the same floor', () => {
    expect(nearestSight(places, me(0.9), null)).toEqual({ kind: 'exhibit', id: 'vase' });
    expect(nearestSight(places, me(1.7), null)).toEqual({ kind: 'exhibit', id: 'rug' });
    expect(nearestSight(places, me(21), null)).toEqual({ kind: 'panorama', id: 'desert' });
    expect(nearestSight(places, me(10), null)).toBeNull();
  });

  it('stays a little longer than it takes to come near', () => {
    expect(nearestSight(places, me(-2.1), null)).toBeNull();
    expect(nearestSight(places, me(-2.1), { kind: 'exhibit', id: 'vase' })?.id).toBe('vase');
    expect(nearestSight(places, me(-2.5), { kind: 'exhibit', id: 'vase' })).toBeNull();
  });
});
