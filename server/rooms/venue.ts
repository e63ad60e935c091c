import { ClientMessages } from '../../shared/protocol/messages.ts';
import type { ClientMessage, ClientMessageName } from '../../shared/protocol/messages.ts';
import { Appearance } from '../../shared/protocol/people.ts';
import { CLOSE_CODES, ReasonedError } from '../../shared/protocol/reasons.ts';
import type { Reason } from '../../shared/protocol/reasons.ts';
import type { JoinOptions } from '../../shared/protocol/session.ts';
import { Spaces } from '../hearing/spaces.ts';
import type { Identity } from '../identity/identity.ts';
import type { LastPlace } from '../store/store.ts';
import { Arrivals } from './arrivals.ts';
import type { Whereabouts } from './attendance.ts';
import { Chat } from './chat.ts';
import { Directory } from './directory.ts';
import { FrameWriter } from './frames.ts';
import { HANDLERS } from './handlers.ts';
import { frameKind, messageBody, walkBytes } from './inbound.ts';
import type { FrameKind } from './inbound.ts';
import { MessageLimits } from './limits.ts';
import { isBlocked } from './person.ts';
import type { Person, Presence } from './person.ts';
import { PlaceKeeper, SAVE_INTERVAL_MS } from './place-keeper.ts';
import { Placing } from './placing.ts';
import { PoseTable } from './pose-table.ts';
import { Roster } from './roster.ts';
import { Seating } from './seating.ts';
import type { Connection, Encode, VenueScene, VenueServices } from './services.ts';
import { Ranking, Viewer } from './viewer.ts';
import { Walking } from './walking.ts';

/** A dropped person's place is held so long. */
export const HOLD_MS = 120_000;
/** A viewer's ranking is renewed every so many ticks, each in another one. */
const RANK_TICKS = 5;

export interface VenueDeps {
  readonly services: VenueServices;
  readonly scene: VenueScene;
  readonly encode: Encode;
  /** What the transport wants in front of a pose frame. */
  readonly framePrefix: Uint8Array;
  /** Milliseconds, monotonic. */
  readonly clock: () => number;
}

const PLAIN: Appearance = { id: 'default', skin: 0, hair: 0, garment1: 0, garment2: 0 };

/** One scene with the people in it: everything that a venue room does, without knowing Colyseus. `VenueRoom` hands it joins, frames and ticks. */
export class Venue implements Whereabouts {
  readonly scene: string;
  readonly roster: Roster;
  readonly directory: Directory;
  readonly placing: Placing;
  readonly chat: Chat;
  readonly seating: Seating;
  tickNumber = 0;

  private readonly services: VenueServices;
  private readonly deps: VenueDeps;
  private readonly walking: Walking;
  private readonly poses: PoseTable;
  private readonly ranking: Ranking;
  private readonly frames: FrameWriter;
  private readonly places: PlaceKeeper;
  private savedAt: number;

  constructor(deps: VenueDeps) {
    const { services, scene, encode } = deps;
    const { capacity } = services;
    this.deps = deps;
    this.services = services;
    this.scene = scene.id;
    this.roster = new Roster(capacity);
    this.directory = new Directory(this.roster, encode);
    this.seating = new Seating(scene.layout);
    this.placing = new Placing({
      roster: this.roster,
      seating: this.seating,
      arrivals: new Arrivals(scene.layout, scene.ground, this.roster),
      clock: deps.clock,
      announce: (person) => this.directory.touch(person),
    });
    this.chat = new Chat(this.roster, new Spaces(scene.layout), encode);
    this.walking = new Walking(scene.ground);
    this.poses = new PoseTable(capacity);
    this.ranking = new Ranking(this.poses, capacity);
    this.frames = new FrameWriter(this.poses, capacity, deps.framePrefix);
    this.places = new PlaceKeeper(scene.id, services.places, services.log);
    this.savedAt = deps.clock();
  }

  clock(): number {
    return this.deps.clock();
  }

  /**
   * Lets somebody in, or back in. @throws ReasonedError ALREADY_HERE if the same person is connected from another tab and has not agreed to be
   * moved, ROOM_FULL if there is no place.
   */
  async join(identity: Identity, options: JoinOptions, connection: Connection): Promise<Presence> {
    this.checkElsewhere(identity.id, options);
    const { places, blocks } = this.services;
    const [last, blocking, blockers] = await Promise.all([places.get(identity.id), blocks.blockedBy(identity.id), blocks.blockersOf(identity.id)]);
    // Somebody may have come in with the same pass while the store was asked.
    this.checkElsewhere(identity.id, options);
    const known = this.roster.get(identity.id);
    const person = known ?? this.admit(identity, last, blocking, blockers);
    person.identity = identity;
    const appearance = Appearance.safeParse(options.appearance);
    if (appearance.success) person.appearance = appearance.data;
    const resumed = known !== undefined || (last !== null && last.scene === this.scene);
    return this.attach(person, options, connection, resumed);
  }

  /** A connection ended. `consented`: the person left on purpose, else their place is held. Ignored if they have another connection by now. */
  drop(presence: Presence, consented: boolean): void {
    const { person } = presence;
    if (person.presence !== presence) return;
    this.detach(person);
    if (consented) this.remove(person);
  }

  /** A frame came in: everything a client can say passes here. Never throws for what it holds. */
  receive(presence: Presence, frame: Uint8Array): void {
    if (presence.person.presence !== presence) return;
    const kind = frameKind(frame);
    const refused = presence.limits.admit(kind, frame.length, this.clock());
    if (refused !== null) this.refuse(presence, kind, refused);
    else if (kind === 'walk') this.walk(presence, walkBytes(frame));
    else if (kind === 'unknown') this.refuse(presence, kind, 'MESSAGE_UNKNOWN');
    else this.message(presence, kind, frame);
  }

  /** One step of the room; the order is told at `VenueRoom`. */
  tick(): void {
    const started = performance.now();
    const now = this.clock();
    this.tickNumber = (this.tickNumber + 1) & 0xffff;
    this.expire(now);
    this.directory.flush();
    this.encodePoses();
    const connected = this.sendFrames();
    if (now - this.savedAt >= SAVE_INTERVAL_MS) {
      this.savedAt = now;
      void this.places.save(this.roster);
    }
    this.services.diagnostics.tick(performance.now() - started, this.roster.size, connected);
  }

  block(person: Person, otherId: string, on: boolean): Reason | null {
    if (otherId === person.id) return 'PERSON_UNKNOWN';
    if (on) person.blocking.add(otherId);
    else person.blocking.delete(otherId);
    this.services.blocks.set(person.id, otherId, on).catch((cause: unknown) => {
      this.services.log.error({ err: cause }, 'keeping a block failed');
    });
    const other = this.roster.get(otherId);
    if (other === undefined) return null;
    if (on) other.blockers.add(person.id);
    else other.blockers.delete(person.id);
    this.relate(person, other);
    this.directory.relation(person, other);
    return null;
  }

  tabOf(id: string): string | null {
    return this.roster.get(id)?.presence?.tab ?? null;
  }

  moveOut(id: string): void {
    this.expel(id, 'MOVED_ELSEWHERE');
  }

  /** Closes somebody's connection for `reason` and gives up their place. */
  expel(id: string, reason: keyof typeof CLOSE_CODES): void {
    const person = this.roster.get(id);
    if (person === undefined) return;
    const presence = person.presence;
    this.detach(person);
    this.remove(person);
    presence?.connection.close(CLOSE_CODES[reason], reason);
  }

  /** Saves all places; resolves when written. */
  async stop(): Promise<void> {
    for (const person of this.roster) this.places.note(person);
    await this.places.save(this.roster);
    for (const person of this.roster) this.services.attendance.leave(person.id, this);
  }

  private checkElsewhere(id: string, options: JoinOptions): void {
    const tab = this.services.attendance.tabOf(id);
    if (tab !== null && tab !== options.tab && !options.takeOver) throw new ReasonedError('ALREADY_HERE');
  }

  private admit(identity: Identity, last: LastPlace | null, blocking: readonly string[], blockers: readonly string[]): Person {
    const now = this.clock();
    const person = this.roster.add((index) => ({
      id: identity.id, index, identity, presence: null,
      appearance: last?.appearance ?? PLAIN, mic: 'off', deafened: false, seat: '', heldUntil: now + HOLD_MS,
      footing: { x: 0, y: 0, z: 0, polygon: 0 }, yaw: 0, pitch: 0, posture: 'standing', gesture: 'none', gestureUntil: Infinity,
      speaking: false, poseDirty: true, placeDirty: true,
      allowance: { metres: 0 }, lastSeq: -1, lastStepAt: now, placedAt: now, correctedAt: -Infinity,
      blocking: new Set(blocking), blockers: new Set(blockers),
    }));
    for (const other of this.roster) {
      // Blocks that were set while the store was being asked.
      if (other.blocking.has(person.id)) person.blockers.add(other.id);
      if (person.blocking.has(other.id)) other.blockers.add(person.id);
      this.relate(person, other);
    }
    this.placing.enter(person, last !== null && last.scene === this.scene ? last : null);
    this.poses.add(person);
    this.services.attendance.enter(person.id, this);
    return person;
  }

  private attach(person: Person, options: JoinOptions, connection: Connection, resumed: boolean): Presence {
    const earlier = person.presence;
    const now = this.clock();
    const viewer = new Viewer(person.index, this.roster.capacity);
    const presence: Presence = {
      person, connection, viewer, tab: options.tab, limits: new MessageLimits(now), slots: options.slots, needsDirectory: true,
    };
    person.presence = presence;
    person.lastSeq = -1;
    person.placedAt = now;
    person.lastStepAt = now;
    earlier?.connection.close(CLOSE_CODES.MOVED_ELSEWHERE, 'MOVED_ELSEWHERE');
    for (const other of this.roster) viewer.setHidden(other.index, isBlocked(person, other));
    this.ranking.rank(viewer);
    const { x, y, z } = person.footing;
    connection.send('welcome', {
      id: person.id, index: person.index, scene: this.scene, placement: { x, y, z, yaw: person.yaw }, seat: person.seat, resumed,
      tick: this.tickNumber, blocked: [...person.blocking], slots: options.slots,
    });
    this.directory.touch(person);
    return presence;
  }

  private detach(person: Person): void {
    person.presence = null;
    person.heldUntil = this.clock() + HOLD_MS;
    person.gesture = 'none';
    person.mic = 'off';
    person.poseDirty = true;
    this.directory.touch(person);
  }

  private remove(person: Person): void {
    this.places.note(person);
    void this.places.save(this.roster);
    this.seating.release(person);
    this.roster.remove(person);
    this.poses.remove(person.index);
    this.directory.remove(person);
    this.services.attendance.leave(person.id, this);
  }

  /** Brings the frames of both into line with whether there is a block between them. */
  private relate(one: Person, other: Person): void {
    const hidden = isBlocked(one, other);
    one.presence?.viewer.setHidden(other.index, hidden);
    other.presence?.viewer.setHidden(one.index, hidden);
  }

  private walk(presence: Presence, bytes: Uint8Array): void {
    const { person } = presence;
    const outcome = this.walking.propose(person, bytes, this.clock());
    if (outcome === null) return;
    if (outcome.kind === 'invalid') {
      this.refuse(presence, 'walk', 'MESSAGE_INVALID');
      return;
    }
    this.placing.correct(person, outcome.seq, outcome.reason);
    this.services.diagnostics.refused('walk', outcome.reason);
  }

  private message(presence: Presence, kind: ClientMessageName, frame: Uint8Array): void {
    let body: unknown;
    try {
      body = messageBody(frame);
    } catch {
      this.refuse(presence, kind, 'MESSAGE_INVALID');
      return;
    }
    this.dispatch(presence, kind, body);
  }

  private dispatch<K extends ClientMessageName>(presence: Presence, kind: K, body: unknown): void {
    const parsed = ClientMessages[kind].safeParse(body);
    const nonce = parsed.success && kind === 'chat' ? (parsed.data as ClientMessage<'chat'>).nonce : undefined;
    const reason = parsed.success ? HANDLERS[kind](this, presence, parsed.data as ClientMessage<K>) : 'MESSAGE_INVALID';
    if (reason === null) return;
    // What a handler refuses is a person's bad luck (a seat just taken); what has the wrong shape is a client's fault.
    if (parsed.success) this.tellRefused(presence, kind, reason, nonce);
    else this.refuse(presence, kind, reason);
  }

  /** Refuses what no honest client sends, and ends the connection when there is too much of it. */
  private refuse(presence: Presence, what: FrameKind, reason: Reason): void {
    if (presence.limits.offend(this.clock())) {
      this.services.diagnostics.refused(what, 'FLOOD');
      this.drop(presence, false);
      presence.connection.close(CLOSE_CODES.FLOOD, 'FLOOD');
    } else {
      this.tellRefused(presence, what, reason, undefined);
    }
  }

  private tellRefused(presence: Presence, what: FrameKind, reason: Reason, nonce: string | undefined): void {
    this.services.diagnostics.refused(what, reason);
    presence.connection.send('refused', nonce === undefined ? { what, reason } : { what, reason, nonce });
  }

  private expire(now: number): void {
    for (const person of this.roster) {
      if (person.presence === null && now >= person.heldUntil) {
        this.remove(person);
        continue;
      }
      this.walking.settle(person, now);
      if (person.gesture !== 'none' && now >= person.gestureUntil) {
        person.gesture = 'none';
        person.poseDirty = true;
      }
    }
  }

  private encodePoses(): void {
    for (const person of this.roster) {
      if (!person.poseDirty) continue;
      person.poseDirty = false;
      this.poses.write(person);
    }
  }

  private sendFrames(): number {
    const { tickNumber, frames, ranking } = this;
    let connected = 0;
    let bytes = 0;
    for (const person of this.roster) {
      const presence = person.presence;
      if (presence === null) continue;
      connected += 1;
      const { viewer, connection } = presence;
      if ((person.index + tickNumber) % RANK_TICKS === 0) ranking.rank(viewer);
      if (connection.busy) continue;
      const frame = frames.write(viewer, tickNumber);
      if (frame === null) continue;
      bytes += frame.length;
      if (!connection.sendFrame(frame)) frames.renew();
    }
    this.services.diagnostics.sent(bytes);
    return connected;
  }
}

