/** What views ask of a state. */
import type { AgendaItem, Conclusion, ListEntry, PlenaryState, Speaker } from '../../../shared/protocol/plenary/state.ts';
import { isActive, isOfficer, mayAskFloor, openMicrophone } from '../../../shared/rules/plenary/rights.ts';

/** What somebody has asked for, with its place from 1: rights of reply and the list are one line. */
export function placesOf({ list }: PlenaryState, person: string): readonly { readonly entry: ListEntry; readonly place: number }[] {
  return list.entries.flatMap((entry, index) => (entry.speaker.person === person ? [{ entry, place: index + 1 }] : []));
}

/** Conclusions that may be objected to now, the oldest first. */
export function openWindows({ conclusions }: PlenaryState): readonly Conclusion[] {
  return Object.values(conclusions).filter(({ status }) => status === 'window').sort((a, b) => a.putAt - b.putAt);
}

export type Plate =
  /** Nothing to raise: interpreters, guests, technicians. */
  | 'none'
  /** Of a delegation that follows without an active seat. */
  | 'passive' | 'lowered' | 'raised'
  | 'floor';

/** How my nameplate stands. */
export function plateOf(state: PlenaryState, me: Speaker): Plate {
  if (state.floor.turn?.speaker.person === me.person) return 'floor';
  if (!mayAskFloor(state, me)) return (me.role === 'delegate' || me.role === 'observer') && !isActive(state, me) ? 'passive' : 'none';
  return placesOf(state, me.person).length > 0 ? 'raised' : 'lowered';
}

/** My microphone is open by the floor. */
export function isMicrophoneOpen(state: PlenaryState, me: Speaker): boolean {
  return openMicrophone(state) === me.person;
}

export function currentItem({ items, currentItem: id }: PlenaryState): AgendaItem | null {
  return id === null ? null : (items[id] ?? null);
}

/** What is to be called next. */
export function nextEntry({ list }: PlenaryState): ListEntry | null {
  return list.entries[0] ?? null;
}

/** May see those who are inside by name, and act on them. */
export function managesPeople(state: PlenaryState, me: Speaker): boolean {
  return isOfficer(state, me);
}
