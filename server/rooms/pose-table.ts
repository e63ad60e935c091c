import type { PoseRecord } from '../../shared/protocol/pose.ts';
import { POSE_RECORD_BYTES, emptyPose, encodePose } from '../../shared/protocol/pose.ts';
import type { Person } from './person.ts';

/** A pose record in 16-bit words: frames are put together word by word (all hosts that Node runs on are little endian but one, s390x). */
export const RECORD_WORDS = POSE_RECORD_BYTES / 2;

/** Far people are told of once in so many ticks; the table keeps them in as many groups. */
export const FAR_TICKS = 20;

/**
 * The pose of everybody, encoded once, whoever looks. A record's `version` is raised when its bytes change; whoever has been sent that
 * version needs nothing. So people who stand still cost nothing, the pose in which somebody stops is always sent, and so is
 * the pose of somebody who comes into sight.
 */
export class PoseTable {
  readonly records: Uint16Array;
  /** Never 0 for somebody present: 0 means "nothing sent yet" in a viewer. */
  readonly versions: Uint16Array;
  readonly x: Float32Array;
  readonly z: Float32Array;
  /** Numbers of those present, in no order: `present[0..count-1]`. */
  readonly present: Uint16Array;
  count = 0;
  /** The same numbers by `index % FAR_TICKS`. */
  readonly groups: readonly Uint16Array[];
  readonly groupCounts = new Uint16Array(FAR_TICKS);
  private readonly position: Int32Array;
  private readonly groupPosition: Int32Array;
  private readonly scratch = new DataView(new ArrayBuffer(POSE_RECORD_BYTES));
  private readonly scratchWords = new Uint16Array(this.scratch.buffer);
  private readonly pose: PoseRecord = emptyPose();

  constructor(capacity: number) {
    this.records = new Uint16Array(capacity * RECORD_WORDS);
    this.versions = new Uint16Array(capacity);
    this.x = new Float32Array(capacity);
    this.z = new Float32Array(capacity);
    this.present = new Uint16Array(capacity);
    this.position = new Int32Array(capacity).fill(-1);
    this.groupPosition = new Int32Array(capacity).fill(-1);
    this.groups = Array.from({ length: FAR_TICKS }, () => new Uint16Array(Math.ceil(capacity / FAR_TICKS)));
  }

  isPresent(index: number): boolean {
    return (this.position[index] ?? -1) >= 0;
  }

  add(person: Person): void {
    const { index } = person;
    this.position[index] = this.count;
    this.present[this.count] = index;
    this.count += 1;
    const group = index % FAR_TICKS;
    const size = this.groupCounts[group] ?? 0;
    this.groupPosition[index] = size;
    (this.groups[group] as Uint16Array)[size] = index;
    this.groupCounts[group] = size + 1;
    this.raise(index);
    this.write(person);
  }

  remove(index: number): void {
    const last = this.count - 1;
    const moved = this.present[last] ?? 0;
    const hole = this.position[index] ?? -1;
    if (hole < 0) return;
    this.present[hole] = moved;
    this.position[moved] = hole;
    this.position[index] = -1;
    this.count = last;
    this.removeFromGroup(index);
  }

  /** Encodes where the person is now. Allocates nothing. */
  write(person: Person): void {
    const { pose, scratchWords, records } = this;
    pose.index = person.index;
    pose.x = person.footing.x;
    pose.y = person.footing.y;
    pose.z = person.footing.z;
    pose.yaw = person.yaw;
    pose.pitch = person.pitch;
    pose.posture = person.posture;
    pose.gesture = person.gesture;
    pose.speaking = person.speaking;
    encodePose(pose, this.scratch, 0);
    this.x[person.index] = pose.x;
    this.z[person.index] = pose.z;
    const start = person.index * RECORD_WORDS;
    let changed = false;
    for (let word = 0; word < RECORD_WORDS; word += 1) {
      const value = scratchWords[word] as number;
      if (records[start + word] !== value) {
        records[start + word] = value;
        changed = true;
      }
    }
    if (changed) this.raise(person.index);
  }

  private removeFromGroup(index: number): void {
    const group = index % FAR_TICKS;
    const members = this.groups[group] as Uint16Array;
    const last = (this.groupCounts[group] ?? 1) - 1;
    const moved = members[last] ?? 0;
    const hole = this.groupPosition[index] ?? 0;
    members[hole] = moved;
    this.groupPosition[moved] = hole;
    this.groupPosition[index] = -1;
    this.groupCounts[group] = last;
  }

  private raise(index: number): void {
    const next = ((this.versions[index] ?? 0) + 1) & 0xffff;
    this.versions[index] = next === 0 ? 1 : next;
  }
}
