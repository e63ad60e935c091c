/** The meeting as a whole: who is in the chair, open or not, closed parts, quorum, settings. */
import type { DeedOf } from '../../protocol/plenary/deeds.ts';
import type { Reason } from '../../protocol/reasons.ts';
import type { Meeting } from '../../protocol/plenary/state.ts';
import { speakerOf } from './change.ts';
import type { Change, Context, Participant } from './change.ts';
import { showCurrentItem } from './agenda.ts';
import { clearFloor } from './floor.ts';
import { isOfficer, mayPreside, presides } from './rights.ts';

export function setMeeting(change: Change, fields: Partial<Meeting>): void {
  change.set('meeting', { ...change.state.meeting, ...fields });
}

function seatInChair(change: Change, context: Context, who: Participant): void {
  const speaker = speakerOf(who);
  setMeeting(change, { presiding: speaker });
  change.record({ kind: 'presiding', speaker }, context.now);
}

/** Takes the chair that is empty, or whose holder has gone. */
export function preside(change: Change, context: Context, actor: Participant): Reason | null {
  const { presiding } = change.state.meeting;
  if (!mayPreside(actor)) return 'NOT_CHAIR';
  if (presiding?.person === actor.person) return null;
  if (presiding !== null && context.find(presiding.person)?.connected === true) return 'SEAT_HELD';
  seatInChair(change, context, actor);
  return null;
}

/** The chair hands over to somebody who is inside. */
export function handChair(change: Change, context: Context, actor: Participant, { person }: DeedOf<'handChair'>): Reason | null {
  if (!presides(change.state, actor)) return 'NOT_CHAIR';
  const to = context.find(person);
  if (to === undefined) return 'PERSON_UNKNOWN';
  if (to.role !== 'chair' && to.role !== 'delegate' && to.role !== 'secretariat') return 'NOT_CHAIR';
  seatInChair(change, context, to);
  return null;
}

const FROM: Readonly<Record<'open' | 'suspended' | 'closed', readonly Meeting['status'][]>> = {
  open: ['planned', 'suspended'],
  suspended: ['open'],
  closed: ['open', 'suspended'],
};

export function setStatus(change: Change, context: Context, actor: Participant, { status }: DeedOf<'status'>): Reason | null {
  const { meeting } = change.state;
  if (!presides(change.state, actor)) return 'NOT_CHAIR';
  if (!FROM[status].includes(meeting.status)) return 'SESSION_STATE';
  clearFloor(change, context.now);
  const opening = meeting.status === 'planned';
  setMeeting(change, { status, ...(opening ? { openedAt: context.now } : {}), ...(status === 'closed' ? { closedAt: context.now, closed: false, admitted: [], recordingSince: null } : {}) });
  change.record({ kind: 'status', status }, context.now);
  if (opening && meeting.presiding !== null) change.record({ kind: 'presiding', speaker: meeting.presiding }, context.now);
  if (status === 'closed') {
    change.set('list', { ...change.state.list, entries: [] });
    change.set('currentItem', null);
  }
  return null;
}

export function closedPart(change: Change, context: Context, actor: Participant, { on }: DeedOf<'closedPart'>): Reason | null {
  const { meeting } = change.state;
  if (!presides(change.state, actor)) return 'NOT_CHAIR';
  if (meeting.status !== 'open') return 'SESSION_STATE';
  if (meeting.closed === on) return null;
  // That a closed part began and ended is everybody's to know, so both stand outside it.
  clearFloor(change, context.now);
  if (!on) {
    setMeeting(change, { closed: false, admitted: [] });
    showCurrentItem(change);
  }
  change.record({ kind: 'closedPart', on }, context.now);
  if (on) setMeeting(change, { closed: true, admitted: [], recordingSince: null });
  return null;
}

export function admit(change: Change, actor: Participant, { person, on }: DeedOf<'admit'>): Reason | null {
  const { meeting } = change.state;
  if (!presides(change.state, actor)) return 'NOT_CHAIR';
  if (!meeting.closed) return 'SESSION_STATE';
  const others = meeting.admitted.filter((id) => id !== person);
  setMeeting(change, { admitted: on ? [...others, person] : others });
  return null;
}

/** Member states with a delegate whose line is up. */
export function statesPresent(context: Context): number {
  const states = new Set<string>();
  for (const { entityType, role, connected, entity } of context.inside()) if (connected && role === 'delegate' && entityType === 'member-state') states.add(entity);
  return states.size;
}

export function callQuorum(change: Change, context: Context, actor: Participant): Reason | null {
  if (!isOfficer(change.state, actor)) return 'NOT_OFFICER';
  if (change.state.meeting.status !== 'open') return 'SESSION_STATE';
  change.record({ kind: 'quorum', present: statesPresent(context), needed: change.state.meeting.quorum }, context.now);
  return null;
}

export function settings(change: Change, actor: Participant, deed: DeedOf<'settings'>): Reason | null {
  if (!isOfficer(change.state, actor)) return 'NOT_OFFICER';
  const { title, activeSeats, speakingSeconds, windowSeconds, quorum, support, plannedStart, plannedEnd } = deed;
  setMeeting(change, { title, activeSeats, speakingSeconds, windowSeconds, quorum, support, plannedStart, plannedEnd });
  return null;
}

export function chatSwitch(change: Change, actor: Participant, { scope, on }: DeedOf<'chatSwitch'>): Reason | null {
  if (!isOfficer(change.state, actor)) return 'NOT_OFFICER';
  setMeeting(change, { chat: { ...change.state.meeting.chat, [scope]: on } });
  return null;
}

export function letShare(change: Change, actor: Participant, { person, on }: DeedOf<'letShare'>): Reason | null {
  if (!isOfficer(change.state, actor)) return 'NOT_OFFICER';
  const others = change.state.meeting.mayShare.filter((id) => id !== person);
  setMeeting(change, { mayShare: on ? [...others, person] : others });
  return null;
}

/** Only the secretariat records, and never a closed part. */
export function recording(change: Change, context: Context, actor: Participant, { on }: DeedOf<'recording'>): Reason | null {
  if (actor.role !== 'secretariat') return 'NOT_OFFICER';
  const { meeting } = change.state;
  if (on && (meeting.closed || meeting.status === 'closed')) return 'SESSION_STATE';
  if ((meeting.recordingSince !== null) !== on) setMeeting(change, { recordingSince: on ? context.now : null });
  return null;
}

/** Into which languages there are booths. Chair, secretariat and technicians set them up. */
export function putBooth(change: Change, actor: Participant, deed: DeedOf<'putBooth'>): Reason | null {
  if (!isOfficer(change.state, actor) && actor.role !== 'technician') return 'NOT_OFFICER';
  if (deed.booth !== null && change.state.booths[deed.booth] === undefined) return 'BOOTH_UNKNOWN';
  const id = deed.booth ?? change.id();
  change.put('booths', id, { id, name: deed.name, languages: [...new Set(deed.languages)] });
  return null;
}

export function dropBooth(change: Change, actor: Participant, { booth }: DeedOf<'dropBooth'>): Reason | null {
  if (!isOfficer(change.state, actor) && actor.role !== 'technician') return 'NOT_OFFICER';
  if (change.state.booths[booth] === undefined) return 'BOOTH_UNKNOWN';
  change.put('booths', booth, null);
  return null;
}
