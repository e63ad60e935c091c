import type { DirectDeed, DirectState } from '../../../shared/protocol/direct.ts';
import type { Reason } from '../../../shared/protocol/reasons.ts';
import type { DirectPair, DirectSignalling } from '../../direct/direct.ts';
import type { Person } from '../person.ts';
import type { Talk } from './talk.ts';
import type { Voices } from './voices.ts';

/** A talk of two from browser to browser, from the question to the end. */
export interface DirectCall {
  readonly state: DirectState['state'];
  /** The two: who asked, and who was asked. */
  readonly two: readonly [Person, Person];
  /** By whom it came to this. */
  readonly by: Person;
  /** Who hears the other. */
  readonly up: ReadonlySet<Person>;
  /** Who has agreed to go on over the relay. */
  readonly relay: ReadonlySet<Person>;
  readonly pair: DirectPair | null;
}

export interface DirectTalksDeps {
  readonly signalling: DirectSignalling;
  readonly voices: Pick<Voices, 'changed' | 'begin'>;
}

/**
 * The authority over talks from browser to browser. From the moment when both have agreed, and until both have agreed to use it again, the relay
 * carries nothing between them, whether the way is found or not.
 */
export class DirectTalks {
  private readonly deps: DirectTalksDeps;

  constructor(deps: DirectTalksDeps) {
    this.deps = deps;
  }

  /** @returns why not, or null */
  act(person: Person, talk: Talk, deed: DirectDeed): Reason | null {
    const call = talk.direct;
    switch (deed.kind) {
      case 'direct': return deed.on ? this.ask(person, talk) : this.giveUp(person, talk);
      case 'directUp':
        if (call !== null && (call.state === 'connecting' || call.state === 'direct') && call.two.includes(person)) this.connected(person, talk, call);
        return null;
      case 'directFailed':
        if (call !== null && (call.state === 'connecting' || call.state === 'direct') && call.two.includes(person)) this.fail(person, talk, call);
        return null;
      case 'viaRelay':
        if (call?.state === 'failed' && call.two.includes(person)) this.agreeRelay(person, talk, call);
        return null;
    }
  }

  /** A new connection is told how things are. */
  attached(person: Person): void {
    this.tellOne(person, person.talk);
  }

  /** Somebody has come into the talk, or left it. What two have agreed on is between the two. */
  membersChanged(person: Person, talk: Talk): void {
    const call = talk.direct;
    if (call === null) return;
    const [one, other] = call.two;
    if (talk.members.has(one) && talk.members.has(other) && call.state !== 'asked') this.fail(person, talk, call);
    else this.end(talk);
    if (person.talk !== talk) person.presence?.connection.send('direct', { talk: '', direct: null, grant: null });
  }

  private ask(person: Person, talk: Talk): Reason | null {
    const call = talk.direct;
    if (call !== null && call.state !== 'asked' && call.state !== 'failed') return null;
    const two = twoOf(person, talk);
    if (two === null) return 'TALK_DIRECT';
    if (call === null) this.set(talk, { state: 'asked', two, by: person, up: new Set(), relay: new Set(), pair: null });
    // Both have agreed before: whoever wants to try again may.
    else if (call.state === 'failed' || call.by !== person) this.connect(person, talk, two);
    return null;
  }

  private giveUp(person: Person, talk: Talk): Reason | null {
    const call = talk.direct;
    if (call === null) return null;
    if (call.state === 'asked') this.end(talk);
    else if (call.state !== 'failed') this.fail(person, talk, call);
    return null;
  }

  private connect(person: Person, talk: Talk, two: DirectCall['two']): void {
    talk.direct?.pair?.revoke();
    const pair = this.deps.signalling.pair();
    talk.direct = { state: 'connecting', two, by: person, up: new Set(), relay: new Set(), pair };
    // The relay falls silent before anybody is told.
    for (const each of two) this.deps.voices.changed(each);
    const [one, other] = two;
    one.presence?.connection.send('direct', { talk: talk.id, direct: stateOf(talk.direct), grant: { ...pair.first, partner: pair.second.id, calls: true } });
    other.presence?.connection.send('direct', { talk: talk.id, direct: stateOf(talk.direct), grant: { ...pair.second, partner: pair.first.id, calls: false } });
  }

  private connected(person: Person, talk: Talk, call: DirectCall): void {
    const up = new Set(call.up).add(person);
    this.set(talk, { ...call, up, state: up.size === 2 ? 'direct' : call.state });
  }

  private fail(by: Person, talk: Talk, call: DirectCall): void {
    call.pair?.revoke();
    this.set(talk, { ...call, state: 'failed', by, up: new Set(), relay: new Set(), pair: null });
  }

  private agreeRelay(person: Person, talk: Talk, call: DirectCall): void {
    const relay = new Set(call.relay).add(person);
    if (relay.size < 2) this.set(talk, { ...call, relay });
    else this.end(talk);
  }

  /** The relay is what carries the talk. */
  private end(talk: Talk): void {
    talk.direct?.pair?.revoke();
    this.set(talk, null);
    for (const member of talk.members) this.deps.voices.changed(member);
    this.deps.voices.begin(talk.members);
  }

  private set(talk: Talk, call: DirectCall | null): void {
    talk.direct = call;
    for (const member of talk.members) this.tellOne(member, talk);
  }

  private tellOne(person: Person, talk: Talk | null): void {
    const direct = talk?.direct ?? null;
    person.presence?.connection.send('direct', { talk: talk?.id ?? '', direct: direct === null ? null : stateOf(direct), grant: null });
  }
}

function stateOf({ state, by, relay }: DirectCall): DirectState {
  return { state, by: by.id, relay: Array.from(relay, ({ id }) => id) };
}

/** The two of a talk of two who both have a line, the one who acts first; null if they are not. */
function twoOf(person: Person, talk: Talk): DirectCall['two'] | null {
  if (talk.members.size !== 2 || talk.invited.size > 0 || talk.knocking.size > 0) return null;
  for (const other of talk.members) if (other !== person && other.presence !== null) return [person, other];
  return null;
}
