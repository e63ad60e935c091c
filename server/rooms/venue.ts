import type { ServerMessageName, ServerMessages } from '../../shared/protocol/messages.ts';
import { CLOSE_CODES, ReasonedError } from '../../shared/protocol/reasons.ts';
import type { Reason } from '../../shared/protocol/reasons.ts';
import type { JoinOptions } from '../../shared/protocol/session.ts';
import { Hearing } from '../hearing/hearing.ts';
import { Soundscape } from '../hearing/soundscape.ts';
import type { Identity } from '../identity/identity.ts';
import type { BlockedPerson, LastPlace } from '../store/store.ts';
import type { Whereabouts } from './attendance.ts';
import { ruleOf } from './audience.ts';
import { Chat } from './chat.ts';
import { Directory } from './directory.ts';
import { Door } from './door.ts';
import { createHandlers } from './handlers.ts';
import { MessageLimits, VENUE_LIMITS } from './limits.ts';
import { LiveScenes } from './live-scenes.ts';
import type { LiveScene } from './live-scenes.ts';
import { hasBlocks, isBlocked, newPerson } from './person.ts';
import type { Person, Presence } from './person.ts';
import { Meetings } from './meetings/meetings.ts';
import { Mosaics } from './mosaics.ts';
import { PlaceKeeper, SAVE_INTERVAL_MS } from './place-keeper.ts';
import { Placing } from './placing.ts';
import { PoseStream } from './pose-stream.ts';
import { Roster } from './roster.ts';
import { SceneWatch, entranceScene } from './scene-watch.ts';
import type { Connection, Encode, VenueServices } from './services.ts';
import { DirectTalks } from './talks/direct.ts';
import { Screens } from './talks/screens.ts';
import { Talks } from './talks/talks.ts';
import { Voices } from './talks/voices.ts';
import { Whispers } from './talks/whispers.ts';
import { Tours } from './tours.ts';
import { Travel } from './travel.ts';
import type { TravelDeps } from './travel.ts';
import { Walking } from './walking.ts';

/** A dropped person's place is held so long. */
export const HOLD_MS = 120_000;

export interface VenueDeps {
  readonly services: VenueServices;
  readonly encode: Encode;
  /** What the transport wants in front of a pose frame. */
  readonly framePrefix: Uint8Array;
  /** Milliseconds, monotonic. */
  readonly clock: () => number;
}

/** What the store knows of somebody who comes in. */
interface Remembered {
  readonly last: LastPlace | null;
  readonly blocking: readonly BlockedPerson[];
  readonly blockers: readonly string[];
}

/** The event's scenes with the people in them: everything that a venue room does, without knowing Colyseus. `VenueRoom` hands it joins, frames and ticks. */
export class Venue implements Whereabouts {
  readonly roster: Roster;
  readonly door: Door;
  private readonly deps: VenueDeps;
  private readonly services: VenueServices;
  private readonly directory: Directory;
  private readonly scenes: LiveScenes;
  private readonly placing: Placing;
  private readonly walking: Walking;
  private readonly poses: PoseStream;
  private readonly hearing: Hearing;
  private readonly travel: Travel;
  private readonly tours: Tours;
  private readonly talks: Talks;
  private readonly screens: Screens;
  private readonly whispers: Whispers;
  private readonly meetings: Meetings;
  private readonly watch: SceneWatch;
  private readonly places: PlaceKeeper;
  private readonly mosaics: Mosaics;
  private readonly stopFollowing: readonly (() => void)[];
  private tickNumber = 0;
  private savedAt: number;

  constructor(deps: VenueDeps) {
    const { services, encode, clock } = deps;
    this.deps = deps;
    this.services = services;
    const roster = new Roster(services.capacity);
    const soundscape = new Soundscape();
    this.roster = roster;
    this.directory = new Directory(roster, encode);
    this.scenes = new LiveScenes(services.scenes, soundscape);
    this.placing = new Placing({ roster, clock, announce: (person) => this.directory.touch(person), moved: (person) => this.moved(person) });
    this.walking = new Walking();
    this.poses = new PoseStream(roster, deps.framePrefix);
    this.hearing = new Hearing({
      relay: services.relay, soundscape, capacity: services.capacity,
      isBlocked: (one, other) => this.areBlocked(one, other),
      rule: ruleOf(roster),
      onSpeaking: (index, speaking) => this.setSpeaking(index, speaking),
    });
    const { scenes, placing, poses, hearing, directory } = this;
    const moved: TravelDeps['moved'] = (person, why) => {
      this.tours.moved(person, why);
      this.talks.moved(person, why);
      this.meetings.moved(person);
    };
    this.travel = new Travel({ roster, scenes, placing, poses, hearing, directory, clock, log: services.log, moved });
    const voices = new Voices({ hearing, directory });
    this.tours = new Tours({ roster, directory, voices, travel: this.travel, encode, clock });
    this.whispers = new Whispers({ roster, voices });
    const direct = new DirectTalks({ signalling: services.direct, voices });
    this.screens = new Screens({ roster, relay: services.relay });
    this.talks = new Talks({ direct, screens: this.screens, roster, directory, voices, whispers: this.whispers, poses, placing, travel: this.travel, encode, clock, leadOut: (person) => this.meetings.leadOut(person) });
    this.meetings = new Meetings({ book: services.meetings, roster, scenes, placing, travel: this.travel, membership: this.talks.membership, log: services.log });
    this.watch = new SceneWatch({
      library: services.scenes, firstScene: services.firstScene, scenes, travel: this.travel, log: services.log, announce: () => this.tellAll('scenes', { scenes: services.scenes.list() }),
    });
    this.mosaics = new Mosaics({ store: services.mosaics, encode, log: services.log });
    this.places = new PlaceKeeper(services.places, services.log);
    const { sponsors, sessions } = services;
    this.stopFollowing = [sponsors.onChange(() => this.tellAll('sponsors', { sponsors: sponsors.list() })), sessions.onChange(() => this.tellAll('sessions', { sessions: sessions.list() }))];
    this.savedAt = clock();
    this.door = this.openDoor(new Chat(roster, encode));
  }

  /**
   * Lets somebody in, or back in. @throws ReasonedError ALREADY_HERE if the same person is connected from another tab and has not agreed to be
   * moved, ROOM_FULL if there is no place, SCENE_UNKNOWN if there is no scene at all.
   */
  async join(identity: Identity, options: JoinOptions, connection: Connection): Promise<Presence> {
    this.checkElsewhere(identity.id, options);
    const { places, blocks } = this.services;
    const [last, blocking, blockers] = await Promise.all([places.get(identity.id), blocks.blockedBy(identity.id), blocks.blockersOf(identity.id)]);
    const entered = this.roster.has(identity.id) ? null : await this.openFor(last);
    // Somebody may have come in with the same pass while the store was asked.
    this.checkElsewhere(identity.id, options);
    const known = this.roster.get(identity.id);
    const scene = known?.scene ?? this.sceneNow(entered);
    const here = last !== null && last.scene === scene.id;
    const person = known ?? this.admit(identity, scene, { last: here ? last : null, blocking, blockers });
    person.identity = identity;
    const { wardrobe } = this.services;
    person.appearance = wardrobe.read(options.appearance) ?? known?.appearance ?? wardrobe.read(last?.appearance) ?? wardrobe.first;
    return this.attach(person, options, connection, known !== undefined || here);
  }

  /** A connection ended. `consented`: the person left on purpose, else their place is held. Ignored if they have another connection by now. */
  drop(presence: Presence, consented: boolean): void {
    const { person } = presence;
    if (person.presence !== presence) return;
    this.detach(person);
    if (consented) this.remove(person);
  }

  /** One step of the room; the order is told at `VenueRoom`. */
  tick(): void {
    const started = performance.now();
    const now = this.deps.clock();
    this.tickNumber = (this.tickNumber + 1) & 0xffff;
    this.expire(now);
    this.directory.flush(this.tickNumber);
    this.meetings.tick(this.tickNumber);
    this.poses.encode(now, this.moved);
    this.whispers.tick();
    this.talks.tick(this.tickNumber);
    const connected = this.poses.send(this.tickNumber);
    this.hearing.tick(this.tickNumber, now);
    if (now - this.savedAt >= SAVE_INTERVAL_MS) {
      this.savedAt = now;
      void this.places.save(this.roster);
      void this.mosaics.save();
    }
    this.services.diagnostics.sent(this.poses.sentBytes);
    this.services.diagnostics.tick(performance.now() - started, this.roster.size, connected);
  }

  sceneOf(id: string): string | null {
    return this.roster.get(id)?.scene.id ?? null;
  }

  /** Resolves when all changes of the library so far have been followed. */
  get settled(): Promise<void> {
    return this.watch.settled;
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
    this.watch.stop();
    for (const stop of this.stopFollowing) stop();
    this.meetings.stop();
    this.screens.stop();
    this.hearing.stop();
    for (const person of this.roster) this.places.note(person);
    await Promise.all([this.places.save(this.roster), this.mosaics.save()]);
    for (const person of this.roster) this.services.attendance.leave(person.id, this);
    this.scenes.stop();
  }

  private openDoor(chat: Chat): Door {
    const { placing, travel, directory, hearing, mosaics, tours, talks, screens, whispers, meetings, walking } = this;
    const { clock } = this.deps;
    const handlers = createHandlers({
      placing, travel, directory, chat, hearing, mosaics, tours, talks, screens, whispers, meetings, clock, wardrobe: this.services.wardrobe,
      block: (person, other, on) => this.block(person, other, on),
      tickNumber: () => this.tickNumber,
    });
    return new Door({
      walking, handlers, clock,
      diagnostics: this.services.diagnostics,
      correct: ({ person }, seq, reason) => placing.correct(person, seq, reason),
      letGo: (presence) => this.drop(presence, false),
    });
  }

  private checkElsewhere(id: string, options: JoinOptions): void {
    const tab = this.services.attendance.tabOf(id);
    if (tab !== null && tab !== options.tab && !options.takeOver) throw new ReasonedError('ALREADY_HERE');
  }

  /** Opens the scene where somebody comes in: that of their last visit, or the first. @returns its id */
  private async openFor(last: LastPlace | null): Promise<string> {
    const { scenes: library, firstScene, log } = this.services;
    if (last !== null && library.find(last.scene) !== null) {
      try {
        await this.scenes.open(last.scene);
        return last.scene;
      } catch (cause) {
        log.error({ err: cause, scene: last.scene }, 'a scene cannot be loaded');
      }
    }
    const entrance = entranceScene(library, firstScene);
    if (entrance === null) throw new ReasonedError('SCENE_UNKNOWN');
    await this.scenes.open(entrance);
    return entrance;
  }

  private sceneNow(id: string | null): LiveScene {
    const scene = id === null ? undefined : this.scenes.get(id);
    // Withdrawn in this very moment; another try finds another scene.
    if (scene === undefined) throw new ReasonedError('SCENE_UNKNOWN');
    return scene;
  }

  private admit(identity: Identity, scene: LiveScene, { last, blocking, blockers }: Remembered): Person {
    const person = this.roster.add((index) => newPerson(identity, index, { scene, appearance: this.services.wardrobe.first, now: this.deps.clock() }));
    scene.people.add(person);
    for (const { id, name } of blocking) person.blocking.set(id, name);
    for (const id of blockers) person.blockers.add(id);
    for (const other of this.roster) {
      // Blocks that were set while the store was being asked.
      if (other.blocking.has(person.id)) person.blockers.add(other.id);
      if (person.blocking.has(other.id)) other.blockers.add(person.id);
      this.relate(person, other);
    }
    this.placing.enter(person, last);
    this.poses.add(person);
    this.services.attendance.enter(person.id, this);
    return person;
  }

  private attach(person: Person, options: JoinOptions, connection: Connection, resumed: boolean): Presence {
    const earlier = person.presence;
    if (earlier !== null) this.detach(person);
    earlier?.connection.close(CLOSE_CODES.MOVED_ELSEWHERE, 'MOVED_ELSEWHERE');
    const now = this.deps.clock();
    const presence: Presence = {
      person, connection, tab: options.tab, viewer: this.poses.viewer(person), limits: new MessageLimits(VENUE_LIMITS, now), needsDirectory: true,
    };
    person.presence = presence;
    // A new line has no steps of another scene under way, and its client begins with the scene that it is told of.
    Object.assign(person, { arrived: true, lastSeq: -1, placedAt: now, lastStepAt: now } satisfies Partial<Person>);
    const { x, y, z } = person.footing;
    connection.send('welcome', {
      id: person.id, index: person.index, scene: person.scene.ref, placement: { x, y, z, yaw: person.yaw }, seat: person.seat, resumed,
      tick: this.tickNumber, blocked: Array.from(person.blocking, ([id, name]) => ({ id, name })), slots: options.slots,
    });
    connection.send('scenes', { scenes: this.services.scenes.list() });
    connection.send('sponsors', { sponsors: this.services.sponsors.list() });
    connection.send('sessions', { sessions: this.services.sessions.list() });
    this.hearing.enter(person, options.slots, (name, message) => connection.send(name, message));
    this.tours.attached(person);
    this.talks.attached(person);
    this.meetings.attached(person);
    this.directory.add(person);
    return presence;
  }

  private detach(person: Person): void {
    this.hearing.leave(person);
    person.presence = null;
    person.heldUntil = this.deps.clock() + HOLD_MS;
    Object.assign(person, { gesture: 'none', mic: 'off', deafened: false, body: null, poseDirty: true } satisfies Partial<Person>);
    this.tours.detached(person);
    this.talks.detached(person);
    this.directory.touch(person);
  }

  private remove(person: Person): void {
    this.tours.removed(person);
    this.talks.removed(person);
    this.places.note(person);
    void this.places.save(this.roster);
    person.scene.seating.release(person);
    person.scene.people.delete(person);
    this.roster.remove(person);
    this.poses.remove(person);
    this.directory.remove(person);
    this.services.attendance.leave(person.id, this);
  }

  private block(person: Person, otherId: string, on: boolean): Reason | null {
    if (otherId === person.id) return 'PERSON_UNKNOWN';
    if (on) person.blocking.set(otherId, this.roster.get(otherId)?.identity.name ?? '');
    else person.blocking.delete(otherId);
    this.services.blocks.set(person.id, otherId, on).catch((cause: unknown) => {
      this.services.log.error({ err: cause }, 'keeping a block failed');
    });
    const other = this.roster.get(otherId);
    if (other === undefined) {
      this.hearing.setGuarded(person, hasBlocks(person));
      return null;
    }
    if (on) other.blockers.add(person.id);
    else other.blockers.delete(person.id);
    if (on) this.tours.parted(person, other);
    this.talks.related(person, other);
    this.relate(person, other);
    this.directory.relation(person, other);
    return null;
  }

  /** Brings frames and hearing into line with whether there is a block between the two. */
  private relate(one: Person, other: Person): void {
    this.poses.relate(one, other);
    this.hearing.setGuarded(one, hasBlocks(one));
    this.hearing.setGuarded(other, hasBlocks(other));
    this.hearing.relation(one, other);
  }

  private tellAll<K extends ServerMessageName>(name: K, message: ServerMessages[K]): void {
    const bytes = this.deps.encode(name, message);
    for (const { presence } of this.roster) presence?.connection.sendEncoded(bytes);
  }

  private readonly moved = (person: Person): void => {
    this.hearing.moved(person);
    this.talks.walked(person);
    this.meetings.walked(person);
  };

  private areBlocked(one: number, other: number): boolean {
    const first = this.roster.at(one);
    const second = this.roster.at(other);
    return first !== null && second !== null && isBlocked(first, second);
  }

  private setSpeaking(index: number, speaking: boolean): void {
    const person = this.roster.at(index);
    if (person === null || person.speaking === speaking) return;
    person.speaking = speaking;
    person.poseDirty = true;
  }

  private expire(now: number): void {
    // A pass ends by the calendar, all else by the room's clock.
    const date = Date.now();
    for (const person of this.roster) {
      if (person.presence === null && now >= person.heldUntil) {
        this.remove(person);
        continue;
      }
      if (person.identity.passExpiresAt <= date) {
        this.expel(person.id, 'PASS_EXPIRED');
        continue;
      }
      this.walking.settle(person, now);
      if (person.gesture !== 'none' && now >= person.gestureUntil) {
        person.gesture = 'none';
        person.poseDirty = true;
      }
    }
  }
}
