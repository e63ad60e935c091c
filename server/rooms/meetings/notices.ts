import { DOOR_MS, ENDING_MS, REMINDERS_MS } from '../../../shared/rules/bookings.ts';
import type { Person } from '../person.ts';
import type { Meeting } from '../services.ts';

const MINUTE_MS = 60_000;

export interface NoticesDeps {
  readonly people: () => Iterable<Person>;
  /** Whether somebody may enter, and has not said that they will not. */
  readonly expects: (meeting: Meeting, who: Person) => boolean;
  readonly membersOf: (meeting: Meeting) => Iterable<Person>;
}

function minutesTo(time: number, now: number): number {
  return Math.max(0, Math.ceil((time - now) / MINUTE_MS));
}

/** Words to people about meetings, each once a meeting, time and person. */
export class Notices {
  private readonly deps: NoticesDeps;
  /** By meeting, what was told to whom. */
  private told = new Map<string, Set<string>>();

  constructor(deps: NoticesDeps) {
    this.deps = deps;
  }

  /** Reminds those who are expected, and tells members that the end is near. Call it about once a second. */
  look(meetings: Iterable<Meeting>, now: number): void {
    const near = [...meetings].filter(({ state, start, end }) => state === 'booked' && start - DOOR_MS <= now && now < end);
    const kept = new Map<string, Set<string>>();
    for (const { id } of near) kept.set(id, this.told.get(id) ?? new Set());
    this.told = kept;
    for (const meeting of near) {
      if (now < meeting.start) this.remind(meeting, now);
      if (now >= meeting.end - ENDING_MS) this.sayEnding(meeting, now);
    }
  }

  /** Somebody has a new connection: what they would have been told while they were away. */
  attached(person: Person, meetings: Iterable<Meeting>, now: number): void {
    for (const meeting of meetings) {
      const { id, state, start, end } = meeting;
      if (state !== 'booked' || now < start - DOOR_MS || now >= end || !this.deps.expects(meeting, person) || person.talk?.meeting?.booking === id) continue;
      person.presence?.connection.send('bookingDue', { booking: id, minutes: minutesTo(start, now) });
    }
  }

  /** Somebody is in a room that is about to be others'. */
  closing(person: Person, meeting: Meeting, now: number): void {
    const { room, start } = meeting;
    if (room === null || !this.isNew(meeting, `closing ${start} ${person.id}`)) return;
    person.presence?.connection.send('roomNews', { kind: 'closing', ...room, minutes: minutesTo(start, now) });
  }

  private remind(meeting: Meeting, now: number): void {
    const { start } = meeting;
    const stage = REMINDERS_MS.filter((before) => now >= start - before).length;
    for (const person of this.deps.people()) {
      if (person.presence === null || !this.deps.expects(meeting, person) || !this.isNew(meeting, `due ${start} ${stage} ${person.id}`)) continue;
      if (person.talk?.meeting?.booking !== meeting.id) person.presence.connection.send('bookingDue', { booking: meeting.id, minutes: minutesTo(start, now) });
    }
  }

  private sayEnding(meeting: Meeting, now: number): void {
    const { room, end } = meeting;
    for (const person of this.deps.membersOf(meeting)) {
      if (this.isNew(meeting, `ending ${end} ${person.id}`)) person.presence?.connection.send('roomNews', { kind: 'ending', scene: room?.scene ?? '', space: room?.space ?? '', minutes: minutesTo(end, now) });
    }
  }

  private isNew({ id }: Meeting, what: string): boolean {
    const told = this.told.get(id) ?? new Set();
    if (told.has(what)) return false;
    this.told.set(id, told.add(what));
    return true;
  }
}
