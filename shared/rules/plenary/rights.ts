/** Who may do what in a formal session. The server decides by it; views show by it what there is to press. */
import type { PlenaryState, Speaker } from '../../protocol/plenary/state.ts';

export function presides({ meeting }: PlenaryState, { person }: Speaker): boolean {
  return meeting.presiding?.person === person;
}

/** Chair and secretariat conduct the meeting together: floor, list, agenda, microphones. */
export function isOfficer(state: PlenaryState, who: Speaker): boolean {
  return who.role === 'secretariat' || presides(state, who);
}

/** May take the chair when it is empty, or from somebody who has it by the roster's word no more than they do. */
export function mayPreside({ role }: Speaker): boolean {
  return role === 'chair';
}

/** Of a delegation or an observer: those whose active participants are limited. */
export function hasSeat({ role }: Speaker): boolean {
  return role === 'delegate' || role === 'observer';
}

export function isActive(state: PlenaryState, { person, entity }: Speaker): boolean {
  return state.seats[entity]?.active.includes(person) ?? false;
}

/** Motions, points of order, objections and requests about documents are the right of member states (GR 96; Council 2020, Annex 1 items 5 and 7). */
export function speaksForState(state: PlenaryState, who: Speaker): boolean {
  return who.entityType === 'member-state' && who.role === 'delegate' && isActive(state, who);
}

/** May ask for the floor: active delegates and observers, and whoever works at the podium. */
export function mayAskFloor(state: PlenaryState, who: Speaker): boolean {
  return isActive(state, who) || isOfficer(state, who) || who.role === 'chair';
}

/** The floor can be given: in an open meeting, and before it, for sound checks. */
export function floorIsRunning({ meeting }: PlenaryState): boolean {
  return meeting.status === 'open' || meeting.status === 'planned';
}

/**
 * Whose microphone is open: there is never more than one. Everything that opens one follows from this function.
 * @returns a person's id, or null
 */
export function openMicrophone(state: PlenaryState): string | null {
  const { turn, allMuted, muted } = state.floor;
  if (turn === null || allMuted || !floorIsRunning(state) || muted.includes(turn.speaker.person)) return null;
  return turn.speaker.person;
}

/** May show their screen to everybody. */
export function mayShareScreen(state: PlenaryState, who: Speaker): boolean {
  return isOfficer(state, who) || state.meeting.mayShare.includes(who.person);
}

/** May be inside a closed part: those of the delegations, the chair, the secretariat, and whom these have admitted one by one. */
export function mayBeInside({ meeting }: PlenaryState, who: Speaker): boolean {
  if (!meeting.closed) return true;
  if (meeting.presiding?.person === who.person || meeting.admitted.includes(who.person)) return true;
  return (who.role === 'delegate' && who.entityType === 'member-state') || who.role === 'chair' || who.role === 'secretariat';
}

/** Has been, or might have been, in the closed parts: sees what belongs to them. */
export function maySeeClosed(state: PlenaryState, who: Speaker): boolean {
  return mayBeInside({ ...state, meeting: { ...state.meeting, closed: true } }, who);
}
