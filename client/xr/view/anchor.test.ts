import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Anchor } from './anchor.ts';
import type { HeadInRoom, RigPlace } from './anchor.ts';

const run = { seed: 20261122, numRuns: 300 };
const STANDING = { seat: false, seatedBody: false, eyeHeight: 0 };
const everywhere = { min: -2, max: 2, noNaN: true };
const head = fc.record({ x: fc.double(everywhere), y: fc.double({ min: 1, max: 1.9, noNaN: true }), z: fc.double(everywhere), yaw: fc.double({ min: -6, max: 6, noNaN: true }) });
const rig = (): RigPlace => ({ x: 0, y: 0, z: 0, yaw: 0 });

/** A point of the room in the venue, as a node that stands and is turned so does it. */
function inVenue({ x, z }: { x: number; z: number }, place: RigPlace): { x: number; z: number } {
  const cos = Math.cos(place.yaw), sin = Math.sin(place.yaw);
  return { x: place.x + x * cos + z * sin, z: place.z + z * cos - x * sin };
}

describe('the room in the venue', () => {
  it('begins with the head over the footing, looking where the person looked', () => {
    fc.assert(fc.property(head, fc.double({ min: -3, max: 3, noNaN: true }), (at, yaw) => {
      const anchor = new Anchor();
      const place = rig();
      anchor.begin(at, yaw);
      anchor.place({ x: 5, y: 1, z: -7 }, at, STANDING, place);
      const there = inVenue(at, place);
      expect(there.x).toBeCloseTo(5, 9);
      expect(there.z).toBeCloseTo(-7, 9);
      expect(place.y).toBe(1);
      expect(Math.sin(anchor.lookYaw(at) - yaw)).toBeCloseTo(0, 9);
      // The look of WebXR (along -Z, turned by its yaw) comes out as (sin yaw, cos yaw) of the venue.
      const ahead = inVenue({ x: at.x - Math.sin(at.yaw), z: at.z - Math.cos(at.yaw) }, place);
      expect(ahead.x - there.x).toBeCloseTo(Math.sin(yaw), 9);
      expect(ahead.z - there.z).toBeCloseTo(Math.cos(yaw), 9);
    }), run);
  });

  it('turns about the head, whatever the lean', () => {
    fc.assert(fc.property(head, head, fc.double({ min: -3, max: 3, noNaN: true }), (at, later, angle) => {
      const anchor = new Anchor();
      const before = rig();
      const after = rig();
      const footing = { x: 1, y: 0, z: 2 };
      anchor.begin(at, 0.7);
      anchor.place(footing, later, STANDING, before);
      anchor.turn(later, angle);
      anchor.place(footing, later, STANDING, after);
      expect(inVenue(later, after).x).toBeCloseTo(inVenue(later, before).x, 9);
      expect(inVenue(later, after).z).toBeCloseTo(inVenue(later, before).z, 9);
      expect(after.yaw - before.yaw).toBeCloseTo(angle, 9);
    }), run);
  });

  it('moves the footing by real steps, and keeps the head where it really is', () => {
    const anchor = new Anchor();
    const footing = { x: 3, y: 0, z: 4 };
    const place = rig();
    let at: HeadInRoom = { x: 0, y: 1.6, z: 0, yaw: 0 };
    anchor.begin(at, 1);
    anchor.place(footing, at, STANDING, place);
    const start = inVenue(at, place);
    for (let i = 0; i < 200; i += 1) {
      at = { ...at, x: Math.min(1, i / 50) };
      anchor.follow(at, 1 / 72, false, (dx, dz, out) => {
        footing.x += dx;
        footing.z += dz;
        out.x = dx;
        out.z = dz;
      });
      anchor.place(footing, at, STANDING, place);
      const now = inVenue(at, place);
      expect(Math.hypot(now.x - start.x, now.z - start.z)).toBeCloseTo(at.x, 6);
    }
    const end = inVenue(at, place);
    expect(Math.hypot(end.x - footing.x, end.z - footing.z)).toBeLessThan(0.05);
    expect(anchor.darkness).toBe(0);
  });

  it('darkens instead of pushing when the way is closed, and lets seated people lean', () => {
    const wall = (_dx: number, _dz: number, out: { x: number; z: number }): void => { out.x = out.z = 0; };
    const anchor = new Anchor();
    anchor.begin({ x: 0, y: 1.6, z: 0, yaw: 0 }, 0);
    anchor.follow({ x: 0.3, y: 1.6, z: 0, yaw: 0 }, 1, false, wall);
    expect(anchor.darkness).toBe(0);
    anchor.follow({ x: 0.5, y: 1.6, z: 0, yaw: 0 }, 1, false, wall);
    expect(anchor.darkness).toBeGreaterThan(0.4);
    anchor.follow({ x: 0.5, y: 1.2, z: 0, yaw: 0 }, 1, true, wall);
    expect(anchor.darkness).toBe(0);
    anchor.follow({ x: 1.5, y: 1.2, z: 0, yaw: 0 }, 1, true, wall);
    expect(anchor.darkness).toBe(1);
  });

  it('puts the eyes at the height of a seat, and of somebody who stands though they sit', () => {
    const anchor = new Anchor();
    const place = rig();
    const footing = { x: 0, y: 2, z: 0 };
    const sitting: HeadInRoom = { x: 0, y: 1.15, z: 0, yaw: 0 };
    anchor.begin(sitting, 0);
    anchor.place(footing, sitting, { seat: false, seatedBody: true, eyeHeight: 1.7 }, place);
    expect(place.y + sitting.y).toBeCloseTo(2 + 1.7, 9);
    anchor.place(footing, sitting, { seat: true, seatedBody: true, eyeHeight: 1.7 }, place);
    expect(place.y + sitting.y).toBeCloseTo(2 + 1.2, 9);
    anchor.place(footing, { ...sitting, y: 1.1 }, { seat: true, seatedBody: true, eyeHeight: 1.7 }, place);
    expect(place.y + 1.1).toBeCloseTo(2 + 1.15, 9);
  });
});
