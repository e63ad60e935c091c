import type { Departure } from '../../../shared/protocol/talks.ts';
import type { Directory } from '../directory.ts';
import { isBlocked } from '../person.ts';
import type { Person } from '../person.ts';
import type { PoseStream } from '../pose-stream.ts';
import type { Roster } from '../roster.ts';
import type { DirectTalks } from './direct.ts';
import type { Screens } from './screens.ts';
import type { Talk } from './talk.ts';
import type { Voices } from './voices.ts';
import type { Whispers } from './whispers.ts';

export interface MembershipDeps {
  readonly direct: DirectTalks;
  readonly screens: Screens;
  readonly roster: Roster;
  readonly voices: Voices;
  readonly whispers: Whispers;
  readonly directory: Pick<Directory, 'add'>;
  readonly poses: Pick<PoseStream, 'revealed'>;
}

/** Who is in which talk, and all that follows from it: who hears whom, who is muted, who sees whom, who is told. */
export class Membership {
  readonly talks = new Set<Talk>();
  private readonly deps: MembershipDeps;

  constructor(deps: MembershipDeps) {
    this.deps = deps;
  }

  find(id: string): Talk | undefined {
    for (const talk of this.talks) if (talk.id === id) return talk;
    return undefined;
  }

  /** Lets somebody into a talk, out of the one before. From now on they are heard there, and nowhere else. */
  enter(person: Person, talk: Talk): void {
    if (person.talk === talk) return;
    const before = person.talk;
    if (before !== null) this.part(person, 'left');
    this.deps.whispers.stop(person);
    this.talks.add(talk);
    talk.invited.delete(person.id);
    this.endKnock(person.id);
    talk.members.add(person);
    person.talk = talk;
    this.deps.direct.membersChanged(person, talk);
    this.deps.screens.membersChanged(person, talk);
    // Whoever is led on a tour stays with the talk now.
    person.following = false;
    this.deps.voices.changed(person);
    this.deps.voices.begin(talk.members);
    this.show(talk, person);
    for (const member of talk.members) if (member !== person) member.presence?.connection.send('talkNews', { kind: 'joined', person: person.id });
    this.tell(talk);
    this.tellOffers(person);
  }

  /** Takes somebody out of their talk. Not one packet goes on in either direction, and their microphone is muted. Ends the talk if nobody is left to talk with. */
  part(person: Person, why: Departure): void {
    const { talk } = person;
    if (talk === null) return;
    this.deps.whispers.stop(person);
    talk.members.delete(person);
    this.lower(talk, person.id);
    person.talk = null;
    this.deps.direct.membersChanged(person, talk);
    this.deps.screens.membersChanged(person, talk);
    this.deps.voices.heardByOthers(person, 'talk');
    this.show(talk, person);
    person.presence?.connection.send('talk', { talk: null, why });
    const [next] = talk.members;
    if (talk.host === person && next !== undefined) talk.host = next;
    if (why !== 'over') for (const member of talk.members) member.presence?.connection.send('talkNews', { kind: 'left', person: person.id });
    this.settle(talk);
  }

  /** Ends the talk if it is over, else tells its members how it is now. */
  settle(talk: Talk): void {
    if (!talk.isOver) {
      this.tell(talk);
      return;
    }
    const invited = [...talk.invited.keys()];
    const knocking = [...talk.knocking];
    this.talks.delete(talk);
    talk.invited.clear();
    talk.knocking.clear();
    for (const member of [...talk.members]) this.part(member, 'over');
    for (const id of invited) this.tellOffersOf(id);
    for (const id of knocking) {
      this.deps.roster.get(id)?.presence?.connection.send('talkNews', { kind: 'gone' });
      this.tellOffersOf(id);
    }
  }

  tell(talk: Talk): void {
    const state = talk.state();
    for (const { presence } of talk.members) presence?.connection.send('talk', { talk: state, why: null });
    // They are told by whom they are asked, and how many are there.
    for (const id of talk.invited.keys()) this.tellOffersOf(id);
  }

  /** Tells somebody what they are asked into. */
  tellOffers(person: Person): void {
    const invitations = [];
    let knocked = '';
    for (const talk of this.talks) {
      const answer = talk.invited.get(person.id);
      if (talk.knocking.has(person.id)) knocked = talk.id;
      if (answer === undefined || isBlocked(person, talk.host)) continue;
      invitations.push({ talk: talk.id, by: talk.host.id, count: talk.members.size, later: answer === 'later' });
    }
    person.presence?.connection.send('talkOffers', { invitations, knocked });
  }

  tellOffersOf(id: string): void {
    const person = this.deps.roster.get(id);
    if (person !== undefined) this.tellOffers(person);
  }

  /** Takes a knock of theirs back, wherever it was. */
  endKnock(id: string): void {
    for (const talk of this.talks) {
      if (!talk.knocking.delete(id)) continue;
      this.settle(talk);
    }
  }

  /** Others see who is in the talk, or no longer. */
  setNamed(talk: Talk, on: boolean): void {
    if (talk.named === on) return;
    talk.named = on;
    for (const member of talk.members) this.reveal(member);
    this.tell(talk);
  }

  lower(talk: Talk, id: string): void {
    const place = talk.hands.indexOf(id);
    if (place >= 0) talk.hands.splice(place, 1);
  }

  private show(talk: Talk, person: Person): void {
    // In a talk that shows nobody, members see each other: so both sides change for whoever comes or goes.
    this.reveal(person);
    if (!talk.named) for (const member of talk.members) this.reveal(member);
  }

  private reveal(person: Person): void {
    this.deps.poses.revealed(person);
    // Before the frame in which they are seen again.
    this.deps.directory.add(person);
  }
}
