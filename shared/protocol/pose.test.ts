import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { BODY_BYTES } from './body.ts';
import { GESTURES, POSTURES } from './vocabulary.ts';
import {
  MAX_INDEX, POSE_HEADER_BYTES, POSE_RECORD_BYTES, WALK_BYTES, decodePose, decodeWalk, emptyPose, emptyWalk, encodePose, encodeWalk, poseCount,
} from './pose.ts';

const run = { seed: 20261121, numRuns: 1000 };
const turn = (a: number, b: number): number => Math.abs(Math.atan2(Math.sin(a - b), Math.cos(a - b)));

describe('pose records', () => {
  it('keep positions to 1 cm and angles to 1 degree', () => {
    const pose = fc.record({
      index: fc.integer({ min: 0, max: MAX_INDEX }),
      x: fc.double({ min: -327, max: 327, noNaN: true }),
      y: fc.double({ min: -10, max: 30, noNaN: true }),
      z: fc.double({ min: -327, max: 327, noNaN: true }),
      yaw: fc.double({ min: -20, max: 20, noNaN: true }),
      pitch: fc.double({ min: -1, max: 1, noNaN: true }),
      posture: fc.constantFrom(...POSTURES),
      gesture: fc.constantFrom(...GESTURES),
      speaking: fc.boolean(),
      extended: fc.boolean(),
    });
    fc.assert(fc.property(pose, (given) => {
      const view = new DataView(new ArrayBuffer(POSE_RECORD_BYTES + 3));
      encodePose(given, view, 3);
      const read = emptyPose();
      decodePose(view, 3, read);
      for (const axis of ['x', 'y', 'z'] as const) expect(Math.abs(read[axis] - given[axis])).toBeLessThanOrEqual(0.0051);
      expect(turn(read.yaw, given.yaw)).toBeLessThanOrEqual(Math.PI / 360 + 1e-9);
      expect(turn(read.pitch, given.pitch)).toBeLessThanOrEqual(Math.PI / 360 + 1e-9);
      expect([read.index, read.posture, read.gesture, read.speaking, read.extended]).toEqual([given.index, given.posture, given.gesture, given.speaking, given.extended]);
    }), run);
  });

  it('has these bytes on the wire', () => {
    const view = new DataView(new ArrayBuffer(POSE_RECORD_BYTES));
    const pose = { ...emptyPose(), index: 0x123, x: 1, y: 0, z: -1, yaw: Math.PI / 2, posture: 'seated' as const, gesture: 'clap' as const, speaking: true };
    encodePose(pose, view, 0);
    expect([...new Uint8Array(view.buffer)]).toEqual([
      0x23, 0x21, // clap is 2 in the high nibble
      0x64, 0x00, // 100 cm
      0x9c, 0xff, // -100 cm
      0xe8, 0x73, // 1000 | seated << 12 | speaking << 14
      0x5a, 0x80, // 90 degrees | (0 + 64) << 9
    ]);
  });

  it('counts the records of a frame and refuses torn ones', () => {
    const frame = (bytes: number): DataView => new DataView(new ArrayBuffer(bytes));
    expect([2, 22, 21, 0, 1].map((bytes) => poseCount(frame(bytes)))).toEqual([0, 2, -1, -1, -1]);
  });

  it('walks over the bodies in a frame, and refuses one that ends within a body', () => {
    const extended = fc.array(fc.boolean(), { maxLength: 20 });
    fc.assert(fc.property(extended, fc.nat(33), (bodies, cut) => {
      const frame = new DataView(new ArrayBuffer(POSE_HEADER_BYTES + bodies.reduce((bytes, body) => bytes + POSE_RECORD_BYTES + (body ? BODY_BYTES : 0), 0)));
      let offset = POSE_HEADER_BYTES;
      for (const body of bodies) {
        encodePose({ ...emptyPose(), extended: body }, frame, offset);
        // What a body says is no mark of a record.
        if (body) for (let i = 0; i < BODY_BYTES; i += 1) frame.setUint8(offset + POSE_RECORD_BYTES + i, 0xff);
        offset += POSE_RECORD_BYTES + (body ? BODY_BYTES : 0);
      }
      expect(poseCount(frame)).toBe(bodies.length);
      const last = bodies.at(-1);
      const torn = 1 + (cut % (last === true ? POSE_RECORD_BYTES + BODY_BYTES - 1 : POSE_RECORD_BYTES - 1));
      if (last !== undefined) expect(poseCount(new DataView(frame.buffer, 0, frame.byteLength - torn))).toBe(-1);
    }), run);
  });
});

describe('walk steps', () => {
  it('survive the wire', () => {
    const out = new DataView(new ArrayBuffer(WALK_BYTES));
    encodeWalk({ ...emptyWalk(), seq: 70000, x: 1.5, y: 0.25, z: -3, yaw: -Math.PI / 2, pitch: 0.1, running: true, moving: true }, out);
    const read = emptyWalk();
    expect(decodeWalk(new Uint8Array(out.buffer), read)).toBe(true);
    expect(read.seq).toBe(70000 & 0xffff);
    expect([read.x, read.y, read.z, read.running, read.moving]).toEqual([1.5, 0.25, -3, true, true]);
    expect(turn(read.yaw, -Math.PI / 2)).toBeLessThan(1e-4);
  });

  it('refuse anything else without throwing', () => {
    fc.assert(fc.property(fc.uint8Array({ maxLength: 64 }), (bytes) => {
      const read = emptyWalk();
      if (decodeWalk(bytes, read)) {
        expect(bytes.byteLength).toBe(WALK_BYTES);
        expect(Number.isFinite(read.x + read.y + read.z)).toBe(true);
      }
    }), run);
    const infinite = new DataView(new ArrayBuffer(WALK_BYTES));
    encodeWalk({ ...emptyWalk(), x: Infinity }, infinite);
    expect(decodeWalk(new Uint8Array(infinite.buffer), emptyWalk())).toBe(false);
  });
});
