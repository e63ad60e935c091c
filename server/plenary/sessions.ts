import { randomBytes } from 'node:crypto';
import type { NewSession, SessionSummary } from '../../shared/protocol/plenary/messages.ts';
import { merge } from '../../shared/protocol/plenary/state.ts';
import type { Patch, PlenaryState } from '../../shared/protocol/plenary/state.ts';
import { ReasonedError } from '../../shared/protocol/reasons.ts';
import { takenUp } from '../../shared/rules/plenary/attendance.ts';
import { newSession, rehearsalOf } from '../../shared/rules/plenary/initial.ts';
import type { PlenaryRepository } from '../store/store.ts';

/** One session, as it is written down. */
export interface SessionBook {
  readonly id: string;
  readonly createdAt: number;
  state: PlenaryState;
}

export interface SessionsDeps {
  readonly store: PlenaryRepository;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
}

/**
 * The sessions of the event: read once, written through. A change is in `state` when it is on the disk, and not before, so nothing that anybody has been told of can be lost. Calls of
 * `commit` for one session come one after the other (`LiveSession` sees to it).
 */
export class Sessions {
  private readonly deps: SessionsDeps;
  private readonly books = new Map<string, SessionBook>();
  private readonly listeners = new Set<() => void>();
  /** How many are inside, by session. */
  private readonly inside = new Map<string, number>();

  private constructor(deps: SessionsDeps) {
    this.deps = deps;
  }

  /** Takes up what an earlier process left. Rejects with a `StoreError`. */
  static async open(deps: SessionsDeps): Promise<Sessions> {
    const sessions = new Sessions(deps);
    for (const { id, state, createdAt, savedAt } of await deps.store.list()) {
      const book: SessionBook = { id, createdAt, state };
      sessions.books.set(id, book);
      const now = deps.now();
      await sessions.commit(book, takenUp(state, { now, find: () => undefined, inside: () => [] }, savedAt));
    }
    return sessions;
  }

  get(id: string): SessionBook | undefined {
    return this.books.get(id);
  }

  all(): IterableIterator<SessionBook> {
    return this.books.values();
  }

  /** Of every session, as it is now. */
  *states(): Generator<PlenaryState> {
    for (const { state } of this.books.values()) yield state;
  }

  /** Those to come and going on first, then the ended ones, the latest first. */
  list(): readonly SessionSummary[] {
    const summaries = [...this.books.values()].sort(bySchedule).map(({ id, state: { meeting } }): SessionSummary => ({
      id, title: meeting.title, kind: meeting.kind, status: meeting.status, closed: meeting.closed, plannedStart: meeting.plannedStart, plannedEnd: meeting.plannedEnd, inside: this.inside.get(id) ?? 0,
    }));
    return summaries;
  }

  /** Rejects with a `ReasonedError` SESSION_UNKNOWN for a rehearsal of what is not there. */
  create(wanted: NewSession): Promise<SessionBook> {
    if (wanted.kind === 'plenary') return this.add(newSession(wanted));
    const of = this.books.get(wanted.of);
    if (of === undefined) return Promise.reject(new ReasonedError('SESSION_UNKNOWN'));
    return this.add(rehearsalOf(of.state));
  }

  async add(state: PlenaryState): Promise<SessionBook> {
    const book: SessionBook = { id: randomBytes(8).toString('hex'), createdAt: this.deps.now(), state };
    await this.deps.store.create(book.id, state, book.createdAt);
    this.books.set(book.id, book);
    this.tell();
    return book;
  }

  /** Only what has not begun, and rehearsals: the record of a session is kept. @throws ReasonedError SESSION_UNKNOWN, SESSION_STATE */
  async remove(id: string): Promise<void> {
    const meeting = this.books.get(id)?.state.meeting;
    if (meeting === undefined) throw new ReasonedError('SESSION_UNKNOWN');
    if ((meeting.status !== 'planned' && meeting.kind !== 'rehearsal') || (this.inside.get(id) ?? 0) > 0) throw new ReasonedError('SESSION_STATE');
    await this.deps.store.remove(id);
    this.books.delete(id);
    this.tell();
  }

  /** Writes a change down, then makes it. Rejects with a `StoreError`; the session is then as it was. */
  async commit(book: SessionBook, patch: Patch | null): Promise<void> {
    if (patch === null) return;
    await this.deps.store.save(book.id, patch, this.deps.now());
    const before = book.state.meeting;
    book.state = merge(book.state, patch);
    if (book.state.meeting !== before) this.tell();
  }

  /** How many are inside has changed. */
  setInside(id: string, count: number): void {
    this.inside.set(id, count);
  }

  /** Told when the list has changed (how many are inside left out). @returns how to stop listening */
  onChange(listener: () => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }


  private tell(): void {
    for (const listener of this.listeners) listener();
  }
}

function bySchedule(a: SessionBook, b: SessionBook): number {
  const ended = Number(a.state.meeting.status === 'closed') - Number(b.state.meeting.status === 'closed');
  if (ended !== 0) return ended;
  const start = (book: SessionBook): number => book.state.meeting.plannedStart ?? book.createdAt;
  return a.state.meeting.status === 'closed' ? start(b) - start(a) : start(a) - start(b);
}
