/** What the parts know of the headset: the page asks for a session, the world is drawn into it, panels show in it what HTML shows outside. */
import type { Body } from '../../../shared/protocol/body.ts';
import type { Point } from '../../../shared/rules/ground.ts';

/** What a walker can do besides, for somebody whose head and hands are tracked. */
export interface TrackedWalker {
  /**
   * The body has moved by itself in the real room: metres along the axes of the world. Goes as far as the ground and a running pace allow; a seated person
   * leans and does not move. Writes what was really walked to `out` (y untouched). Allocates nothing.
   */
  shift(dx: number, dz: number, out: Point): void;
  /** Where the head looks, radians; replaces `look` while one wears a headset. */
  face(yaw: number, pitch: number): void;
  /** Head and hands from now on (the instance is read at every step, and mutated by its owner), or null when the headset is off. */
  wear(body: Body | null): void;
  /** Asks the server to be set down there; nothing happens until it answers, and nothing if there is no way on foot. */
  teleport(to: Readonly<Point>): void;
  /** Where one could walk to from here within the reach of a teleport: the point on the ground nearest to `to`, or false. */
  canTeleport(to: Readonly<Point>, out: Point): boolean;
}

/** How much of the world may move around somebody who stands still. */
export type Comfort = 'gentle' | 'standard' | 'free';

/** Kept on this device, beside the other settings. */
export interface HeadsetSettings {
  /** gentle: teleport, snap turns, dark edges; standard: smooth walking with dark edges, snap turns; free: all smooth, no dark edges. */
  readonly comfort: Comfort;
  /** One sits in a real chair, and stands in the venue all the same. */
  readonly seatedBody: boolean;
  /** Everything with one hand: which. */
  readonly playHand: 'both' | 'left' | 'right';
  /** Avatars nearer than this are not drawn, metres; 0: as near as they like. */
  readonly personalSpace: number;
  /** Eyes above the floor, standing, metres; 0: not measured, the headset's own word counts. */
  readonly eyeHeight: number;
  /** From shoulder to palm, metres; 0: not measured. */
  readonly armLength: number;
}

export interface HeadsetActions {
  /** Asks for the headset, in a click; it is put on as soon as there is something to see. */
  putOnHeadset(): void;
  takeOffHeadset(): void;
}

export type HeadsetStatus =
  /** No WebXR and no way to emulate it, or not asked yet. */
  | { readonly kind: 'none' }
  /** `cardboard`: by the polyfill, for a phone in a viewer. */
  | { readonly kind: 'ready'; readonly by: 'headset' | 'cardboard' }
  | { readonly kind: 'entering' }
  | { readonly kind: 'worn' };

export interface RoomTarget {
  readonly panel: string;
  readonly id: string;
  readonly text: string;
  readonly x: number;
  readonly y: number;
  readonly z: number;
}

/** What the page may ask of a headset that is worn. */
export interface WornHeadset {
  readonly facts: HeadsetFacts;
  recentre(): void;
  /** What can be pressed on panels now, and where in the real room, metres: for support and tests. */
  targets(): readonly RoomTarget[];
  /** Metres; 0 for what could not be measured. Null between two scenes. */
  measure(): { readonly eyeHeight: number; readonly armLength: number } | null;
  /** Takes it off: ends the session. */
  takeOff(): void;
}

/** `none`: nothing held of which there is a model; `failed`: it could not be had, and nothing is shown. */
export type ControllerModel = 'none' | 'loading' | 'shown' | 'failed';

/** For diagnostics: what the ladder of quality does, and what it costs. */
export interface HeadsetFacts {
  /** Drawn since it was put on. */
  readonly frames: number;
  readonly views: number;
  readonly level: number;
  readonly downs: number;
  readonly ups: number;
  readonly missedFrames: number;
  readonly frameRate: number;
  readonly multiview: boolean;
  /** Of the controller in each hand. */
  readonly controllers: { readonly left: ControllerModel; readonly right: ControllerModel };
}
