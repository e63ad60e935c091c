/** One's part in a formal session while one is in the venue. */
import type { SessionSummary } from '../../../shared/protocol/plenary/messages.ts';
import type { Plenary } from '../../plenary/contract.ts';

/** `standard`: in the manner of a videoconference, over the 3D view; `hall`: from one's place in it. The session itself goes on whichever is shown. */
export type AttendingView = 'standard' | 'hall';

export interface Attending {
  readonly plenary: Plenary;
  readonly title: string;
  readonly view: AttendingView;
}

/** What of the session is to be seen on the screens and nameplates of the hall. */
export interface HallSigns {
  readonly title: string;
  readonly text: string;
  /** Delegation that has the floor, or empty. */
  readonly speaking: string;
  /** Delegations whose nameplate is raised. */
  readonly raised: ReadonlySet<string>;
}

export interface PlenaryActions {
  attendSession(session: SessionSummary, view: AttendingView): void;
  /** Not now: one is not asked again about this one. */
  declineSession(session: string): void;
}
