/** What of a session's state somebody may see. What they may not see is not sent to them. */
import type { AgendaItem, Conclusion, Missed, Motion, Patch, PlenaryState, Question, Speaker } from '../../shared/protocol/plenary/state.ts';
import { seenOutside } from '../../shared/rules/plenary/agenda.ts';
import { isOfficer, maySeeClosed } from '../../shared/rules/plenary/rights.ts';

/** People who see the same have the same key. */
export interface Sight {
  readonly key: string;
  /** Of each part that is not everybody's, an entry as they see it; null: not at all. */
  readonly item: (item: AgendaItem) => AgendaItem | null;
  readonly conclusion: (conclusion: Conclusion) => Conclusion | null;
  readonly question: (question: Question) => Question | null;
  readonly motions: (motions: readonly Motion[]) => readonly Motion[];
  readonly missed: (missed: readonly Missed[]) => readonly Missed[];
  readonly closedEntry: <T extends { readonly closed: boolean }>(entry: T) => T | null;
}

type Outside = Pick<Sight, 'item' | 'conclusion' | 'motions' | 'missed' | 'closedEntry'>;

const ALL: Outside = { item: (item) => item, conclusion: (each) => each, motions: (all) => all, missed: (all) => all, closedEntry: (entry) => entry };

/** Of those who may not be in closed parts. */
function outside({ items, conclusions }: PlenaryState): Outside {
  // An item that was dealt with in a closed part may have been missed there.
  const isOpen = (id: string): boolean => items[id]?.closed === false && items[id].openly === undefined;
  return {
    item: (item) => (item.closed ? null : seenOutside(item)),
    conclusion: (each) => (each.closed ? null : each.reasonClosed === true ? { ...each, reason: '' } : each),
    motions: (all) => all.filter(({ closed }) => closed !== true),
    missed: (all) => all.map((each) => ({ ...each, items: each.items.filter(isOpen), conclusions: each.conclusions.filter((id) => conclusions[id]?.closed === false) })),
    closedEntry: (entry) => (entry.closed ? null : entry),
  };
}

/** @param who of the session `state` */
export function sightOf(state: PlenaryState, who: Speaker): Sight {
  const officer = isOfficer(state, who);
  const closed = maySeeClosed(state, who);
  return {
    ...(closed ? ALL : outside(state)),
    key: officer ? 'officer' : `${closed ? 'closed' : 'open'} ${who.entity}`,
    question: (question) => ((question.published || officer || question.speaker.entity === who.entity) && (closed || (question.closed !== true && state.items[question.item]?.closed !== true)) ? question : null),
  };
}

function isOpenEntry(entry: { readonly closed: boolean; readonly openly?: object; readonly reasonClosed?: boolean } | null): boolean {
  return entry === null || (!entry.closed && entry.openly === undefined && entry.reasonClosed !== true);
}

/** Nothing in it is not everybody's. */
export function isCommon({ items, conclusions, record, motions, missed, questions }: Patch): boolean {
  const entries = [items, conclusions, record].flatMap((table) => Object.values<Parameters<typeof isOpenEntry>[0]>(table ?? {}));
  // Whether a question may be seen hangs on its item, and what was missed on what it was about: both are rare.
  return entries.every(isOpenEntry) && motions?.some(({ closed }) => closed === true) !== true && missed === undefined && questions === undefined;
}

type Look<T> = (entry: T) => T | null;

/** Entries that may not be seen are as if they were not there: in a patch, taken away. */
function tableFor<T>(table: Readonly<Record<string, T | null>> | undefined, look: Look<T>): Record<string, T | null> | undefined {
  if (table === undefined) return undefined;
  return Object.fromEntries(Object.entries(table).map(([id, entry]) => [id, entry === null ? null : look(entry)]));
}

function defined<T extends object>(fields: T): T {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as T;
}

export function patchFor(patch: Patch, sight: Sight): Patch {
  return defined({
    ...patch,
    items: tableFor(patch.items, sight.item), conclusions: tableFor(patch.conclusions, sight.conclusion), record: tableFor(patch.record, sight.closedEntry), questions: tableFor(patch.questions, sight.question),
    motions: patch.motions && sight.motions(patch.motions), missed: patch.missed && sight.missed(patch.missed),
  }) as Patch;
}

function seen<T>(table: Readonly<Record<string, T>>, look: Look<T>): Record<string, T> {
  return Object.fromEntries(Object.entries(table).flatMap(([id, entry]) => {
    const shown = look(entry);
    return shown === null ? [] : [[id, shown]];
  }));
}

export function stateFor(state: PlenaryState, sight: Sight): PlenaryState {
  return {
    ...state,
    items: seen(state.items, sight.item), conclusions: seen(state.conclusions, sight.conclusion), record: seen(state.record, sight.closedEntry), questions: seen(state.questions, sight.question),
    motions: sight.motions(state.motions), missed: sight.missed(state.missed),
  };
}
