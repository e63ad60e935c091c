/** Who may read a document: whoever sees an item that names it. */
import type { AgendaItem, PlenaryState, Speaker } from '../../../shared/protocol/plenary/state.ts';
import { seenOutside } from '../../../shared/rules/plenary/agenda.ts';
import { maySeeClosed } from '../../../shared/rules/plenary/rights.ts';

function names({ documents }: AgendaItem, address: string): boolean {
  return documents.some(({ files }) => Object.values(files).includes(address));
}

/** Addresses that items name. */
export function addressesOf(states: Iterable<PlenaryState>): ReadonlySet<string> {
  const all = new Set<string>();
  for (const { items } of states) for (const item of Object.values(items)) for (const { files } of [...item.documents, ...seenOutside(item).documents]) for (const address of Object.values(files)) all.add(address);
  return all;
}

/** What belongs to items of closed parts only is for those who may be there. The secretariat reads what it has uploaded before an item names it. */
export function mayRead(states: Iterable<PlenaryState>, who: Speaker, address: string): boolean {
  if (who.role === 'secretariat') return true;
  for (const state of states) {
    const closed = maySeeClosed(state, who);
    for (const item of Object.values(state.items)) if (closed ? names(item, address) : !item.closed && names(seenOutside(item), address)) return true;
  }
  return false;
}
