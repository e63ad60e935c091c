/** A session without a server: the same rules, run on the spot. For component tests and pictures. */
import { signal } from '@preact/signals';
import type { PlenaryDeed } from '../../shared/protocol/plenary/deeds.ts';
import { merge } from '../../shared/protocol/plenary/state.ts';
import type { PlenaryState } from '../../shared/protocol/plenary/state.ts';
import { ReasonedError } from '../../shared/protocol/reasons.ts';
import type { Context, Participant } from '../../shared/rules/plenary/change.ts';
import { decide } from '../../shared/rules/plenary/decide.ts';
import { bySeat } from '../../shared/rules/plenary/order.ts';
import { newSession } from '../../shared/rules/plenary/initial.ts';
import { mayBeInside } from '../../shared/rules/plenary/rights.ts';
import type { Attendance, Plenary } from './contract.ts';
import { createPlenaryStore } from './store.ts';

export interface FakePlenary extends Plenary {
  /** Every deed that was pressed. */
  readonly deeds: PlenaryDeed[];
  readonly calls: { readonly name: string; readonly args: readonly unknown[] }[];
  readonly people: Participant[];
  /** Somebody else does something. Throws an Error if the rules refuse it: a mistake of the test. */
  as(person: string, deed: PlenaryDeed): void;
  at: number;
}

export function participant(person: string, entity: string, fields: Partial<Participant> = {}): Participant {
  return { person, name: person, entity, entityType: 'member-state', country: '', role: 'delegate', language: 'en', connected: true, ...fields };
}

function attendance(all: readonly Participant[], state: PlenaryState): Attendance {
  const people = all.filter((each) => mayBeInside(state, each));
  const named = (some: readonly Participant[]): Attendance['people'] => some.map(({ person, ...rest }) => ({ id: person, ...rest }));
  const entities = [...new Set(people.filter(({ role }) => role === 'delegate' || role === 'observer').map(({ entity }) => entity))];
  return {
    people: named(people),
    delegations: entities.map((entity) => {
      const members = people.filter((each) => each.entity === entity);
      const [first] = members as [Participant];
      return { entity, entityType: first.entityType, country: first.country, french: entity, present: members.filter(({ connected }) => connected).length };
    }).sort(bySeat),
    inside: people.length,
    statesPresent: entities.length,
    waiting: named(all.filter((each) => !people.includes(each))),
  };
}

/** `people`: the first is oneself. Delegates have their seats. */
export function fakePlenary(people: readonly Participant[], start: PlenaryState = newSession({ title: 'Council 2027, first plenary meeting', kind: 'plenary' })): FakePlenary {
  const store = createPlenaryStore();
  const [me] = people;
  if (me === undefined) throw new Error('a session needs somebody');
  const seats = Object.fromEntries([...new Set(people.map(({ entity }) => entity))].map((entity) => [entity, { entity, active: people.filter((each) => each.entity === entity && (each.role === 'delegate' || each.role === 'observer')).map(({ person }) => person) }]));
  store.session.value = 'session1';
  store.me.value = me;
  store.state.value = { ...start, seats };
  store.attendance.value = attendance(people, store.state.value);
  store.status.value = { kind: 'online' };
  const calls: FakePlenary['calls'] = [];
  const note = (name: string) => (...args: unknown[]): void => { calls.push({ name, args }); };
  const fake: FakePlenary = {
    store, deeds: [], calls, people: [...people], at: Date.now(),
    sound: { media: signal('live'), mic: signal({ captured: true, sending: false, problem: null }), locked: signal(false), level: () => 0.2, addMicrophone: () => Promise.resolve(note('addMicrophone')()), unlock: note('unlock'), tap: () => null, insert: note('insert') },
    images: { camera: signal('off'), sharing: signal(false), setCamera: (on) => Promise.resolve(note('setCamera')(on)), setScreen: (on) => Promise.resolve(note('setScreen')(on)) },
    now: () => fake.at,
    as(person, deed) {
      const actor = fake.people.find((each) => each.person === person);
      const state = store.state.peek();
      if (actor === undefined || state === null) throw new Error(`${person} is not there`);
      const context: Context = { now: fake.at, find: (id) => fake.people.find((each) => each.person === id), inside: () => fake.people };
      const { patch, reason } = decide(state, context, actor, deed);
      if (reason !== null) throw new ReasonedError(reason);
      if (patch === null) return;
      store.state.value = merge(state, patch);
      if (patch.meeting !== undefined) store.attendance.value = attendance(fake.people, store.state.value);
    },
    act(deed) {
      fake.deeds.push(deed);
      try {
        fake.as(me.person, deed);
        return Promise.resolve();
      } catch (error) {
        return Promise.reject(error instanceof Error ? error : new Error(String(error)));
      }
    },
    console: (deed) => Promise.resolve(note('console')(deed)),
    listen(change) {
      store.listening.value = { ...store.listening.peek(), ...change };
      note('listen')(change);
    },
    readCaptions(language) {
      store.captions.value = { language, lines: [], live: null };
      note('readCaptions')(language);
    },
    caption: note('caption'), say: note('say'), resend: note('resend'), watchPeople: note('watchPeople'), reconnectNow: note('reconnectNow'), leave: note('leave'),
    identify: () => Promise.reject(new ReasonedError('INTERNAL', 'there is no server')),
  };
  return fake;
}
