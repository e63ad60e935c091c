import type { ServerMessages } from '../../shared/protocol/messages.ts';
import type { PersonInfo } from '../../shared/protocol/people.ts';

export type People = ReadonlyMap<string, PersonInfo>;

/** The people of a full announcement. */
export function allPeople(message: ServerMessages['people']): People {
  return new Map(message.people.map((person) => [person.id, person]));
}

/** `before` with a change applied; `before` itself is left alone, so that whoever compares sees a new map. */
export function withChanges(before: People, message: ServerMessages['peopleChanged']): People {
  const after = new Map(before);
  for (const id of message.left) after.delete(id);
  for (const person of message.changed) after.set(person.id, person);
  return after;
}
