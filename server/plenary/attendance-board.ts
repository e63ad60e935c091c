import type { Attendee, Delegation, PlenaryServerMessages } from '../../shared/protocol/plenary/messages.ts';
import type { PlenaryState } from '../../shared/protocol/plenary/state.ts';
import { hasSeat, isActive, mayBeInside } from '../../shared/rules/plenary/rights.ts';
import { frenchName } from '../../shared/rules/plenary/french.ts';
import { participantOf } from './member.ts';
import type { Member } from './member.ts';

export type AttendanceMessage = PlenaryServerMessages['attendance'];

/** Those who take part are known to all by name; those who follow are counted with their delegation. */
function takesPart(state: PlenaryState, member: Member): boolean {
  const who = participantOf(member);
  return hasSeat(who) ? isActive(state, who) : who.role !== 'guest';
}

function attendee(member: Member): Attendee {
  const { name, entity, entityType, country, role } = member.identity;
  return { id: member.id, name, entity, entityType, country, role, connected: member.line !== null };
}

const same = (a: object, b: object | undefined): boolean => b !== undefined && JSON.stringify(a) === JSON.stringify(b);

/** Who is inside, as everybody is told: whole to newcomers, and then what has changed since it was last told. */
export class AttendanceBoard {
  private people = new Map<string, Attendee>();
  private delegations = new Map<string, Delegation>();
  private inside = 0;
  private states = 0;

  /** @returns what has changed since the last call, or null */
  update(state: PlenaryState, members: Iterable<Member>): AttendanceMessage | null {
    const people = new Map<string, Attendee>();
    const present = new Map<string, { member: Member; count: number }>();
    const states = new Set<string>();
    let inside = 0;
    for (const member of members) {
      if (!mayBeInside(state, participantOf(member))) continue;
      if (takesPart(state, member)) people.set(member.id, attendee(member));
      const { entity, role, entityType } = member.identity;
      if (member.line === null && !people.has(member.id)) continue;
      const counted = present.get(entity) ?? { member, count: 0 };
      present.set(entity, counted);
      if (member.line === null) continue;
      counted.count += 1;
      inside += 1;
      if (role === 'delegate' && entityType === 'member-state') states.add(entity);
    }
    return this.replace(people, present, { inside, states: states.size });
  }

  whole(): AttendanceMessage {
    return { whole: true, people: [...this.people.values()], left: [], delegations: [...this.delegations.values()], gone: [], inside: this.inside, statesPresent: this.states, waiting: [] };
  }

  private replace(people: Map<string, Attendee>, present: ReadonlyMap<string, { member: Member; count: number }>, counts: { inside: number; states: number }): AttendanceMessage | null {
    const delegations = new Map<string, Delegation>();
    for (const [entity, { member: { identity }, count }] of present) {
      // Looked up once: names do not change while somebody of the delegation is inside.
      const french = this.delegations.get(entity)?.french ?? frenchName(identity);
      delegations.set(entity, { entity, entityType: identity.entityType, country: identity.country, french, present: count });
    }
    const changed = [...people.values()].filter((each) => !same(each, this.people.get(each.id)));
    const left = [...this.people.keys()].filter((id) => !people.has(id));
    const changedDelegations = [...delegations.values()].filter((each) => !same(each, this.delegations.get(each.entity)));
    const gone = [...this.delegations.keys()].filter((entity) => !delegations.has(entity));
    const counted = counts.inside !== this.inside || counts.states !== this.states;
    this.people = people;
    this.delegations = delegations;
    this.inside = counts.inside;
    this.states = counts.states;
    if (!counted && changed.length + left.length + changedDelegations.length + gone.length === 0) return null;
    return { whole: false, people: changed, left, delegations: changedDelegations, gone, inside: this.inside, statesPresent: this.states, waiting: [] };
  }
}

/** Everybody by name, for those who watch: of a closed part those inside, and for those who conduct it those who wait outside as well. */
export function everybody(state: PlenaryState, members: Iterable<Member>, counted: AttendanceMessage): { readonly forAll: AttendanceMessage; readonly forOfficers: AttendanceMessage } {
  const people: Attendee[] = [];
  const waiting: Attendee[] = [];
  for (const member of members) {
    if (mayBeInside(state, participantOf(member))) people.push(attendee(member));
    else if (member.line !== null) waiting.push(attendee(member));
  }
  const forAll = { ...counted, whole: true, people, left: [], gone: [] };
  return { forAll, forOfficers: { ...forAll, waiting } };
}
