import { BODY_BYTES, decodeSentBody, emptyBody } from '../../shared/protocol/body.ts';
import type { Body } from '../../shared/protocol/body.ts';
import { POSE_HEADER_BYTES, POSE_RECORD_BYTES, decodePose, emptyPose, poseCount } from '../../shared/protocol/pose.ts';
import type { PoseRecord } from '../../shared/protocol/pose.ts';
import type { AvatarPose, PoseBook } from '../app/contracts.ts';
import { TickClock } from './tick-clock.ts';
import { Track } from './track.ts';
import type { Moment } from './track.ts';

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
  private readonly strays = new Map<number, { moment: Moment; record: PoseRecord; body: Body | null }>();
  private readonly record = emptyPose();
  private readonly body = emptyBody();
  private readonly moment = { time: 0, age: 0 };
  private readonly clock = new TickClock();
  private lastSample = 0;

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
      this.take(stray.moment, stray.record, stray.body);
    }
    this.relist();
  }

  /** Forgets all poses and the clock: a new connection starts from nothing. */
  clear(): void {
    this.tracks.clear();
    this.byPerson.clear();
    this.strays.clear();
    this.clock.clear();
    this.revision += 1;
    this.relist();
  }

  /** Takes one frame; a torn one is ignored. `now`: `performance.now()` at arrival. */
  receive(frame: Uint8Array, now: number): void {
    const view = new DataView(frame.buffer, frame.byteOffset, frame.byteLength);
    const count = poseCount(view);
    if (count < 0) return;
    this.moment.time = this.clock.heard(view.getUint16(0, true), now);
    let added = false;
    let offset = POSE_HEADER_BYTES;
    for (let i = 0; i < count; i += 1) {
      decodePose(view, offset, this.record);
      offset += POSE_RECORD_BYTES;
      const age = this.record.extended ? decodeSentBody(view, offset, this.body) : -1;
      if (this.record.extended) offset += BODY_BYTES;
      this.moment.age = Math.max(0, age);
      added = this.take(this.moment, this.record, age < 0 ? null : this.body) || added;
    }
    if (added) this.relist();
  }

  sample(now: number): void {
    const elapsed = Math.min(250, Math.max(0, now - this.lastSample));
    this.lastSample = now;
    const serverNow = this.clock.at(now, elapsed);
    for (const track of this.tracks.values()) track.sample(serverNow, elapsed);
  }

  byId(id: string): AvatarPose | undefined {
    return this.byPerson.get(id)?.pose;
  }

  private take(moment: Moment, record: Readonly<PoseRecord>, body: Readonly<Body> | null): boolean {
    let track = this.tracks.get(record.index);
    let added = false;
    if (track === undefined) {
      const id = this.ids.get(record.index);
      if (id === undefined) {
        this.strays.set(record.index, { moment: { ...moment }, record: { ...record }, body: body === null ? null : structuredClone(body) });
        return false;
      }
      track = new Track(id, record.index);
      this.tracks.set(record.index, track);
      this.byPerson.set(id, track);
      this.revision += 1;
      added = true;
    }
    track.push(moment, record, body);
    return added;
  }

  private relist(): void {
    this.avatars = Array.from(this.tracks.values(), (track) => track.pose);
  }
}
