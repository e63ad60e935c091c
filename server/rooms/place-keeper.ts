import type { LastPlace, PlaceRepository } from '../store/store.ts';
import type { Person } from './person.ts';
import type { Roster } from './roster.ts';
import type { Log } from './services.ts';

export const SAVE_INTERVAL_MS = 10_000;

/** Saves where people are, what they wear and where they sit, so that a restart of the server finds them there. */
export class PlaceKeeper {
  private readonly places: PlaceRepository;
  private readonly log: Log;
  private readonly pending = new Map<string, LastPlace>();
  private writing: Promise<void> | null = null;

  constructor(places: PlaceRepository, log: Log) {
    this.places = places;
    this.log = log;
  }

  /** Takes note of a person's place, to be written at the next {@link save}. */
  note(person: Person): void {
    const { x, y, z } = person.footing;
    person.placeDirty = false;
    this.pending.set(person.id, { scene: person.scene.id, placement: { x, y, z, yaw: person.yaw }, seat: person.seat, appearance: person.appearance });
  }

  /** Writes all that has changed. A failure is logged and what it concerned is tried again the next time. */
  async save(roster: Roster): Promise<void> {
    for (const person of roster) if (person.placeDirty) this.note(person);
    // One write at a time, so that an earlier place never overwrites a later one.
    while (this.writing !== null) await this.writing;
    if (this.pending.size === 0) return;
    this.writing = this.write();
    await this.writing;
  }

  private async write(): Promise<void> {
    const batch = new Map(this.pending);
    this.pending.clear();
    try {
      await this.places.saveAll(batch, Date.now());
    } catch (cause) {
      for (const [id, place] of batch) if (!this.pending.has(id)) this.pending.set(id, place);
      this.log.error({ err: cause, places: batch.size }, 'saving places failed');
    } finally {
      this.writing = null;
    }
  }
}
