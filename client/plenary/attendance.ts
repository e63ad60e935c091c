import type { Attendee, Delegation, PlenaryServerMessages } from '../../shared/protocol/plenary/messages.ts';
import { bySeat } from '../../shared/rules/plenary/order.ts';
import type { Attendance } from './contract.ts';

const NOTHING: Pick<Attendance, 'people' | 'delegations'> = { people: [], delegations: [] };

function merged<T>(before: readonly T[], changed: readonly T[], gone: readonly string[], key: (each: T) => string): T[] {
  const entries = new Map(before.map((each) => [key(each), each]));
  for (const each of changed) entries.set(key(each), each);
  for (const id of gone) entries.delete(id);
  return [...entries.values()];
}

/** @returns who is inside after a message of the server */
export function attended(before: Attendance, message: PlenaryServerMessages['attendance']): Attendance {
  const { whole, people, left, delegations, gone, inside, statesPresent, waiting } = message;
  const base = whole ? NOTHING : before;
  return {
    people: merged<Attendee>(base.people, people, left, ({ id }) => id),
    delegations: merged<Delegation>(base.delegations, delegations, gone, ({ entity }) => entity).sort(bySeat),
    inside,
    statesPresent,
    waiting,
  };
}
