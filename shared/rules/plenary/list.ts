/** The speakers' list: who asked for the floor by raising the nameplate, and rights of reply. */
import type { DeedOf } from '../../protocol/plenary/deeds.ts';
import type { Reason } from '../../protocol/reasons.ts';
import type { InCapacity, ListEntry } from '../../protocol/plenary/state.ts';
import { speakerOf } from './change.ts';
import type { Change, Context, Participant } from './change.ts';
import { giveFloor } from './floor.ts';
import { floorIsRunning, isOfficer, mayAskFloor } from './rights.ts';

function setEntries(change: Change, entries: readonly ListEntry[]): void {
  change.set('list', { ...change.state.list, entries });
}

/** A group or an office has a name. */
export function isNamed({ capacity, onBehalfOf }: InCapacity): boolean {
  return (capacity !== 'group' && capacity !== 'office') || onBehalfOf !== '';
}

interface Asking extends InCapacity {
  readonly kind: ListEntry['kind'];
}

function ask(change: Change, context: Context, actor: Participant, { kind, capacity, onBehalfOf }: Asking): Reason | null {
  const { state } = change;
  if (state.meeting.status !== 'open') return 'SESSION_STATE';
  if (!mayAskFloor(state, actor)) return 'NOT_ACTIVE';
  if (!isNamed({ capacity, onBehalfOf })) return 'CAPACITY_UNNAMED';
  if (kind === 'list' && !state.list.open) return 'LIST_CLOSED';
  // A delegation has one nameplate; it may be raised once for each name in which it speaks.
  const same = (entry: ListEntry): boolean => entry.kind === kind && entry.speaker.entity === actor.entity && entry.capacity === capacity && entry.onBehalfOf === onBehalfOf;
  if (state.list.entries.some(same)) return 'ON_LIST';
  setEntries(change, [...state.list.entries, { id: change.id(), speaker: speakerOf(actor), kind, capacity, onBehalfOf, askedAt: context.now }]);
  return null;
}

export function raise(change: Change, context: Context, actor: Participant, deed: DeedOf<'raise'>): Reason | null {
  return ask(change, context, actor, { kind: 'list', capacity: deed.capacity, onBehalfOf: deed.onBehalfOf });
}

export function askReply(change: Change, context: Context, actor: Participant, deed: DeedOf<'askReply'>): Reason | null {
  return ask(change, context, actor, { kind: 'reply', capacity: deed.capacity, onBehalfOf: deed.onBehalfOf });
}

/** Lowers the nameplate: all that this person has asked for. */
export function lower(change: Change, actor: Participant): Reason | null {
  const { entries } = change.state.list;
  const rest = entries.filter(({ speaker }) => speaker.person !== actor.person);
  if (rest.length === entries.length) return 'ENTRY_UNKNOWN';
  setEntries(change, rest);
  return null;
}

export function give(change: Change, context: Context, actor: Participant, deed: DeedOf<'give'>): Reason | null {
  const { state } = change;
  if (!isOfficer(state, actor)) return 'NOT_OFFICER';
  if (!floorIsRunning(state)) return 'SESSION_STATE';
  const entry = state.list.entries.find(({ id }) => id === deed.entry);
  if (entry === undefined) return 'ENTRY_UNKNOWN';
  const to = context.find(entry.speaker.person);
  if (to === undefined) return 'PERSON_UNKNOWN';
  setEntries(change, state.list.entries.filter(({ id }) => id !== entry.id));
  giveFloor(change, context, to, { cause: entry.kind === 'reply' ? 'reply' : 'list', motion: null, capacity: entry.capacity, onBehalfOf: entry.onBehalfOf, interrupts: false });
  return null;
}

export function openList(change: Change, context: Context, actor: Participant, { open }: DeedOf<'list'>): Reason | null {
  const { list } = change.state;
  if (!isOfficer(change.state, actor)) return 'NOT_OFFICER';
  if (list.open === open) return null;
  change.set('list', { ...list, open });
  const delegations = [...new Set(list.entries.map(({ speaker }) => speaker.entity))];
  change.record(open ? { kind: 'listOpened' } : { kind: 'listClosed', delegations }, context.now);
  return null;
}

export function removeEntry(change: Change, actor: Participant, deed: DeedOf<'remove'>): Reason | null {
  const { entries } = change.state.list;
  if (!isOfficer(change.state, actor)) return 'NOT_OFFICER';
  if (!entries.some(({ id }) => id === deed.entry)) return 'ENTRY_UNKNOWN';
  setEntries(change, entries.filter(({ id }) => id !== deed.entry));
  return null;
}

/** @returns the entries with one of them put before another, or at the end; null if one of them is not there */
export function reordered<T extends { readonly id: string }>(entries: readonly T[], moved: string, before: string | null): readonly T[] | null {
  const entry = entries.find(({ id }) => id === moved);
  const rest = entries.filter(({ id }) => id !== moved);
  const index = before === null ? rest.length : rest.findIndex(({ id }) => id === before);
  return entry === undefined || index < 0 ? null : [...rest.slice(0, index), entry, ...rest.slice(index)];
}

export function placeEntry(change: Change, actor: Participant, deed: DeedOf<'place'>): Reason | null {
  if (!isOfficer(change.state, actor)) return 'NOT_OFFICER';
  const entries = reordered(change.state.list.entries, deed.entry, deed.before);
  if (entries === null) return 'ENTRY_UNKNOWN';
  setEntries(change, entries);
  return null;
}

/** Somebody is gone for good: so is what they asked for. */
export function dropFromList(change: Change, person: string): void {
  const { entries } = change.state.list;
  const rest = entries.filter(({ speaker }) => speaker.person !== person);
  if (rest.length < entries.length) setEntries(change, rest);
}
