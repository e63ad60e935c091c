import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { TrackedPoint } from '../../../shared/protocol/body.ts';
import { addRotated, createHand } from './hand-input.ts';
import { WornBody, lookOf, toVenue } from './worn-body.ts';

const run = { seed: 20261122, numRuns: 300 };
const angle = fc.double({ min: -3.1, max: 3.1, noNaN: true });

/** Yaw about Y, then pitch about the turned X, then roll about the look. */
function turned(yaw: number, pitch: number, roll: number): TrackedPoint {
  const times = (a: number[], b: number[]): number[] => {
    const [ax = 0, ay = 0, az = 0, aw = 1] = a, [bx = 0, by = 0, bz = 0, bw = 1] = b;
    return [aw * bx + ax * bw + ay * bz - az * by, aw * by - ax * bz + ay * bw + az * bx, aw * bz + ax * by - ay * bx + az * bw, aw * bw - ax * bx - ay * by - az * bz];
  };
  const [qx = 0, qy = 0, qz = 0, qw = 1] = times(times([0, Math.sin(yaw / 2), 0, Math.cos(yaw / 2)], [Math.sin(pitch / 2), 0, 0, Math.cos(pitch / 2)]), [0, 0, Math.sin(roll / 2), Math.cos(roll / 2)]);
  return { x: 0, y: 0, z: 0, qx, qy, qz, qw };
}

describe('a look', () => {
  it('is read from an orientation whatever the roll', () => {
    fc.assert(fc.property(angle, fc.double({ min: -1.2, max: 1.2, noNaN: true }), fc.double({ min: -1, max: 1, noNaN: true }), (yaw, pitch, roll) => {
      const look = { yaw: 0, pitch: 0 };
      lookOf(turned(yaw, pitch, roll), look);
      expect(Math.abs(Math.atan2(Math.sin(look.yaw - yaw), Math.cos(look.yaw - yaw)))).toBeLessThan(1e-6);
      expect(look.pitch).toBeCloseTo(pitch, 6);
    }), run);
  });

  it('keeps its direction when one looks at the floor or the ceiling', () => {
    for (const pitch of [-1.5, 1.5]) {
      const look = { yaw: 0, pitch: 0 };
      lookOf(turned(0.8, pitch, 0), look);
      expect(look.yaw).toBeCloseTo(0.8, 6);
    }
  });
});

describe('a worn body', () => {
  it('is the room\'s, turned and moved into the venue and seen from the footing', () => {
    fc.assert(fc.property(angle, angle, (rigYaw, headYaw) => {
      const rig = { x: 4, y: 0.2, z: -3, yaw: rigYaw };
      const footing = { x: 3.8, y: 0.2, z: -2.9 };
      const worn = new WornBody();
      const head = { ...turned(headYaw, 0.3, 0.1), x: 0.3, y: 1.6, z: 0.2 };
      worn.takeHead(head, rig, footing);
      const { body } = worn;
      expect(body.head.x + footing.x).toBeCloseTo(rig.x + 0.3 * Math.cos(rigYaw) + 0.2 * Math.sin(rigYaw), 9);
      expect(body.head.y).toBeCloseTo(1.6, 9);
      // The look in the venue is the look in the room, turned by the rig.
      const ahead = { x: 0, y: 0, z: 0 };
      addRotated(body.head, 0, 0, -1, ahead);
      const look = { yaw: 0, pitch: 0 };
      lookOf(body.head, look);
      expect(Math.cos(look.yaw - headYaw - rigYaw)).toBeCloseTo(1, 9);
      expect(ahead.y).toBeCloseTo(Math.sin(0.3), 6);
    }), run);
  });

  it('tells what hands do, and that one is lost', () => {
    const rig = { x: 0, y: 0, z: 0, yaw: 0 };
    const worn = new WornBody();
    const hand = createHand('left');
    worn.takeHand(hand, rig, { x: 0, y: 0, z: 0 }, { yaw: 0, armLength: 0 });
    expect(worn.body.left.shape).toBe('lost');
    hand.tracked = true;
    hand.shape = 'point';
    Object.assign(hand.grip, { x: 0.2, y: 1.2, z: -0.4 });
    worn.takeHand(hand, rig, { x: 0, y: 0, z: 0 }, { yaw: 0, armLength: 0 });
    expect(worn.body.left).toMatchObject({ shape: 'point', x: 0.2, y: 1.2, z: -0.4 });
  });

  it('brings the hand of a long arm to the end of the avatar\'s', () => {
    const rig = { x: 0, y: 0, z: 0, yaw: 0 };
    const worn = new WornBody();
    // Looking along +Z of the venue: in the room that is half a turn.
    worn.takeHead({ ...turned(Math.PI, 0, 0), x: 0, y: 1.7, z: 0 }, rig, { x: 0, y: 0, z: 0 });
    const hand = createHand('right');
    hand.tracked = true;
    hand.shape = 'open';
    Object.assign(hand.grip, { x: -0.18, y: 1.48, z: 0.8 });
    worn.takeHand(hand, rig, { x: 0, y: 0, z: 0 }, { yaw: 0, armLength: 0.8 });
    expect(worn.body.right.z).toBeCloseTo(0.62, 6);
    expect(worn.body.right.x).toBeCloseTo(-0.18, 6);
    const point = { x: 1, y: 0, z: 0, qx: 0, qy: 0, qz: 0, qw: 1 };
    const out = { ...point };
    toVenue(point, { x: 0, y: 0, z: 0, yaw: Math.PI / 2 }, out);
    expect(out.z).toBeCloseTo(-1, 9);
  });
});
