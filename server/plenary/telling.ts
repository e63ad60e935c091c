import type { PlenaryServerMessageName, PlenaryServerMessages } from '../../shared/protocol/plenary/messages.ts';
import type { Patch, PlenaryState } from '../../shared/protocol/plenary/state.ts';
import type { Manning } from '../../shared/protocol/plenary/booths.ts';
import { isOfficer } from '../../shared/rules/plenary/rights.ts';
import { AttendanceBoard, everybody } from './attendance-board.ts';
import { encodePlenary } from './connection.ts';
import type { Line, Member } from './member.ts';
import { isIn, participantOf } from './member.ts';
import { isCommon, patchFor, sightOf } from './visibility.ts';

export interface TellingDeps {
  readonly state: () => PlenaryState;
  readonly members: () => Iterable<Member>;
  /** How many are inside has changed. */
  readonly counted: (inside: number) => void;
}

function seesManning({ identity: { role } }: Member): boolean {
  return role === 'interpreter' || role === 'chair' || role === 'secretariat' || role === 'technician';
}

/** Tells those inside what has happened: what all may know is encoded once. */
export class Telling {
  private readonly deps: TellingDeps;
  private readonly board = new AttendanceBoard();
  private attendanceChanged = false;
  private seq = 0;

  constructor(deps: TellingDeps) {
    this.deps = deps;
  }

  /** Number of the last patch. */
  get last(): number {
    return this.seq;
  }

  all<K extends PlenaryServerMessageName>(name: K, message: PlenaryServerMessages[K]): void {
    const bytes = encodePlenary(name, message);
    for (const member of this.deps.members()) if (isIn(member)) member.line?.connection.sendEncoded(bytes);
  }

  /** What only some may see is encoded once for those who see the same. */
  patch(patch: Patch): void {
    this.seq += 1;
    const bytesOf = new Map<string, Uint8Array>();
    const common = isCommon(patch) ? encodePlenary('patch', { seq: this.seq, patch }) : null;
    const state = this.deps.state();
    for (const member of this.deps.members()) {
      if (!isIn(member)) continue;
      if (common !== null) {
        member.line?.connection.sendEncoded(common);
        continue;
      }
      const sight = sightOf(state, participantOf(member));
      const bytes = bytesOf.get(sight.key) ?? encodePlenary('patch', { seq: this.seq, patch: patchFor(patch, sight) });
      bytesOf.set(sight.key, bytes);
      member.line?.connection.sendEncoded(bytes);
    }
  }

  manning(manning: Manning): void {
    const bytes = encodePlenary('manning', { manning });
    for (const member of this.deps.members()) if (isIn(member) && seesManning(member)) member.line?.connection.sendEncoded(bytes);
  }

  /** What a newcomer is told of the others. */
  welcome({ member, connection }: Line, manning: Manning): void {
    this.attendanceChanged = true;
    connection.send('attendance', this.board.whole());
    if (seesManning(member)) connection.send('manning', { manning });
  }

  /** Who is inside has changed: told with the next {@link attendance}. */
  touchAttendance(): void {
    this.attendanceChanged = true;
  }

  watch(line: Line, on: boolean): void {
    line.watchesPeople = on;
    if (on) this.tellWatchers([line]);
    else line.connection.send('attendance', this.board.whole());
  }

  attendance(): void {
    if (!this.attendanceChanged) return;
    this.attendanceChanged = false;
    const news = this.board.update(this.deps.state(), this.deps.members());
    if (news !== null) this.deps.counted(news.inside);
    const bytes = news === null ? null : encodePlenary('attendance', news);
    const watchers: Line[] = [];
    for (const member of this.deps.members()) {
      if (!isIn(member)) continue;
      if (member.line?.watchesPeople === true) watchers.push(member.line);
      else if (bytes !== null) member.line?.connection.sendEncoded(bytes);
    }
    this.tellWatchers(watchers);
  }

  private tellWatchers(lines: readonly Line[]): void {
    if (lines.length === 0) return;
    const state = this.deps.state();
    const { forAll, forOfficers } = everybody(state, this.deps.members(), this.board.whole());
    for (const { member, connection } of lines) connection.send('attendance', isOfficer(state, participantOf(member)) ? forOfficers : forAll);
  }
}
