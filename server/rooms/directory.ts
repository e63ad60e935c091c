import type { PersonInfo } from '../../shared/protocol/people.ts';
import { hasBlocks, isBlocked, personInfo } from './person.ts';
import type { Person } from './person.ts';
import type { Roster } from './roster.ts';
import type { Encode } from './services.ts';

/** Changes of people who are known already wait for every so many ticks: in a crowd somebody changes something all the time, and each message goes to all. */
const CHANGE_TICKS = 4;

/**
 * Tells everybody who is there: a snapshot to newcomers, then changes, gathered over a few ticks; who comes or goes is told at once. What is the same for many is encoded once; who
 * has a block towards or from anybody gets a message of their own, in which the blocked do not occur.
 */
export class Directory {
  private readonly roster: Roster;
  private readonly encode: Encode;
  private readonly changed = new Set<Person>();
  /** Gone in this tick. */
  private readonly left: Person[] = [];
  /** Somebody came: their number must be known before the frame of this tick tells of it. */
  private urgent = false;

  constructor(roster: Roster, encode: Encode) {
    this.roster = roster;
    this.encode = encode;
  }

  /** What others know of the person has changed. */
  touch(person: Person): void {
    this.changed.add(person);
  }

  /** Somebody came, went to another scene, or has a new connection that knows nothing yet. */
  add(person: Person): void {
    this.changed.add(person);
    this.urgent = true;
  }

  remove(person: Person): void {
    this.changed.delete(person);
    this.left.push(person);
    this.urgent = true;
  }

  /** A block between the two began or ended: each at once vanishes from, or is shown to, the other. */
  relation(one: Person, other: Person): void {
    this.tellOf(one, other);
    this.tellOf(other, one);
  }

  /** Sends what has gathered, if it is due. Costs nothing when nothing has. */
  flush(tickNumber: number): void {
    if (!this.urgent && (this.changed.size === 0 || tickNumber % CHANGE_TICKS !== 0)) return;
    this.urgent = false;
    const infos = new Map<Person, PersonInfo>();
    for (const person of this.changed) infos.set(person, personInfo(person));
    // Who left and came back within the tick is among the changed.
    const left = this.left.map((person) => person.id).filter((id) => this.roster.get(id) === undefined);
    this.changed.clear();
    this.left.length = 0;
    const shared = this.encode('peopleChanged', { changed: [...infos.values()], left });
    let everybody: Uint8Array | null = null;
    for (const receiver of this.roster) {
      const presence = receiver.presence;
      if (presence === null) continue;
      const plain = !hasBlocks(receiver);
      if (presence.needsDirectory) {
        presence.needsDirectory = false;
        if (plain) presence.connection.sendEncoded((everybody ??= this.encode('people', { people: [...this.roster].map(personInfo) })));
        else this.sendSnapshot(receiver);
      } else if (plain) presence.connection.sendEncoded(shared);
      else this.sendFiltered(receiver, infos, left);
    }
  }

  private sendSnapshot(receiver: Person): void {
    const visible = [...this.roster].filter((person) => !isBlocked(receiver, person));
    receiver.presence?.connection.send('people', { people: visible.map((person) => this.infoFor(receiver, personInfo(person))) });
  }

  private sendFiltered(receiver: Person, infos: ReadonlyMap<Person, PersonInfo>, gone: readonly string[]): void {
    const changed: PersonInfo[] = [];
    for (const [person, info] of infos) if (!isBlocked(receiver, person)) changed.push(this.infoFor(receiver, info));
    const left = gone.filter((id) => !receiver.blocking.has(id) && !receiver.blockers.has(id));
    if (changed.length > 0 || left.length > 0) receiver.presence?.connection.send('peopleChanged', { changed, left });
  }

  private tellOf(receiver: Person, subject: Person): void {
    const presence = receiver.presence;
    if (presence === null || presence.needsDirectory) return;
    const hidden = isBlocked(receiver, subject);
    presence.connection.send('peopleChanged', hidden ? { changed: [], left: [subject.id] } : { changed: [this.infoFor(receiver, personInfo(subject))], left: [] });
  }

  /** A tour says who guides it: not to those between whom and the guide there is a block. */
  private infoFor(receiver: Person, info: PersonInfo): PersonInfo {
    const guide = this.roster.get(info.guide);
    return guide !== undefined && isBlocked(receiver, guide) ? { ...info, guide: '' } : info;
  }
}
