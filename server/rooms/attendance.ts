/** A room that somebody is in, as far as moving them out of it is concerned. */
export interface Whereabouts {
  /** Id of the scene that the person is in, or null if they are not in the room. */
  sceneOf(person: string): string | null;
  /** The browser tab that the person is connected from, or null while the place is only being held. */
  tabOf(person: string): string | null;
  /** Closes the person's connection there with MOVED_ELSEWHERE and gives up the place. */
  moveOut(person: string): void;
}

/** Who is in which room of this process, so that one pass is in one place at a time. */
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

  /** Id of the scene that the person is in now, or null. */
  sceneOf(person: string): string | null {
    return this.rooms.get(person)?.sceneOf(person) ?? null;
  }

  /** How many people are in each scene, held places included. */
  census(): ReadonlyMap<string, number> {
    const counts = new Map<string, number>();
    for (const [person, room] of this.rooms) {
      const scene = room.sceneOf(person);
      if (scene !== null) counts.set(scene, (counts.get(scene) ?? 0) + 1);
    }
    return counts;
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
