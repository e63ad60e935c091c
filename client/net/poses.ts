import { BODY_BYTES, decodeBody, emptyBody } from '../../shared/protocol/body.ts';
import type { Body } from '../../shared/protocol/body.ts';
import { POSE_HEADER_BYTES, POSE_RECORD_BYTES, decodePose, emptyPose, poseCount } from '../../shared/protocol/pose.ts';
import type { PoseRecord } from '../../shared/protocol/pose.ts';
import { TICK_MS } from '../../shared/protocol/version.ts';
import type { AvatarPose, PoseBook } from '../app/contracts.ts';
import { Track } from './track.ts';

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
  private readonly strays = new Map<number, { time: number; record: PoseRecord; body: Body | null }>();
  private readonly record = emptyPose();
  private readonly body = emptyBody();
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
      this.take(stray.time, stray.record, stray.body);
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
    const view = new DataView(frame.buffer, frame.byteOffset, frame.byteLength);
    const count = poseCount(view);
    if (count < 0) return;
    const time = this.serverTime(view.getUint16(0, true));
    this.offset = Math.max(this.offset, time - now);
    let added = false;
    let offset = POSE_HEADER_BYTES;
    for (let i = 0; i < count; i += 1) {
      decodePose(view, offset, this.record);
      offset += POSE_RECORD_BYTES;
      const shown = this.record.extended && decodeBody(view, offset, this.body);
      if (this.record.extended) offset += BODY_BYTES;
      added = this.take(time, this.record, shown ? this.body : null) || added;
    }
    if (added) this.relist();
  }

  sample(now: number): void {
    const elapsed = Math.min(250, Math.max(0, now - this.lastSample));
    this.lastSample = now;
    // Clocks drift apart: let the offset sink slowly, so that a slower clock is followed.
    this.offset -= elapsed * 0.0005;
    const serverNow = now + this.offset;
    for (const track of this.tracks.values()) track.sample(serverNow, elapsed);
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

  private take(time: number, record: Readonly<PoseRecord>, body: Readonly<Body> | null): boolean {
    let track = this.tracks.get(record.index);
    let added = false;
    if (track === undefined) {
      const id = this.ids.get(record.index);
      if (id === undefined) {
        this.strays.set(record.index, { time, record: { ...record }, body: body === null ? null : structuredClone(body) });
        return false;
      }
      track = new Track(id, record.index);
      this.tracks.set(record.index, track);
      this.byPerson.set(id, track);
      this.revision += 1;
      added = true;
    }
    track.push(time, record, body);
    return added;
  }

  private relist(): void {
    this.avatars = Array.from(this.tracks.values(), (track) => track.pose);
  }
}
