/** What coming, going and being cut off mean for a session's state. */
import type { Patch, PlenaryState } from '../../protocol/plenary/state.ts';
import { Change } from './change.ts';
import type { Context, Participant } from './change.ts';
import { closeWindows, prolongWindows } from './conclusions.ts';
import { dropFromFloor, followLine } from './floor.ts';
import { dropFromList } from './list.ts';
import { freeSeat, seatNewcomer } from './seats.ts';

/** Somebody has come in, or their line is back. */
export function cameIn(state: PlenaryState, context: Context, who: Participant): Patch | null {
  const change = new Change(state);
  seatNewcomer(change, who);
  followLine(change, context, who.person);
  return change.patch;
}

/** Somebody's line is down: their floor, place in the list and seat are held. */
export function lineDown(state: PlenaryState, context: Context, person: string): Patch | null {
  const change = new Change(state);
  followLine(change, context, person);
  return change.patch;
}

/** Somebody has left, or was away for too long. */
export function gone(state: PlenaryState, context: Context, who: Pick<Participant, 'person' | 'entity'>): Patch | null {
  const change = new Change(state);
  dropFromFloor(change, context, who.person);
  dropFromList(change, who.person);
  freeSeat(change, who);
  return change.patch;
}

/** Everybody who has the floor, is on the list or has a seat, with their delegation: a process that takes a session up waits for them as for lines that are down. */
export function expected({ floor, list, seats }: PlenaryState): ReadonlyMap<string, string> {
  const people = new Map<string, string>();
  for (const { entity, active } of Object.values(seats)) for (const person of active) people.set(person, entity);
  for (const { speaker } of [...floor.interrupted, ...list.entries, ...(floor.turn === null ? [] : [floor.turn])]) people.set(speaker.person, speaker.entity);
  return people;
}

/** What time alone changes. Call it at least once a second. */
export function timePassed(state: PlenaryState, context: Context): Patch | null {
  const change = new Change(state);
  closeWindows(change, context);
  return change.patch;
}

/**
 * A session that was stored is taken up by a new process: nobody is there yet, so no clock runs, and objection windows go on for as long as they still had to run.
 * @param savedAt when it was last written
 */
export function takenUp(state: PlenaryState, context: Context, savedAt: number): Patch | null {
  const change = new Change(state);
  const { turn } = state.floor;
  if (turn !== null && turn.runningSince !== null) {
    const usedMs = turn.usedMs + Math.max(0, savedAt - turn.runningSince);
    change.set('floor', { ...state.floor, turn: { ...turn, usedMs, runningSince: null } });
  }
  prolongWindows(change, Math.max(0, context.now - savedAt));
  return change.patch;
}

/** What a delegation missed between two states of a session: items that went on, conclusions that were put or ended. */
export function missedBetween(before: PlenaryState, after: PlenaryState): { readonly items: readonly string[]; readonly conclusions: readonly string[] } {
  const items = Object.values(after.items).filter(({ id, status }) => status !== before.items[id]?.status && status !== 'pending').map(({ id }) => id);
  const conclusions = Object.values(after.conclusions).filter(({ id, status }) => status !== before.conclusions[id]?.status).map(({ id }) => id);
  return { items, conclusions };
}

/** Adds what a delegation missed, so that the chair can offer to return to it. */
export function noteMissed(state: PlenaryState, entity: string, before: { readonly state: PlenaryState; readonly from: number }, now: number): Patch | null {
  const { items, conclusions } = missedBetween(before.state, state);
  if (items.length === 0 && conclusions.length === 0) return null;
  return { missed: [...state.missed, { entity, from: before.from, to: now, items, conclusions }] };
}

