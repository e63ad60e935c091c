import type { Reason } from '../../../shared/protocol/reasons.ts';
import type { ScreenDeed, ScreenOffer } from '../../../shared/protocol/screens.ts';
import type { Relay } from '../../relay/relay.ts';
import { RelayError } from '../../relay/relay.ts';
import { mayWatch } from '../audience.ts';
import type { Person } from '../person.ts';
import type { Roster } from '../roster.ts';
import { bypassesRelay } from './talk.ts';
import type { Talk } from './talk.ts';

/** Somebody shows their screen to their talk. */
export interface Share {
  readonly number: number;
  readonly by: Person;
  /** Those whose connection for it is with the relay. */
  readonly joined: Set<Person>;
}

export interface ScreensDeps {
  readonly roster: Roster;
  readonly relay: Pick<Relay, 'pictures' | 'on'>;
}

/** The authority over pictures of screens: who shows theirs, and to whom the relay sends it. What takes a picture away is told to the relay in the same call. */
export class Screens {
  private readonly deps: ScreensDeps;
  private readonly stopListening: (() => void)[];
  /** Talks in which somebody shows their screen. */
  private readonly showing = new Set<Talk>();
  /** The last offer of each: an answer to an earlier one counts no more. */
  private readonly offers = new WeakMap<Person, object>();
  private count = 0;

  constructor(deps: ScreensDeps) {
    this.deps = deps;
    const { relay } = deps;
    this.stopListening = [relay.pictures.onLost((peer) => { this.lost(peer); }), relay.on('restarted', () => { this.restarted(); })];
  }

  /** @returns why not, or null */
  act(person: Person, deed: ScreenDeed): Reason | null {
    const { talk } = person;
    if (talk === null) return 'NOT_IN_TALK';
    if (deed.kind === 'stop') {
      if (talk.screen?.by === person) this.end(talk);
      return null;
    }
    if (bypassesRelay(talk)) return 'TALK_DIRECT';
    if (talk.screen !== null && talk.screen.by !== person && !deed.over) return 'SCREEN_TAKEN';
    this.withdraw(talk);
    this.count += 1;
    talk.screen = { number: this.count, by: person, joined: new Set() };
    this.showing.add(talk);
    this.tell(talk);
    return null;
  }

  /** Joins the person's connection for the picture to the relay; the answer goes to the client. @returns why not, or null */
  async offer(person: Person, { share: number, sdp }: ScreenOffer): Promise<Reason | null> {
    const share = this.shareOf(person, number);
    const { presence } = person;
    if (share === null || presence === null) return null;
    const mine = {};
    this.offers.set(person, mine);
    const { pictures } = this.deps.relay;
    try {
      const { answer, role } = await pictures.join(person.id, sdp);
      if (this.offers.get(person) !== mine) return null;
      const isRight = (role === 'shows') === (share.by === person);
      if (this.shareOf(person, number) !== share || person.presence !== presence || !isRight) {
        pictures.leave(person.id);
        return isRight ? null : 'MEDIA_OFFER_INVALID';
      }
      // Another source on the same connection would be a leap in time: everybody begins anew with it.
      if (share.by === person) this.reset([...share.joined].filter((each) => each !== person));
      share.joined.add(person);
      this.apply(share);
      presence.connection.send('screenAnswer', { share: number, sdp: answer });
      return null;
    } catch (cause) {
      return cause instanceof RelayError && cause.reason === 'OFFER_INVALID' ? 'MEDIA_OFFER_INVALID' : 'MEDIA_UNAVAILABLE';
    }
  }

  /** Somebody has come into the talk, or left it. */
  membersChanged(person: Person, talk: Talk): void {
    if (person.talk === talk) {
      this.attached(person);
      return;
    }
    const share = talk.screen;
    if (share === null) return;
    person.presence?.connection.send('screen', { share: 0, by: '' });
    if (share.by === person) this.end(talk);
    else this.take(share, person);
  }

  /** Something about the talk is another than it was: a block, or that it does without the relay. */
  refresh(talk: Talk): void {
    if (talk.screen === null) return;
    if (bypassesRelay(talk)) this.end(talk);
    else this.apply(talk.screen);
  }

  /** A new connection, or a newcomer, is told how things are. */
  attached(person: Person): void {
    const share = person.talk?.screen ?? null;
    person.presence?.connection.send('screen', { share: share?.number ?? 0, by: share?.by.id ?? '' });
  }

  /** The line is down: whoever showed something shows it no more, and a viewer asks anew when they are back. */
  detached(person: Person): void {
    const { talk } = person;
    const share = talk?.screen ?? null;
    if (talk === null || share === null) return;
    if (share.by === person) this.end(talk);
    else this.take(share, person);
  }

  stop(): void {
    for (const stop of this.stopListening) stop();
    for (const talk of [...this.showing]) this.withdraw(talk);
  }

  private shareOf(person: Person, number: number): Share | null {
    const share = person.talk?.screen ?? null;
    return share?.number === number ? share : null;
  }

  private end(talk: Talk): void {
    this.withdraw(talk);
    this.tell(talk);
  }

  /** Not one packet of it goes on. */
  private withdraw(talk: Talk): void {
    const share = talk.screen;
    if (share === null) return;
    talk.screen = null;
    this.showing.delete(talk);
    this.deps.relay.pictures.show(share.by.id, []);
    for (const person of share.joined) this.deps.relay.pictures.leave(person.id);
  }

  /** Takes the picture from one viewer. */
  private take(share: Share, person: Person): void {
    if (!share.joined.delete(person)) return;
    this.apply(share);
    this.deps.relay.pictures.leave(person.id);
  }

  private apply({ by, joined }: Share): void {
    const viewers = joined.has(by) ? Array.from(joined).filter((person) => mayWatch(person, by)) : [];
    this.deps.relay.pictures.show(by.id, viewers.map(({ id }) => id));
  }

  private tell(talk: Talk): void {
    for (const member of talk.members) this.attached(member);
  }

  /** These have to offer a new connection. */
  private reset(people: readonly Person[]): void {
    for (const person of people) {
      const share = person.talk?.screen ?? null;
      if (share?.joined.delete(person) !== true) continue;
      this.deps.relay.pictures.leave(person.id);
      person.presence?.connection.send('screenReset', { share: share.number });
    }
  }

  private lost(peer: string): void {
    const person = this.deps.roster.get(peer);
    if (person !== undefined) this.reset([person]);
  }

  private restarted(): void {
    for (const { screen } of this.showing) if (screen !== null) this.reset([...screen.joined]);
  }
}
