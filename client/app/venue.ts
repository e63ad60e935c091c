/** The time between entering and leaving: connection, poses, voices, chat and the 3D view, wired together. What belongs to one scene is in its `SceneVisit`. Loaded when somebody enters. */
import { effect } from '@preact/signals';
import type { Placement, SceneRef } from '../../shared/protocol/messages.ts';
import type { Appearance } from '../../shared/protocol/people.ts';
import type { Reason } from '../../shared/protocol/reasons.ts';
import { ReasonedError } from '../../shared/protocol/reasons.ts';
import { TALK_MAX_MEMBERS } from '../../shared/protocol/vocabulary.ts';
import { Acoustics } from '../../shared/rules/acoustics.ts';
import { SealPort } from '../audio/seal/port.ts';
import { Voice } from '../audio/voice.ts';
import type { Microphone } from '../audio/microphone.ts';
import { VenueConnection } from '../net/connection.ts';
import { PoseStream } from '../net/poses.ts';
import { Reconnector } from '../net/reconnector.ts';
import { openSession, tabKey } from '../net/session.ts';
import type { PredictedWalker } from '../walking/walker.ts';
import { approach } from './approach.ts';
import { ChatLog } from './chat-log.ts';
import { Journeys } from './journeys.ts';
import type { Arrival, JourneyCause } from './journeys.ts';
import { SceneVisit } from './scene-visit.ts';
import type { SceneVisitDeps } from './scene-visit.ts';
import { Wearing } from './headset/wearing.ts';
import type { AvatarPose, VenueActions, WorldDeps, WorldStatus } from './contracts.ts';
import { venueMessages } from './venue-messages.ts';
import { settings } from './settings.ts';
import { SceneSights } from './sights/scene-sights.ts';
import { doorToast, forgetMeetings } from './meetings/messages.ts';
import { audience, closedRooms, domesHere, me, myTalk, openLinks, peopleHere, store } from './store.ts';
import type { Surroundings } from './surroundings.ts';
import { toast } from './toasts.ts';
import { DirectTalk } from './talks/direct-talk.ts';
import { TalkNotes } from './talks/notes.ts';
import { TalkScreen } from './talks/screen.ts';
import { TalkSealing } from './talks/sealing.ts';
import { Talking } from './talks/talking.ts';
import { Touring } from './tours/touring.ts';
import { volumeOf } from './volumes.ts';
import { attendingActions } from './plenary/actions.ts';
import { WorldHost } from './world-host.ts';

/** Voices that a device can mix at once: all others of a talk, or fewer on a phone. In public the server uses no more than 8. */
const SLOTS = matchMedia('(pointer: coarse)').matches ? 4 : TALK_MAX_MEMBERS - 1;
/** Walks and listens on where animation frames stop (a hidden tab, no 3D). */
const TICK_MS = 50;

export interface VenueOptions {
  readonly pass: string;
  readonly canvasHost: HTMLElement;
  readonly appearance: Appearance;
  readonly microphone: Microphone | null;
  readonly actions: VenueActions;
  /** The venue is over: the server ended it. */
  readonly onEnd: (reason: Reason) => void;
}

/** While the layout of the next scene is still on its way: one open space, since the server sends only what may be heard anyway. */
const OPEN = new Acoustics({ spaces: [] });

export class Venue {
  readonly poses: PoseStream;
  readonly voice: Voice;
  readonly chat: ChatLog;
  /** Null on the way into another scene. */
  sights: SceneSights | null = null;
  readonly world: WorldHost;
  readonly wearing: Wearing;
  readonly touring: Touring;
  readonly talking: Talking;
  readonly seal: SealPort;
  readonly sealing: TalkSealing;
  readonly direct: DirectTalk;
  readonly notes: TalkNotes;
  readonly screen: TalkScreen;
  appearance: Appearance;
  connection: VenueConnection | null = null;
  private readonly options: VenueOptions;
  private visit: SceneVisit;
  private readonly journeys: Journeys;
  private myIndex = 0;
  private readonly reconnector: Reconnector;
  private readonly timer: ReturnType<typeof setInterval>;
  private readonly unsubscribers: (() => void)[] = [];
  private closed = false;
  private readonly ears = { x: 0, y: 0, z: 0, yaw: 0 };

  private constructor(options: VenueOptions, visit: SceneVisit, poses: PoseStream) {
    this.options = options;
    this.visit = visit;
    this.poses = poses;
    this.appearance = options.appearance;
    this.seal = new SealPort({ onSpent: () => this.sealing.renew(), onBroken: () => this.sealWithout() });
    this.voice = new Voice({
      acoustics: visit.acoustics,
      slots: SLOTS,
      iceServers: (store.session.peek()?.iceServers ?? []),
      settings,
      offer: (sdp) => this.connection?.send('mediaOffer', { sdp }),
      onMicState: (state) => this.connection?.send('mic', { state, audience: audience.peek() }),
      volumeOf, frames: this.seal,
    });
    this.chat = new ChatLog((to, text, nonce) => this.connection?.send('chat', { to, text, nonce }));
    this.world = new WorldHost(options.canvasHost, {
      poses: this.poses, people: peopleHere, me, settings, aim: store.aim, aiming: store.aiming, domes: domesHere, talk: myTalk, closedRooms,
      level: (person) => (person === store.myId.peek() ? this.voice.ownLevel() : this.voice.mixer.level(person)),
      onPick: (pick) => this.picked(pick),
    });
    this.wearing = new Wearing({ world: () => this.world.current, tracked: () => this.walker, onPick: (pick) => this.picked(pick), actions: options.actions });
    this.touring = new Touring({
      send: (message) => this.connection?.send('tour', message), point: (at) => this.connection?.send('point', { at }),
      walker: () => this.walker, poses: this.poses, hearAnywhere: (guide) => this.voice.mixer.setGuide(guide),
    });
    this.talking = new Talking({ voice: this.voice, send: (name, message) => this.connection?.send(name, message), strayed: () => this.touring.strayed() });
    this.sealing = new TalkSealing({ port: this.seal, parcels: this.talking.parcels });
    this.notes = new TalkNotes(this.talking.parcels);
    this.screen = new TalkScreen({ send: (name, message) => this.connection?.send(name, message) });
    this.direct = new DirectTalk({ voice: this.voice, frames: this.seal, send: (deed) => this.connection?.send('talk', deed) });
    this.journeys = new Journeys({ load: (ref) => SceneVisit.load(ref, visitDeps(this.poses, () => this)), arrive: (next, arrival) => this.arrive(next, arrival) });
    this.reconnector = new Reconnector({
      connect: () => this.connect(false),
      onStatus: (status) => {
        store.connection.value = status;
      },
      onEnd: options.onEnd,
    });
    this.timer = setInterval(() => this.tick(), TICK_MS);
    this.showScene();
    this.mirror();
    if (options.microphone !== null) this.voice.adopt(options.microphone);
  }

  /**
   * Enters: fetches the scene, joins the room, starts voices and view.
   * @throws ReasonedError with what stands in the way; nothing is left running then.
   */
  static async enter(options: VenueOptions, scene: SceneRef, takeOver: boolean): Promise<Venue> {
    const poses = new PoseStream();
    let venue: Venue | null = null;
    const visit = await SceneVisit.load(scene, visitDeps(poses, () => venue));
    store.scene.value = visit.scene;
    venue = new Venue(options, visit, poses);
    try {
      await venue.connect(takeOver);
      return venue;
    } catch (error) {
      venue.close();
      throw error;
    }
  }

  get walker(): PredictedWalker {
    return this.visit.walker;
  }

  get surroundings(): Surroundings {
    return this.visit.surroundings;
  }

  /** Takes the server's word for where one is: here, or in a scene that has to be loaded first. */
  settle(arrival: Arrival, why: JourneyCause): void {
    const from = store.here.peek();
    store.here.value = arrival.scene.id;
    this.showPeople();
    if (this.visit.is(arrival.scene)) {
      const wasAway = this.journeys.heading !== null;
      if (wasAway) this.journeys.cancel();
      this.stand(arrival);
      if (wasAway) this.showScene();
      return;
    }
    this.visit.pause();
    this.leaveSights();
    this.world.empty();
    this.voice.mixer.setAcoustics(OPEN);
    this.journeys.go(arrival, why, from);
  }

  /** A fresh connection knows one under this number, at this place. */
  welcomed(index: number, arrival: Arrival): void {
    this.myIndex = index;
    this.settle(arrival, null);
  }

  /** Shows the avatars of those who are in the scene. */
  showPeople(): void {
    this.poses.setPeople(peopleHere.peek(), store.myId.peek());
  }

  stayHere(): void {
    this.visit.stay();
  }

  retryJourney(): void {
    if (this.journeys.heading !== null) {
      this.journeys.retry();
      return;
    }
    const journey = store.journey.peek();
    if (journey?.stage !== 'failed') return;
    store.journey.value = { ...journey, stage: 'world' };
    this.showScene();
  }

  /** By which one is let into formal sessions as well. */
  get pass(): string {
    return this.options.pass;
  }

  /** Ends everything. With `leaving`, the server is told that the person goes; otherwise it holds the place. */
  close(leaving = false): void {
    attendingActions.leave();
    if (this.closed) return;
    this.closed = true;
    this.reconnector.stop();
    clearInterval(this.timer);
    if (leaving) this.connection?.leave();
    this.connection = null;
    for (const unsubscribe of this.unsubscribers) unsubscribe();
    this.leaveSights();
    this.wearing.close();
    this.touring.close();
    this.talking.close();
    this.sealing.close();
    this.direct.close();
    this.notes.close();
    this.screen.close();
    this.journeys.cancel();
    this.world.close();
    this.voice.close();
    this.seal.close();
    this.visit.close();
    forgetVenue();
  }

  reconnectNow(): void {
    this.reconnector.retryNow();
  }

  /** Ends the line as if the network had failed; the reconnector brings it back. For tests of exactly that. */
  dropConnection(): void {
    this.connection?.drop();
  }

  private async connect(takeOver: boolean): Promise<void> {
    const session = await openSession(this.options.pass);
    if (this.closed) throw new ReasonedError('NOT_JOINED');
    store.session.value = session;
    const connection = await VenueConnection.open(
      { token: session.token, appearance: this.appearance, tab: tabKey(), takeOver, slots: SLOTS },
      {
        messages: venueMessages(this),
        poses: (frame) => {
          this.poses.receive(frame, performance.now());
          this.hear();
        },
        closed: (reason) => this.onClosed(connection, reason),
      },
    );
    // A late answer to a try that was given up meanwhile must not replace the one that came after it.
    if (this.closed) {
      connection.leave();
      throw new ReasonedError('NOT_JOINED');
    }
    const previous = this.connection;
    this.connection = connection;
    previous?.drop();
  }

  private onClosed(connection: VenueConnection, reason: Reason | null): void {
    if (this.closed || this.connection !== connection) return;
    this.connection = null;
    if (reason === null || reason === 'SERVER_STOPPING') this.reconnector.start();
    else this.options.onEnd(reason);
  }

  private tick(): void {
    const now = performance.now();
    if (this.journeys.heading === null) this.walker.advance(now);
    if (store.world.peek().kind === 'ready' && !document.hidden) return;
    this.poses.sample(now);
    this.hear();
  }

  /** Moves the ears and every voice. */
  private hear(): void {
    const pose: Readonly<Placement> = this.journeys.heading?.placement ?? this.walker.pose;
    this.ears.x = pose.x;
    // Voices are placed at the avatars' feet level like the ears, so only differences in floor height count.
    this.ears.y = pose.y;
    this.ears.z = pose.z;
    this.ears.yaw = pose.yaw;
    this.voice.update(this.ears, this.poseOf);
    this.sights?.hear(this.ears);
  }

  private readonly poseOf = (person: string): AvatarPose | undefined => this.poses.byId(person);

  private mirror(): void {
    this.unsubscribers.push(
      this.voice.mic.subscribe((mic) => { store.mic.value = mic; }),
      this.voice.status.subscribe((status) => { store.media.value = status; }),
      effect(() => this.endJourney(store.world.value)),
      // Members of a talk that shows nobody see each other.
      effect(() => this.poses.setPeople(peopleHere.value, store.myId.value)),
    );
  }

  /** A journey is over when there is something to see, or there will be nothing to see in this venue. */
  private endJourney(world: WorldStatus): void {
    const journey = store.journey.peek();
    if (journey?.stage !== 'world' || world.kind === 'loading') return;
    store.journey.value = world.kind === 'failed' && world.why === 'download' ? { ...journey, stage: 'failed' } : null;
  }

  /** The next scene is loaded. */
  private arrive(next: SceneVisit, arrival: Arrival): void {
    const before = this.visit;
    this.visit = next;
    before.close();
    store.scene.value = next.scene;
    this.stand(arrival);
    this.showScene();
    if (settings.peek().textOnly) this.endJourney({ kind: 'none' });
  }

  /** Brings what there is to meet in the scene, and the view of it. */
  private showScene(): void {
    const { scene, walker } = this.visit;
    this.sights ??= new SceneSights({ scene, walker, mixer: this.voice.mixer, world: () => this.world.current, watchActivity: (activity, on) => this.connection?.send('watchActivity', { activity, on }) });
    this.world.show({ scene, walker, surfaces: this.sights.surfaces, links: openLinks });
  }

  /** The worker that sees all frames has failed: on without it, as a browser that cannot seal. */
  private sealWithout(): void {
    this.sealing.restart();
    this.voice.link.start();
  }

  private leaveSights(): void {
    this.sights?.dispose();
    this.sights = null;
  }

  private stand({ placement, seat }: Arrival): void {
    const { id, revision } = this.visit.scene;
    this.voice.mixer.setAcoustics(this.visit.acoustics);
    this.visit.begin({ id: store.myId.peek(), index: this.myIndex, placement, seat });
    this.sights?.watch();
    this.connection?.send('arrived', { scene: id, revision });
  }

  /** Nobody walks while on the way: the server would ignore it. */
  sendStep(bytes: Uint8Array): void {
    if (this.journeys.heading === null) this.connection?.sendWalk(bytes);
  }

  sendBody(bytes: Uint8Array): void {
    if (this.journeys.heading === null) this.connection?.sendBody(bytes);
  }

  private picked(pick: Parameters<WorldDeps['onPick']>[0]): void {
    if (pick.kind === 'seat') this.connection?.send('sit', { seat: pick.id });
    else if (pick.kind === 'person') {
      store.person.value = pick.id;
      approach(this, pick.id);
    }
    else if (pick.kind === 'point') this.touring.pointAt(pick.point);
    else if (pick.kind === 'sight') this.sights?.visit(pick.sight);
    else if (!this.walker.walkTo(pick.point)) toast('toast.noWay', 'warning');
  }
}

function visitDeps(poses: PoseStream, venue: () => Venue | null): SceneVisitDeps {
  return {
    poses,
    send: (bytes) => venue()?.sendStep(bytes),
    sendBody: (bytes) => venue()?.sendBody(bytes),
    teleport: (to) => venue()?.connection?.send('teleport', { to }),
    wantStand: () => venue()?.connection?.send('stand', {}),
    onBlocked: () => toast('toast.wayBlocked', 'warning'),
    onClosed: doorToast(),
  };
}

/** What was only true inside. */
function forgetVenue(): void {
  store.people.value = new Map();
  forgetMeetings();
  store.here.value = '';
  store.scenes.value = [];
  store.link.value = null;
  store.nearby.value = [];
  store.slots.value = [];
  store.hearers.value = { count: 0, ids: null };
  store.seat.value = '';
  store.walking.value = false;
  store.connection.value = { kind: 'online' };
}
