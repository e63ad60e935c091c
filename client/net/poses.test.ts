import { describe, expect, it } from 'vitest';
import { BODY_BYTES, MAX_AGE_MS, emptyBody, encodeBody, markAge } from '../../shared/protocol/body.ts';
import type { Body, HandShape } from '../../shared/protocol/body.ts';
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

  it('glides again soon after the server has paused, whose ticks then come late for good', () => {
    const poses = stream();
    let last = Number.NaN;
    let largest = 0;
    for (let ms = 0; ms < 20_000; ms += 10) {
      const late = ms < 5000 ? 0 : 400;
      if (ms % TICK_MS === 0 && (ms < 5000 || ms >= 5400)) poses.receive(frame((ms - late) / TICK_MS, { index: 1, x: (ms - late) / 500 }), ms);
      poses.sample(ms);
      const x = poses.byId('ann')?.x ?? 0;
      if (ms > 14_000) largest = Math.max(largest, Math.abs(x - last));
      last = x;
    }
    // 2 m/s, in steps of 10 ms; drawn 100 ms late, and as late as the ticks are.
    expect(largest).toBeLessThan(0.025);
    expect(last).toBeGreaterThan((20_000 - 400 - 150) / 500);
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

/** A frame of one person in a headset. */
function worn(tick: number, record: Partial<PoseRecord>, body: Body): Uint8Array {
  const bytes = new Uint8Array(POSE_HEADER_BYTES + POSE_RECORD_BYTES + BODY_BYTES);
  bytes.set(frame(tick, { ...record, extended: true }));
  encodeBody(body, new DataView(bytes.buffer), POSE_HEADER_BYTES + POSE_RECORD_BYTES);
  return bytes;
}

/** Right hand at `x`, turned by `yaw` about the upright axis. */
function reaching(x: number, yaw = 0, shape: HandShape = 'open'): Body {
  const body = emptyBody();
  Object.assign(body.head, { y: 1.6 });
  Object.assign(body.right, { x, y: 1.1, z: 0.2, qy: Math.sin(yaw / 2), qw: Math.cos(yaw / 2), shape });
  return body;
}

/** A body that is not said to be older came in so long before the tick, as far as one can know; and it is drawn so late. Milliseconds. */
const AGE = TICK_MS / 8;
const LATE = 100 + MAX_AGE_MS;

/** Lets the delay settle: by a quarter of the time that passes. */
function settle(poses: PoseStream, until: number): void {
  for (let ms = until - 400; ms <= until; ms += 10) poses.sample(ms);
}

describe('head and hands', () => {
  it('are between two poses as the person is, in an instance that stays the same, as late as they have to be', () => {
    const poses = stream();
    for (let tick = 0; tick < 20; tick += 1) {
      poses.receive(worn(tick, { index: 1, x: tick * 0.1 }, reaching(tick * 0.05, tick * 0.15)), 1000 + tick * TICK_MS);
      for (let ms = 0; ms < 50; ms += 10) poses.sample(1000 + tick * TICK_MS + ms);
    }
    const now = 1000 + 19 * TICK_MS + 40;
    poses.sample(now);
    const body = poses.byId('ann')?.body ?? null;
    const tick = (now - 1000 - LATE + AGE) / TICK_MS;
    expect(body?.right.x).toBeCloseTo(tick * 0.05, 2);
    expect(poses.byId('ann')?.x).toBeCloseTo(tick * 0.1, 2);
    expect(2 * Math.atan2(body?.right.qy ?? 0, body?.right.qw ?? 0)).toBeCloseTo(tick * 0.15, 1);
    expect(Math.hypot(body?.right.qy ?? 0, body?.right.qw ?? 0)).toBeCloseTo(1, 9);
    expect(body?.head.y).toBeCloseTo(1.6, 2);
    poses.sample(now + 10);
    expect(poses.byId('ann')?.body).toBe(body);
    expect(poses.byId('ben')?.body ?? null).toBeNull();
  });

  it('are drawn at the time when they were so, however their ages differ', () => {
    const poses = stream();
    // Sent every 50 ms, in turn just before a tick and just after the one before.
    const ages = [0, 1, 2, 3, 3, 2, 1, 0];
    for (let tick = 0; tick < 40; tick += 1) {
      const age = (ages[tick % ages.length] ?? 0) * (TICK_MS / 4) + AGE;
      const bytes = worn(tick, { index: 1 }, reaching((tick * TICK_MS - age) / 4000));
      markAge(new DataView(bytes.buffer), POSE_HEADER_BYTES + POSE_RECORD_BYTES, age);
      poses.receive(bytes, tick * TICK_MS);
      for (let ms = 0; ms < 50; ms += 5) {
        const now = tick * TICK_MS + ms;
        poses.sample(now);
        if (tick > 12) expect(Math.abs((poses.byId('ann')?.body?.right.x ?? 9) - (now - LATE) / 4000)).toBeLessThan(0.0015);
      }
    }
  });

  it('turn the shorter way, whatever the sign of the quaternion', () => {
    const poses = stream();
    const degrees = Math.PI / 180;
    poses.receive(worn(0, { index: 1 }, reaching(0, 175 * degrees)), 0);
    poses.receive(worn(1, { index: 1 }, reaching(0, -175 * degrees)), 50);
    settle(poses, 25 - AGE + LATE);
    const { qy, qw } = poses.byId('ann')?.body?.right ?? { qy: 0, qw: 1 };
    expect(Math.abs(qy)).toBeCloseTo(1, 3);
    expect(Math.abs(qw)).toBeLessThan(0.01);
  });

  it('do not shake while walking: what stands still in the world is drawn still', () => {
    const poses = stream();
    for (let tick = 0; tick < 20; tick += 1) {
      const x = Math.round(tick * 7.3) / 100;
      poses.receive(worn(tick, { index: 1, x }, reaching(0.9 - x)), tick * TICK_MS);
      for (let ms = 0; ms < 50; ms += 7) {
        poses.sample(tick * TICK_MS + ms);
        const ann = poses.byId('ann');
        if (tick > 3) expect(Math.abs((ann?.x ?? 9) + (ann?.body?.right.x ?? 9) - 0.9)).toBeLessThan(0.0013);
      }
    }
  });

  it('go when the headset does, and come back', () => {
    const poses = stream();
    poses.receive(worn(0, { index: 1 }, reaching(0.1)), 0);
    poses.receive(worn(1, { index: 1 }, reaching(0.2)), 50);
    poses.receive(frame(2, { index: 1 }), 100);
    settle(poses, 90 + LATE);
    expect(poses.byId('ann')?.body, 'until the next pose').not.toBeNull();
    poses.sample(101 + LATE);
    expect(poses.byId('ann')?.body).toBeNull();
    poses.receive(worn(60, { index: 1 }, reaching(0.3)), 3000);
    poses.sample(3001 + LATE);
    expect(poses.byId('ann')?.body?.right.x).toBeCloseTo(0.3, 2);
  });

  it('show a hand that is lost as lost, and one that is found where it is, without a swing from nowhere', () => {
    const poses = stream();
    poses.receive(worn(0, { index: 1 }, reaching(0.5)), 0);
    poses.receive(worn(1, { index: 1 }, { ...emptyBody(), head: reaching(0).head }), 50);
    poses.receive(worn(2, { index: 1 }, reaching(0.7, 0, 'grip')), 100);
    settle(poses, 25 - AGE + LATE);
    expect(poses.byId('ann')?.body?.right).toMatchObject({ shape: 'open', x: expect.closeTo(0.5, 2) as number });
    poses.sample(75 - AGE + LATE);
    expect(poses.byId('ann')?.body?.right.shape).toBe('lost');
    poses.sample(101 - AGE + LATE);
    expect(poses.byId('ann')?.body?.right).toMatchObject({ shape: 'grip', x: expect.closeTo(0.7, 2) as number });
  });

  it('come with a first pose that is there before the name, and not out of a torn frame', () => {
    const poses = new PoseStream();
    poses.receive(worn(0, { index: 2 }, reaching(0.4)), 0);
    poses.receive(worn(1, { index: 2 }, reaching(0.9)).subarray(0, POSE_HEADER_BYTES + POSE_RECORD_BYTES + BODY_BYTES - 1), 50);
    poses.setPeople(people, 'me');
    poses.sample(200);
    expect(poses.byId('ben')?.body?.right.x).toBeCloseTo(0.4, 2);
  });
});
