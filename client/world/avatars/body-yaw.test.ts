import { describe, expect, it } from 'vitest';
import { emptyBody, type Body } from '../../../shared/protocol/body.ts';
import { comfortableYaw, mostTurned } from './body-yaw.ts';
import { headYaw } from './tracked-pose.ts';

/** A head that looks to `yaw`, then up by `pitch`, radians; viewer space looks along -Z. */
function looking(yaw: number, pitch = 0): Body {
  const body = emptyBody();
  const turn = yaw + Math.PI;
  Object.assign(body.head, {
    y: 1.6, qx: Math.cos(turn / 2) * Math.sin(pitch / 2), qy: Math.sin(turn / 2) * Math.cos(pitch / 2), qz: -Math.sin(turn / 2) * Math.sin(pitch / 2), qw: Math.cos(turn / 2) * Math.cos(pitch / 2),
  });
  return body;
}

function hands(body: Body, yaw: number): Body {
  for (const hand of [body.left, body.right]) Object.assign(hand, { x: 0.4 * Math.sin(yaw), y: 1.1, z: 0.4 * Math.cos(yaw), shape: 'open' });
  return body;
}

describe('the yaw of a head', () => {
  it('is that of the look, also straight down and up', () => {
    for (const yaw of [-2.5, -0.5, 0, 1, 3]) {
      for (const pitch of [-Math.PI / 2, -1.2, 0, 0.9, Math.PI / 2]) expect(headYaw(looking(yaw, pitch).head), `${yaw} ${pitch}`).toBeCloseTo(yaw, 5);
    }
  });
});

describe('the body under a tracked head', () => {
  it('faces where the head does, and between head and hands that work elsewhere', () => {
    expect(comfortableYaw(looking(0.8))).toBeCloseTo(0.8, 5);
    expect(comfortableYaw(hands(looking(1.2), 0))).toBeCloseTo(0.6, 5);
    expect(comfortableYaw(hands(looking(3), -3))).toBeCloseTo(Math.PI, 5);
  });

  it('takes no notice of hands that are lost or behind the back', () => {
    const lost = hands(looking(1.2), 0);
    lost.left.shape = lost.right.shape = 'lost';
    expect(comfortableYaw(lost)).toBeCloseTo(1.2, 5);
    expect(comfortableYaw(hands(looking(0.2), Math.PI))).toBeCloseTo(0.2, 5);
  });

  it('turns before the neck does what no neck can', () => {
    expect(mostTurned(looking(1.5), 0)).toBe(0);
    expect(mostTurned(looking(2.5), 0)).toBeCloseTo(0.75, 5);
    expect(mostTurned(looking(-2.5), 0)).toBeCloseTo(-0.75, 5);
    expect(mostTurned(looking(-3), 3)).toBe(0);
  });
});
