/** The summary record: it grows by itself; the secretariat words, adds and strikes. */
import type { DeedOf } from '../../protocol/plenary/deeds.ts';
import type { Reason } from '../../protocol/reasons.ts';
import { positionAfter } from './change.ts';
import type { Change, Context, Participant } from './change.ts';

export function write(change: Change, context: Context, actor: Participant, { after, text }: DeedOf<'write'>): Reason | null {
  if (actor.role !== 'secretariat') return 'NOT_OFFICER';
  if (after !== null && change.state.record[after] === undefined) return 'RECORD_UNKNOWN';
  const id = change.id();
  const closed = change.state.meeting.closed || (after !== null && change.state.record[after]?.closed === true);
  change.put('record', id, { id, position: positionAfter(change.state, after), at: context.now, fact: { kind: 'text' }, text, hidden: false, closed });
  return null;
}

export function word(change: Change, actor: Participant, deed: DeedOf<'word'>): Reason | null {
  if (actor.role !== 'secretariat') return 'NOT_OFFICER';
  const entry = change.state.record[deed.entry];
  if (entry === undefined) return 'RECORD_UNKNOWN';
  change.put('record', entry.id, { ...entry, text: deed.text });
  return null;
}

export function strike(change: Change, actor: Participant, deed: DeedOf<'strike'>): Reason | null {
  if (actor.role !== 'secretariat') return 'NOT_OFFICER';
  const entry = change.state.record[deed.entry];
  if (entry === undefined) return 'RECORD_UNKNOWN';
  change.put('record', entry.id, { ...entry, hidden: deed.on });
  return null;
}
