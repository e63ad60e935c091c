import type { Reason } from '../../../shared/protocol/reasons.ts';
import { DOOR_MS, isInvited } from '../../../shared/rules/bookings.ts';
import type { LiveScenes } from '../live-scenes.ts';
import type { Person } from '../person.ts';
import type { Placing } from '../placing.ts';
import type { Roster } from '../roster.ts';
import type { Log, Meeting, MeetingBook } from '../services.ts';
import type { Membership } from '../talks/membership.ts';
import { Talk } from '../talks/talk.ts';
import type { Outcome, Travel } from '../travel.ts';
import { Doors } from './doors.ts';
import { Notices } from './notices.ts';

/** Doors and reminders are looked after every so many ticks: once a second. */
const LOOK_TICKS = 20;

export interface MeetingsDeps {
  readonly book: MeetingBook;
  readonly roster: Roster;
  readonly scenes: LiveScenes;
  readonly placing: Pick<Placing, 'outOfSpace'>;
  readonly travel: Pick<Travel, 'toSpace'>;
  readonly membership: Pick<Membership, 'enter' | 'part' | 'settle'>;
  readonly log: Log;
}

/**
 * Meetings by appointment in the venue: their rooms are closed to others, whoever enters as one of the invited is in the meeting's talk, and everybody is told what
 * they have to know. The talk alone decides who hears whom; the door keeps the others from standing in it.
 */
export class Meetings {
  private readonly deps: MeetingsDeps;
  private readonly doors: Doors;
  private readonly notices: Notices;
  /** The talks of meetings, by booking; also of those that are over, while people stay. */
  private readonly talks = new Map<string, { readonly talk: Talk; readonly meeting: Meeting }>();
  private readonly stopFollowing: () => void;

  constructor(deps: MeetingsDeps) {
    this.deps = deps;
    this.doors = new Doors(deps.scenes, (meeting, who) => this.admits(meeting, who));
    this.notices = new Notices({
      people: () => deps.roster,
      expects: (meeting, who) => this.admits(meeting, who) && meeting.answers.get(who.id) !== 'declined',
      membersOf: (meeting) => this.talks.get(meeting.id)?.talk.members ?? [],
    });
    this.stopFollowing = deps.book.onChange(({ before, after }) => this.changed(before, after));
  }

  tick(tickNumber: number): void {
    if (tickNumber % LOOK_TICKS === 0) this.look();
  }

  /** Takes somebody to a meeting of theirs. @returns why not, or null; later, if the scene has to be loaded */
  attend(person: Person, id: string): Outcome {
    const { book, travel, membership } = this.deps;
    const meeting = book.get(id);
    if (meeting === undefined || !this.admits(meeting, person)) return 'BOOKING_UNKNOWN';
    const now = book.now();
    if (meeting.state === 'cancelled' || now >= meeting.end) return 'BOOKING_OVER';
    if (now < meeting.start - DOOR_MS) return 'BOOKING_EARLY';
    if (person.talk?.meeting?.booking === id) return null;
    this.look();
    const { room } = meeting;
    if (room === null) {
      this.enter(person, meeting);
      return null;
    }
    const scene = this.deps.scenes.get(room.scene);
    // The meeting before may still be going on.
    if (scene !== undefined && this.doors.holder(scene, room.space) !== meeting) return 'ROOM_BOOKED';
    // Those of the talk that they are in are not taken along.
    if (person.talk !== null) membership.part(person, 'left');
    const there = travel.toSpace(person, room.scene, room.space);
    if (!(there instanceof Promise)) return this.settled(person, there);
    return there.then((refused) => this.settled(person, refused));
  }

  /** Somebody has moved within their scene. Allocates nothing where no room is booked. */
  walked(person: Person): void {
    if (!this.doors.isAny(person.scene) && person.talk?.meeting?.kind !== 'room') return;
    this.settle(person);
  }

  /** Somebody is in another scene, or in a new revision of it. */
  moved(person: Person): void {
    this.doors.refreshScene(person.scene);
    this.settle(person);
    this.tellClosed(person);
  }

  /** A new connection is told how things are. */
  attached(person: Person): void {
    const { book } = this.deps;
    this.doors.refreshScene(person.scene);
    this.tellClosed(person);
    this.tellBookings([person]);
    this.notices.attached(person, book.all(), book.now());
  }

  /** Puts somebody who has left the talk of their room before its door. */
  leadOut(person: Person): void {
    const { id: scene } = person.scene;
    const space = person.scene.spaceOf(person);
    if (space === null || this.doors.holder(person.scene, space) === null || this.deps.placing.outOfSpace(person) !== null) return;
    person.presence?.connection.send('roomNews', { kind: 'ledOut', scene, space, minutes: 0 });
    this.tellClosed(person);
  }

  stop(): void {
    this.stopFollowing();
  }

  private changed(before: Meeting | null, after: Meeting | null): void {
    try {
      this.look();
    } catch (err) {
      // What was booked is booked; the next look comes within a second.
      this.deps.log.error({ err }, 'a change of a meeting could not be followed at once');
    }
    const concerns = (meeting: Meeting | null, { identity }: Person): boolean => meeting !== null && isInvited(meeting, identity);
    this.tellBookings([...this.deps.roster].filter((person) => concerns(before, person) || concerns(after, person)));
  }

  private look(): void {
    const { book } = this.deps;
    const now = book.now();
    this.followTalks(now);
    for (const scene of this.doors.refresh(book.all(), now)) for (const person of scene.people) this.tellClosed(person);
    for (const scene of this.deps.scenes) if (this.doors.isAny(scene)) for (const person of scene.people) this.settle(person);
    this.notices.look(book.all(), now);
  }

  /** What goes on, is over, or has been cancelled; and who is not invited any more. */
  private followTalks(now: number): void {
    const { book, membership } = this.deps;
    for (const [id, { talk, meeting: known }] of this.talks) {
      const meeting = book.get(id);
      if (talk.meeting === null) continue;
      const moved = meeting !== undefined && (meeting.room?.scene !== known.room?.scene || meeting.room?.space !== known.room?.space);
      const goesOn = meeting?.state === 'booked' && now < meeting.end && now >= meeting.start - DOOR_MS && !moved;
      const ends = talk.meeting.goesOn && !goesOn;
      talk.meeting.goesOn = goesOn;
      if (goesOn) for (const member of [...talk.members]) if (!this.admits(meeting, member)) membership.part(member, 'removed');
      if (ends) membership.settle(talk);
      // Those who stay when it is over have nothing to do with a meeting that is put off.
      if (moved || (talk.members.size === 0 && !goesOn)) this.talks.delete(id);
    }
  }

  /** Lets somebody be in the talk of the room where they are, in no talk of one where they are not, and out of a room that is not theirs. */
  private settle(person: Person): void {
    const { membership, book } = this.deps;
    const { scene, talk } = person;
    const space = scene.spaceOf(person);
    const meeting = this.doors.holder(scene, space);
    if (talk?.meeting?.kind === 'room' && talk.meeting.booking !== meeting?.id && !this.isRoomOf(talk, scene.id, space)) membership.part(person, 'walkedOut');
    if (meeting === null) return;
    if (this.admits(meeting, person)) {
      this.enter(person, meeting);
      return;
    }
    const now = book.now();
    if (now < meeting.start) this.notices.closing(person, meeting, now);
    else {
      this.leadOut(person);
      if (talk?.meeting?.kind === 'room' && person.talk === talk) membership.part(person, 'walkedOut');
    }
  }

  private settled(person: Person, refused: Reason | null): Reason | null {
    if (refused === null) this.settle(person);
    return refused;
  }

  private isRoomOf(talk: Talk, scene: string, space: string | null): boolean {
    for (const { talk: other, meeting: { room } } of this.talks.values()) if (other === talk) return room?.scene === scene && room.space === space;
    return false;
  }

  private enter(person: Person, meeting: Meeting): void {
    if (person.talk?.meeting?.booking === meeting.id) return;
    const known = this.talks.get(meeting.id)?.talk;
    const talk = known ?? new Talk(person, { kind: meeting.room === null ? 'virtual' : 'room', booking: meeting.id, goesOn: true });
    if (known === undefined) this.talks.set(meeting.id, { talk, meeting });
    // The organiser leads, and until they come, the first.
    if (talk.members.size === 0 || person.id === meeting.organiser) talk.host = person;
    this.deps.membership.enter(person, talk);
  }

  private admits(meeting: Meeting, person: Person): boolean {
    const { organiser } = meeting;
    if (person.blocking.has(organiser) || person.blockers.has(organiser)) return false;
    return isInvited(meeting, person.identity) && this.talks.get(meeting.id)?.talk.removed.has(person.id) !== true;
  }

  private tellClosed(person: Person): void {
    const { scene } = person;
    person.presence?.connection.send('closedSpaces', { scene: scene.id, spaces: scene.closedTo(person) });
  }

  private tellBookings(people: readonly Person[]): void {
    if (people.length === 0) return;
    this.deps.book.describe().then((describe) => {
      for (const { presence, identity, blocking, blockers } of people) presence?.connection.send('bookings', { bookings: describe(identity, (id) => blocking.has(id) || blockers.has(id)) });
    }).catch((err: unknown) => this.deps.log.error({ err }, 'people could not be told of their meetings'));
  }
}
