import type { ServerMessageName, ServerMessages } from '../../shared/protocol/messages.ts';
import type { Reason } from '../../shared/protocol/reasons.ts';
import type { MicState } from '../../shared/protocol/vocabulary.ts';
import type { Point } from '../../shared/rules/ground.ts';
import type { Activity, Relay, Route } from '../relay/relay.ts';
import { RelayError } from '../relay/relay.ts';
import { HearingPlan, NOBODY } from './plan.ts';
import type { HearingRule } from './plan.ts';
import type { SceneSpaces, Soundscape } from './soundscape.ts';

/** Every listener is planned anew once in so many ticks, a share of them at each: five times a second. */
const PLAN_TICKS = 4;
/** Most voices that a listener gets where the place decides: more at once are a noise. In a talk everybody is heard, by as many slots as the device can play. */
export const PUBLIC_SLOTS = 8;

/** Somebody in the room as far as hearing goes: what the room knows of a person, kept up to date by the room. */
export interface Party {
  readonly id: string;
  /** Unique among those present, below the capacity. */
  readonly index: number;
  /** The scene that they are in. */
  readonly scene: { readonly spaces: SceneSpaces };
  readonly footing: Readonly<Point>;
  readonly yaw: number;
  readonly mic: MicState;
  readonly deafened: boolean;
  /** The private talk that they are in. */
  readonly talk: object | null;
}

export interface HearingDeps {
  readonly relay: Relay;
  readonly soundscape: Pick<Soundscape, 'between'>;
  readonly capacity: number;
  readonly isBlocked: (one: number, other: number) => boolean;
  /** What decides besides the place, for those marked with {@link Hearing.setRuled}: a guide is heard anywhere, a private talk nowhere else. */
  readonly rule?: HearingRule;
  /** Somebody began or ceased to speak. */
  readonly onSpeaking: (index: number, speaking: boolean) => void;
}

type Send = <K extends ServerMessageName>(name: K, message: ServerMessages[K]) => void;

/** A connection that listens and speaks, or could. */
interface Seat {
  readonly party: Party;
  readonly send: Send;
  /** Most slots that the device can play. */
  readonly most: number;
  /** Joined to the relay. */
  joined: boolean;
  /** That were negotiated. */
  slots: number;
  /** Of those, the first so many are in use now. */
  open: number;
  watching: boolean;
  slotsChanged: boolean;
  hearersChanged: boolean;
  /** They are told at the next tick, not when it is their turn. */
  hearersUrgent: boolean;
  /** So they are at every tick up to this one: the microphone was switched, and all have had their turn to be planned since. */
  freshUntil: number;
}

/**
 * Makes the plan come true: feeds it with where people are and who may speak, tells the relay of every slot that changes and the people
 * concerned of theirs, and joins clients to the relay. What takes a voice away (mute, block, leaving, a change of space) is told to the
 * relay in the same breath; what gives one waits for the next plan.
 */
export class Hearing {
  private readonly deps: HearingDeps;
  private readonly plan: HearingPlan;
  private readonly seats: (Seat | null)[];
  private readonly byId = new Map<string, Seat>();
  private readonly routes: Route[] = [];
  private readonly unsubscribers: (() => void)[];
  /** Set by `tick`; activity reports are dated with it. */
  private now = 0;
  private tickNumber = 0;
  private urgent = false;

  constructor(deps: HearingDeps) {
    const { relay, soundscape, capacity, isBlocked, rule } = deps;
    this.deps = deps;
    this.seats = new Array<Seat | null>(capacity).fill(null);
    this.plan = new HearingPlan({ capacity, soundscape, isBlocked, onChange: this.changed, ...(rule === undefined ? {} : { rule }) });
    this.unsubscribers = [
      relay.on('activity', (batch) => this.hear(batch)),
      relay.on('lost', (peer) => this.lost(peer)),
      relay.on('restarted', () => this.restarted()),
    ];
  }

  /** Acoustic space of somebody present, as of their last move, by its number in the soundscape. */
  spaceOf(index: number): number {
    return this.plan.spaceOf(index);
  }

  /** A connection came up. `slots`: how many voices its device can play. */
  enter(party: Party, slots: number, send: Send): void {
    this.leave(party);
    const seat: Seat = { party, send, most: slots, joined: false, slots: 0, open: 0, watching: false, slotsChanged: false, hearersChanged: false, hearersUrgent: false, freshUntil: 0 };
    this.seats[party.index] = seat;
    this.byId.set(party.id, seat);
    this.plan.place(party.index, party.scene.spaces, party.footing, party.yaw);
  }

  /** The connection is gone: nothing is forwarded from or to the person any more. */
  leave(party: Party): void {
    const seat = this.seats[party.index];
    if (seat?.party.id !== party.id) return;
    this.unjoin(seat);
    this.deps.relay.leave(party.id);
    this.seats[party.index] = null;
    this.byId.delete(party.id);
  }

  /** The person stands elsewhere or looks elsewhere. Called at most once a tick and person. Allocates nothing. */
  moved(party: Party): void {
    if (!this.plan.place(party.index, party.scene.spaces, party.footing, party.yaw)) return;
    this.plan.recheckAll();
    this.flush();
  }

  /** The person's microphone or hearing was switched. */
  switched(party: Party): void {
    const seat = this.seats[party.index];
    if (seat?.party.id !== party.id) return;
    const before = this.plan.isSpeaker(party.index);
    const speaks = seat.joined && party.mic === 'live';
    this.urgently(() => {
      this.plan.setSpeaker(party.index, speaks);
      this.listen(seat);
      if (speaks && !before) this.planRuled(party.index);
    });
    if (!speaks) this.deps.onSpeaking(party.index, false);
    if (speaks !== before) seat.freshUntil = this.tickNumber + PLAN_TICKS + 1;
  }

  /** A block between the two began or ended. `guarded`: whether each has any block at all now. */
  relation(one: Party, other: Party): void {
    if (!this.deps.isBlocked(one.index, other.index)) return;
    this.plan.withdraw(one.index, other.index);
    this.plan.withdraw(other.index, one.index);
    this.flush();
  }

  setGuarded(party: Party, guarded: boolean): void {
    this.plan.setGuarded(party.index, guarded);
  }

  /**
   * Whether the rule is asked about the person. Call it too, for one of the two, when the rule says something else, and when the person comes into a talk or out of
   * one: what it takes away ends at once.
   */
  setRuled(party: Party, ruled: boolean): void {
    this.plan.setRuled(party.index, ruled);
    const seat = this.seats[party.index];
    this.urgently(() => {
      this.plan.recheckAll();
      if (seat?.party.id === party.id) this.listen(seat);
    });
  }

  /** Plans what the person hears at once, not when it is their turn. */
  planNow(party: Party): void {
    if (this.seats[party.index]?.party.id === party.id) this.urgently(() => this.plan.plan(party.index));
  }

  watch(party: Party, on: boolean): void {
    const seat = this.seats[party.index];
    if (seat?.party.id !== party.id) return;
    seat.watching = on;
    seat.hearersChanged = true;
  }

  /** Joins the person's media to the relay; the answer goes to the client. @returns why not, or null. */
  async offer(party: Party, sdp: string): Promise<Reason | null> {
    const seat = this.byId.get(party.id);
    if (seat === undefined) return 'NOT_JOINED';
    try {
      const { answer, slots } = await this.deps.relay.join(party.id, sdp);
      // The person may have dropped, or come back on another connection, while the relay worked.
      if (this.byId.get(party.id) !== seat) return null;
      this.unjoin(seat);
      seat.joined = true;
      seat.slots = Math.min(slots, seat.most);
      seat.slotsChanged = true;
      seat.hearersChanged = true;
      this.switched(party);
      this.plan.plan(party.index);
      this.flush();
      seat.send('mediaAnswer', { sdp: answer });
      return null;
    } catch (cause) {
      return cause instanceof RelayError && cause.reason === 'OFFER_INVALID' ? 'MEDIA_OFFER_INVALID' : 'MEDIA_UNAVAILABLE';
    }
  }

  /** The person wants no media connection any more. */
  hangUp(party: Party): void {
    const seat = this.byId.get(party.id);
    if (seat === undefined) return;
    this.unjoin(seat);
    this.deps.relay.leave(party.id);
  }

  /** One tick: plans the share of listeners that is due, and tells all whom changes concern. `now` in milliseconds of the room's clock. */
  tick(tickNumber: number, now: number): void {
    this.now = now;
    this.tickNumber = tickNumber;
    this.plan.setNow(now);
    for (const seat of this.seats) {
      if (seat === null) continue;
      const { index } = seat.party;
      if (this.plan.isSpeaker(index) && this.plan.speaking.update(index, now)) this.deps.onSpeaking(index, false);
      if ((index + tickNumber) % PLAN_TICKS === 0) this.plan.plan(index);
    }
    this.flush();
    for (const seat of this.seats) if (seat !== null) this.tell(seat, tickNumber);
  }

  stop(): void {
    for (const unsubscribe of this.unsubscribers) unsubscribe();
    for (const id of this.byId.keys()) this.deps.relay.leave(id);
    this.byId.clear();
    this.seats.fill(null);
  }

  private hear(batch: readonly Activity[]): void {
    for (const { peer, level } of batch) {
      const index = this.byId.get(peer)?.party.index;
      if (index === undefined || !this.plan.isSpeaker(index)) continue;
      if (this.plan.speaking.hear(index, level, this.now)) this.deps.onSpeaking(index, true);
    }
  }

  private lost(peer: string): void {
    const seat = this.byId.get(peer);
    if (seat === undefined || !seat.joined) return;
    this.unjoin(seat);
    seat.send('mediaReset', { reason: 'MEDIA_UNAVAILABLE' });
  }

  private restarted(): void {
    for (const seat of [...this.byId.values()]) this.lost(seat.party.id);
  }

  /** Plans those at once who hear the speaker whatever the place: the members of a talk, whoever is whispered to. Whom the place lets hear them waits for their turn. */
  private planRuled(speaker: number): void {
    const { rule } = this.deps;
    if (rule === undefined) return;
    for (const seat of this.seats) {
      if (seat !== null && seat.party.index !== speaker && rule(seat.party.index, speaker) > 0) this.plan.plan(seat.party.index);
    }
  }

  /** Lets a person listen with as many slots as they have a right to where they are now. */
  private listen(seat: Seat): void {
    const { index, deafened, talk } = seat.party;
    const open = talk === null ? Math.min(seat.slots, PUBLIC_SLOTS) : seat.slots;
    if (open !== seat.open) seat.slotsChanged = true;
    seat.open = open;
    this.plan.setListener(index, seat.joined && !deafened ? open : 0, talk !== null);
  }

  /** Takes a person out of the plan, both ways. */
  private unjoin(seat: Seat): void {
    if (!seat.joined) return;
    seat.joined = false;
    seat.slots = 0;
    this.switched(seat.party);
  }

  private readonly changed = (listener: number, slot: number, before: number, now: number): void => {
    const seat = this.seats[listener];
    if (seat === null || seat === undefined) return;
    const speaker = this.seats[now];
    seat.slotsChanged = true;
    for (const told of [this.seats[before], speaker]) {
      if (told === null || told === undefined) continue;
      told.hearersChanged = true;
      if (this.urgent) told.hearersUrgent = true;
    }
    this.routes.push({ listener: seat.party.id, slot, speaker: speaker?.party.id ?? null });
  };

  /** What changes now is told to those concerned at the next tick: who hears one is of consequence where it changes by a word. */
  private urgently(change: () => void): void {
    this.urgent = true;
    change();
    this.urgent = false;
    this.flush();
  }

  private flush(): void {
    if (this.routes.length === 0) return;
    // The relay may hold on to what it is given.
    this.deps.relay.route(this.routes.slice());
    this.routes.length = 0;
  }

  private tell(seat: Seat, tickNumber: number): void {
    const { index } = seat.party;
    if (seat.slotsChanged) {
      seat.slotsChanged = false;
      seat.send('slots', { people: this.peopleIn(seat) });
    }
    if (seat.hearersChanged && (seat.hearersUrgent || tickNumber <= seat.freshUntil || (index + tickNumber) % PLAN_TICKS === 0)) {
      seat.hearersChanged = false;
      seat.hearersUrgent = false;
      seat.send('hearers', { count: this.plan.hearersOf(index), ids: seat.watching ? this.hearersOf(index) : null });
    }
  }

  private peopleIn(seat: Seat): (string | null)[] {
    const people: (string | null)[] = [];
    for (let slot = 0; slot < seat.open; slot += 1) {
      const speaker = this.plan.speakerIn(seat.party.index, slot);
      people.push(speaker === NOBODY ? null : (this.seats[speaker]?.party.id ?? null));
    }
    return people;
  }

  private hearersOf(index: number): string[] {
    const ids: string[] = [];
    for (const listener of this.seats) {
      if (listener === null) continue;
      for (let slot = 0; slot < listener.open; slot += 1) {
        if (this.plan.speakerIn(listener.party.index, slot) === index) ids.push(listener.party.id);
      }
    }
    return ids;
  }
}
