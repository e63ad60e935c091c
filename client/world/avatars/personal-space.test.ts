import { describe, expect, it } from 'vitest';
import { emptyBody } from '../../../shared/protocol/body.ts';
import { fadeNear, isTooNear, packGone, type Neighbour } from './personal-space.ts';

const eye = { x: 2, y: 1.65, z: 3 };

function at(metres: number, more: Partial<Neighbour['pose']> = {}, near = false): Neighbour {
  return { near, gone: 0, pose: { x: eye.x + metres, y: 0, z: eye.z, posture: 'standing', body: null, ...more } };
}

describe('personal space', () => {
  it('is kept in plan, on one floor', () => {
    expect(isTooNear(at(0.9), eye, 1)).toBe(true);
    expect(isTooNear(at(1.05), eye, 1)).toBe(false);
    expect(isTooNear(at(0.1, { y: -3 }), eye, 1)).toBe(false);
    expect(isTooNear(at(0.1, { y: 3 }), eye, 1)).toBe(false);
    expect(isTooNear(at(0), eye, 0)).toBe(false);
  });

  it('holds for a head that leans over, wherever its feet are', () => {
    const body = emptyBody();
    body.head.x = -0.4;
    expect(isTooNear(at(1.3, { body }), eye, 1)).toBe(true);
    body.head.x = 0.4;
    expect(isTooNear(at(1.3, { body }), eye, 1)).toBe(false);
  });

  it('leaves those who sit in the next seat', () => {
    expect(isTooNear(at(0.7, { posture: 'seated' }), eye, 1.5)).toBe(false);
    expect(isTooNear(at(0.4, { posture: 'seated' }), eye, 1.5)).toBe(true);
  });

  it('does not flicker at its border', () => {
    expect(isTooNear(at(1.05, {}, true), eye, 1)).toBe(true);
    expect(isTooNear(at(1.2, {}, true), eye, 1)).toBe(false);
  });

  it('fades out and in, in a quarter of a second', () => {
    const avatar = at(0.5, {}, true);
    fadeNear(avatar, 0.1);
    expect(avatar.gone).toBeCloseTo(0.4, 5);
    fadeNear(avatar, 0.2);
    expect(avatar.gone).toBe(1);
    avatar.near = false;
    fadeNear(avatar, 0.3);
    expect(avatar.gone).toBe(0);
  });

  it('shares a number with the shadow that a 32-bit float holds', () => {
    for (const shadow of [0, 0.35, 1]) {
      for (const gone of [0, 0.25, 1]) {
        const packed = Math.fround(packGone(shadow, gone));
        expect(Math.floor(packed / 2) / 64).toBe(gone);
        expect(packed % 2).toBeCloseTo(shadow, 4);
      }
    }
  });
});
