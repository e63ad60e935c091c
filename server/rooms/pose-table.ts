import { BODY_BYTES, copyBody, emptyBody, encodeBody, markAge } from '../../shared/protocol/body.ts';
import type { TrackedPoint } from '../../shared/protocol/body.ts';
import type { PoseRecord } from '../../shared/protocol/pose.ts';
import { POSE_RECORD_BYTES, decodePose, emptyPose, encodePose } from '../../shared/protocol/pose.ts';
import type { Person } from './person.ts';

/** A pose record in 16-bit words: frames are put together word by word (all hosts that Node runs on are little endian but one, s390x). */
export const RECORD_WORDS = POSE_RECORD_BYTES / 2;
/** A body in the same words. */
export const BODY_WORDS = BODY_BYTES / 2;

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
  readonly bodies: Uint16Array;
  /** 0 for whoever has no body; else raised when its bytes change, apart from the record, so that only those near are told of a hand that moves. */
  readonly bodyVersions: Uint16Array;
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
  private readonly lastBodyVersions: Uint16Array;
  private readonly bodyScratch = new DataView(new ArrayBuffer(BODY_BYTES));
  private readonly bodyScratchWords = new Uint16Array(this.bodyScratch.buffer);
  private readonly body = emptyBody();

  constructor(capacity: number) {
    this.records = new Uint16Array(capacity * RECORD_WORDS);
    this.versions = new Uint16Array(capacity);
    this.bodies = new Uint16Array(capacity * BODY_WORDS);
    this.bodyVersions = new Uint16Array(capacity);
    this.lastBodyVersions = new Uint16Array(capacity);
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
    this.versions[index] = following(this.versions[index]);
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
    this.bodyVersions[index] = 0;
    this.removeFromGroup(index);
  }

  /** Encodes where the person is; `now`, ms, tells the age of head and hands. Allocates nothing. */
  write(person: Person, now = -Infinity): void {
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
    if (replace(records, person.index * RECORD_WORDS, scratchWords)) this.versions[person.index] = following(this.versions[person.index]);
    this.writeBody(person, now);
  }

  /**
   * Encodes head and hands relative to where the record says that the person stands, and not to where they do: a record is rounded to a centimetre, and
   * what is added to it would shake by as much while they walk.
   */
  private writeBody({ index, body, footing, bodyAt, lastStepAt }: Person, now: number): void {
    if (body === null) {
      this.bodyVersions[index] = 0;
      return;
    }
    const { pose, body: shown } = this;
    decodePose(this.scratch, 0, pose);
    copyBody(body, shown);
    const dx = footing.x - pose.x;
    const dy = footing.y - pose.y;
    const dz = footing.z - pose.z;
    shift(shown.head, dx, dy, dz);
    if (shown.left.shape !== 'lost') shift(shown.left, dx, dy, dz);
    if (shown.right.shape !== 'lost') shift(shown.right, dx, dy, dz);
    encodeBody(shown, this.bodyScratch, 0);
    // A step and a body are of one moment; either is left out if it is as before.
    markAge(this.bodyScratch, 0, now - Math.max(bodyAt, lastStepAt));
    const changed = replace(this.bodies, index * BODY_WORDS, this.bodyScratchWords);
    if (!changed && this.bodyVersions[index] !== 0) return;
    const version = following(this.lastBodyVersions[index]);
    this.lastBodyVersions[index] = version;
    this.bodyVersions[index] = version;
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
}

/** The next version: never 0. */
function following(version: number | undefined): number {
  return ((version ?? 0) % 0xffff) + 1;
}

/** Writes `words` into `into` at `start`. @returns whether they are others than before */
function replace(into: Uint16Array, start: number, words: Uint16Array): boolean {
  let changed = false;
  for (let word = 0; word < words.length; word += 1) {
    const value = words[word] as number;
    if (into[start + word] === value) continue;
    into[start + word] = value;
    changed = true;
  }
  return changed;
}

function shift(point: TrackedPoint, dx: number, dy: number, dz: number): void {
  point.x += dx;
  point.y += dy;
  point.z += dz;
}
