import { ReasonedError } from '../../shared/protocol/reasons.ts';
import type { Person } from './person.ts';

/** Everybody in the room, by id and by the number that pose frames use. */
export class Roster {
  readonly capacity: number;
  private readonly ids = new Map<string, Person>();
  private readonly slots: (Person | null)[];
  /** Free numbers, the longest unused first, so that a number is not given to somebody else while frames with it are under way. */
  private readonly free: number[];

  constructor(capacity: number) {
    this.capacity = capacity;
    this.slots = new Array<Person | null>(capacity).fill(null);
    this.free = Array.from({ length: capacity }, (_, index) => index);
  }

  get size(): number {
    return this.ids.size;
  }

  /** In order of arrival. */
  [Symbol.iterator](): IterableIterator<Person> {
    return this.ids.values();
  }

  has(id: string): boolean {
    return this.ids.has(id);
  }

  get(id: string): Person | undefined {
    return this.ids.get(id);
  }

  at(index: number): Person | null {
    return this.slots[index] ?? null;
  }

  /** Adds whom `make` builds around the next free number. @throws ReasonedError ROOM_FULL. */
  add(make: (index: number) => Person): Person {
    const index = this.free.shift();
    if (index === undefined) throw new ReasonedError('ROOM_FULL');
    const person = make(index);
    this.ids.set(person.id, person);
    this.slots[index] = person;
    return person;
  }

  remove(person: Person): void {
    if (this.ids.get(person.id) !== person) return;
    this.ids.delete(person.id);
    this.slots[person.index] = null;
    this.free.push(person.index);
  }
}
