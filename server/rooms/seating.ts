import type { Reason } from '../../shared/protocol/reasons.ts';
import type { Layout, Seat } from '../../shared/scene/layout.ts';
import type { Person } from './person.ts';

/** Who sits where: a seat has one sitter, a person one seat. */
export class Seating {
  private readonly seats: ReadonlyMap<string, Seat>;
  private readonly sitters = new Map<string, string>();

  constructor(layout: Layout) {
    this.seats = new Map(layout.seats.map((seat) => [seat.id, seat]));
  }

  /** Seats the person, out of the seat that they may have. @returns why not, or the seat. */
  sit(person: Person, id: string): Seat | Reason {
    const seat = this.seats.get(id);
    if (seat === undefined) return 'SEAT_UNKNOWN';
    const sitter = this.sitters.get(id);
    if (sitter !== undefined && sitter !== person.id) return 'SEAT_TAKEN';
    this.release(person);
    this.sitters.set(id, person.id);
    person.seat = id;
    return seat;
  }

  /** Frees the person's seat, if any. */
  release(person: Person): void {
    if (person.seat !== '' && this.sitters.get(person.seat) === person.id) this.sitters.delete(person.seat);
    person.seat = '';
  }

  sitterOf(id: string): string | null {
    return this.sitters.get(id) ?? null;
  }
}
