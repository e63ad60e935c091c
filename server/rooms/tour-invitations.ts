import type { Reason } from '../../shared/protocol/reasons.ts';
import { HEARING_RANGE } from '../../shared/rules/audibility.ts';
import { isBlocked } from './person.ts';
import type { Person } from './person.ts';
import type { Roster } from './roster.ts';
import type { Tour } from './tour.ts';

/** Nobody is asked by the same guide again sooner, milliseconds: an answer takes a moment, and a no is a no. */
export const REPEAT_MS = 60_000;

export interface TourInvitationsDeps {
  readonly roster: Roster;
  /** Milliseconds of the room's clock. */
  readonly clock: () => number;
}

/** Who was asked to come on whose tour, and when. Invitations need no answer: a tour is open to all but those who were sent away. */
export class TourInvitations {
  private readonly deps: TourInvitationsDeps;
  /** By guide, then by the person who was asked. */
  private readonly asked = new Map<string, Map<string, { readonly at: number; open: boolean }>>();

  constructor(deps: TourInvitationsDeps) {
    this.deps = deps;
  }

  /** Asks one person, wherever they are. @returns why not, or null */
  one(tour: Tour, id: string): Reason | null {
    const person = this.deps.roster.get(id);
    // A block looks like absence, and so does a line that is down: nobody would read it.
    if (person === undefined || person === tour.guide || person.presence === null || isBlocked(person, tour.guide)) return 'PERSON_UNKNOWN';
    if (tour.members.has(person)) return null;
    if (person.doNotDisturb) return 'PERSON_BUSY';
    if (!this.isDue(tour, person)) return 'TOUR_ASKED';
    this.ask(tour, person);
    this.tell(tour, 1);
    return null;
  }

  /** Asks everybody near, or in the scene, who is on no tour, was not asked just now, and was not sent away. @returns why not, or null */
  all(tour: Tour, reach: 'near' | 'scene'): Reason | null {
    const { guide } = tour;
    if (reach === 'scene' && guide.identity.role !== 'secretariat') return 'TOUR_ROLE';
    let count = 0;
    for (const person of guide.scene.people) {
      if (person === guide || person.guide !== '' || person.presence === null || isBlocked(person, guide) || tour.dismissed.has(person.id)) continue;
      if (person.doNotDisturb || person.talk !== null) continue;
      if ((reach === 'near' && distance(person, guide) > HEARING_RANGE) || !this.isDue(tour, person)) continue;
      this.ask(tour, person);
      count += 1;
    }
    this.tell(tour, count);
    return null;
  }

  /** Whether the person was asked and has not answered. */
  isOpen(guide: string, person: string): boolean {
    return this.asked.get(guide)?.get(person)?.open === true;
  }

  declined(guide: string, person: string): void {
    const invitation = this.asked.get(guide)?.get(person);
    if (invitation !== undefined) invitation.open = false;
  }

  /** The tour is over, and with it what was asked. */
  over(guide: string): void {
    this.asked.delete(guide);
  }

  /** Somebody has left the venue. */
  forget(person: string): void {
    for (const people of this.asked.values()) people.delete(person);
  }

  private isDue(tour: Tour, person: Person): boolean {
    const last = this.asked.get(tour.guide.id)?.get(person.id);
    return last === undefined || this.deps.clock() - last.at >= REPEAT_MS;
  }

  private ask(tour: Tour, person: Person): void {
    const people = this.asked.get(tour.guide.id) ?? new Map<string, { at: number; open: boolean }>();
    this.asked.set(tour.guide.id, people);
    people.set(person.id, { at: this.deps.clock(), open: true });
    tour.dismissed.delete(person.id);
    person.presence?.connection.send('tourInvitation', { guide: tour.guide.id });
  }

  private tell({ guide }: Tour, count: number): void {
    guide.presence?.connection.send('tourNews', { kind: 'invited', count });
  }
}

function distance({ footing: a }: Person, { footing: b }: Person): number {
  return Math.hypot(a.x - b.x, a.y - b.y, a.z - b.z);
}
