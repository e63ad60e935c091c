/** What of a session's state somebody may see. What they may not see is not sent to them. */
import type { Patch, PlenaryState, Question, Speaker } from '../../shared/protocol/plenary/state.ts';
import { isOfficer, maySeeClosed } from '../../shared/rules/plenary/rights.ts';

/** People who see the same have the same key. */
export interface Sight {
  readonly key: string;
  readonly closed: boolean;
  readonly questions: (question: Question) => boolean;
}

/** @param who of the session `state` */
export function sightOf(state: PlenaryState, who: Speaker): Sight {
  const officer = isOfficer(state, who);
  const closed = maySeeClosed(state, who);
  return {
    key: officer ? 'officer' : `${closed ? 'closed' : 'open'} ${who.entity}`,
    closed,
    questions: (question) => question.published || officer || question.speaker.entity === who.entity,
  };
}

/** What of the session's parts is not everybody's. */
export function isCommon(patch: Patch): boolean {
  const tables: readonly (Readonly<Record<string, { readonly closed: boolean } | null>> | undefined)[] = [patch.items, patch.conclusions, patch.record];
  const closed = tables.some((table) => Object.values(table ?? {}).some((entry) => entry?.closed === true));
  return !closed && Object.values(patch.questions ?? {}).every((question) => question?.published !== false);
}

type Filter<T> = (entry: T) => boolean;

/** Entries that may not be seen are as if they were not there: in a patch, taken away. */
function tableFor<T>(table: Readonly<Record<string, T | null>> | undefined, sees: Filter<T>): Record<string, T | null> | undefined {
  if (table === undefined) return undefined;
  return Object.fromEntries(Object.entries(table).map(([id, entry]) => [id, entry !== null && sees(entry) ? entry : null]));
}

function defined<T extends object>(fields: T): T {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as T;
}

export function patchFor(patch: Patch, sight: Sight): Patch {
  const open: Filter<{ readonly closed: boolean }> = ({ closed }) => sight.closed || !closed;
  return defined({
    ...patch,
    items: tableFor(patch.items, open), conclusions: tableFor(patch.conclusions, open), record: tableFor(patch.record, open), questions: tableFor(patch.questions, sight.questions),
  }) as Patch;
}

function without<T>(table: Readonly<Record<string, T>>, sees: Filter<T>): Record<string, T> {
  return Object.fromEntries(Object.entries(table).filter(([, entry]) => sees(entry)));
}

export function stateFor(state: PlenaryState, sight: Sight): PlenaryState {
  const open: Filter<{ readonly closed: boolean }> = ({ closed }) => sight.closed || !closed;
  return { ...state, items: without(state.items, open), conclusions: without(state.conclusions, open), record: without(state.record, open), questions: without(state.questions, sight.questions) };
}
