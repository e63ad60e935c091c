/**
 * What the parts of the client know of each other: `net`, `walking`, `audio` and `world` are built against these interfaces, `ui` reads the store and calls `VenueActions`; only `client/app` knows more.
 */
import type { ReadonlySignal } from '@preact/signals';
import type { Body } from '../../shared/protocol/body.ts';
import type { Appearance, PersonInfo } from '../../shared/protocol/people.ts';
import type { ChatScope, SceneRef, ServerMessages } from '../../shared/protocol/messages.ts';
import type { Reason } from '../../shared/protocol/reasons.ts';
import type { Dome } from '../../shared/protocol/talks.ts';
import type { Gesture, Language, MicState, Posture } from '../../shared/protocol/vocabulary.ts';
import type { Point } from '../../shared/rules/ground.ts';
import type { Layout, Link, MosaicTexts, Venue } from '../../shared/scene/layout.ts';
import type { HeadsetActions, HeadsetSettings } from './headset/contract.ts';
import type { MeetingActions } from './meetings/contract.ts';
import type { ClosedRoom } from './meetings/closed-room.ts';
import type { PlenaryActions } from './plenary/contract.ts';
import type { TalkActions } from './talks/contract.ts';
import type { Aim, TourActions } from './tours/contract.ts';

export type { Sponsor } from '../../shared/protocol/sponsors.ts';

/** An avatar as it is drawn now: interpolated, mutated in place at every `sample`, never re-created while the person is in view. */
export interface AvatarPose {
  readonly id: string;
  readonly index: number;
  x: number;
  y: number;
  z: number;
  yaw: number;
  pitch: number;
  posture: Posture;
  gesture: Gesture;
  speaking: boolean;
  /** Metres a second over the ground, for the walk cycle. */
  speed: number;
  /** Head and hands of somebody in a headset who is near enough to be shown so; null otherwise. */
  body: Body | null;
}

/** Poses of everybody else whom the server shows us. */
export interface PoseBook {
  /** Live list; order changes when people come and go. Do not keep it across frames. */
  readonly avatars: readonly AvatarPose[];
  /** Raised whenever somebody is added to or removed from `avatars`. */
  readonly revision: number;
  /** Brings all avatars to where they were 100 ms ago. `now` is `performance.now()`. Allocates nothing. */
  sample(now: number): void;
  byId(id: string): AvatarPose | undefined;
}

/** One's own movement: predicted, corrected by the server, smoothed for the eye. Knows no engine: it also walks where there is no WebGL. */
export interface Walker {
  /** Own pose, mutated in place. `yaw`/`pitch` are where one looks. */
  readonly pose: Readonly<AvatarPose>;
  /** Seat id or empty. */
  readonly seat: ReadonlySignal<string>;
  /** Where a path leads that is being walked, or null. */
  readonly destination: ReadonlySignal<Readonly<Point> | null>;
  /** Wish to move, relative to the look: forward and right in -1..1. Any non-zero wish ends a path. */
  setIntent(forward: number, right: number, running: boolean): void;
  /** Radians added to the look; pitch is clamped to +-63 degrees. */
  look(deltaYaw: number, deltaPitch: number): void;
  /** Follows a path over the ground. `arriveYaw`: the look on arrival. @returns false if there is no way. */
  walkTo(target: Readonly<Point>, arriveYaw?: number): boolean;
  stop(): void;
  /** Advances to `now` (`performance.now()`): called by a timer and by the render loop alike. Allocates nothing. */
  advance(now: number): void;
}

export interface SceneFiles extends SceneRef {
  /** Base address with a slash at the end, on our own server. */
  readonly base: string;
  readonly layout: Layout;
  readonly venue: Venue;
}

/** Something in a scene to look at or to take part in: what it is, and its id in the layout. */
export interface Sight {
  readonly kind: 'exhibit' | 'panorama' | 'booth' | 'activity';
  readonly id: string;
}

/** What a surface of the scene shows. Texts are in the language of whoever looks. */
export type SurfaceContent =
  | { readonly kind: 'welcome'; readonly title: string; readonly text: string }
  /** Those who made the event possible, side by side. */
  | { readonly kind: 'wall'; readonly title: string; readonly event: string; readonly members: readonly { readonly name: string; readonly logo: string | null }[] }
  | { readonly kind: 'booth'; readonly name: string; readonly logo: string | null; readonly text: string }
  /** A film, at one moment; another `frame`, another picture. */
  | { readonly kind: 'picture'; readonly video: HTMLVideoElement; readonly frame: number }
  /** `sign`: of a delegation that has raised it in a formal session, or has the floor. */
  | { readonly kind: 'nameplate'; readonly entity: string; readonly name: string; readonly sign: 'raised' | 'floor' | null }
  /** `cells`: row by row from the top, index of a tile or -1. */
  | { readonly kind: 'mosaic'; readonly columns: number; readonly rows: number; readonly tiles: MosaicTexts['tiles']; readonly cells: readonly number[] };

/** A mesh of the scene (texture coordinates 0 to 1, `aspect` is width by height) and what it shows. */
export interface Surface {
  readonly node: string;
  readonly aspect: number;
  readonly rightToLeft: boolean;
  readonly content: SurfaceContent;
}

/** A 360-degree picture or film. */
export interface PanoramaSource {
  readonly address: string;
  readonly kind: 'image' | 'video';
  /** Where one looks first, radians; 0 is the middle of the picture, and turning left raises it. */
  readonly yaw: number;
  /** Of the film's own sound, 0..1. */
  readonly volume: number;
  /** Whether a film begins by itself. */
  readonly playing: boolean;
}

/** The stand that one has stepped into. Without a 3D view it is a plain picture in a panel instead. */
export interface PanoramaStatus {
  readonly id: string;
  readonly stage: { readonly kind: 'loading'; readonly fraction: number } | { readonly kind: 'shown' } | { readonly kind: 'failed' };
  /** Null for a picture. */
  readonly playing: boolean | null;
}

/** The recording that explains an exhibit; only its listener hears it. Times in seconds. */
export interface GuideStatus {
  /** Exhibit. */
  readonly id: string;
  readonly state: 'loading' | 'playing' | 'paused' | 'failed';
  readonly time: number;
  /** 0 until it is known. */
  readonly duration: number;
}

/** Somebody laid a tile of a mosaic, or took one up (`tile` -1). */
export type MosaicNews = { readonly activity: string; readonly cell: number; readonly tile: number; readonly by: string };

export interface WorldStats {
  readonly drawCalls: number;
  readonly triangles: number;
  readonly framesPerSecond: number;
  /** JavaScript time of the last frames, milliseconds. */
  readonly jsMsMedian: number;
  readonly jsMsP99: number;
  readonly avatarsSkeletal: number;
  readonly avatarsBaked: number;
  readonly textureMegabytes: number;
  /** Textures that the graphics processor holds, of all scenes: must not grow from visit to visit. */
  readonly textures: number;
}

/** A way out of the scene that leads to a scene which is open, and what that is called. */
export interface ShownLink extends Link {
  readonly name: string;
}

/** The scene that is shown, and one's walk in it. */
export interface WorldPlace {
  readonly scene: SceneFiles;
  readonly walker: Walker;
  /** What screens, booths, nameplates and boards of the scene show. */
  readonly surfaces: ReadonlySignal<readonly Surface[]>;
  /** The ways out of the scene that are open. */
  readonly links: ReadonlySignal<readonly ShownLink[]>;
}

export interface WorldDeps extends WorldPlace {
  readonly canvas: HTMLCanvasElement;
  readonly poses: PoseBook;
  /** Those in the scene. */
  readonly people: ReadonlySignal<ReadonlyMap<string, PersonInfo>>;
  readonly me: ReadonlySignal<PersonInfo | null>;
  readonly settings: ReadonlySignal<Settings>;
  /** What the guide of my tour points at, or null. */
  readonly aim: ReadonlySignal<Aim | null>;
  /** While on, a click points at what it lands on (`onPick` with `point`) instead of meaning it. */
  readonly aiming: ReadonlySignal<boolean>;
  /** The private talks of the scene, and the id of mine or empty. */
  readonly domes: ReadonlySignal<readonly Dome[]>;
  readonly talk: ReadonlySignal<string>;
  readonly closedRooms: ReadonlySignal<readonly ClosedRoom[]>;
  /** Level 0..1 of what is heard of a person now (0 if not in a slot), for mouth and gestures; own level for one's own id. */
  level(person: string): number;
  /** 0..1 of the download, for the progress bar. */
  onProgress(fraction: number): void;
  /** The browser took the graphics context away and has not given it back: nothing is drawn any more. */
  onLost?(): void;
  /** A click or tap landed: on a person, a seat, something to look at, or the ground. */
  onPick(pick: { kind: 'person'; id: string } | { kind: 'seat'; id: string } | { kind: 'sight'; sight: Sight } | { kind: 'ground' | 'point'; point: Point }): void;
}

/** The 3D view. `client/world/index.ts` exports `createWorld(deps): Promise<World>`, loaded with `import()`. */
export interface World {
  /**
   * Shows another scene on the same canvas, with the same engine.
   * @throws WorldError `download`; then nothing is shown, and `go` may be called again
   */
  go(place: WorldPlace): Promise<void>;
  /** Shows nothing any more, and lets the scene go; `go` follows. */
  leave(): void;
  /** Draws one frame at once (tests and benchmarks step frames themselves). */
  renderFrame(): void;
  /** A 360-degree picture in place of the scene: what steers the walk steers the look meanwhile. */
  readonly panorama: {
    /** Rejects with `WorldError` `download` if the file does not arrive or is no picture; quietly resolves if it is closed meanwhile. */
    open(source: PanoramaSource, onProgress: (fraction: number) => void): Promise<void>;
    close(): void;
    /** Positive: wider. */
    zoom(notches: number): void;
    setPlaying(on: boolean): void;
  };
  stats(): WorldStats;
  dispose(): void;
}

export type Quality = 'auto' | 'low' | 'medium' | 'high';

/** Kept on this device. */
export interface Settings extends HeadsetSettings {
  readonly language: Language;
  readonly theme: 'system' | 'light' | 'dark';
  readonly contrast: 'system' | 'high';
  readonly motion: 'system' | 'reduced';
  readonly names: boolean;
  readonly view: 'first' | 'third';
  readonly quality: Quality;
  /** Draw no 3D at all: the companion alone. */
  readonly textOnly: boolean;
  /** Device ids as the browser gives them, or empty for its default. */
  readonly microphone: string;
  readonly speaker: string;
  /** Original sound: no echo cancellation, noise suppression or gain control. */
  readonly originalSound: boolean;
  /** Master volume, 0..1. */
  readonly volume: number;
  /** Volume of the scene's own sounds, 0..1; 0: they are not even fetched. */
  readonly surroundings: number;
  /** Voices are lowered while an audio guide plays. */
  readonly guideLowersVoices: boolean;
  /** Single-key shortcuts outside text fields (WCAG 2.1.4: they can be switched off). */
  readonly shortcuts: boolean;
  /** What the companion announces by itself to a screen reader. */
  readonly announcements: 'none' | 'essential' | 'all';
}

/** What a page-level problem tells of: a reason of the server, or that no server answers. */
export type PageProblem = Reason | 'UNREACHABLE';

/** Where the person is on the way in. */
export type Phase =
  | { readonly kind: 'loading' }
  | { readonly kind: 'problem'; readonly reason: PageProblem }
  | { readonly kind: 'device-check' }
  /** The same pass is in use in another window: ask before moving. */
  | { readonly kind: 'ask-take-over' }
  | { readonly kind: 'entering' }
  | { readonly kind: 'venue' }
  /** Ended by the server or the person; `reason` null: the person left. */
  | { readonly kind: 'left'; readonly reason: Reason | null };

export type ConnectionStatus =
  | { readonly kind: 'online' }
  /** `since`: `Date.now()`; `attempt` counts from 1. `why` is what the page knows: no network at all, or the server does not answer. */
  | { readonly kind: 'reconnecting'; readonly since: number; readonly attempt: number; readonly why: 'network' | 'server' };

export type MediaStatus = 'off' | 'connecting' | 'live' | 'reconnecting' | 'failed';

export type MicProblem = 'denied' | 'none-found' | 'in-use' | 'unsupported' | 'lost';

/** The world view's own state. */
export type WorldStatus =
  | { readonly kind: 'none' }
  | { readonly kind: 'loading'; readonly fraction: number }
  | { readonly kind: 'ready' }
  | { readonly kind: 'failed'; readonly why: 'no-webgl' | 'download' | 'lost-context' };

/** On the way into another scene. */
export interface Journey {
  /** Id of the scene. */
  readonly to: string;
  /** Id of the scene that one comes from, to turn back. */
  readonly from: string;
  readonly cause: ServerMessages['scene']['cause'];
  /** Id of the guide who took one along, or empty. */
  readonly by: string;
  /** `files`: layout and ground; `world`: one is there, and the picture comes; `failed`: it could not be downloaded. */
  readonly stage: 'files' | 'world' | 'failed';
}

/** Somebody in the same scene as the companion tells of them; refreshed about twice a second. */
export interface NearbyPerson {
  readonly person: PersonInfo;
  /** Metres. */
  readonly distance: number;
  /** Clock direction relative to the look: 12 is ahead, 3 right. */
  readonly clock: number;
  readonly speaking: boolean;
  /** Their voice is in one of my slots now. */
  readonly heard: boolean;
  readonly space: string | null;
}

export interface ChatEntry {
  readonly key: string;
  readonly from: string;
  readonly fromName: string;
  readonly to: ChatScope;
  readonly text: string;
  readonly at: number;
  readonly mine: boolean;
  readonly status: 'sending' | 'delivered' | { readonly failed: Reason };
}

/** A short message at the edge of the screen, spoken by screen readers. `key` is a catalogue key. */
export interface Toast {
  readonly id: number;
  readonly key: string;
  readonly values?: Readonly<Record<string, string | number>>;
  readonly tone: 'info' | 'success' | 'warning' | 'error';
}

/** Everything that a person can do in the venue, for the UI. None of these throws: refusals become toasts. */
export interface VenueActions extends HeadsetActions, PlenaryActions, TourActions, TalkActions, MeetingActions {
  /** `headset`: put on as soon as there is something to see; only in a click. */
  enter(options: { appearance: Appearance; listenOnly: boolean; takeOver: boolean; headset?: boolean }): void;
  leave(): void;
  /** Fetches the session again: from a problem page, and from the left page back to the device check. */
  startOver(): void;
  reconnectNow(): void;
  walkToPlace(id: string): void;
  walkToPerson(id: string): void;
  jumpToPlace(id: string): void;
  jumpToPerson(id: string): void;
  walkToLink(id: string): void;
  /** Through a link of the scene, without walking there. */
  goThrough(link: string): void;
  /** To an entrance of another scene. */
  goToScene(id: string): void;
  /** Asks no more about the link that one stands in front of. */
  stayHere(): void;
  /** The scene could not be downloaded: once more, or back to the one before. */
  retryJourney(): void;
  turnBack(): void;
  sit(seat: string): void;
  /** Nearest free seat in the same space. */
  sitNearby(): void;
  stand(): void;
  gesture(gesture: Gesture): void;
  changeAppearance(appearance: Appearance): void;
  /** Asks for the microphone if there is none yet. */
  setMuted(muted: boolean): void;
  addMicrophone(): void;
  setDeafened(on: boolean): void;
  /** 0..2, 1 is as it is; kept on this device. */
  setVolume(person: string, volume: number): void;
  volumeOf(person: string): number;
  setBlocked(person: string, on: boolean): void;
  say(to: ChatScope, text: string): void;
  resend(key: string): void;
  watchHearers(on: boolean): void;
  /** Opens what there is to see or do; steps into a 360-degree stand. */
  visit(sight: Sight): void;
  walkToSight(sight: Sight): void;
  /** Closes what `visit` opened. */
  leaveSight(): void;
  /** Steps out of a 360-degree stand. */
  leavePanorama(): void;
  /** Positive: wider. */
  zoomPanorama(notches: number): void;
  playPanorama(on: boolean): void;
  /** The audio guide of an exhibit in the shown language; goes on where it was. */
  playGuide(exhibit: string): void;
  pauseGuide(): void;
  seekGuide(seconds: number): void;
  /** 1 is as it was recorded. */
  setGuideSpeed(speed: number): void;
  /** Null takes the tile up. */
  layTile(activity: string, cell: number, tile: number | null): void;
  changeSettings(change: Partial<Settings>): void;
}

/** The device check before entering: live microphone level and test sound. */
export interface DeviceCheck {
  readonly state: ReadonlySignal<'idle' | 'asking' | 'listening' | { readonly problem: MicProblem }>;
  readonly microphones: ReadonlySignal<readonly { id: string; label: string }[]>;
  readonly speakers: ReadonlySignal<readonly { id: string; label: string }[]>;
  /** 0..1, about 20 times a second while listening. */
  readonly level: ReadonlySignal<number>;
  /** Asks for permission and starts the level. */
  start(): Promise<void>;
  playTestSound(): Promise<void>;
  stop(): void;
}

export interface Hearers {
  readonly count: number;
  /** Null while not watched. */
  readonly ids: readonly string[] | null;
}

export type MicInfo = { readonly state: MicState; readonly level: number; readonly problem: MicProblem | null };
