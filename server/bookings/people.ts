import type { FoundPeople, RosterPerson } from '../../shared/protocol/bookings.ts';
import type { Participant } from '../../shared/rules/bookings.ts';
import { isInvited, overlaps } from '../../shared/rules/bookings.ts';
import type { BookingRecord, PersonRecord } from '../store/store.ts';

const FOUND_AT_MOST = 20;

/** Letters without their accents and case: whoever types "cote" finds Côte. */
function plain(text: string): string {
  return text.normalize('NFKD').replaceAll(/\p{Mark}/gu, '').toLowerCase();
}

function shown({ id, name, entity, country }: PersonRecord): RosterPerson {
  return { id, name, entity, country };
}

/** The roster as it is now, by id and by entity. */
export class PeopleIndex {
  private readonly byId: ReadonlyMap<string, PersonRecord>;
  private readonly byEntity: ReadonlyMap<string, readonly PersonRecord[]>;

  constructor(people: readonly PersonRecord[]) {
    this.byId = new Map(people.map((person) => [person.id, person]));
    this.byEntity = Map.groupBy(people, ({ entity }) => entity);
  }

  get(id: string): PersonRecord | undefined {
    return this.byId.get(id);
  }

  /** Everybody of a delegation. */
  of(entity: string): readonly PersonRecord[] {
    return this.byEntity.get(entity) ?? [];
  }

  /** What others may know of somebody; of who was erased, nothing but the id. */
  shown(id: string): RosterPerson {
    const person = this.byId.get(id);
    return person === undefined ? { id, name: '', entity: '', country: '' } : shown(person);
  }

  /** Those whose name or entity has the words; first those whose name begins with them. `hidden`: not to be found. */
  search(words: string, hidden: (id: string) => boolean): FoundPeople {
    const wanted = plain(words);
    const rank = ({ name, entity }: PersonRecord): number => {
      const known = plain(name);
      if (known.startsWith(wanted)) return 0;
      if (known.includes(wanted)) return 1;
      return plain(entity).includes(wanted) ? 2 : 3;
    };
    const ranked = [...this.byId.values()].filter(({ id }) => !hidden(id)).map((person) => ({ person, at: rank(person) })).filter(({ at }) => at < 3);
    ranked.sort((a, b) => a.at - b.at || a.person.name.localeCompare(b.person.name));
    const entities = [...this.byEntity].filter(([entity]) => entity !== '' && plain(entity).includes(wanted));
    entities.sort(([a], [b]) => Number(plain(b).startsWith(wanted)) - Number(plain(a).startsWith(wanted)) || a.localeCompare(b));
    return {
      people: ranked.slice(0, FOUND_AT_MOST).map(({ person }) => shown(person)),
      delegations: entities.slice(0, FOUND_AT_MOST).map(([entity, members]) => ({ entity, country: members[0]?.country ?? '', people: members.length })),
    };
  }

  /** Who of those invited has something else at the time, and has not declined it. */
  busy(booking: BookingRecord, all: Iterable<BookingRecord>): RosterPerson[] {
    const meanwhile = [...all].filter((other) => other.id !== booking.id && other.state === 'booked' && overlaps(other, booking));
    if (meanwhile.length === 0) return [];
    const invited = new Map(booking.people.flatMap((id) => this.byId.get(id) ?? []).map((person) => [person.id, person]));
    for (const entity of booking.delegations) for (const person of this.of(entity)) invited.set(person.id, person);
    invited.delete(booking.organiser);
    const engaged = (who: Participant): boolean => meanwhile.some((other) => isInvited(other, who) && other.answers.get(who.id) !== 'declined');
    return [...invited.values()].filter((person) => booking.answers.get(person.id) !== 'declined' && engaged(person)).map(shown);
  }
}
