import type { Manning } from '../../shared/protocol/plenary/booths.ts';
import type { Channels } from '../../shared/protocol/plenary/messages.ts';
import type { PlenaryState } from '../../shared/protocol/plenary/state.ts';
import type { Channel } from '../../shared/protocol/plenary/vocabulary.ts';
import type { Reason } from '../../shared/protocol/reasons.ts';
import { LANGUAGES } from '../../shared/protocol/vocabulary.ts';
import type { Language } from '../../shared/protocol/vocabulary.ts';
import { seatOf, voices } from '../../shared/rules/plenary/booths.ts';
import { openMicrophone } from '../../shared/rules/plenary/rights.ts';
import { RelayError } from '../relay/relay.ts';
import type { Activity, Relay, Route } from '../relay/relay.ts';
import type { Member } from './member.ts';
import { isIn } from './member.ts';

/** The floor in the first slot, a language in the second. */
export const PLENARY_SLOTS = 2;
/** An open interpreter's microphone on which nothing was heard for so long, while the floor was, carries nothing: listeners fall back. */
const SILENT_MS = 10_000;
/** The floor is being spoken on, for that purpose. */
const SPOKEN_MS = 3000;
/** As loud as quiet speech; levels are 0 at -60 dBov. */
const HEARD_LEVEL = 0.15;

interface Ear {
  readonly member: Member;
  /** What the relay has been told to send them. */
  floor: string | null;
  channel: string | null;
  fellBack: boolean;
}

export interface AudioDeps {
  readonly relay: Relay;
  readonly session: string;
  readonly state: () => PlenaryState;
  readonly manning: () => Manning;
  readonly member: (id: string) => Member | undefined;
  /** Something may have changed about who is on air. */
  readonly changed?: () => void;
}

/** Who is heard, and what a listener asked for that cannot be had. */
interface OnAir {
  readonly floor: string | null;
  readonly spoken: Language | null;
  readonly voices: ReadonlyMap<Language, string>;
}

/**
 * Who hears whom in a session: one floor microphone, one voice a language, and nobody else. It follows from the session's state and the booths alone (`openMicrophone`, `voices`); clients
 * only choose among what there is. What the relay is not told to send is not sent, whatever a microphone does.
 */
export class PlenaryAudio {
  private readonly deps: AudioDeps;
  private readonly ears = new Map<string, Ear>();
  /** The number of somebody's latest offer; absent: they have left. */
  private readonly offers = new Map<string, number>();
  private offerCount = 0;
  private readonly heardAt = new Map<string, number>();
  /** Interpreters whose microphone is open and carries nothing. */
  private readonly silent = new Set<string>();
  private readonly stopListening: readonly (() => void)[];
  private now = 0;

  constructor(deps: AudioDeps) {
    this.deps = deps;
    const { relay } = deps;
    this.stopListening = [
      relay.on('activity', (batch) => { this.hear(batch); }),
      relay.on('lost', (peer) => { this.lost(peer); }),
      relay.on('restarted', () => { for (const id of [...this.ears.keys()]) this.lost(this.peerOf(id)); }),
    ];
  }

  stop(): void {
    for (const unsubscribe of this.stopListening) unsubscribe();
    for (const id of this.ears.keys()) this.deps.relay.leave(this.peerOf(id));
    this.ears.clear();
  }

  /** The name of somebody's connection at the relay: another than in the venue, where they may be at the same time. */
  peerOf(person: string): string {
    return `${this.deps.session}:${person}`;
  }

  /** Joins somebody's media to the relay; the answer goes to the client. @returns why not, or null */
  async offer(member: Member, sdp: string): Promise<Reason | null> {
    const { line } = member;
    if (line === null || line.outside) return 'NOT_JOINED';
    const offer = this.nextOffer(member.id);
    try {
      const { answer } = await this.deps.relay.join(this.peerOf(member.id), sdp);
      // Gone or shut out meanwhile, or a later offer is on its way.
      if (this.offers.get(member.id) !== offer) {
        if (!this.offers.has(member.id)) this.deps.relay.leave(this.peerOf(member.id));
        return null;
      }
      this.ears.set(member.id, { member, floor: null, channel: null, fellBack: false });
      line.connection.send('mediaAnswer', { sdp: answer });
      this.apply();
      return null;
    } catch (cause) {
      return cause instanceof RelayError && cause.reason === 'OFFER_INVALID' ? 'MEDIA_OFFER_INVALID' : 'MEDIA_UNAVAILABLE';
    }
  }

  /** Nothing is forwarded from or to this person any more. */
  leave(person: string): void {
    this.ears.delete(person);
    this.offers.delete(person);
    this.deps.relay.leave(this.peerOf(person));
    // The relay has forgotten the routes from them, too: they are told anew when the person is back.
    for (const ear of this.ears.values()) {
      if (ear.floor === person) ear.floor = null;
      if (ear.channel === person) ear.channel = null;
    }
    this.heardAt.delete(person);
    this.silent.delete(person);
  }

  /** Which languages have somebody who speaks, for everybody to see. */
  channels(): Channels {
    const { voices: live } = this.onAir();
    return Object.fromEntries(LANGUAGES.map((language) => [language, live.has(language)])) as Channels;
  }

  /** Once a second: whether open microphones carry anything. @returns whether that has changed */
  tick(now: number): boolean {
    this.now = now;
    const floor = openMicrophone(this.deps.state());
    const spoken = floor !== null && now - (this.heardAt.get(floor) ?? -Infinity) < SPOKEN_MS;
    let changed = false;
    for (const person of voices(this.deps.manning()).values()) {
      const quiet = now - (this.heardAt.get(person) ?? -Infinity) > SILENT_MS;
      if (quiet && spoken && !this.silent.has(person)) changed = true;
      if (quiet && spoken) this.silent.add(person);
    }
    if (changed) this.apply();
    return changed;
  }

  /** An interpreter has just opened the microphone: they have a while to begin. */
  opened(person: string): void {
    this.heardAt.set(person, this.now);
    this.silent.delete(person);
  }

  /** Tells the relay and the listeners what follows from the state as it is now. Taking away comes before giving. */
  apply(): void {
    this.deps.changed?.();
    const air = this.onAir();
    const taken: Route[] = [];
    const given: Route[] = [];
    for (const ear of this.ears.values()) {
      const wants = this.wantedBy(ear.member, air);
      const changed = wants.floor !== ear.floor || wants.channel !== ear.channel || wants.fellBack !== ear.fellBack;
      if (!changed) continue;
      this.route(ear, { slot: 0, before: ear.floor, after: wants.floor }, { taken, given });
      this.route(ear, { slot: 1, before: ear.channel, after: wants.channel }, { taken, given });
      Object.assign(ear, wants);
      ear.member.line?.connection.send('audio', wants);
    }
    if (taken.length + given.length > 0) this.deps.relay.route([...taken, ...given]);
  }

  private route({ member }: Ear, { slot, before, after }: { slot: number; before: string | null; after: string | null }, { taken, given }: { taken: Route[]; given: Route[] }): void {
    if (before === after) return;
    const listener = this.peerOf(member.id);
    if (after === null) taken.push({ listener, slot, speaker: null });
    else given.push({ listener, slot, speaker: this.peerOf(after) });
  }

  /** Whose microphones are open now, of those who are inside. */
  onAir(): OnAir {
    const state = this.deps.state();
    const inside = (person: string | null): boolean => person !== null && isInside(this.deps.member(person));
    const floor = openMicrophone(state);
    const live = new Map([...voices(this.deps.manning())].filter(([, person]) => inside(person)));
    return { floor: inside(floor) ? floor : null, spoken: state.floor.turn?.language ?? null, voices: live };
  }

  private wantedBy(member: Member, air: OnAir): { floor: string | null; channel: string | null; fellBack: boolean } {
    if (!isIn(member)) return { floor: null, channel: null, fellBack: false };
    const console = seatOf(this.deps.manning(), member.id)?.member;
    const wanted: Channel = console?.incoming ?? member.channel;
    const not = (person: string | null): string | null => (person === member.id ? null : person);
    if (wanted === 'floor') return { floor: not(air.floor), channel: null, fellBack: false };
    const channel = not(air.voices.get(wanted) ?? null);
    const carries = channel !== null && !this.silent.has(channel);
    // Whoever speaks the language that one listens to needs no interpreter.
    const fellBack = !carries && air.floor !== null && air.spoken !== wanted;
    const floor = carries && (!member.under || console !== undefined) ? null : air.floor;
    return { floor: not(floor), channel, fellBack };
  }

  private hear(batch: readonly Activity[]): void {
    const prefix = `${this.deps.session}:`;
    let back = false;
    for (const { peer, level } of batch) {
      if (level < HEARD_LEVEL || !peer.startsWith(prefix)) continue;
      const person = peer.slice(prefix.length);
      this.heardAt.set(person, this.now);
      back = this.silent.delete(person) || back;
    }
    if (back) this.apply();
  }

  private lost(peer: string): void {
    for (const [id, { member }] of this.ears) {
      if (this.peerOf(id) !== peer) continue;
      // Routes outlive losses and restarts at the relay: they end here, and are told anew after the next offer.
      this.leave(id);
      member.line?.connection.send('mediaReset', { reason: 'MEDIA_UNAVAILABLE' });
      return;
    }
  }

  private nextOffer(person: string): number {
    this.offerCount += 1;
    this.offers.set(person, this.offerCount);
    return this.offerCount;
  }
}

function isInside(member: Member | undefined): boolean {
  return member !== undefined && isIn(member);
}
