/**
 * Proposed conclusions (virtual Council 2020, Annex 1 items 2, 5 and 7, and Annex 4): the chair puts one and waits for objections; one formal objection, or one request to postpone, sends the
 * item to the next physical session; otherwise it stands, as a proposed conclusion.
 */
import type { DeedOf } from '../../protocol/plenary/deeds.ts';
import type { Reason } from '../../protocol/reasons.ts';
import type { Conclusion, Speaker } from '../../protocol/plenary/state.ts';
import type { ConclusionStatus } from '../../protocol/plenary/vocabulary.ts';
import { speakerOf } from './change.ts';
import type { Change, Context, Participant } from './change.ts';
import { seenOutside, setItemStatus } from './agenda.ts';
import { presides, speaksForState } from './rights.ts';

function recordConclusion(change: Change, now: number, conclusion: Conclusion): void {
  const { id, items, text, status, by, closed } = conclusion;
  const numbers = items.flatMap((item) => change.state.items[item] ?? []).map((item) => (closed ? item : seenOutside(item)).number);
  const reason = conclusion.reasonClosed === true ? '' : conclusion.reason;
  change.record({ kind: 'conclusion', conclusion: id, numbers, text, status, by, reason }, now, closed);
}

function finish(change: Change, context: Context, conclusion: Conclusion, end: { status: ConclusionStatus; by: Speaker | null; reason: string }): void {
  const ended = { ...conclusion, ...end, reasonClosed: change.state.meeting.closed && !conclusion.closed };
  change.put('conclusions', conclusion.id, ended);
  recordConclusion(change, context.now, ended);
  const status = end.status === 'standing' ? 'concluded' : end.status === 'withdrawn' ? null : 'deferred';
  if (status === null) return;
  for (const id of conclusion.items) {
    const item = change.state.items[id];
    if (item !== undefined) setItemStatus(change, context, item, { status, closed: conclusion.closed });
    if (change.state.currentItem === id) change.set('currentItem', null);
  }
}

export function conclude(change: Change, context: Context, actor: Participant, deed: DeedOf<'conclude'>): Reason | null {
  const { state } = change;
  if (!presides(state, actor)) return 'NOT_CHAIR';
  if (state.meeting.status !== 'open') return 'SESSION_STATE';
  const items = [...new Set(deed.items)];
  const pending = Object.values(state.conclusions).filter(({ status }) => status === 'window').flatMap((each) => each.items);
  for (const id of items) {
    const item = state.items[id];
    if (item === undefined) return 'ITEM_UNKNOWN';
    if (item.status === 'deferred' || item.status === 'concluded' || pending.includes(id)) return 'ITEM_STATE';
  }
  const conclusion: Conclusion = {
    id: change.id(), items, text: deed.text, status: 'window', putAt: context.now, closesAt: context.now + deed.seconds * 1000, by: null, reason: '',
    closed: state.meeting.closed || items.some((id) => state.items[id]?.closed === true),
  };
  change.put('conclusions', conclusion.id, conclusion);
  recordConclusion(change, context.now, conclusion);
  return null;
}

function oppose(change: Change, context: Context, actor: Participant, { conclusion: id, reason, kind }: DeedOf<'object'> | DeedOf<'postpone'>): Reason | null {
  if (actor.entityType !== 'member-state') return 'NOT_MEMBER_STATE';
  if (!speaksForState(change.state, actor)) return 'NOT_ACTIVE';
  const conclusion = change.state.conclusions[id];
  if (conclusion === undefined) return 'CONCLUSION_UNKNOWN';
  if (conclusion.status !== 'window') return 'WINDOW_OVER';
  finish(change, context, conclusion, { status: kind === 'object' ? 'objected' : 'postponed', by: speakerOf(actor), reason });
  return null;
}

export const object = (change: Change, context: Context, actor: Participant, deed: DeedOf<'object'>): Reason | null => oppose(change, context, actor, deed);
export const postpone = (change: Change, context: Context, actor: Participant, deed: DeedOf<'postpone'>): Reason | null => oppose(change, context, actor, deed);

export function retractConclusion(change: Change, context: Context, actor: Participant, deed: DeedOf<'retractConclusion'>): Reason | null {
  if (!presides(change.state, actor)) return 'NOT_CHAIR';
  const conclusion = change.state.conclusions[deed.conclusion];
  if (conclusion === undefined) return 'CONCLUSION_UNKNOWN';
  if (conclusion.status !== 'window') return 'WINDOW_OVER';
  finish(change, context, conclusion, { status: 'withdrawn', by: null, reason: '' });
  return null;
}

/** Windows that have run out while the meeting is open: what they asked about stands. In a meeting that is suspended they wait. */
export function closeWindows(change: Change, context: Context): void {
  if (change.state.meeting.status !== 'open') return;
  for (const conclusion of Object.values(change.state.conclusions)) {
    if (conclusion.status === 'window' && conclusion.closesAt <= context.now) finish(change, context, conclusion, { status: 'standing', by: null, reason: '' });
  }
}

/** Nobody could object while nobody was connected (a restart, a suspension): windows that were open go on for as long as they were not. */
export function prolongWindows(change: Change, byMs: number): void {
  for (const conclusion of Object.values(change.state.conclusions)) {
    if (conclusion.status === 'window') change.put('conclusions', conclusion.id, { ...conclusion, closesAt: conclusion.closesAt + byMs });
  }
}
