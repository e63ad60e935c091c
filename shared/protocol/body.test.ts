import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { BODY_BYTES, HAND_SHAPES, MAX_AGE_MS, copyBody, decodeBody, decodeSentBody, emptyBody, encodeBody, markAge } from './body.ts';
import type { Body, TrackedPoint } from './body.ts';

const run = { seed: 20261122, numRuns: 2000 };
const DEGREES = 180 / Math.PI;

const component = fc.double({ min: -1, max: 1, noNaN: true });
const orientation = fc.tuple(component, component, component, component)
  .filter((q) => Math.hypot(...q) > 0.01)
  .map((q) => q.map((part) => part / Math.hypot(...q)) as [number, number, number, number]);
/** What the wire can tell: half a step beyond its last value is still rounded to it. */
const point = fc.record({
  x: fc.double({ min: -1.28, max: 1.2775, noNaN: true }), y: fc.double({ min: 0, max: 2.5575, noNaN: true }), z: fc.double({ min: -1.28, max: 1.2775, noNaN: true }), q: orientation,
}).map(({ q: [qx, qy, qz, qw], ...at }) => ({ ...at, qx, qy, qz, qw }));
const hand = fc.record({ point, shape: fc.constantFrom(...HAND_SHAPES) }).map(({ point: at, shape }) => ({ ...at, shape }));
const body = fc.record({ head: point, left: hand, right: hand });

/** The turn from one orientation to the other, degrees. */
function turn(a: TrackedPoint, b: TrackedPoint): number {
  const [x, y, z, w] = [
    a.qw * b.qx - a.qx * b.qw - a.qy * b.qz + a.qz * b.qy, a.qw * b.qy + a.qx * b.qz - a.qy * b.qw - a.qz * b.qx,
    a.qw * b.qz - a.qx * b.qy + a.qy * b.qx - a.qz * b.qw, a.qw * b.qw + a.qx * b.qx + a.qy * b.qy + a.qz * b.qz,
  ];
  return 2 * Math.atan2(Math.hypot(x, y, z), Math.abs(w)) * DEGREES;
}

function there(given: Body): Body {
  const view = new DataView(new ArrayBuffer(BODY_BYTES + 3));
  encodeBody(given, view, 3);
  const read = emptyBody();
  expect(decodeBody(view, 3, read)).toBe(true);
  return read;
}

describe('a body on the wire', () => {
  it('keeps positions to 1.3 mm, orientations to 0.3 degrees, and the shape of hands', () => {
    fc.assert(fc.property(body, (given) => {
      const read = there(given);
      for (const part of ['head', 'left', 'right'] as const) {
        for (const axis of ['x', 'y', 'z'] as const) expect(Math.abs(read[part][axis] - given[part][axis])).toBeLessThanOrEqual(0.0013);
        expect(turn(read[part], given[part])).toBeLessThan(0.3);
        expect(Math.hypot(read[part].qx, read[part].qy, read[part].qz, read[part].qw)).toBeCloseTo(1, 9);
      }
      expect([read.left.shape, read.right.shape]).toEqual([given.left.shape, given.right.shape]);
    }), run);
  });

  it('keeps what was read as it is, so that it may be written again at no loss', () => {
    fc.assert(fc.property(body, (given) => {
      const read = there(given);
      const again = there(read);
      for (const part of ['head', 'left', 'right'] as const) {
        expect([again[part].x, again[part].y, again[part].z]).toEqual([read[part].x, read[part].y, read[part].z]);
        // Of two components that are as good as equal either may be left out.
        expect(turn(again[part], read[part])).toBeLessThan(0.3);
      }
    }), run);
  });

  it('clamps what is out of reach, and what is no number', () => {
    const far = emptyBody();
    Object.assign(far.head, { x: 50, y: -3, z: -50 });
    Object.assign(far.left, { x: Number.NaN, y: Infinity, z: -Infinity });
    const read = there(far);
    expect([read.head.x, read.head.y, read.head.z]).toEqual([expect.closeTo(1.2775, 9), 0, -1.28]);
    expect([read.left.x, read.left.y, read.left.z]).toEqual([-1.28, expect.closeTo(2.5575, 9), -1.28]);
  });

  it('has these bytes', () => {
    const given = emptyBody();
    Object.assign(given.head, { x: 0, y: 1.6, z: -1.28 });
    Object.assign(given.right, { x: 1.2775, y: 0, z: 0, qx: 0, qy: -1, qz: 0, qw: 0, shape: 'grip' });
    const view = new DataView(new ArrayBuffer(BODY_BYTES));
    encodeBody(given, view, 0);
    const zero = 511 | (511 << 10) | (511 << 20);
    expect(Array.from({ length: 6 }, (_, word) => view.getUint32(word * 4, true))).toEqual([
      512 | (640 << 10), (zero | (3 << 30)) >>> 0,
      512 | (512 << 20), (zero | (3 << 30)) >>> 0,
      (1023 | (512 << 20) | (3 << 30)) >>> 0, (zero | (1 << 30)) >>> 0,
    ]);
  });

  it('is refused where it cannot be one', () => {
    const view = new DataView(new ArrayBuffer(BODY_BYTES));
    const bytes = (change: (view: DataView) => void): boolean => {
      encodeBody(emptyBody(), view, 0);
      change(view);
      return decodeBody(view, 0, emptyBody());
    };
    expect(bytes(() => undefined)).toBe(true);
    expect(bytes((out) => out.setUint32(0, 1 << 30, true)), 'a mark on the head').toBe(false);
    for (const offset of [4, 12, 20]) {
      expect(bytes((out) => out.setUint32(offset, 0, true)), 'three components that are longer than a unit').toBe(false);
      expect(bytes((out) => out.setUint32(offset, 511 | (511 << 10) | (1023 << 20), true)), 'a step that nobody writes').toBe(false);
    }
  });

  it('tells its age when the server sends it, which no client may', () => {
    const view = new DataView(new ArrayBuffer(BODY_BYTES));
    encodeBody(emptyBody(), view, 0);
    const read = emptyBody();
    for (const [age, told] of [[-Infinity, 6.25], [0, 6.25], [12, 6.25], [13, 18.75], [30, 31.25], [40, 43.75], [1e9, 43.75]] as const) {
      markAge(view, 0, age);
      expect(decodeSentBody(view, 0, read)).toBe(told);
      expect(read).toEqual(emptyBody());
      expect(decodeBody(view, 0, read)).toBe(told < 10);
    }
    expect(MAX_AGE_MS).toBe(43.75);
    view.setUint32(4, 0, true);
    expect(decodeSentBody(view, 0, read)).toBe(-1);
  });

  it('of any bytes at all is refused, or is one', () => {
    const random = fc.uint8Array({ minLength: BODY_BYTES, maxLength: BODY_BYTES });
    let taken = 0;
    fc.assert(fc.property(random, (bytes) => {
      const read = emptyBody();
      if (!decodeBody(new DataView(bytes.buffer, bytes.byteOffset), 0, read)) return;
      taken += 1;
      for (const part of [read.head, read.left, read.right]) {
        expect(Math.hypot(part.qx, part.qy, part.qz, part.qw)).toBeCloseTo(1, 9);
        expect(Math.max(Math.abs(part.x), Math.abs(part.z))).toBeLessThanOrEqual(1.28);
        expect(part.y).toBeLessThan(2.56);
      }
    }), run);
    expect(taken).toBeGreaterThan(0);
  });

  it('is copied whole', () => {
    fc.assert(fc.property(body, (given) => {
      const copy = emptyBody();
      copyBody(given, copy);
      expect(copy).toEqual(given);
    }), { ...run, numRuns: 50 });
  });
});
