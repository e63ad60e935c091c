import { FrameWriter } from './frames.ts';
import { isHidden } from './person.ts';
import type { Person } from './person.ts';
import { PoseTable } from './pose-table.ts';
import type { Roster } from './roster.ts';
import { Ranking, Viewer } from './viewer.ts';

/** A viewer's ranking is renewed every so many ticks, each in another one: four times a second. */
const RANK_TICKS = 5;

/** The pose frames of a room: who is where, to each client as often as it matters to them. */
export class PoseStream {
  /** Bytes of the frames of the last {@link send}. */
  sentBytes = 0;
  private readonly roster: Roster;
  private readonly table: PoseTable;
  private readonly ranking: Ranking;
  private readonly frames: FrameWriter;

  /** `framePrefix`: what the transport wants in front of a frame. */
  constructor(roster: Roster, framePrefix: Uint8Array) {
    this.roster = roster;
    this.table = new PoseTable(roster.capacity);
    this.ranking = new Ranking(this.table, roster.capacity);
    this.frames = new FrameWriter(this.table, roster.capacity, framePrefix);
  }

  add(person: Person): void {
    this.table.add(person);
  }

  remove(person: Person): void {
    this.table.remove(person.index);
  }

  /** What a new connection of `person` sees: everybody in their scene, at the next frame. */
  viewer(person: Person): Viewer {
    const viewer = new Viewer(person.index, this.roster.capacity);
    for (const other of this.roster) viewer.setHidden(other.index, isHidden(person, other));
    this.ranking.rank(viewer);
    return viewer;
  }

  /** Brings the frames of both into line with whether each may see the other. */
  relate(one: Person, other: Person): void {
    one.presence?.viewer.setHidden(other.index, isHidden(one, other));
    other.presence?.viewer.setHidden(one.index, isHidden(other, one));
  }

  /** Others see the person who did not, or the reverse. */
  revealed(person: Person): void {
    for (const other of this.roster) if (other !== person) this.relate(person, other);
  }

  /** The person is in another scene now: vanishes for those who stayed, appears for those who are there, and sees these. */
  changedScene(person: Person): void {
    this.revealed(person);
    this.table.write(person);
    const viewer = person.presence?.viewer;
    if (viewer === undefined) return;
    viewer.restart();
    this.ranking.rank(viewer);
  }

  /** Encodes whoever has moved, as of `now` ms, and tells `moved` of each. */
  encode(now: number, moved: (person: Person) => void): void {
    for (const person of this.roster) {
      if (!person.poseDirty) continue;
      person.poseDirty = false;
      this.table.write(person, now);
      moved(person);
    }
  }

  /** Sends every viewer's frame. Whose line is still busy with earlier bytes gets none: what it misses stays due. @returns how many are connected. */
  send(tickNumber: number): number {
    const { frames, ranking } = this;
    let connected = 0;
    let bytes = 0;
    for (const person of this.roster) {
      const presence = person.presence;
      if (presence === null) continue;
      connected += 1;
      const { viewer, connection } = presence;
      if ((person.index + tickNumber) % RANK_TICKS === 0) ranking.rank(viewer);
      if (connection.busy) continue;
      const frame = frames.write(viewer, tickNumber);
      if (frame === null) continue;
      bytes += frame.length;
      if (!connection.sendFrame(frame)) frames.renew();
    }
    this.sentBytes = bytes;
    return connected;
  }
}
