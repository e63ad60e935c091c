/** The floor: one turn at a time, and what becomes of those who are interrupted. */
import type { DeedOf } from '../../protocol/plenary/deeds.ts';
import type { Reason } from '../../protocol/reasons.ts';
import type { Floor, InCapacity, Turn } from '../../protocol/plenary/state.ts';
import type { FloorCause } from '../../protocol/plenary/vocabulary.ts';
import { speakerOf } from './change.ts';
import type { Change, Context, Participant } from './change.ts';
import { floorIsRunning, isOfficer, presides } from './rights.ts';

/** Milliseconds spoken until now. */
export function spokenMs(turn: Turn, now: number): number {
  return turn.usedMs + (turn.runningSince === null ? 0 : Math.max(0, now - turn.runningSince));
}

function stopped(turn: Turn, now: number): Turn {
  return { ...turn, usedMs: spokenMs(turn, now), runningSince: null };
}

function running(turn: Turn, context: Context): Turn {
  return { ...turn, runningSince: context.find(turn.speaker.person)?.connected === true ? context.now : null };
}

function setFloor(change: Change, floor: Partial<Floor>): void {
  change.set('floor', { ...change.state.floor, ...floor });
}

function recordTurn(change: Change, turn: Turn, endedAt: number | null): void {
  const { speaker, cause, capacity, onBehalfOf } = turn;
  change.amend(turn.record, { kind: 'floor', speaker, cause, capacity, onBehalfOf, endedAt, seconds: Math.round(turn.usedMs / 1000) });
}

/** Ends the turn that is running, for good. Whoever was interrupted stays so. */
export function endTurn(change: Change, now: number): void {
  const { turn } = change.state.floor;
  if (turn === null) return;
  setFloor(change, { turn: null });
  recordTurn(change, stopped(turn, now), now);
}

/** Ends every turn, also of those who were interrupted. */
export function clearFloor(change: Change, now: number): void {
  endTurn(change, now);
  for (const turn of change.state.floor.interrupted) recordTurn(change, turn, now);
  if (change.state.floor.interrupted.length > 0) setFloor(change, { interrupted: [] });
}

export interface Grant extends InCapacity {
  readonly cause: FloorCause;
  readonly motion: string | null;
}

/** Gives somebody the floor. Who has it is interrupted if `interrupts`, and has finished otherwise. */
export function giveFloor(change: Change, context: Context, to: Participant, grant: Grant & { readonly interrupts: boolean }): void {
  const { interrupts, cause, motion, capacity, onBehalfOf } = grant;
  const before = change.state.floor.turn;
  if (before !== null && interrupts && before.speaker.person !== to.person) {
    setFloor(change, { turn: null, interrupted: [stopped(before, context.now), ...change.state.floor.interrupted] });
  } else {
    endTurn(change, context.now);
  }
  const speaker = speakerOf(to);
  const record = change.record({ kind: 'floor', speaker, cause, capacity, onBehalfOf, endedAt: null, seconds: 0 }, context.now);
  const turn: Turn = {
    speaker, cause, capacity, onBehalfOf, motion, record, language: to.language, startedAt: context.now,
    allottedMs: change.state.meeting.speakingSeconds * 1000, usedMs: 0, runningSince: null,
  };
  setFloor(change, { turn: running(turn, context) });
}

/** Back to who was interrupted last. @returns whether there was anybody */
export function giveBack(change: Change, context: Context): boolean {
  const [turn, ...others] = change.state.floor.interrupted;
  if (turn === undefined) return false;
  endTurn(change, context.now);
  setFloor(change, { turn: running(turn, context), interrupted: others });
  return true;
}

/** After a turn has ended by itself: what the chair interrupted goes on; everything else is for the chair to say. */
function afterTurn(change: Change, context: Context, cause: FloorCause): void {
  if (cause === 'chair') giveBack(change, context);
}

export function yieldFloor(change: Change, context: Context, actor: Participant): Reason | null {
  const { turn } = change.state.floor;
  if (turn?.speaker.person !== actor.person) return 'NO_FLOOR';
  endTurn(change, context.now);
  afterTurn(change, context, turn.cause);
  return null;
}

export function withdrawFloor(change: Change, context: Context, actor: Participant): Reason | null {
  if (!isOfficer(change.state, actor)) return 'NOT_OFFICER';
  if (change.state.floor.turn === null) return 'NO_FLOOR';
  endTurn(change, context.now);
  return null;
}

export function takeFloor(change: Change, context: Context, actor: Participant): Reason | null {
  if (!presides(change.state, actor)) return 'NOT_CHAIR';
  if (!floorIsRunning(change.state)) return 'SESSION_STATE';
  if (change.state.floor.turn?.speaker.person === actor.person) return null;
  giveFloor(change, context, actor, { cause: 'chair', motion: null, capacity: 'office', onBehalfOf: '', interrupts: true });
  return null;
}

export function returnFloor(change: Change, context: Context, actor: Participant): Reason | null {
  if (!isOfficer(change.state, actor)) return 'NOT_OFFICER';
  if (!floorIsRunning(change.state)) return 'SESSION_STATE';
  return giveBack(change, context) ? null : 'NO_FLOOR';
}

export function giveTo(change: Change, context: Context, actor: Participant, deed: DeedOf<'giveTo'>): Reason | null {
  if (!isOfficer(change.state, actor)) return 'NOT_OFFICER';
  if (!floorIsRunning(change.state)) return 'SESSION_STATE';
  const to = context.find(deed.person);
  if (to === undefined) return 'PERSON_UNKNOWN';
  giveFloor(change, context, to, { cause: 'invited', motion: null, capacity: deed.capacity, onBehalfOf: deed.onBehalfOf, interrupts: false });
  return null;
}

export function extend(change: Change, actor: Participant, { seconds }: DeedOf<'extend'>): Reason | null {
  if (!isOfficer(change.state, actor)) return 'NOT_OFFICER';
  const { turn } = change.state.floor;
  if (turn === null) return 'NO_FLOOR';
  setFloor(change, { turn: { ...turn, allottedMs: turn.allottedMs + seconds * 1000 } });
  return null;
}

export function muteAll(change: Change, actor: Participant, { on }: DeedOf<'muteAll'>): Reason | null {
  if (!isOfficer(change.state, actor)) return 'NOT_OFFICER';
  setFloor(change, on ? { allMuted: true } : { allMuted: false, muted: [] });
  return null;
}

export function mute(change: Change, actor: Participant, { person, on }: DeedOf<'mute'>): Reason | null {
  if (!isOfficer(change.state, actor)) return 'NOT_OFFICER';
  const others = change.state.floor.muted.filter((id) => id !== person);
  setFloor(change, { muted: on ? [...others, person] : others });
  return null;
}

export function speaks(change: Change, actor: Participant, { language }: DeedOf<'speaks'>): Reason | null {
  const { turn } = change.state.floor;
  if (turn?.speaker.person !== actor.person) return 'NO_FLOOR';
  setFloor(change, { turn: { ...turn, language } });
  return null;
}

/** Somebody's line went down or came back: their clock waits for them. */
export function followLine(change: Change, context: Context, person: string): void {
  const { turn } = change.state.floor;
  if (turn?.speaker.person !== person) return;
  setFloor(change, { turn: running(stopped(turn, context.now), context) });
}

/** Somebody is gone for good: so are their turns. */
export function dropFromFloor(change: Change, context: Context, person: string): void {
  const { turn, interrupted } = change.state.floor;
  const rest = interrupted.filter(({ speaker }) => speaker.person !== person);
  if (rest.length < interrupted.length) {
    for (const each of interrupted) if (each.speaker.person === person) recordTurn(change, each, context.now);
    setFloor(change, { interrupted: rest });
  }
  if (turn?.speaker.person !== person) return;
  endTurn(change, context.now);
  afterTurn(change, context, turn.cause);
}
