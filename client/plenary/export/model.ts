/**
 * The summary record as a document, before any format: what stands in it and in which order. Pure. What was done in closed parts is left out, whoever exports it: that they took place
 * is on record outside of them. What the secretariat has struck is left out, and its wording stands in place of the fact's.
 */
import type { AgendaItem, PlenaryState, RecordEntry, RecordedFact, Speaker } from '../../../shared/protocol/plenary/state.ts';
import { ITEM_GROUPS } from '../../../shared/protocol/plenary/vocabulary.ts';
import type { Language } from '../../../shared/protocol/vocabulary.ts';
import { agenda, seenOutside } from '../../../shared/rules/plenary/agenda.ts';
import { inOrder } from '../../../shared/rules/plenary/change.ts';
import { frenchName } from '../../../shared/rules/plenary/french.ts';
import { bySeat } from '../../../shared/rules/plenary/order.ts';
import { clockOf, spanText } from './words.ts';
import type { Words } from './words.ts';

const OUTCOME_TEXTS = { pending: 'plenary.export.pending', upheld: 'plenary.export.upheld', rejected: 'plenary.export.rejected', withdrawn: 'plenary.export.withdrawn' } as const;

export interface Row {
  readonly cells: readonly string[];
}

export type Body =
  | { readonly kind: 'list'; readonly items: readonly string[] }
  | { readonly kind: 'table'; readonly columns: readonly string[]; readonly rows: readonly Row[] };

export interface Section {
  /** Unique in the document: `agenda`. */
  readonly id: string;
  readonly title: string;
  /** Instead of a body that would be empty. */
  readonly empty: string;
  readonly body: Body;
}

export interface RecordDocument {
  readonly language: Language;
  readonly direction: 'ltr' | 'rtl';
  /** What kind of document it is: "Summary record". */
  readonly kind: string;
  readonly title: string;
  /** What a reader must know first: that it is a rehearsal, or that the session is not over. */
  readonly notes: readonly string[];
  readonly facts: readonly { readonly label: string; readonly value: string }[];
  readonly sections: readonly Section[];
  /** Before the number of a page: "Page". */
  readonly page: string;
}

/** A delegation that is in the session. */
export interface Present {
  readonly entity: string;
  readonly entityType: string;
  readonly country: string;
}

export interface Source {
  readonly state: PlenaryState;
  /** Who is inside now; those who spoke are added from the record. */
  readonly present: readonly Present[];
  /** The event's time zone, by its IANA name. */
  readonly zone: string;
  /** When it is exported, milliseconds since the epoch. */
  readonly now: number;
}

type FactOf<K extends RecordedFact['kind']> = Extract<RecordedFact, { kind: K }>;
type EntryOf<K extends RecordedFact['kind']> = RecordEntry & { readonly fact: FactOf<K> };

function entriesOf<K extends RecordedFact['kind']>(entries: readonly RecordEntry[], kind: K): readonly EntryOf<K>[] {
  return entries.filter((entry): entry is EntryOf<K> => entry.fact.kind === kind);
}

const named = ({ text }: Words, { name, entity }: Speaker): string => text('plenary.speaker', { name, entity });

/** The delegations that were there, as far as is known, in the order of the French alphabet. */
function delegations(entries: readonly RecordEntry[], present: readonly Present[]): readonly string[] {
  const all = new Map<string, Present>(present.map((each) => [each.entity, each]));
  for (const { fact } of entries) {
    if (!('speaker' in fact)) continue;
    const { role, entity } = fact.speaker;
    if ((role === 'delegate' || role === 'observer') && !all.has(entity)) all.set(entity, fact.speaker);
  }
  return [...all.values()].map((each) => ({ ...each, french: frenchName(each) })).sort(bySeat).map(({ entity }) => entity);
}

/** Everybody who was in the chair, in turn. */
function chairs({ meeting }: PlenaryState, entries: readonly RecordEntry[], words: Words): string {
  const all = entriesOf(entries, 'presiding').map(({ fact }) => named(words, fact.speaker));
  if (all.length === 0 && meeting.presiding !== null) all.push(named(words, meeting.presiding));
  return [...new Set(all)].join('; ');
}

function facts({ state, zone, now }: Source, entries: readonly RecordEntry[], words: Words): RecordDocument['facts'] {
  const { text, language } = words;
  const { meeting } = state;
  const from = meeting.openedAt ?? meeting.plannedStart;
  const span = from === null ? null : { from, to: meeting.openedAt === null ? meeting.plannedEnd : meeting.closedAt };
  const rows = [
    { label: text('plenary.export.when'), value: span === null ? '' : spanText(language, zone, span) },
    { label: text('plenary.export.whenUtc'), value: span === null ? '' : spanText(language, 'UTC', span) },
    { label: text('plenary.export.status'), value: text(`plenary.status.${meeting.status}`) },
    { label: text('plenary.export.chair'), value: chairs(state, entries, words) },
    { label: text('plenary.export.made'), value: spanText(language, zone, { from: now, to: null }) },
  ];
  return rows.filter(({ value }) => value !== '');
}

function agendaSection(items: readonly AgendaItem[], { text }: Words): Section {
  const rows = ITEM_GROUPS.flatMap((group) => items.filter((item) => item.group === group)).map(({ number, title, group, status, documents }) => ({
    cells: [number, title, text(`plenary.group.${group}`), documents.map(({ symbol }) => symbol).join('\n'), text(`plenary.itemStatus.${status}`)],
  }));
  const columns = [text('plenary.export.number'), text('plenary.export.item'), text('plenary.export.group'), text('plenary.export.documents'), text('plenary.export.outcome')];
  return { id: 'agenda', title: text('plenary.export.agenda'), empty: text('plenary.item.none'), body: { kind: 'table', columns, rows } };
}

/** Minutes and seconds: "2:05". */
function lengthText(seconds: number): string {
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
}

function chronology(entries: readonly RecordEntry[], zone: string, words: Words): Section {
  const { text, tell, language } = words;
  const clock = clockOf(language, zone);
  const rows = entries.map((entry) => {
    const { fact, at } = entry;
    return { cells: [clock(at), tell(entry), fact.kind === 'floor' && fact.endedAt !== null ? lengthText(fact.seconds) : ''] };
  });
  const columns = [text('plenary.export.time'), text('plenary.export.what'), text('plenary.export.spoke')];
  return { id: 'record', title: text('plenary.export.record'), empty: text('plenary.record.empty'), body: { kind: 'table', columns, rows } };
}

/** Who raised what, and what became of it: a motion is on record when it is raised and again when it is settled. */
function motions(entries: readonly RecordEntry[], zone: string, words: Words): Section {
  const { text, language } = words;
  const clock = clockOf(language, zone);
  const pending = new Map<string, { entry: EntryOf<'motion'>; settled: EntryOf<'motion'> | null }>();
  const all: { entry: EntryOf<'motion'>; settled: EntryOf<'motion'> | null }[] = [];
  for (const entry of entriesOf(entries, 'motion')) {
    const key = `${entry.fact.motion} ${entry.fact.speaker.entity}`;
    const raised = pending.get(key);
    if (entry.fact.outcome !== null && raised !== undefined) {
      raised.settled = entry;
      pending.delete(key);
      continue;
    }
    const motion = { entry, settled: entry.fact.outcome === null ? null : entry };
    all.push(motion);
    if (motion.settled === null) pending.set(key, motion);
  }
  const rows = all.map(({ entry, settled }) => {
    const outcome = text(OUTCOME_TEXTS[settled?.fact.outcome ?? 'pending']);
    const told = settled === null || settled.text === '' ? outcome : settled.text;
    const { fact } = entry;
    return { cells: [clock(entry.at), text(`plenary.motion.${fact.motion}`), named(words, fact.speaker), entry.text === '' ? fact.text : entry.text, told] };
  });
  const columns = [text('plenary.export.time'), text('plenary.export.motion'), text('plenary.export.by'), text('plenary.export.text'), text('plenary.export.outcome')];
  return { id: 'motions', title: text('plenary.export.motions'), empty: text('plenary.export.noMotions'), body: { kind: 'table', columns, rows } };
}

/** What was put last of each conclusion, in the order in which they were first put. */
function latest(entries: readonly EntryOf<'conclusion'>[]): readonly EntryOf<'conclusion'>[] {
  return [...new Map(entries.map((entry) => [entry.fact.conclusion, entry])).values()];
}

function conclusions(state: PlenaryState, visible: readonly RecordEntry[], words: Words): Section {
  const { text } = words;
  // The end of a conclusion decides: one whose end is struck is not told by its beginning.
  const ends = latest(entriesOf(inOrder(state.record).filter(({ closed }) => !closed), 'conclusion'));
  const shown = new Set(visible);
  const rows = ends.filter((entry) => shown.has(entry)).map(({ fact, text: wording }) => {
    const by = fact.by === null ? '' : text('plenary.conclusion.by', { speaker: named(words, fact.by) });
    return { cells: [fact.numbers.join(', '), wording === '' ? fact.text : wording, text(`plenary.export.conclusion.${fact.status}`), [by, fact.reason].filter((part) => part !== '').join('\n')] };
  });
  const columns = [text('plenary.export.items'), text('plenary.export.text'), text('plenary.export.outcome'), text('plenary.export.objection')];
  return { id: 'conclusions', title: text('plenary.conclusion.title'), empty: text('plenary.export.noConclusions'), body: { kind: 'table', columns, rows } };
}

function deferred(items: readonly AgendaItem[], { text }: Words): Section {
  const list = items.filter(({ status }) => status === 'deferred').map(({ number, title }) => `${number} ${title}`);
  return { id: 'deferred', title: text('plenary.export.deferred'), empty: text('plenary.export.noDeferred'), body: { kind: 'list', items: list } };
}

function comments(entries: readonly RecordEntry[], words: Words): Section {
  const { text } = words;
  const rows = entriesOf(entries, 'comment').map(({ fact, text: wording }) => ({ cells: [fact.number, named(words, fact.speaker), wording === '' ? fact.text : wording] }));
  const columns = [text('plenary.export.number'), text('plenary.export.by'), text('plenary.export.text')];
  return { id: 'comments', title: text('plenary.export.comments'), empty: text('plenary.export.noComments'), body: { kind: 'table', columns, rows } };
}

/** @returns the document in the language of the words */
export function recordDocument(source: Source, words: Words): RecordDocument {
  const { state, present, zone } = source;
  const { text, language } = words;
  const entries = inOrder(state.record).filter(({ hidden, closed }) => !hidden && !closed);
  const items = agenda(state).filter(({ closed }) => !closed).map(seenOutside);
  const notes = [
    ...(state.meeting.kind === 'rehearsal' ? [text('plenary.rehearsal.banner')] : []),
    ...(state.meeting.status === 'closed' ? [] : [text('plenary.export.unfinished')]),
    text('plenary.export.closedNote'),
  ];
  return {
    language, direction: language === 'ar' ? 'rtl' : 'ltr', kind: text('plenary.export.kind'), title: state.meeting.title, notes, facts: facts(source, entries, words), page: text('plenary.export.page'),
    sections: [
      { id: 'delegations', title: text('plenary.export.delegations'), empty: text('plenary.export.noDelegations'), body: { kind: 'list', items: delegations(entries, present) } },
      agendaSection(items, words), chronology(entries, zone, words), motions(entries, zone, words), conclusions(state, entries, words), deferred(items, words), comments(entries, words),
    ],
  };
}

/** Whether a section has nothing but its `empty` to say. */
export function isEmpty({ body }: Section): boolean {
  return body.kind === 'list' ? body.items.length === 0 : body.rows.length === 0;
}
