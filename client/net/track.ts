import { MAX_AGE_MS } from '../../shared/protocol/body.ts';
import type { Body } from '../../shared/protocol/body.ts';
import { TICK_MS } from '../../shared/protocol/version.ts';
import type { PoseRecord } from '../../shared/protocol/pose.ts';
import type { AvatarPose } from '../app/contracts.ts';
import { BodyTrack } from './body-track.ts';

/** What is drawn is this old, so that there is usually a later pose to move towards. */
const DELAY_MS = 100;
/** The farthest people are told of once a second; a longer silence means that they stood still. */
const SLOWEST_TIER_MS = 1100;
const SAMPLES = 4;
const FIELDS = 6;

/** When something was so: the time of its frame, ms of the server, and how long before that it came in. */
export interface Moment {
  readonly time: number;
  readonly age: number;
}

/** Shortest signed turn from a to b, radians. */
function turn(from: number, to: number): number {
  const difference = (to - from) % (2 * Math.PI);
  if (difference > Math.PI) return difference - 2 * Math.PI;
  if (difference < -Math.PI) return difference + 2 * Math.PI;
  return difference;
}

/** A person's last poses, oldest first, in one typed array: time (ms, server), x, y, z, yaw, pitch. Out comes where they are drawn now. */
export class Track {
  readonly pose: AvatarPose;
  private readonly samples = new Float64Array(SAMPLES * FIELDS);
  /** Made when somebody is first seen in a headset. */
  private bodies: BodyTrack | null = null;
  private length = 0;
  /** Of the frame of the last pose, ms of the server. */
  private toldAt = 0;
  /** Time between poses of this avatar, which depends on how near it is: 50, 200 or 1,000 ms. */
  private interval = TICK_MS;
  private delay = DELAY_MS;

  constructor(id: string, index: number) {
    this.pose = {
      id, index, x: 0, y: 0, z: 0, yaw: 0, pitch: 0, posture: 'standing', gesture: 'none', speaking: false, speed: 0, body: null,
    };
  }

  /** A pose, with head and hands if there are any. */
  push({ time, age }: Moment, record: Readonly<PoseRecord>, body: Readonly<Body> | null): void {
    this.pose.posture = record.posture;
    this.pose.gesture = record.gesture;
    this.pose.speaking = record.speaking;
    if (this.length > 0) {
      const gap = time - this.toldAt;
      if (gap <= 0) return;
      // Someone who stood still starts now, not when they were last mentioned.
      if (gap > 2.5 * this.interval) this.append(time - this.interval, this.lastX, this.lastY, this.lastZ);
      this.interval = gap > SLOWEST_TIER_MS ? TICK_MS : gap;
    }
    this.toldAt = time;
    this.append(time - age, record.x, record.y, record.z);
    const at = (this.length - 1) * FIELDS;
    this.samples[at + 4] = record.yaw;
    this.samples[at + 5] = record.pitch;
    if (body !== null) this.bodies ??= new BodyTrack(SAMPLES);
    this.bodies?.put(this.length - 1, body);
  }

  private append(time: number, x: number, y: number, z: number): void {
    if (this.length === SAMPLES) {
      this.samples.copyWithin(0, FIELDS);
      this.bodies?.drop();
      this.length -= 1;
    }
    const at = this.length * FIELDS;
    const previous = at - FIELDS;
    this.samples[at] = time;
    this.samples[at + 1] = x;
    this.samples[at + 2] = y;
    this.samples[at + 3] = z;
    this.samples[at + 4] = previous < 0 ? 0 : (this.samples[previous + 4] ?? 0);
    this.samples[at + 5] = previous < 0 ? 0 : (this.samples[previous + 5] ?? 0);
    this.bodies?.repeat(this.length);
    this.length += 1;
  }

  /** Brings the pose to where it was a moment ago. `serverNow`: ms of the server; `elapsed`: ms since the last call. Allocates nothing. */
  sample(serverNow: number, elapsed: number): void {
    const { pose } = this;
    // Who wears a headset is drawn as they were when they said so, not when others were told; and always so late, though now and then a tick brings nothing.
    const wanted = pose.body === null ? this.delayOf(this.interval) : DELAY_MS + MAX_AGE_MS;
    this.delay += Math.max(-elapsed * 0.25, Math.min(elapsed * 0.25, wanted - this.delay));
    // Out of poses: wait here instead of jumping ahead when the next one comes.
    const starved = serverNow - this.delay - this.timeAt(this.length - 1);
    if (starved > 0) this.delay = Math.max(this.delay, Math.min(wanted, this.delay + starved));
    const time = serverNow - this.delay;
    let next = 0;
    while (next < this.length && this.timeAt(next) <= time) next += 1;
    const after = Math.min(next, this.length - 1) * FIELDS;
    const before = Math.max(0, next - 1) * FIELDS;
    const s = this.samples;
    const span = (s[after] ?? 0) - (s[before] ?? 0);
    const f = span > 0 ? Math.min(1, Math.max(0, (time - (s[before] ?? 0)) / span)) : 1;
    const dx = (s[after + 1] ?? 0) - (s[before + 1] ?? 0);
    const dz = (s[after + 3] ?? 0) - (s[before + 3] ?? 0);
    pose.x = (s[before + 1] ?? 0) + f * dx;
    pose.y = (s[before + 2] ?? 0) + f * ((s[after + 2] ?? 0) - (s[before + 2] ?? 0));
    pose.z = (s[before + 3] ?? 0) + f * dz;
    pose.yaw = (s[before + 4] ?? 0) + f * turn(s[before + 4] ?? 0, s[after + 4] ?? 0);
    pose.pitch = (s[before + 5] ?? 0) + f * ((s[after + 5] ?? 0) - (s[before + 5] ?? 0));
    pose.speed = span > 0 && next < this.length ? (Math.hypot(dx, dz) / span) * 1000 : 0;
    pose.body = this.bodies?.between(Math.max(0, next - 1), Math.min(next, this.length - 1), f) ?? null;
  }

  private delayOf(interval: number): number {
    return interval <= 1.5 * TICK_MS ? DELAY_MS : interval + TICK_MS;
  }

  private timeAt(sample: number): number {
    return this.samples[sample * FIELDS] ?? 0;
  }

  private get lastX(): number { return this.samples[(this.length - 1) * FIELDS + 1] ?? 0; }
  private get lastY(): number { return this.samples[(this.length - 1) * FIELDS + 2] ?? 0; }
  private get lastZ(): number { return this.samples[(this.length - 1) * FIELDS + 3] ?? 0; }
}
