import type { Meeting, PlenaryState } from '../../protocol/plenary/state.ts';
import { seenOutside } from './agenda.ts';
import { ACTIVE_SEATS_DEFAULT, SPEAKING_DEFAULT_SECONDS, WINDOW_DEFAULT_SECONDS } from '../../protocol/plenary/vocabulary.ts';

/** A session that nothing has happened in yet. */
export function newSession(fields: Pick<Meeting, 'title' | 'kind'> & Partial<Meeting>): PlenaryState {
  return {
    meeting: {
      status: 'planned', closed: false, admitted: [], presiding: null, plannedStart: null, plannedEnd: null, openedAt: null, closedAt: null, activeSeats: ACTIVE_SEATS_DEFAULT,
      speakingSeconds: SPEAKING_DEFAULT_SECONDS, quorum: 0, windowSeconds: WINDOW_DEFAULT_SECONDS, chat: { everyone: true, podium: true, delegation: true, person: true }, mayShare: [], support: '', recordingSince: null, ...fields,
    },
    floor: { turn: null, interrupted: [], allMuted: false, muted: [] },
    list: { open: true, entries: [] },
    motions: [], currentItem: null, missed: [], counter: 0,
    seats: {}, items: {}, conclusions: {}, questions: {}, record: {}, booths: {},
  };
}

/** A copy to rehearse on: the agenda and the settings, and nothing of what has happened. */
export function rehearsalOf({ meeting, items, booths, counter }: PlenaryState): PlenaryState {
  const { title, plannedStart, plannedEnd, activeSeats, speakingSeconds, quorum, windowSeconds, support } = meeting;
  const fresh = Object.values(items).filter(({ closed }) => !closed).map(seenOutside).map((item) => [item.id, { ...item, status: 'pending' as const, comments: [], contributions: [], returns: [] }] as const);
  return {
    ...newSession({ title, kind: 'rehearsal', plannedStart, plannedEnd, activeSeats, speakingSeconds, quorum, windowSeconds, support }),
    items: Object.fromEntries(fresh), booths, counter,
  };
}
