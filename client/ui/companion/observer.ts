import type { NearbyPerson } from '../../app/contracts.ts';

/** Somebody who comes this near is worth a word, metres: conversation distance. */
export const NEAR_METRES = 3;
/** They must go this far before coming near again is news: nobody is announced twice for swaying on the line. */
export const GONE_METRES = 4.5;
/** Least time between two announcements of the same kind, milliseconds: a crowd is summed up, not recited. */
export const PAUSE_MS = 4000;
/** A person who pauses for breath does not start to speak anew. */
export const SILENCE_MS = 15_000;

export type Happening =
  | { readonly kind: 'near'; readonly names: readonly string[] }
  | { readonly kind: 'speaking'; readonly names: readonly string[] };

/**
 * Tells from two looks at the surroundings what somebody who does not see them would want to hear of.
 * Reads no clock: `now` is in milliseconds, on any clock that only runs forward.
 */
export class SurroundingsObserver {
  readonly #near = new Set<string>();
  readonly #lastSpoke = new Map<string, number>();
  readonly #waiting = { near: new Map<string, string>(), speaking: new Map<string, string>() };
  readonly #announcedAt = { near: -Infinity, speaking: -Infinity };
  #first = true;

  /** @returns what to say now; names come in the order in which it happened. */
  observe(now: number, people: readonly NearbyPerson[]): readonly Happening[] {
    this.#noteNear(people);
    this.#noteSpeaking(now, people);
    this.#forgetAbsent(people);
    if (this.#first) {
      // Who was there already is in the text of the page.
      this.#first = false;
      this.#waiting.near.clear();
      this.#waiting.speaking.clear();
    }
    return [...this.#take(now, 'near'), ...this.#take(now, 'speaking')];
  }

  #noteNear(people: readonly NearbyPerson[]): void {
    for (const { person, distance } of people) {
      if (distance <= NEAR_METRES && !this.#near.has(person.id)) {
        this.#near.add(person.id);
        this.#waiting.near.set(person.id, person.name);
      } else if (distance >= GONE_METRES) {
        this.#near.delete(person.id);
        this.#waiting.near.delete(person.id);
      }
    }
  }

  #noteSpeaking(now: number, people: readonly NearbyPerson[]): void {
    for (const { person, speaking, heard } of people) {
      if (!speaking || !heard) continue;
      const last = this.#lastSpoke.get(person.id) ?? -Infinity;
      if (now - last > SILENCE_MS) this.#waiting.speaking.set(person.id, person.name);
      this.#lastSpoke.set(person.id, now);
    }
  }

  #forgetAbsent(people: readonly NearbyPerson[]): void {
    const present = new Set(people.map(({ person }) => person.id));
    for (const id of this.#near) if (!present.has(id)) this.#near.delete(id);
    for (const id of this.#lastSpoke.keys()) if (!present.has(id)) this.#lastSpoke.delete(id);
    for (const waiting of [this.#waiting.near, this.#waiting.speaking]) {
      for (const id of waiting.keys()) if (!present.has(id)) waiting.delete(id);
    }
  }

  #take(now: number, kind: Happening['kind']): readonly Happening[] {
    const waiting = this.#waiting[kind];
    if (waiting.size === 0 || now - this.#announcedAt[kind] < PAUSE_MS) return [];
    const names = [...waiting.values()];
    waiting.clear();
    this.#announcedAt[kind] = now;
    return [{ kind, names }];
  }
}
