import type { Language } from '../../protocol/vocabulary.ts';
import { merge } from '../../protocol/plenary/state.ts';
import type { Patch, PlenaryState, PlenaryTables, PlenaryValues, RecordEntry, RecordedFact, Speaker } from '../../protocol/plenary/state.ts';

/** Somebody who is in the session, or has been a moment ago. */
export interface Participant extends Speaker {
  readonly language: Language;
  /** Their line is up. */
  readonly connected: boolean;
}

/** What rules know besides the state. They read no clock and draw no random number. */
export interface Context {
  /** Milliseconds since the epoch. */
  readonly now: number;
  readonly find: (person: string) => Participant | undefined;
  /** Everybody who is in the session, those whose line is down included. */
  readonly inside: () => Iterable<Participant>;
}

/** How far apart the secretariat finds two entries of the record that follow on each other: room for what it writes between them. */
const RECORD_STEP = 1024;

/** What a deed does to a state, collected: the state as it will be, and the patch that makes it so. All or nothing: a refused deed's change is thrown away. */
export class Change {
  private next: PlenaryState;
  private values: { -readonly [K in keyof PlenaryValues]?: PlenaryValues[K] } = {};
  private tables: { [K in keyof PlenaryTables]?: Record<string, PlenaryTables[K][string] | null> } = {};

  constructor(state: PlenaryState) {
    this.next = state;
  }

  /** As it will be. */
  get state(): PlenaryState {
    return this.next;
  }

  /** Null if nothing changes. */
  get patch(): Patch | null {
    const patch = { ...this.values, ...this.tables };
    return Object.keys(patch).length === 0 ? null : patch;
  }

  set<K extends keyof PlenaryValues>(part: K, value: PlenaryValues[K]): void {
    this.values[part] = value;
    this.next = { ...this.next, [part]: value };
  }

  /** Puts an entry into a table, or takes it out. */
  put<K extends keyof PlenaryTables>(part: K, id: string, entry: PlenaryTables[K][string] | null): void {
    const table: Record<string, unknown> = (this.tables[part] ??= {} as never);
    table[id] = entry;
    this.next = merge(this.next, { [part]: { [id]: entry } });
  }

  /** @returns an id that no entry of the session has had. */
  id(): string {
    const counter = this.next.counter + 1;
    this.set('counter', counter);
    return counter.toString(36);
  }

  /**
   * Adds to the end of the record. Before the meeting is opened nothing is recorded.
   * @param closed only for those who may be in closed parts
   * @returns the id of the entry, or empty
   */
  record(fact: RecordedFact, at: number, closed = this.next.meeting.closed): string {
    const { meeting } = this.next;
    if (meeting.status === 'planned') return '';
    const id = this.id();
    this.put('record', id, { id, position: lastPosition(this.next) + RECORD_STEP, at, fact, text: '', hidden: false, closed });
    return id;
  }

  /** Tells an entry of the record more exactly. */
  amend(id: string, fact: RecordedFact): void {
    const entry = this.next.record[id];
    if (entry !== undefined) this.put('record', id, { ...entry, fact });
  }
}

function lastPosition({ record }: PlenaryState): number {
  let last = 0;
  for (const { position } of Object.values(record)) last = Math.max(last, position);
  return last;
}

/** The record in its order. */
export function inOrder(record: Readonly<Record<string, RecordEntry>>): readonly RecordEntry[] {
  return Object.values(record).sort((a, b) => a.position - b.position);
}

/** The position between an entry and the one after it; null, before all. */
export function positionAfter(state: PlenaryState, after: string | null): number {
  const entries = inOrder(state.record);
  const index = after === null ? -1 : entries.findIndex(({ id }) => id === after);
  const before = entries[index]?.position ?? 0;
  const next = entries[index + 1]?.position ?? before + 2 * RECORD_STEP;
  return (before + next) / 2;
}

/** Whoever they are, as they are named from now on. */
export function speakerOf({ person, name, entity, entityType, country, role }: Speaker): Speaker {
  return { person, name, entity, entityType, country, role };
}
