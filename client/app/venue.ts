/** The time between entering and leaving: connection, walking, voices, chat and the 3D view of one scene, wired together. Loaded when somebody enters. */
import { loadGround } from '../../shared/navigation/browser.ts';
import type { NavmeshGround } from '../../shared/navigation/ground.ts';
import type { Appearance } from '../../shared/protocol/people.ts';
import type { Reason } from '../../shared/protocol/reasons.ts';
import { ReasonedError } from '../../shared/protocol/reasons.ts';
import { Acoustics } from '../../shared/rules/acoustics.ts';
import { Voice } from '../audio/voice.ts';
import type { Microphone } from '../audio/microphone.ts';
import { VenueConnection } from '../net/connection.ts';
import { PoseStream } from '../net/poses.ts';
import { Reconnector } from '../net/reconnector.ts';
import { openSession, tabKey } from '../net/session.ts';
import { PredictedWalker } from '../walking/walker.ts';
import { approach } from './approach.ts';
import { ChatLog } from './chat-log.ts';
import type { AvatarPose, WorldDeps } from './contracts.ts';
import { venueMessages } from './venue-messages.ts';
import { loadSceneFiles } from './scene-files.ts';
import { settings } from './settings.ts';
import { SceneSights } from './sights/scene-sights.ts';
import { me, store } from './store.ts';
import { Surroundings } from './surroundings.ts';
import { toast } from './toasts.ts';
import { volumeOf } from './volumes.ts';
import { WorldHost } from './world-host.ts';

/** Voices that a device can mix at once: phones get half. */
const SLOTS = matchMedia('(pointer: coarse)').matches ? 4 : 8;
/** Walks and listens on where animation frames stop (a hidden tab, no 3D). */
const TICK_MS = 50;

export interface VenueOptions {
  readonly pass: string;
  readonly canvasHost: HTMLElement;
  readonly appearance: Appearance;
  readonly microphone: Microphone | null;
  /** The venue is over: the server ended it. */
  readonly onEnd: (reason: Reason) => void;
}

export class Venue {
  readonly walker: PredictedWalker;
  readonly poses = new PoseStream();
  readonly voice: Voice;
  readonly chat: ChatLog;
  readonly surroundings: Surroundings;
  readonly sights: SceneSights;
  readonly world: WorldHost;
  appearance: Appearance;
  connection: VenueConnection | null = null;
  private readonly options: VenueOptions;
  private readonly ground: NavmeshGround;
  private readonly reconnector: Reconnector;
  private readonly timer: ReturnType<typeof setInterval>;
  private readonly unsubscribers: (() => void)[] = [];
  private closed = false;
  private readonly ears = { x: 0, y: 0, z: 0, yaw: 0 };

  private constructor(options: VenueOptions, ground: NavmeshGround) {
    this.options = options;
    this.ground = ground;
    this.appearance = options.appearance;
    this.walker = new PredictedWalker({
      ground,
      send: (bytes) => this.connection?.sendWalk(bytes),
      wantStand: () => this.connection?.send('stand', {}),
      onBlocked: () => toast('toast.wayBlocked', 'warning'),
    });
    const scene = store.scene.peek();
    if (scene === null) throw new ReasonedError('INTERNAL', 'the scene is not loaded');
    this.voice = new Voice({
      acoustics: new Acoustics(scene.layout),
      slots: SLOTS,
      iceServers: (store.session.peek()?.iceServers ?? []),
      settings,
      offer: (sdp) => this.connection?.send('mediaOffer', { sdp }),
      onMicState: (state) => this.connection?.send('mic', { state }),
      volumeOf,
    });
    this.chat = new ChatLog((to, text, nonce) => this.connection?.send('chat', { to, text, nonce }));
    this.surroundings = new Surroundings(scene.layout, this.poses, this.walker);
    this.sights = new SceneSights({ scene, walker: this.walker, mixer: this.voice.mixer, world: () => this.world.current, watchActivity: () => undefined });
    this.world = new WorldHost(options.canvasHost, {
      surfaces: this.sights.surfaces,
      scene, poses: this.poses, walker: this.walker, people: store.people, me, settings,
      level: (person) => (person === store.myId.peek() ? this.voice.ownLevel() : this.voice.mixer.level(person)),
      onPick: (pick) => this.picked(pick),
    });
    this.reconnector = new Reconnector({
      connect: () => this.connect(false),
      onStatus: (status) => {
        store.connection.value = status;
      },
      onEnd: options.onEnd,
    });
    this.timer = setInterval(() => this.tick(), TICK_MS);
    this.mirror();
    if (options.microphone !== null) this.voice.adopt(options.microphone);
  }

  /**
   * Enters: fetches the scene, joins the room, starts voices and view.
   * @throws ReasonedError with what stands in the way; nothing is left running then.
   */
  static async enter(options: VenueOptions, sceneId: string, takeOver: boolean): Promise<Venue> {
    const { scene, navmesh } = await loadSceneFiles(sceneId);
    const ground = await loadGround(navmesh);
    store.scene.value = scene;
    const venue = new Venue(options, ground);
    try {
      await venue.connect(takeOver);
      return venue;
    } catch (error) {
      venue.close();
      throw error;
    }
  }

  /** Ends everything. With `leaving`, the server is told that the person goes; otherwise it holds the place. */
  close(leaving = false): void {
    if (this.closed) return;
    this.closed = true;
    this.reconnector.stop();
    clearInterval(this.timer);
    if (leaving) this.connection?.leave();
    this.connection = null;
    for (const unsubscribe of this.unsubscribers) unsubscribe();
    this.surroundings.stop();
    this.sights.dispose();
    this.world.close();
    this.voice.close();
    this.ground.dispose();
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
      { token: session.token, scene: session.scene, appearance: this.appearance, tab: tabKey(), takeOver, slots: SLOTS },
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
    this.walker.advance(now);
    if (store.world.peek().kind === 'ready' && !document.hidden) return;
    this.poses.sample(now);
    this.hear();
  }

  /** Moves the ears and every voice. */
  private hear(): void {
    const pose: Readonly<AvatarPose> = this.walker.pose;
    this.ears.x = pose.x;
    // Voices are placed at the avatars' feet level like the ears, so only differences in floor height count.
    this.ears.y = pose.y;
    this.ears.z = pose.z;
    this.ears.yaw = pose.yaw;
    this.voice.update(this.ears, this.poseOf);
    this.sights.hear(this.ears);
  }

  private readonly poseOf = (person: string): AvatarPose | undefined => this.poses.byId(person);

  private mirror(): void {
    this.unsubscribers.push(
      this.walker.seat.subscribe((seat) => { store.seat.value = seat; }),
      this.walker.destination.subscribe((destination) => { store.walking.value = destination !== null; }),
      this.voice.mic.subscribe((mic) => { store.mic.value = mic; }),
      this.voice.status.subscribe((status) => { store.media.value = status; }),
    );
  }

  private picked(pick: Parameters<WorldDeps['onPick']>[0]): void {
    if (pick.kind === 'seat') this.connection?.send('sit', { seat: pick.id });
    else if (pick.kind === 'person') approach(this, pick.id);
    else if (pick.kind === 'sight') this.sights.visit(pick.sight);
    else if (!this.walker.walkTo(pick.point)) toast('toast.noWay', 'warning');
  }
}

/** What was only true inside. */
function forgetVenue(): void {
  store.people.value = new Map();
  store.nearby.value = [];
  store.slots.value = [];
  store.hearers.value = { count: 0, ids: null };
  store.seat.value = '';
  store.walking.value = false;
  store.connection.value = { kind: 'online' };
}
