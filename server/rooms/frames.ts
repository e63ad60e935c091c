import { EXTENDED, POSE_HEADER_BYTES } from '../../shared/protocol/pose.ts';
import { BODY_WORDS, FAR_TICKS, RECORD_WORDS } from './pose-table.ts';
import type { PoseTable } from './pose-table.ts';
import { NEAR_PEOPLE } from './viewer.ts';
import type { Viewer } from './viewer.ts';

const MIDDLE_TICKS = 4;
/** Of a record, the one with the bit that says whether a body follows. */
const EXTENDED_WORD = 3;

/**
 * Puts a viewer's pose frame together from the encoded records: near people at every tick, middle ones at every fourth, the rest at every
 * twentieth, each only if its record has changed since this viewer was sent it. Head and hands go with the records of near people; a body that moves is a
 * change to those alone, and a viewer who was sent one and is near no more gets the record once without it.
 *
 * One buffer serves all viewers, since a socket usually takes the bytes at once; when it does not (`Connection.sendFrame`
 * is false) the buffer is left to it and {@link renew} makes another.
 */
export class FrameWriter {
  private readonly table: PoseTable;
  private readonly prefix: Uint8Array;
  private bytes: Uint8Array;
  private words: Uint16Array;
  private length = 0;

  /** `prefix`: what the transport wants in front of a frame, of even length so that the records stay aligned. */
  constructor(table: PoseTable, capacity: number, prefix: Uint8Array) {
    if (prefix.length % 2 !== 0) throw new RangeError('the prefix of pose frames has to be of even length');
    this.table = table;
    this.prefix = prefix;
    this.bytes = new Uint8Array(prefix.length + POSE_HEADER_BYTES + (capacity * RECORD_WORDS + NEAR_PEOPLE * BODY_WORDS) * 2);
    this.words = new Uint16Array(this.bytes.buffer);
    this.bytes.set(prefix);
  }

  /** Leaves the buffer of the last frame to whoever holds it. */
  renew(): void {
    this.bytes = new Uint8Array(this.bytes.length);
    this.words = new Uint16Array(this.bytes.buffer);
    this.bytes.set(this.prefix);
  }

  /** @returns the frame, valid until the next call, or null if there is nothing to tell. Allocates only the view of it. */
  write(viewer: Viewer, tick: number): Uint8Array | null {
    const start = this.prefix.length / 2 + 1;
    this.length = start;
    if (viewer.fresh) this.everybody(viewer);
    else this.due(viewer, tick);
    if (this.length === start) return null;
    this.words[start - 1] = tick & 0xffff;
    return this.bytes.subarray(0, this.length * 2);
  }

  private everybody(viewer: Viewer): void {
    viewer.fresh = false;
    for (let i = 0; i < this.table.count; i += 1) this.append(viewer, this.table.present[i] as number);
  }

  private due(viewer: Viewer, tick: number): void {
    const { order, near, ranked } = viewer;
    for (let i = 0; i < near; i += 1) this.append(viewer, order[i] as number);
    for (let i = near; i < ranked; i += 1) {
      const index = order[i] as number;
      // By the person's number and not by rank, which changes: everybody is due at even intervals, and their turn among the far is one of them.
      if ((tick - index) % MIDDLE_TICKS === 0) this.append(viewer, index);
    }
    const group = tick % FAR_TICKS;
    const members = this.table.groups[group] as Uint16Array;
    const count = this.table.groupCounts[group] as number;
    for (let i = 0; i < count; i += 1) this.append(viewer, members[i] as number);
  }

  private append(viewer: Viewer, index: number): void {
    const { table, words } = this;
    const version = table.versions[index] as number;
    const body = viewer.close[index] === 1 ? (table.bodyVersions[index] as number) : 0;
    if (viewer.sent[index] === version && viewer.sentBodies[index] === body) return;
    if (index === viewer.self || viewer.hidden[index] === 1 || !table.isPresent(index)) return;
    viewer.sent[index] = version;
    viewer.sentBodies[index] = body;
    const from = index * RECORD_WORDS;
    let to = this.length;
    for (let word = 0; word < RECORD_WORDS; word += 1) words[to++] = table.records[from + word] as number;
    this.length = to;
    if (body !== 0) this.extend(index);
  }

  /** Adds the body of the record that was written last. */
  private extend(index: number): void {
    const { table, words } = this;
    const from = index * BODY_WORDS;
    let to = this.length;
    words[to - RECORD_WORDS + EXTENDED_WORD] = (words[to - RECORD_WORDS + EXTENDED_WORD] as number) | EXTENDED;
    for (let word = 0; word < BODY_WORDS; word += 1) words[to++] = table.bodies[from + word] as number;
    this.length = to;
  }
}
