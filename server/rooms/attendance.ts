/** A room that somebody is in, as far as moving them out of it is concerned. */
export interface Whereabouts {
  readonly scene: string;
  /** The browser tab that the person is connected from, or null while the place is only being held. */
  tabOf(person: string): string | null;
  /** Closes the person's connection there with MOVED_ELSEWHERE and gives up the place. */
  moveOut(person: string): void;
}

/** Who is in which room of this process, so that one pass is in one place at a time, whatever the scene. */
export class Attendance {
  private readonly rooms = new Map<string, Whereabouts>();

  /** Number of people in any room, held places included. */
  get present(): number {
    return this.rooms.size;
  }

  /** The person is in the venue now and connected: entering elsewhere would move them. */
  isHere(person: string): boolean {
    return this.tabOf(person) !== null;
  }

  tabOf(person: string): string | null {
    return this.rooms.get(person)?.tabOf(person) ?? null;
  }

  /** Records the room; leaves it to the earlier one, if that is another, to let go. */
  enter(person: string, room: Whereabouts): void {
    const earlier = this.rooms.get(person);
    this.rooms.set(person, room);
    if (earlier !== undefined && earlier !== room) earlier.moveOut(person);
  }

  leave(person: string, room: Whereabouts): void {
    if (this.rooms.get(person) === room) this.rooms.delete(person);
  }
}
