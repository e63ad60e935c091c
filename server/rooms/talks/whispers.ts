import type { Reason } from '../../../shared/protocol/reasons.ts';
import { WHISPER_RANGE } from '../../../shared/protocol/vocabulary.ts';
import { isBlocked } from '../person.ts';
import type { Person } from '../person.ts';
import type { Roster } from '../roster.ts';
import type { Voices } from './voices.ts';

export interface WhispersDeps {
  readonly roster: Roster;
  readonly voices: Pick<Voices, 'heardByOthers'>;
}

/** Who whispers to whom: as long as it lasts, that person alone hears them. */
export class Whispers {
  private readonly deps: WhispersDeps;
  private readonly whisperers = new Set<Person>();

  constructor(deps: WhispersDeps) {
    this.deps = deps;
  }

  /** Begins, turns to somebody else, or ends (null). The microphone is muted at every change: what was meant for one is for nobody else. @returns why not, or null */
  whisper(person: Person, to: string | null): Reason | null {
    if (to === null) {
      this.end(person, false);
      return null;
    }
    const other = this.deps.roster.get(to);
    if (other === undefined || other === person || other.presence === null || isBlocked(person, other)) return 'PERSON_UNKNOWN';
    if (!isWithinReach(person, other)) return 'WHISPER_FAR';
    if (person.whisper === to) return null;
    this.end(person, false);
    this.whisperers.add(person);
    person.whisper = to;
    this.deps.voices.heardByOthers(person, null);
    this.tell(person);
    this.tell(other);
    return null;
  }

  /** Ends whispers whose people went apart. Call it once a tick. Allocates nothing while nobody whispers. */
  tick(): void {
    if (this.whisperers.size === 0) return;
    for (const person of this.whisperers) {
      const other = this.deps.roster.get(person.whisper);
      if (other === undefined || other.presence === null || isBlocked(person, other) || !isWithinReach(person, other)) this.end(person, true);
    }
  }

  /** Something stands between the person and others: all whispers of theirs and to them end, in this call. */
  stop(person: Person): void {
    this.end(person, true);
    for (const whisperer of this.whisperers) if (whisperer.whisper === person.id) this.end(whisperer, true);
  }

  /** A new connection is told. */
  attached(person: Person): void {
    if (this.listenersTo(person.id).length > 0) this.tell(person);
  }

  private end(person: Person, byItself: boolean): void {
    if (!this.whisperers.delete(person)) return;
    const other = this.deps.roster.get(person.whisper);
    person.whisper = '';
    this.deps.voices.heardByOthers(person, byItself ? 'whisper' : null);
    this.tell(person);
    if (other !== undefined) this.tell(other);
  }

  private tell(person: Person): void {
    person.presence?.connection.send('whisper', { to: person.whisper, from: this.listenersTo(person.id) });
  }

  private listenersTo(id: string): string[] {
    const from: string[] = [];
    for (const { id: whisperer, whisper } of this.whisperers) if (whisper === id) from.push(whisperer);
    return from;
  }
}

/** In one talk, or both in none and next to each other. */
function isWithinReach(one: Person, other: Person): boolean {
  if (one.talk !== other.talk) return false;
  if (one.talk !== null) return true;
  const { footing: a } = one;
  const { footing: b } = other;
  // Numbers of spaces are unique in the venue, so this is also whether they are in one scene.
  if (one.scene.spaces.at(a.x, a.y, a.z) !== other.scene.spaces.at(b.x, b.y, b.z)) return false;
  return Math.hypot(a.x - b.x, a.y - b.y, a.z - b.z) <= WHISPER_RANGE;
}
