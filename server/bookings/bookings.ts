import { randomBytes } from 'node:crypto';
import type { BookingFields, MeetingRoom, RoomRef } from '../../shared/protocol/bookings.ts';
import { ReasonedError } from '../../shared/protocol/reasons.ts';
import type { BookingAnswer, Role } from '../../shared/protocol/vocabulary.ts';
import { BOOKING_LIMITS, isFree, isInvited, judgeTimes, mayChange } from '../../shared/rules/bookings.ts';
import { Turns } from '../publication/turns.ts';
import type { BookingRecord, BookingRepository } from '../store/store.ts';
import { ClashError, clashOf } from './clash.ts';
import type { PeopleIndex } from './people.ts';

const ID_BYTES = 12;
const DAY_MS = 86_400_000;

/** Who asks: a person of the roster. */
export interface Asker {
  readonly id: string;
  readonly entity: string;
  readonly role: Role;
}

export interface BookingsDeps {
  readonly store: BookingRepository;
  readonly people: () => Promise<PeopleIndex>;
  /** Ids of those between whom and the person there is a block, of either side. */
  readonly blocks: (person: string) => Promise<ReadonlySet<string>>;
  readonly rooms: () => Promise<readonly MeetingRoom[]>;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  /** Meetings are forgotten so long after their end. */
  readonly keepDays: number;
}

/** A meeting before and after a change; null: it was not there, or is not any more. */
export interface BookingChanged {
  readonly before: BookingRecord | null;
  readonly after: BookingRecord | null;
}

export function sameRoom(one: RoomRef | null, other: RoomRef | null): boolean {
  return one?.scene === other?.scene && one?.space === other?.space;
}

function sameRecord(one: BookingRecord, other: BookingRecord | undefined): boolean {
  return other !== undefined && JSON.stringify([one, ...one.answers]) === JSON.stringify([other, ...other.answers]);
}

/** The meetings of the event: the only writer of them. Changes come one after the other; whoever listens is told after each. */
export class Bookings {
  private readonly deps: BookingsDeps;
  private readonly turns = new Turns();
  private readonly listeners = new Set<(change: BookingChanged) => void>();
  private records = new Map<string, BookingRecord>();

  constructor(deps: BookingsDeps) {
    this.deps = deps;
  }

  /** Reads what is kept: at the start, and when another process has erased somebody. Rejects with a `StoreError`. */
  reload(): Promise<void> {
    return this.turns.run(async () => {
      const before = this.records;
      this.records = new Map((await this.deps.store.list()).map((record) => [record.id, record]));
      for (const [id, record] of before) {
        const after = this.records.get(id);
        if (!sameRecord(record, after)) this.tell({ before: record, after: after ?? null });
      }
    });
  }

  get(id: string): BookingRecord | undefined {
    return this.records.get(id);
  }

  /** All that are known, cancelled and past ones too. */
  all(): Iterable<BookingRecord> {
    return this.records.values();
  }

  /** What somebody organises or is invited to, by start. `hidden`: those whose meetings they are not told of. */
  concerning(who: Pick<Asker, 'id' | 'entity'>, hidden: (organiser: string) => boolean): BookingRecord[] {
    const mine = [...this.records.values()].filter((record) => isInvited(record, who) && !hidden(record.organiser));
    return mine.sort((a, b) => a.start - b.start || (a.id < b.id ? -1 : 1));
  }

  /** @returns how to stop listening */
  onChange(listener: (change: BookingChanged) => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  /**
   * Books. Rejects with a `ClashError`, or a `ReasonedError` BOOKING_PAST, BOOKING_FAR, BOOKING_LENGTH, BOOKING_ROOM, BOOKING_PEOPLE or BOOKINGS_FULL.
   */
  create(asker: Asker, fields: BookingFields): Promise<BookingRecord> {
    return this.turns.run(async () => {
      this.checkNumber(asker.id);
      await this.check(fields, { organiser: asker.id, before: null });
      const people = fields.people.filter((person) => person !== asker.id);
      return this.save({
        ...fields, people, id: randomBytes(ID_BYTES).toString('base64url'), organiser: asker.id, state: 'booked', revision: 1, changedAt: this.deps.now(), answers: new Map(),
      });
    });
  }

  /** Rejects as `create` does, and with BOOKING_UNKNOWN, BOOKING_NOT_YOURS, BOOKING_OVER or BOOKING_CHANGED. Another time asks everybody anew. */
  change(asker: Asker, id: string, { fields, revision }: { readonly fields: BookingFields; readonly revision: number }): Promise<BookingRecord> {
    return this.turns.run(async () => {
      const before = this.changeable(asker, id, revision);
      await this.check(fields, { organiser: before.organiser, before });
      const moved = before.start !== fields.start || before.end !== fields.end;
      const people = fields.people.filter((person) => person !== before.organiser);
      return this.save({ ...before, ...fields, people, answers: moved ? new Map() : before.answers, ...this.next(before) });
    });
  }

  /** Rejects with a `ReasonedError` BOOKING_UNKNOWN, BOOKING_NOT_YOURS, BOOKING_OVER or BOOKING_CHANGED. */
  cancel(asker: Asker, id: string, revision: number): Promise<BookingRecord> {
    return this.turns.run(async () => {
      const before = this.changeable(asker, id, revision);
      return this.save({ ...before, state: 'cancelled', ...this.next(before) });
    });
  }

  /** To somebody of the roster; whoever had it is invited from now on. Rejects as `cancel` does, and with BOOKING_PEOPLE or BOOKINGS_FULL. */
  handOver(asker: Asker, id: string, { person, revision }: { readonly person: string; readonly revision: number }): Promise<BookingRecord> {
    return this.turns.run(async () => {
      const before = this.changeable(asker, id, revision);
      if (person === before.organiser) return before;
      const [index, hidden] = await Promise.all([this.deps.people(), this.deps.blocks(person)]);
      if (index.get(person) === undefined || hidden.has(before.organiser) || hidden.has(asker.id)) throw new ReasonedError('BOOKING_PEOPLE');
      this.checkNumber(person);
      const answers = new Map(before.answers);
      answers.delete(person);
      answers.set(before.organiser, 'accepted');
      const people = [before.organiser, ...before.people.filter((other) => other !== person)];
      return this.save({ ...before, organiser: person, people, answers, ...this.next(before) });
    });
  }

  /** Rejects with a `ReasonedError` BOOKING_UNKNOWN (also for who is not invited) or BOOKING_OVER. */
  answer(asker: Asker, id: string, answer: BookingAnswer): Promise<BookingRecord> {
    return this.turns.run(async () => {
      const before = this.records.get(id);
      if (before === undefined || before.organiser === asker.id || !isInvited(before, asker) || (await this.deps.blocks(asker.id)).has(before.organiser)) throw new ReasonedError('BOOKING_UNKNOWN');
      this.requireComing(before);
      return this.save({ ...before, answers: new Map(before.answers).set(asker.id, answer) });
    });
  }

  /** Forgets what is long over. @returns how many. */
  removePast(): Promise<number> {
    return this.turns.run(async () => {
      const before = this.deps.now() - this.deps.keepDays * DAY_MS;
      const removed = await this.deps.store.removeEndedBefore(before);
      for (const [id, { end }] of this.records) if (end < before) this.records.delete(id);
      return removed;
    });
  }

  private next(before: BookingRecord): Pick<BookingRecord, 'revision' | 'changedAt'> {
    return { revision: before.revision + 1, changedAt: this.deps.now() };
  }

  private changeable(asker: Asker, id: string, revision: number): BookingRecord {
    const record = this.records.get(id);
    if (record === undefined || !(isInvited(record, asker) || mayChange(record, asker))) throw new ReasonedError('BOOKING_UNKNOWN');
    if (!mayChange(record, asker)) throw new ReasonedError('BOOKING_NOT_YOURS');
    this.requireComing(record);
    if (record.revision !== revision) throw new ReasonedError('BOOKING_CHANGED');
    return record;
  }

  private requireComing({ state, end }: BookingRecord): void {
    if (state === 'cancelled' || end <= this.deps.now()) throw new ReasonedError('BOOKING_OVER');
  }

  private checkNumber(organiser: string): void {
    const now = this.deps.now();
    let number = 0;
    for (const record of this.records.values()) if (record.organiser === organiser && record.state === 'booked' && record.end > now) number += 1;
    if (number >= BOOKING_LIMITS.each) throw new ReasonedError('BOOKINGS_FULL');
  }

  private async check(fields: BookingFields, { organiser, before }: { readonly organiser: string; readonly before: BookingRecord | null }): Promise<void> {
    const refused = judgeTimes(fields, this.deps.now(), before);
    if (refused !== null) throw new ReasonedError(refused);
    const [index, hidden, rooms] = await Promise.all([this.deps.people(), this.deps.blocks(organiser), this.deps.rooms()]);
    // Whom one was rid of, or who left the roster, may stay in the list that one saw.
    const unknown = (id: string): boolean => (index.get(id) === undefined || hidden.has(id)) && before?.people.includes(id) !== true;
    const gone = (entity: string): boolean => index.of(entity).length === 0 && before?.delegations.includes(entity) !== true;
    if (fields.people.some(unknown) || fields.delegations.some(gone)) throw new ReasonedError('BOOKING_PEOPLE');
    if (fields.room === null) return;
    const { room } = fields;
    if (!rooms.some((other) => sameRoom(other, room)) && (before === null || !sameRoom(before.room, room))) throw new ReasonedError('BOOKING_ROOM');
    const others = [...this.records.values()].filter((record) => record.state === 'booked' && record.room !== null && record.id !== before?.id);
    const taken = others.filter((record) => sameRoom(record.room, room));
    if (!isFree(fields, taken)) throw new ClashError(clashOf(fields, { others, rooms, now: this.deps.now() }));
  }

  private async save(record: BookingRecord): Promise<BookingRecord> {
    await this.deps.store.save(record);
    const before = this.records.get(record.id) ?? null;
    this.records.set(record.id, record);
    this.tell({ before, after: record });
    return record;
  }

  private tell(change: BookingChanged): void {
    for (const listener of this.listeners) listener(change);
  }
}
