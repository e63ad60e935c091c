import { TICK_MS } from '../../shared/protocol/version.ts';
import { POSE_HEADER_BYTES, POSE_RECORD_BYTES, decodePose, emptyPose, poseCount } from '../../shared/protocol/pose.ts';
import type { PoseRecord } from '../../shared/protocol/pose.ts';
import type { AvatarPose, PoseBook } from '../app/contracts.ts';

/** What is drawn is this old, so that there is usually a later pose to move towards. */
const DELAY_MS = 100;
/** The farthest people are told of once a second; a longer silence means that they stood still. */
const SLOWEST_TIER_MS = 1100;
const SAMPLES = 4;
const FIELDS = 6;

/** A person's last poses, oldest first, in one typed array: time (ms, server), x, y, z, yaw, pitch. */
class Track {
  readonly pose: AvatarPose;
  readonly samples = new Float64Array(SAMPLES * FIELDS);
  length = 0;
  /** Time between poses of this avatar, which depends on how near it is: 50, 200 or 1,000 ms. */
  interval = TICK_MS;
  delay = DELAY_MS;

  constructor(id: string, index: number) {
    this.pose = {
      id, index, x: 0, y: 0, z: 0, yaw: 0, pitch: 0, posture: 'standing', gesture: 'none', speaking: false, speed: 0, body: null,
    };
  }

  push(time: number, record: Readonly<{ x: number; y: number; z: number; yaw: number; pitch: number }>): void {
    if (this.length > 0) {
      const gap = time - this.timeAt(this.length - 1);
      if (gap <= 0) return;
      // Someone who stood still starts now, not when they were last mentioned.
      if (gap > 2.5 * this.interval) this.append(time - this.interval, this.lastX, this.lastY, this.lastZ);
      this.interval = gap > SLOWEST_TIER_MS ? TICK_MS : gap;
    }
    this.append(time, record.x, record.y, record.z);
    const at = (this.length - 1) * FIELDS;
    this.samples[at + 4] = record.yaw;
    this.samples[at + 5] = record.pitch;
  }

  private append(time: number, x: number, y: number, z: number): void {
    if (this.length === SAMPLES) {
      this.samples.copyWithin(0, FIELDS);
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
    this.length += 1;
  }

  timeAt(sample: number): number {
    return this.samples[sample * FIELDS] ?? 0;
  }

  private get lastX(): number { return this.samples[(this.length - 1) * FIELDS + 1] ?? 0; }
  private get lastY(): number { return this.samples[(this.length - 1) * FIELDS + 2] ?? 0; }
  private get lastZ(): number { return this.samples[(this.length - 1) * FIELDS + 3] ?? 0; }
}

/** Shortest signed turn from a to b, radians. */
function turn(from: number, to: number): number {
  const difference = (to - from) % (2 * Math.PI);
  if (difference > Math.PI) return difference - 2 * Math.PI;
  if (difference < -Math.PI) return difference + 2 * Math.PI;
  return difference;
}

/**
 * Everybody else's poses: frames in, smooth motion out. Who is behind an index comes from the directory, which may be a moment
 * later or earlier than the first pose.
 */
export class PoseStream implements PoseBook {
  avatars: AvatarPose[] = [];
  revision = 0;
  private readonly tracks = new Map<number, Track>();
  private readonly ids = new Map<number, string>();
  private readonly byPerson = new Map<string, Track>();
  /** First poses that came before the directory said whose they are. */
  private readonly strays = new Map<number, { time: number; record: PoseRecord }>();
  private readonly record = emptyPose();
  /** Server time minus local time, ms: the largest seen lately is the frame that travelled fastest. */
  private offset = Number.NEGATIVE_INFINITY;
  private lastSample = 0;
  private epoch = 0;
  private lastTick = -1;

  /** Tells who is present: person id by index. Avatars of those who left go. */
  setPeople(present: ReadonlyMap<string, { readonly id: string; readonly index: number }>, myId: string): void {
    this.ids.clear();
    for (const person of present.values()) if (person.id !== myId) this.ids.set(person.index, person.id);
    for (const [index, track] of this.tracks) {
      const id = this.ids.get(index);
      if (id === track.pose.id) continue;
      this.tracks.delete(index);
      this.byPerson.delete(track.pose.id);
      this.revision += 1;
    }
    for (const [index, stray] of this.strays) {
      if (!this.ids.has(index)) continue;
      this.strays.delete(index);
      this.take(stray.time, stray.record);
    }
    this.relist();
  }

  /** Forgets all poses and the clock: a new connection starts from nothing. */
  clear(): void {
    this.tracks.clear();
    this.byPerson.clear();
    this.strays.clear();
    this.offset = Number.NEGATIVE_INFINITY;
    this.lastTick = -1;
    this.epoch = 0;
    this.revision += 1;
    this.relist();
  }

  /** Takes one frame; a torn one is ignored. `now`: `performance.now()` at arrival. */
  receive(frame: Uint8Array, now: number): void {
    const count = poseCount(frame.byteLength);
    if (count < 0) return;
    const view = new DataView(frame.buffer, frame.byteOffset, frame.byteLength);
    const time = this.serverTime(view.getUint16(0, true));
    this.offset = Math.max(this.offset, time - now);
    let added = false;
    for (let i = 0; i < count; i += 1) {
      decodePose(view, POSE_HEADER_BYTES + i * POSE_RECORD_BYTES, this.record);
      added = this.take(time, this.record) || added;
    }
    if (added) this.relist();
  }

  sample(now: number): void {
    const elapsed = Math.min(250, Math.max(0, now - this.lastSample));
    this.lastSample = now;
    // Clocks drift apart: let the offset sink slowly, so that a slower clock is followed.
    this.offset -= elapsed * 0.0005;
    const serverNow = now + this.offset;
    for (const track of this.tracks.values()) this.interpolate(track, serverNow, elapsed);
  }

  byId(id: string): AvatarPose | undefined {
    return this.byPerson.get(id)?.pose;
  }

  /** Unwraps the 16-bit tick into milliseconds. */
  private serverTime(tick: number): number {
    if (this.lastTick >= 0 && tick < this.lastTick && this.lastTick - tick > 0x8000) this.epoch += 0x10000;
    this.lastTick = tick;
    return (this.epoch + tick) * TICK_MS;
  }

  private take(time: number, record: Readonly<PoseRecord>): boolean {
    let track = this.tracks.get(record.index);
    let added = false;
    if (track === undefined) {
      const id = this.ids.get(record.index);
      if (id === undefined) {
        this.strays.set(record.index, { time, record: { ...record } });
        return false;
      }
      track = new Track(id, record.index);
      this.tracks.set(record.index, track);
      this.byPerson.set(id, track);
      this.revision += 1;
      added = true;
    }
    track.push(time, record);
    track.pose.posture = record.posture;
    track.pose.gesture = record.gesture;
    track.pose.speaking = record.speaking;
    return added;
  }

  private interpolate(track: Track, serverNow: number, elapsed: number): void {
    const pose = track.pose;
    const wanted = track.interval <= 1.5 * TICK_MS ? DELAY_MS : track.interval + TICK_MS;
    track.delay += Math.max(-elapsed * 0.25, Math.min(elapsed * 0.25, wanted - track.delay));
    // Out of poses: wait here instead of jumping ahead when the next one comes.
    const starved = serverNow - track.delay - track.timeAt(track.length - 1);
    if (starved > 0) track.delay = Math.max(track.delay, Math.min(wanted, track.delay + starved));
    const time = serverNow - track.delay;
    let next = 0;
    while (next < track.length && track.timeAt(next) <= time) next += 1;
    const after = Math.min(next, track.length - 1) * FIELDS;
    const before = Math.max(0, next - 1) * FIELDS;
    const s = track.samples;
    const span = (s[after] ?? 0) - (s[before] ?? 0);
    const f = span > 0 ? Math.min(1, Math.max(0, (time - (s[before] ?? 0)) / span)) : 1;
    const dx = (s[after + 1] ?? 0) - (s[before + 1] ?? 0);
    const dz = (s[after + 3] ?? 0) - (s[before + 3] ?? 0);
    pose.x = (s[before + 1] ?? 0) + f * dx;
    pose.y = (s[before + 2] ?? 0) + f * ((s[after + 2] ?? 0) - (s[before + 2] ?? 0));
    pose.z = (s[before + 3] ?? 0) + f * dz;
    pose.yaw = (s[before + 4] ?? 0) + f * turn(s[before + 4] ?? 0, s[after + 4] ?? 0);
    pose.pitch = (s[before + 5] ?? 0) + f * ((s[after + 5] ?? 0) - (s[before + 5] ?? 0));
    pose.speed = span > 0 && next < track.length ? (Math.hypot(dx, dz) / span) * 1000 : 0;
  }

  private relist(): void {
    this.avatars = Array.from(this.tracks.values(), (track) => track.pose);
  }
}
