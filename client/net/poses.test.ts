import { describe, expect, it } from 'vitest';
import { POSE_HEADER_BYTES, POSE_RECORD_BYTES, emptyPose, encodePose } from '../../shared/protocol/pose.ts';
import type { PoseRecord } from '../../shared/protocol/pose.ts';
import { TICK_MS } from '../../shared/protocol/version.ts';
import { PoseStream } from './poses.ts';

function frame(tick: number, ...records: Partial<PoseRecord>[]): Uint8Array {
  const bytes = new Uint8Array(POSE_HEADER_BYTES + records.length * POSE_RECORD_BYTES);
  const view = new DataView(bytes.buffer);
  view.setUint16(0, tick & 0xffff, true);
  records.forEach((record, i) => encodePose({ ...emptyPose(), ...record }, view, POSE_HEADER_BYTES + i * POSE_RECORD_BYTES));
  return bytes;
}

const people = new Map([['ann', { id: 'ann', index: 1 }], ['ben', { id: 'ben', index: 2 }], ['me', { id: 'me', index: 0 }]]);

function stream(): PoseStream {
  const poses = new PoseStream();
  poses.setPeople(people, 'me');
  return poses;
}

describe('pose stream', () => {
  it('draws 100 ms in the past, between two poses', () => {
    const poses = stream();
    for (let tick = 0; tick < 10; tick += 1) poses.receive(frame(tick, { index: 1, x: tick * 0.1 }), 1000 + tick * TICK_MS);
    poses.sample(1000 + 9 * TICK_MS);
    const at = poses.byId('ann')?.x ?? Number.NaN;
    expect(at).toBeGreaterThan(0.65);
    expect(at).toBeLessThanOrEqual(0.71);
    expect(poses.byId('ann')?.speed).toBeCloseTo(2, 1);
  });

  it('never jumps: someone far away who is told of once a second glides', () => {
    const poses = stream();
    let last = Number.NaN;
    let largest = 0;
    for (let ms = 0; ms < 8000; ms += 10) {
      if (ms % 1000 === 0) poses.receive(frame(ms / TICK_MS, { index: 1, x: ms / 1000 }), 5000 + ms);
      poses.sample(5000 + ms);
      const x = poses.byId('ann')?.x ?? 0;
      if (ms > 3000) largest = Math.max(largest, Math.abs(x - last));
      last = x;
    }
    expect(last).toBeGreaterThan(5);
    expect(largest).toBeLessThan(0.03);
  });

  it('starts someone who stood still now, not when they were last mentioned', () => {
    const poses = stream();
    poses.receive(frame(0, { index: 1, x: 0 }), 0);
    poses.receive(frame(1, { index: 1, x: 0 }), 50);
    poses.receive(frame(200, { index: 1, x: 0.1 }), 10_000);
    poses.sample(10_040);
    expect(poses.byId('ann')?.x).toBeLessThan(0.01);
    poses.sample(10_100);
    expect(poses.byId('ann')?.x).toBeCloseTo(0.1, 1);
  });

  it('turns the short way round', () => {
    const poses = stream();
    const degrees = Math.PI / 180;
    poses.receive(frame(0, { index: 1, yaw: 350 * degrees }), 0);
    poses.receive(frame(1, { index: 1, yaw: 10 * degrees }), 50);
    poses.sample(125);
    const yaw = poses.byId('ann')?.yaw ?? 0;
    expect(Math.cos(yaw)).toBeGreaterThan(0.98);
  });

  it('keeps a first pose that comes before the name, and forgets those who left', () => {
    const poses = new PoseStream();
    poses.receive(frame(0, { index: 2, x: 3 }), 0);
    expect(poses.avatars).toHaveLength(0);
    poses.setPeople(people, 'me');
    poses.sample(200);
    expect(poses.byId('ben')?.x).toBe(3);
    const revision = poses.revision;
    poses.setPeople(new Map([['me', { id: 'me', index: 0 }]]), 'me');
    expect(poses.avatars).toHaveLength(0);
    expect(poses.byId('ben')).toBeUndefined();
    expect(poses.revision).toBeGreaterThan(revision);
  });

  it('survives the wrap of the 16-bit tick, and ignores torn frames', () => {
    const poses = stream();
    for (let tick = 65_530; tick < 65_545; tick += 1) poses.receive(frame(tick, { index: 1, x: (tick - 65_530) * 0.1 }), (tick - 65_530) * TICK_MS);
    poses.receive(frame(9).subarray(0, 1), 700);
    poses.receive(new Uint8Array(7), 700);
    poses.sample(14 * TICK_MS);
    expect(poses.byId('ann')?.x).toBeGreaterThan(1.1);
  });
});
