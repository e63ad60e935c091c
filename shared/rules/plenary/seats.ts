/** Active seats: at most so many of a delegation take part, the others follow, and they change places among themselves. */
import type { DeedOf } from '../../protocol/plenary/deeds.ts';
import type { Reason } from '../../protocol/reasons.ts';
import type { Change, Context, Participant } from './change.ts';
import { dropFromFloor } from './floor.ts';
import { dropFromList } from './list.ts';
import { hasSeat, isActive } from './rights.ts';

function activeOf(change: Change, entity: string): readonly string[] {
  return change.state.seats[entity]?.active ?? [];
}

function setActive(change: Change, entity: string, active: readonly string[]): void {
  change.put('seats', entity, active.length === 0 ? null : { entity, active });
}

/** Somebody came in: they have a seat if one is free. */
export function seatNewcomer(change: Change, who: Participant): void {
  if (!hasSeat(who) || isActive(change.state, who)) return;
  const active = activeOf(change, who.entity);
  if (active.length < change.state.meeting.activeSeats) setActive(change, who.entity, [...active, who.person]);
}

export function takeSeat(change: Change, actor: Participant): Reason | null {
  if (!hasSeat(actor)) return 'NOT_ACTIVE';
  if (isActive(change.state, actor)) return null;
  const active = activeOf(change, actor.entity);
  if (active.length >= change.state.meeting.activeSeats) return 'SEATS_FULL';
  setActive(change, actor.entity, [...active, actor.person]);
  return null;
}

/** A change of places within a delegation; what the one who gives it asked for goes with the seat. */
export function giveSeat(change: Change, context: Context, actor: Participant, { person }: DeedOf<'giveSeat'>): Reason | null {
  if (!isActive(change.state, actor)) return 'NOT_ACTIVE';
  const to = context.find(person);
  if (to === undefined) return 'PERSON_UNKNOWN';
  if (to.entity !== actor.entity || !hasSeat(to)) return 'NOT_YOUR_DELEGATION';
  if (isActive(change.state, to)) return null;
  setActive(change, actor.entity, activeOf(change, actor.entity).map((id) => (id === actor.person ? person : id)));
  dropFromFloor(change, context, actor.person);
  dropFromList(change, actor.person);
  return null;
}

/** Somebody is gone for good. */
export function freeSeat(change: Change, { person, entity }: Pick<Participant, 'person' | 'entity'>): void {
  const active = activeOf(change, entity);
  if (active.includes(person)) setActive(change, entity, active.filter((id) => id !== person));
}
