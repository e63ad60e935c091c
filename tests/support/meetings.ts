/** The meetings of the event, in memory. */
import type { Booking } from '../../shared/protocol/bookings.ts';
import { isInvited } from '../../shared/rules/bookings.ts';
import type { Meeting, MeetingBook } from '../../server/rooms/services.ts';

/** Nobody meets, until `set`; it is `time`. Everybody is told of the ids of their meetings. */
export class MemoryMeetings implements MeetingBook {
  time = 0;
  private readonly meetings = new Map<string, Meeting>();
  private readonly listeners = new Set<Parameters<MeetingBook['onChange']>[0]>();

  all(): Iterable<Meeting> {
    return this.meetings.values();
  }

  get(id: string): Meeting | undefined {
    return this.meetings.get(id);
  }

  onChange(listener: Parameters<MeetingBook['onChange']>[0]): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  describe(): ReturnType<MeetingBook['describe']> {
    return Promise.resolve((who, hidden) => [...this.meetings.values()].filter((meeting) => isInvited(meeting, who) && !hidden(meeting.organiser)) as unknown as readonly Booking[]);
  }

  now(): number {
    return this.time;
  }

  /** Books, changes, or (null) forgets. */
  set(id: string, change: Partial<Meeting> | null): void {
    const before = this.meetings.get(id) ?? null;
    const first: Meeting = { id, organiser: '', people: [], delegations: [], room: null, start: 0, end: 0, state: 'booked', revision: 0, answers: new Map() };
    const after = change === null ? null : { ...first, ...before, revision: (before?.revision ?? 0) + 1, ...change };
    if (after === null) this.meetings.delete(id);
    else this.meetings.set(id, after);
    for (const listener of this.listeners) listener({ before, after });
  }
}
