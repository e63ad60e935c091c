import { signal } from '@preact/signals';
import type { SessionSummary } from '../../../shared/protocol/plenary/messages.ts';
import { ReasonedError } from '../../../shared/protocol/reasons.ts';
import type { SessionVisit } from '../../plenary/hall/attending.ts';
import { store } from '../store.ts';
import { toast } from '../toasts.ts';
import type { Venue } from '../venue.ts';
import type { AttendingView, PlenaryActions } from './contract.ts';

/** Whether voices of the venue are sent to me. */
type Deafen = (venue: Venue, on: boolean) => void;

let visit: SessionVisit | null = null;

/** On the way into a session. */
export const attendingComes = signal(false);

async function attend(venue: Venue, deafen: Deafen, { session, view }: { readonly session: SessionSummary; readonly view: AttendingView }): Promise<void> {
  if (attendingComes.peek() || visit !== null) return;
  attendingComes.value = true;
  try {
    const { SessionVisit: Visit } = await import('../../plenary/hall/attending.ts');
    visit = await Visit.begin({
      pass: venue.pass,
      setMuted: (on) => { venue.voice.setMuted(on); },
      setDeafened: (on) => { deafen(venue, on); },
      // A headset has a ladder of its own, and nothing else to look at.
      framesPerSecond: () => (venue.wearing.worn === null ? venue.world.current?.stats().framesPerSecond ?? null : null),
    }, session, view);
  } catch (error) {
    toast(error instanceof ReasonedError ? `reason.${error.reason}` : 'plenary.hall.failed', 'warning');
  } finally {
    attendingComes.value = false;
  }
}

export const attendingActions = {
  show: (view: AttendingView): void => { visit?.show(view); },
  leave: (): void => {
    visit?.leave();
    visit = null;
  },
};

/** Formal sessions, from within the venue. */
export function plenaryActions(inVenue: (act: (venue: Venue) => void) => void, deafen: Deafen): PlenaryActions {
  return {
    attendSession: (session, view) => inVenue((venue) => void attend(venue, deafen, { session, view })),
    declineSession: (session) => { store.declinedSessions.value = new Set([...store.declinedSessions.peek(), session]); },
  };
}
