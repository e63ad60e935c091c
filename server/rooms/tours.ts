import type { ClientMessage } from '../../shared/protocol/messages.ts';
import type { Reason } from '../../shared/protocol/reasons.ts';
import { GUIDING_ROLES, TOUR_MAX_MEMBERS } from '../../shared/protocol/vocabulary.ts';
import type { Directory } from './directory.ts';
import { isBlocked } from './person.ts';
import type { Person } from './person.ts';
import type { Roster } from './roster.ts';
import type { Encode } from './services.ts';
import { Tour } from './tour.ts';
import type { Parting } from './tour.ts';
import { TourInvitations } from './tour-invitations.ts';
import type { Voices } from './talks/voices.ts';
import type { Travel, TravelCause } from './travel.ts';

type TourMessage = ClientMessage<'tour'>;
type Aim = ClientMessage<'point'>['at'];

export interface ToursDeps {
  readonly roster: Roster;
  readonly directory: Pick<Directory, 'touch'>;
  readonly voices: Pick<Voices, 'changed'>;
  readonly travel: Pick<Travel, 'along'>;
  readonly encode: Encode;
  /** Milliseconds of the room's clock. */
  readonly clock: () => number;
}

/**
 * The authority over guided tours: who leads whom, who follows, what is pointed at, and that members hear their guide anywhere. A tour lives as long as its guide
 * is in the venue; while the guide's line is down it waits.
 */
export class Tours {
  private readonly deps: ToursDeps;
  private readonly invitations: TourInvitations;
  /** By id of the guide. */
  private readonly tours = new Map<string, Tour>();

  constructor(deps: ToursDeps) {
    this.deps = deps;
    this.invitations = new TourInvitations(deps);
  }

  /** Carries out what somebody asks for. @returns why not, or null */
  act(person: Person, message: TourMessage): Reason | null {
    switch (message.kind) {
      case 'start': return this.start(person);
      case 'join': return this.join(person, message.guide);
      case 'decline': return this.decline(person, message.guide);
      case 'leave': return this.leave(person);
      case 'follow': return this.follow(person, message.on);
      default: return this.lead(person, message);
    }
  }

  /** The guide shows something of the scene that they are in, or nothing any more. */
  point(person: Person, at: Aim): Reason | null {
    const tour = this.tours.get(person.id);
    if (tour === undefined) return 'NOT_GUIDE';
    // What their client still shows is the scene that they have left.
    if (at !== null && !person.arrived) return 'NOT_ARRIVED';
    this.show(tour, at);
    return null;
  }

  /** Somebody is in another scene, or at an entrance, by a journey of their own or the secretariat's. */
  moved(person: Person, { cause }: TravelCause): void {
    const tour = this.tours.get(person.id);
    if (tour === undefined) {
      // Whoever goes elsewhere by themselves has left the group, though not the tour.
      if (cause === 'link' || cause === 'jump') person.following = false;
      return;
    }
    if (tour.aim !== null && tour.aim.scene !== person.scene.id) this.show(tour, null);
    // A scene that is replaced or withdrawn takes all its people along by itself.
    if (cause !== 'link' && cause !== 'jump') return;
    for (const member of tour.members) if (member.following && member.scene !== person.scene) this.bring(member, person);
  }

  /** A new connection: what is pointed at is told again. */
  attached(person: Person): void {
    const tour = this.tours.get(person.guide);
    if (tour !== undefined && tour.aim !== null) person.presence?.connection.send('pointed', tour.pointed(tour.aim));
  }

  /** The line is down: nothing is pointed at by somebody who cannot take it away. */
  detached(person: Person): void {
    const tour = this.tours.get(person.id);
    if (tour !== undefined) this.show(tour, null);
  }

  /** Somebody has left the venue for good. */
  removed(person: Person): void {
    this.invitations.forget(person.id);
    if (this.tours.has(person.id)) this.end(person, 'gone');
    else this.leave(person);
  }

  /** A block between the two began: neither leads the other. To the one who was blocked it looks as if the other had left. */
  parted(one: Person, other: Person): void {
    for (const [guide, member] of [[one, other], [other, one]] as const) {
      if (member.guide === guide.id && this.tours.get(guide.id)?.members.has(member) === true) this.part(member, 'gone');
    }
  }

  private lead(person: Person, message: Extract<TourMessage, { kind: 'end' | 'invite' | 'inviteAll' | 'dismiss' }>): Reason | null {
    const tour = this.tours.get(person.id);
    if (tour === undefined) return 'NOT_GUIDE';
    switch (message.kind) {
      case 'end':
        this.end(person, 'ended');
        return null;
      case 'invite': return this.invitations.one(tour, message.person);
      case 'inviteAll': return this.invitations.all(tour, message.reach);
      case 'dismiss': return this.dismiss(tour, message.person);
    }
  }

  private start(person: Person): Reason | null {
    if (this.tours.has(person.id)) return null;
    if (!GUIDING_ROLES.includes(person.identity.role)) return 'TOUR_ROLE';
    this.leave(person);
    this.tours.set(person.id, new Tour(person));
    person.guide = person.id;
    this.deps.directory.touch(person);
    this.deps.voices.changed(person);
    return null;
  }

  private end(guide: Person, why: Parting): void {
    const tour = this.tours.get(guide.id);
    if (tour === undefined) return;
    if (why === 'ended') this.show(tour, null);
    this.tours.delete(guide.id);
    this.invitations.over(guide.id);
    for (const member of tour.members) this.release(member, why);
    guide.guide = '';
    this.deps.directory.touch(guide);
    // Ends, in this call, what the place alone does not let be heard.
    this.deps.voices.changed(guide);
  }

  private join(person: Person, guideId: string): Reason | null {
    const tour = this.tours.get(guideId);
    if (tour === undefined || isBlocked(person, tour.guide)) return 'TOUR_UNKNOWN';
    if (this.tours.has(person.id)) return tour.guide === person ? null : 'TOUR_GUIDING';
    if (tour.members.has(person)) return null;
    if (tour.dismissed.has(person.id)) return 'TOUR_CLOSED';
    if (tour.members.size >= TOUR_MAX_MEMBERS) return 'TOUR_FULL';
    this.leave(person);
    tour.members.add(person);
    person.guide = guideId;
    person.following = true;
    this.deps.directory.touch(person);
    if (person.scene !== tour.guide.scene) this.bring(person, tour.guide);
    this.attached(person);
    return null;
  }

  private decline(person: Person, guideId: string): Reason | null {
    const tour = this.tours.get(guideId);
    if (tour === undefined || isBlocked(person, tour.guide) || !this.invitations.isOpen(guideId, person.id)) return null;
    this.invitations.declined(guideId, person.id);
    tour.guide.presence?.connection.send('tourNews', { kind: 'declined', person: person.id });
    return null;
  }

  private leave(person: Person): Reason | null {
    if (this.tours.has(person.id)) return 'TOUR_GUIDING';
    const tour = this.tours.get(person.guide);
    if (tour === undefined) return null;
    tour.members.delete(person);
    this.forget(person, tour);
    return null;
  }

  private follow(person: Person, on: boolean): Reason | null {
    const tour = this.tours.get(person.guide);
    if (tour === undefined || tour.guide === person) return on ? 'TOUR_UNKNOWN' : null;
    person.following = on;
    return on && person.scene !== tour.guide.scene ? this.bring(person, tour.guide) : null;
  }

  private dismiss(tour: Tour, id: string): Reason | null {
    const member = this.deps.roster.get(id);
    if (member === undefined || !tour.members.has(member)) return 'PERSON_UNKNOWN';
    tour.dismissed.add(id);
    this.part(member, 'dismissed');
    return null;
  }

  /** Takes one member off the tour that they are on. */
  private part(member: Person, why: Parting): void {
    const tour = this.tours.get(member.guide);
    if (tour === undefined) return;
    tour.members.delete(member);
    this.release(member, why);
    this.deps.voices.changed(tour.guide);
  }

  private release(member: Person, why: Parting): void {
    const { guide } = member;
    member.guide = '';
    member.following = false;
    this.deps.directory.touch(member);
    member.presence?.connection.send('tourNews', { kind: 'over', guide, why });
  }

  /** Somebody goes by themselves: their client knows. */
  private forget(person: Person, tour: Tour): void {
    person.guide = '';
    person.following = false;
    this.deps.directory.touch(person);
    // The rule says something else now: what it took to hear the guide from afar ends in this call.
    this.deps.voices.changed(tour.guide);
  }

  private bring(member: Person, guide: Person): Reason | null {
    return this.deps.travel.along(member, guide, { cause: 'tour', by: guide.id });
  }

  private show(tour: Tour, at: Aim): void {
    if (at === null && tour.aim === null) return;
    const aim = at === null ? null : { scene: tour.guide.scene.id, at };
    const message = tour.pointed(aim ?? { scene: tour.aim?.scene ?? '', at: null });
    tour.aim = aim;
    const bytes = this.deps.encode('pointed', message);
    tour.guide.presence?.connection.sendEncoded(bytes);
    for (const { presence } of tour.members) presence?.connection.sendEncoded(bytes);
  }
}
