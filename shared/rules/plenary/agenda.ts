/** The agenda, its documents in four groups, and what delegations hand in about them (virtual Council 2020, Annex 2). */
import type { DeedOf } from '../../protocol/plenary/deeds.ts';
import type { Reason } from '../../protocol/reasons.ts';
import type { AgendaItem, ItemFace, PlenaryState, Submission } from '../../protocol/plenary/state.ts';
import { COMMENT_MAX_LENGTH, CONTRIBUTION_MAX_LENGTH } from '../../protocol/plenary/vocabulary.ts';
import type { ItemStatus } from '../../protocol/plenary/vocabulary.ts';
import { speakerOf } from './change.ts';
import type { Change, Context, Participant } from './change.ts';
import { reordered } from './list.ts';
import { isActive, isOfficer, speaksForState } from './rights.ts';

const WIDE = /[\u2E80-\u9FFF\uAC00-\uD7AF\uF900-\uFAFF\uFF00-\uFFEF]/g;

/** Length of a text on paper, in characters of Latin width. */
export function paperLength(text: string): number {
  return text.length + (text.match(WIDE)?.length ?? 0);
}

/** The agenda in its order. */
export function agenda({ items }: Pick<PlenaryState, 'items'>): readonly AgendaItem[] {
  return Object.values(items).sort((a, b) => a.position - b.position);
}

function faceOf({ number, title, group, status, minutes, documents, comments, contributions, returns }: ItemFace): ItemFace {
  return { number, title, group, status, minutes, documents, comments, contributions, returns };
}

/** An item that was not put in a closed part, as those see it who may not be in one. */
export function seenOutside({ openly, ...item }: AgendaItem): AgendaItem {
  return openly === undefined ? item : { ...item, ...openly };
}

/**
 * Changes an item: for everybody, or (in a closed part) only for those who may be there.
 * @param update from what there is to know of it to what is new
 */
function setItem(change: Change, item: AgendaItem, update: (face: ItemFace) => Partial<ItemFace>, closed = change.state.meeting.closed): void {
  const { openly } = item;
  const kept = closed && !item.closed ? { openly: openly ?? faceOf(item) } : {};
  const told = !closed && openly !== undefined ? { openly: { ...openly, ...update(openly) } } : {};
  change.put('items', item.id, { ...item, ...update(item), ...kept, ...told });
}

/** Changes what is done about an item, and puts it on record. `closed`: it belongs to a closed part. */
export function setItemStatus(change: Change, context: Context, item: AgendaItem, { status, closed = change.state.meeting.closed }: { readonly status: ItemStatus; readonly closed?: boolean }): void {
  if (item.status === status) return;
  setItem(change, item, () => ({ status }), closed);
  const { number, title } = closed ? item : seenOutside(item);
  change.record({ kind: 'item', item: item.id, number, title, status }, context.now, closed || item.closed);
}

/** A closed part is over: what the meeting is dealing with now, and what no more, is everybody's to know. */
export function showCurrentItem(change: Change): void {
  for (const item of Object.values(change.state.items)) {
    if (item.openly === undefined) continue;
    const status = item.id === change.state.currentItem ? 'open' : item.openly.status === 'open' ? 'discussed' : item.openly.status;
    if (status !== item.openly.status) change.put('items', item.id, { ...item, openly: { ...item.openly, status } });
  }
}

export function putItem(change: Change, actor: Participant, deed: DeedOf<'putItem'>): Reason | null {
  if (!isOfficer(change.state, actor)) return 'NOT_OFFICER';
  const { number, title, group, minutes, documents } = deed;
  const fields = { number, title, group, minutes, documents };
  if (deed.item !== null) {
    const item = change.state.items[deed.item];
    if (item === undefined) return 'ITEM_UNKNOWN';
    setItem(change, item, () => fields);
    return null;
  }
  const position = Math.max(0, ...Object.values(change.state.items).map((item) => item.position)) + 1;
  const id = change.id();
  change.put('items', id, { id, position, ...fields, status: 'pending', comments: [], contributions: [], returns: [], closed: change.state.meeting.closed });
  return null;
}

/** Only what nothing has happened to can be taken off; the rest stays, for the record. */
export function dropItem(change: Change, actor: Participant, deed: DeedOf<'dropItem'>): Reason | null {
  if (!isOfficer(change.state, actor)) return 'NOT_OFFICER';
  const item = change.state.items[deed.item];
  if (item === undefined) return 'ITEM_UNKNOWN';
  if (item.status !== 'pending' || item.comments.length > 0 || item.contributions.length > 0) return 'ITEM_STATE';
  change.put('items', item.id, null);
  return null;
}

export function placeItem(change: Change, actor: Participant, deed: DeedOf<'placeItem'>): Reason | null {
  if (!isOfficer(change.state, actor)) return 'NOT_OFFICER';
  const order = reordered(agenda(change.state), deed.item, deed.before);
  if (order === null) return 'ITEM_UNKNOWN';
  order.forEach((item, index) => {
    if (item.position !== index + 1) change.put('items', item.id, { ...item, position: index + 1 });
  });
  return null;
}

export function endItem(change: Change, context: Context, actor: Participant): Reason | null {
  const { state } = change;
  if (!isOfficer(state, actor)) return 'NOT_OFFICER';
  const item = state.currentItem === null ? undefined : state.items[state.currentItem];
  if (item === undefined) return 'ITEM_STATE';
  if (item.status === 'open') setItemStatus(change, context, item, { status: 'discussed' });
  change.set('currentItem', null);
  return null;
}

export function openItem(change: Change, context: Context, actor: Participant, deed: DeedOf<'openItem'>): Reason | null {
  if (!isOfficer(change.state, actor)) return 'NOT_OFFICER';
  if (change.state.meeting.status !== 'open') return 'SESSION_STATE';
  if (change.state.items[deed.item] === undefined) return 'ITEM_UNKNOWN';
  if (change.state.currentItem === deed.item) return null;
  if (change.state.currentItem !== null) endItem(change, context, actor);
  const item = change.state.items[deed.item] as AgendaItem;
  const back = item.returns;
  const { number } = change.state.meeting.closed ? item : seenOutside(item);
  setItemStatus(change, context, item, { status: 'open' });
  for (const entity of back) change.record({ kind: 'returned', number, entity }, context.now, change.state.meeting.closed || item.closed);
  if (back.length > 0) setItem(change, change.state.items[deed.item] as AgendaItem, () => ({ returns: [] }));
  change.set('currentItem', deed.item);
  return null;
}

/** At the request of one state, or by the officers: into another group, or to the next physical session. */
export function moveItem(change: Change, context: Context, actor: Participant, deed: DeedOf<'moveItem'>): Reason | null {
  const { state } = change;
  if (!isOfficer(state, actor) && !speaksForState(state, actor)) return 'NOT_MEMBER_STATE';
  const item = state.items[deed.item];
  if (item === undefined) return 'ITEM_UNKNOWN';
  if (item.status === 'concluded' || item.status === 'deferred') return 'ITEM_STATE';
  if (deed.to === item.group) return 'ITEM_GROUP';
  // A state asks for more attention to a document, never for less: towards discussion, or to the physical session.
  const less = (deed.to === 'information' || deed.to === 'noted') && item.group !== 'information';
  if (less && !isOfficer(state, actor)) return 'ITEM_GROUP';
  const { to } = deed;
  setItem(change, item, () => (to === 'deferred' ? { status: to } : { group: to }));
  const { number, title } = state.meeting.closed ? item : seenOutside(item);
  change.record({ kind: 'moved', number, title, to, speaker: speakerOf(actor) }, context.now, state.meeting.closed || item.closed);
  if (deed.to === 'deferred' && state.currentItem === item.id) change.set('currentItem', null);
  return null;
}

interface Handed {
  readonly item: string;
  readonly text: string;
}

function submission(change: Change, context: Context, actor: Participant, text: string): Submission {
  return { id: change.id(), speaker: speakerOf(actor), text, at: context.now };
}

/** For the summary record, at most half a page, on documents that are approved as a package. */
export function comment(change: Change, context: Context, actor: Participant, deed: Handed): Reason | null {
  const item = change.state.items[deed.item];
  if (item === undefined) return 'ITEM_UNKNOWN';
  if (!isActive(change.state, actor)) return 'NOT_ACTIVE';
  if (item.group !== 'approved') return 'ITEM_GROUP';
  if (paperLength(deed.text) > COMMENT_MAX_LENGTH) return 'TEXT_TOO_LONG';
  const handed = submission(change, context, actor, deed.text);
  setItem(change, item, ({ comments }) => ({ comments: [...comments, handed] }));
  const { number } = change.state.meeting.closed ? item : seenOutside(item);
  change.record({ kind: 'comment', number, speaker: speakerOf(actor), text: deed.text }, context.now, change.state.meeting.closed || item.closed);
  return null;
}

/** What a delegation will say, in writing, at most two pages, on documents that are discussed. */
export function contribute(change: Change, context: Context, actor: Participant, deed: Handed): Reason | null {
  const item = change.state.items[deed.item];
  if (item === undefined) return 'ITEM_UNKNOWN';
  if (!isActive(change.state, actor)) return 'NOT_ACTIVE';
  if (item.group !== 'discussed') return 'ITEM_GROUP';
  if (paperLength(deed.text) > CONTRIBUTION_MAX_LENGTH) return 'TEXT_TOO_LONG';
  const handed = submission(change, context, actor, deed.text);
  setItem(change, item, ({ contributions }) => ({ contributions: [...contributions, handed] }));
  return null;
}

/** Takes a contribution of one's own delegation back. A comment is in the record and stays. */
export function retract(change: Change, actor: Participant, deed: DeedOf<'retract'>): Reason | null {
  const item = change.state.items[deed.item];
  const found = item?.contributions.find(({ id }) => id === deed.submission);
  if (item === undefined || found === undefined) return 'SUBMISSION_UNKNOWN';
  if (found.speaker.entity !== actor.entity) return 'NOT_YOUR_DELEGATION';
  setItem(change, item, ({ contributions }) => ({ contributions: contributions.filter(({ id }) => id !== found.id) }));
  return null;
}

export function ask(change: Change, context: Context, actor: Participant, deed: Handed): Reason | null {
  const item = change.state.items[deed.item];
  if (item === undefined) return 'ITEM_UNKNOWN';
  if (!isActive(change.state, actor)) return 'NOT_ACTIVE';
  const id = change.id();
  change.put('questions', id, { id, item: item.id, speaker: speakerOf(actor), text: deed.text, at: context.now, answer: '', published: false, closed: change.state.meeting.closed });
  return null;
}

export function answer(change: Change, actor: Participant, deed: DeedOf<'answer'>): Reason | null {
  if (actor.role !== 'secretariat') return 'NOT_OFFICER';
  const question = change.state.questions[deed.question];
  if (question === undefined) return 'QUESTION_UNKNOWN';
  change.put('questions', question.id, { ...question, answer: deed.text, published: deed.published });
  return null;
}

/** A delegation that missed an item for technical reasons asks to return to it. */
export function askReturn(change: Change, actor: Participant, deed: DeedOf<'askReturn'>): Reason | null {
  const { state } = change;
  const item = state.items[deed.item];
  if (item === undefined) return 'ITEM_UNKNOWN';
  if (!isActive(state, actor)) return 'NOT_ACTIVE';
  if (item.status === 'pending' || item.status === 'open') return 'ITEM_STATE';
  if (!item.returns.includes(actor.entity)) setItem(change, item, ({ returns }) => ({ returns: [...returns, actor.entity] }));
  return null;
}
