import type { Reason } from '../../../shared/protocol/reasons.ts';
import type { TalkDeed, TalkParcel } from '../../../shared/protocol/talks.ts';
import { TALK_MAX_MEMBERS } from '../../../shared/protocol/vocabulary.ts';
import { isBlocked } from '../person.ts';
import type { Person } from '../person.ts';
import type { Placing } from '../placing.ts';
import type { Encode } from '../services.ts';
import type { Travel, TravelCause } from '../travel.ts';
import { Domes, centreOf } from './domes.ts';
import { Membership } from './membership.ts';
import type { MembershipDeps } from './membership.ts';
import { bypassesRelay, Talk } from './talk.ts';

/** Whoever goes farther from the others than this, metres, has left: twice the distance at which strangers talk (Hall, 1966), and a margin. */
export const LEAVE_DISTANCE = 5;
/** Nearer than this, metres, somebody who joins stays where they are. */
const NEAR = 3.5;
/** Nobody is asked again sooner after they said no, nor knocks again where they were not let in; milliseconds. */
export const REPEAT_MS = 60_000;

export interface TalksDeps extends MembershipDeps {
  readonly travel: Pick<Travel, 'along'>;
  readonly placing: Pick<Placing, 'beside'>;
  readonly encode: Encode;
  /** Puts somebody before the door of the meeting room where they are. */
  readonly leadOut: (person: Person) => void;
  /** Milliseconds of the room's clock. */
  readonly clock: () => number;
}

/** The authority over private talks: who may do what. What follows from it is {@link Membership}'s. */
export class Talks {
  private readonly deps: TalksDeps;
  readonly membership: Membership;
  private readonly domes: Domes;

  constructor(deps: TalksDeps) {
    this.deps = deps;
    this.membership = new Membership(deps);
    this.domes = new Domes(this.membership.talks, deps.encode);
  }

  /** Carries out what somebody asks for. @returns why not, or null */
  act(person: Person, deed: TalkDeed): Reason | null {
    const refused = this.carryOut(person, deed);
    if (person.talk !== null) this.deps.screens.refresh(person.talk);
    return refused;
  }

  private carryOut(person: Person, deed: TalkDeed): Reason | null {
    switch (deed.kind) {
      case 'invite': return this.invite(person, deed.people);
      case 'answer': return this.answer(person, deed.talk, deed.answer);
      case 'knock': return this.knock(person, deed.talk);
      case 'unknock':
        this.membership.endKnock(person.id);
        this.membership.tellOffers(person);
        return null;
      default: return person.talk === null ? 'NOT_IN_TALK' : this.within(person, person.talk, deed);
    }
  }

  /** Passes on what members' clients tell each other, unread. @returns why not, or null */
  parcel(person: Person, { talk, to, kind, data }: TalkParcel): Reason | null {
    if (person.talk === null || person.talk.id !== talk) return 'NOT_IN_TALK';
    for (const member of person.talk.members) {
      if (member === person || (to !== null && member.id !== to) || isBlocked(person, member)) continue;
      member.presence?.connection.send('parcel', { talk, from: person.id, kind, data });
    }
    return null;
  }

  tick(tickNumber: number): void {
    this.domes.tick(tickNumber);
  }

  /** Somebody has moved within their scene: whoever walks away from the others has left. Allocates nothing for those in no talk. */
  walked(person: Person): void {
    const { talk } = person;
    // Meetings have walls, or are everywhere: see `Meetings`.
    if (talk === null || talk.meeting !== null || talk.members.size < 2) return;
    const others = [...talk.members].filter((member) => member !== person && member.scene === person.scene && member.presence !== null);
    if (others.length === 0) return;
    const { x, z } = centreOf(others);
    if (Math.hypot(person.footing.x - x, person.footing.z - z) > LEAVE_DISTANCE) this.membership.part(person, 'walkedOut');
  }

  /** Somebody is in another scene. A host takes the talk along; whoever else goes by themselves has left it. */
  moved(person: Person, { cause }: TravelCause): void {
    this.domes.attached(person);
    const { talk } = person;
    if (talk === null || talk.meeting !== null || cause === 'talk' || cause === 'replaced' || cause === 'withdrawn') return;
    if (talk.host !== person) {
      this.membership.part(person, 'walkedOut');
      return;
    }
    for (const member of [...talk.members]) {
      if (member.scene !== person.scene) this.deps.travel.along(member, person, { cause: 'talk', by: person.id });
    }
  }

  /** A new connection is told how things are. */
  attached(person: Person): void {
    person.presence?.connection.send('talk', { talk: person.talk?.state() ?? null, why: null });
    this.deps.direct.attached(person);
    this.deps.screens.attached(person);
    this.membership.tellOffers(person);
    this.deps.whispers.attached(person);
    this.domes.attached(person);
  }

  /** The line is down: the place in the talk is held, whispers are not. */
  detached(person: Person): void {
    this.deps.whispers.stop(person);
    this.deps.screens.detached(person);
  }

  /** Somebody has left the venue for good. */
  removed(person: Person): void {
    this.deps.whispers.stop(person);
    this.membership.part(person, 'left');
    for (const talk of [...this.membership.talks]) {
      const asked = talk.invited.delete(person.id);
      if (talk.knocking.delete(person.id) || asked) this.membership.settle(talk);
    }
  }

  /** `person` blocks `other`, or no more. With a block they are in no talk together: a host stays, else whoever blocks goes. */
  related(person: Person, other: Person): void {
    const { talk } = person;
    if (talk !== null && isBlocked(person, other)) {
      talk.invited.delete(other.id);
      talk.knocking.delete(other.id);
      if (talk === other.talk) this.membership.part(talk.host === person ? other : person, 'blocked');
      else this.membership.settle(talk);
    }
    this.membership.tellOffers(other);
    this.membership.tellOffers(person);
  }

  private within(person: Person, talk: Talk, deed: Exclude<TalkDeed, { kind: 'invite' | 'answer' | 'knock' | 'unknock' }>): Reason | null {
    switch (deed.kind) {
      case 'leave':
        this.membership.part(person, 'left');
        // Whoever stays in the room of a meeting is in it.
        if (talk.meeting?.kind === 'room') this.deps.leadOut(person);
        return null;
      case 'direct':
      case 'directUp':
      case 'directFailed':
      case 'viaRelay': return this.deps.direct.act(person, talk, deed);
      case 'uninvite': return this.uninvite(talk, deed.person);
      case 'admit': return this.admit(talk, deed.person, deed.on);
      case 'lock': return this.lock(talk, deed.on);
      case 'names':
        this.membership.setNamed(talk, deed.on);
        return null;
      case 'hand': return this.raise(person, talk, deed.up);
      default: return this.lead(person, talk, deed);
    }
  }

  private lead(person: Person, talk: Talk, deed: Extract<TalkDeed, { kind: 'remove' | 'handOver' }>): Reason | null {
    if (talk.host !== person) return 'NOT_HOST';
    const other = this.deps.roster.get(deed.person);
    if (other === undefined || other === person || other.talk !== talk) return 'PERSON_UNKNOWN';
    if (deed.kind === 'remove') {
      talk.removed.add(other.id);
      this.membership.part(other, 'removed');
      if (talk.meeting?.kind === 'room') this.deps.leadOut(other);
    } else {
      talk.host = other;
      this.membership.tell(talk);
    }
    return null;
  }

  private invite(person: Person, ids: readonly string[]): Reason | null {
    const talk = person.talk ?? new Talk(person);
    if (talk.meeting !== null) return 'TALK_CLOSED';
    let refused: Reason | null = null;
    let asked = 0;
    for (const id of new Set(ids)) {
      const reason = this.inviteOne(person, talk, id);
      if (reason === null) asked += 1;
      else refused ??= reason;
    }
    // Those who can be asked are, and the list of them shows who could not.
    if (asked === 0) return refused;
    if (person.talk === null) this.membership.enter(person, talk);
    else this.membership.tell(talk);
    return null;
  }

  private inviteOne(person: Person, talk: Talk, id: string): Reason | null {
    const other = this.deps.roster.get(id);
    // A block looks like absence, and so does a line that is down: nobody would read it.
    if (other === undefined || other === person || other.presence === null || isBlocked(person, other)) return 'PERSON_UNKNOWN';
    if (other.talk === talk && person.talk === talk) return null;
    if (bypassesRelay(talk)) return 'TALK_DIRECT';
    if (talk.knocking.has(id)) return this.admit(talk, id, true);
    if (talk.members.size + talk.invited.size >= TALK_MAX_MEMBERS) return 'TALK_FULL';
    if (other.doNotDisturb || !hasPeace(talk, other)) return 'PERSON_BUSY';
    if (this.isTooSoon(talk, id)) return 'TALK_ASKED';
    talk.removed.delete(id);
    if (!talk.invited.has(id)) talk.invited.set(id, 'waiting');
    return null;
  }

  private uninvite(talk: Talk, id: string): Reason | null {
    if (!talk.invited.delete(id)) return 'PERSON_UNKNOWN';
    this.membership.settle(talk);
    this.membership.tellOffersOf(id);
    return null;
  }

  private answer(person: Person, id: string, answer: 'accept' | 'decline' | 'later'): Reason | null {
    const talk = this.membership.find(id);
    if (talk === undefined || !talk.invited.has(person.id) || isBlocked(person, talk.host)) return 'TALK_UNKNOWN';
    if (answer === 'accept') return this.comeIn(person, talk);
    if (answer === 'later') talk.invited.set(person.id, 'later');
    else {
      talk.invited.delete(person.id);
      talk.turnedDownAt.set(person.id, this.deps.clock());
    }
    for (const { presence } of talk.members) presence?.connection.send('talkNews', { kind: answer === 'later' ? 'later' : 'declined', person: person.id });
    this.membership.settle(talk);
    this.membership.tellOffers(person);
    return null;
  }

  private knock(person: Person, id: string): Reason | null {
    const talk = this.membership.find(id);
    if (talk === undefined) return 'TALK_UNKNOWN';
    if (person.talk === talk) return null;
    if (talk.invited.has(person.id) && !isBlocked(person, talk.host)) return this.comeIn(person, talk);
    // Whoever must not know of a block is told what they would be told of a locked door.
    if (talk.locked || bypassesRelay(talk) || talk.removed.has(person.id) || !hasPeace(talk, person)) return 'TALK_LOCKED';
    if (talk.members.size >= TALK_MAX_MEMBERS) return 'TALK_FULL';
    if (this.isTooSoon(talk, person.id)) return 'TALK_ASKED';
    this.membership.endKnock(person.id);
    talk.knocking.add(person.id);
    this.membership.tell(talk);
    this.membership.tellOffers(person);
    return null;
  }

  private admit(talk: Talk, id: string, on: boolean): Reason | null {
    const person = this.deps.roster.get(id);
    if (person === undefined || !talk.knocking.has(id)) return 'PERSON_UNKNOWN';
    if (on) return this.comeIn(person, talk);
    talk.knocking.delete(id);
    talk.turnedDownAt.set(id, this.deps.clock());
    person.presence?.connection.send('talkNews', { kind: 'notAdmitted' });
    this.membership.settle(talk);
    this.membership.tellOffers(person);
    return null;
  }

  private lock(talk: Talk, on: boolean): Reason | null {
    if (talk.meeting !== null) return 'TALK_CLOSED';
    talk.locked = on;
    if (on) for (const id of [...talk.knocking]) this.admit(talk, id, false);
    this.membership.tell(talk);
    return null;
  }

  private raise(person: Person, talk: Talk, up: boolean): Reason | null {
    this.membership.lower(talk, person.id);
    if (up) talk.hands.push(person.id);
    this.membership.tell(talk);
    return null;
  }

  /** Brings somebody beside the others, if they are not there, and lets them in. */
  private comeIn(person: Person, talk: Talk): Reason | null {
    if (talk.members.size >= TALK_MAX_MEMBERS) return 'TALK_FULL';
    if (!hasPeace(talk, person)) return 'TALK_CLOSED';
    const { anchor } = talk;
    const apart = person.scene === anchor.scene ? Math.hypot(person.footing.x - anchor.footing.x, person.footing.z - anchor.footing.z) : Infinity;
    // Out of the talk before first: those in it are not taken along.
    if (apart > NEAR && person.talk !== null) this.membership.part(person, 'left');
    const refused = apart === Infinity ? this.deps.travel.along(person, anchor, { cause: 'talk', by: anchor.id }) : apart > NEAR ? this.deps.placing.beside(person, anchor) : null;
    if (refused !== null) return refused;
    this.membership.enter(person, talk);
    return null;
  }

  private isTooSoon(talk: Talk, id: string): boolean {
    const at = talk.turnedDownAt.get(id);
    return at !== undefined && this.deps.clock() - at < REPEAT_MS;
  }
}

/** There is no block between the person and any member. */
function hasPeace(talk: Talk, person: Person): boolean {
  for (const member of talk.members) if (isBlocked(member, person)) return false;
  return true;
}
