/**
 * Every message of the venue room, once. Client messages are schemas (checked at the door); server messages are types.
 * No message-name literal exists outside this file: use `ClientMessages` / `ServerMessages` keys.
 */
import { z } from 'zod';
import { Appearance } from './people.ts';
import type { PersonInfo } from './people.ts';
import { Attend } from './bookings.ts';
import type { BookingMessages } from './bookings.ts';
import type { SessionSummary } from './plenary/messages.ts';
import type { Reason } from './reasons.ts';
import type { Sponsor } from './sponsors.ts';
import { TalkDeed, TalkParcel, audience } from './talks.ts';
import type { DirectMessages } from './direct.ts';
import type { TalkMessages } from './talks.ts';
import { ScreenDeed, ScreenOffer } from './screens.ts';
import type { ScreenMessages } from './screens.ts';
import { GESTURES, MIC_STATES, SDP_MAX_LENGTH } from './vocabulary.ts';
import type { Language } from './vocabulary.ts';

const personId = z.string().regex(/^[A-Za-z0-9_-]{1,32}$/);
const sceneId = z.string().regex(/^[A-Za-z0-9_.-]{1,64}$/);

const coordinate = z.number().min(-1000).max(1000);

export { SDP_MAX_LENGTH };

export const ClientMessages = {
  /** Jump at once (for those who cannot or do not want to walk): to a named place, beside a person, or back to the entrance. */
  jump: z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('place'), id: sceneId }),
    z.object({ kind: z.literal('person'), id: personId }),
    z.object({ kind: z.literal('spawn') }),
    /** Through a link of the scene that one is in. */
    z.object({ kind: z.literal('link'), id: sceneId }),
    /** To an entrance of another scene. */
    z.object({ kind: z.literal('scene'), id: sceneId }),
  ]),
  /** Set me down there, a point of the scene: as far as one can get on foot, and not sooner than by running. Answered by `placed`, or refused without a word to the person. */
  teleport: z.object({ to: z.tuple([coordinate, coordinate, coordinate]) }),
  /** The scene that `scene` told of is loaded: walk steps count again from now on. */
  arrived: z.object({ scene: sceneId, revision: sceneId }),
  /** Guided tours: whoever starts one is its guide. `end`, `invite`, `inviteAll` and `dismiss` are the guide's. */
  tour: z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('start') }),
    z.object({ kind: z.literal('end') }),
    z.object({ kind: z.literal('join'), guide: personId }),
    /** An invitation is turned down: the guide is told. */
    z.object({ kind: z.literal('decline'), guide: personId }),
    z.object({ kind: z.literal('leave') }),
    /** Whether a member goes where the guide goes. Set by joining; when it is switched on, the guide's scene is gone to. */
    z.object({ kind: z.literal('follow'), on: z.boolean() }),
    z.object({ kind: z.literal('invite'), person: personId }),
    /** `near`: those within hearing range; `scene`: everybody in the scene, for the secretariat. */
    z.object({ kind: z.literal('inviteAll'), reach: z.enum(['near', 'scene']) }),
    z.object({ kind: z.literal('dismiss'), person: personId }),
  ]),
  /** What the guide points at, a point of the scene, for those on the tour; null takes it away. */
  point: z.object({ at: z.tuple([coordinate, coordinate, coordinate]).nullable() }),
  /** Lays a tile of a mosaic, or takes it up (null). `tile` indexes the tiles of `venue.json`. */
  mosaic: z.object({ activity: sceneId, cell: z.int().min(0).max(1023), tile: z.int().min(0).max(23).nullable() }),
  /** While watching an activity of the scene, its changes are sent. */
  watchActivity: z.object({ activity: sceneId, on: z.boolean() }),
  /** To a meeting of mine: into its room, or its virtual talk. From ten minutes before it begins. */
  attend: Attend,
  sit: z.object({ seat: sceneId }),
  stand: z.object({}),
  gesture: z.object({ gesture: z.enum(GESTURES) }),
  appearance: Appearance,
  /** `audience`: who I know to hear me. `live` for another audience than the server's is refused. */
  mic: z.object({ state: z.enum(MIC_STATES), audience }),
  talk: TalkDeed,
  /** Only this person hears me until it is taken back (null); muted at both ends of it. */
  whisper: z.object({ to: personId.nullable() }),
  parcel: TalkParcel,
  screen: ScreenDeed,
  screenOffer: ScreenOffer,
  /** No invitations while it is on. */
  doNotDisturb: z.object({ on: z.boolean() }),
  /** Deafened people are sent no voice at all. */
  deafen: z.object({ on: z.boolean() }),
  /** Neither hears, sees nor reads the other any more. Kept for the event. */
  block: z.object({ person: personId, on: z.boolean() }),
  chat: z.object({
    to: z.discriminatedUnion('kind', [
      z.object({ kind: z.literal('near') }),
      z.object({ kind: z.literal('venue') }),
      /** My private talk. */
      z.object({ kind: z.literal('talk') }),
      z.object({ kind: z.literal('person'), id: personId }),
    ]),
    /** Longer than `CHAT_MAX_LENGTH` is refused with CHAT_TOO_LONG and the nonce; far longer does not get here. */
    text: z.string(),
    /** Chosen by the sender, echoed in the delivery, so that a resend after a drop is not shown twice. */
    nonce: z.string().regex(/^[A-Za-z0-9_-]{1,32}$/),
  }),
  mediaOffer: z.object({ sdp: z.string().min(1).max(SDP_MAX_LENGTH) }),
  mediaLeave: z.object({}),
  /** While watching, `hearers` carries the ids, else only the number. */
  watchHearers: z.object({ on: z.boolean() }),
  ping: z.object({ at: z.number() }),
} as const;

export type ClientMessageName = keyof typeof ClientMessages;
export type ClientMessage<K extends ClientMessageName> = z.infer<(typeof ClientMessages)[K]>;

export type ChatScope = ClientMessage<'chat'>['to'];

/** A scene as it is published now: its files lie under `/scenes/<id>/<revision>/`, and never change there. */
export interface SceneRef {
  readonly id: string;
  readonly revision: string;
}

export interface Placement {
  readonly x: number;
  readonly y: number;
  readonly z: number;
  /** Radians about +Y, 0 looks along +Z. */
  readonly yaw: number;
}

export interface ServerMessages extends TalkMessages, DirectMessages, ScreenMessages, BookingMessages {
  welcome: {
    readonly id: string;
    readonly index: number;
    readonly scene: SceneRef;
    readonly placement: Placement;
    readonly seat: string;
    /** Place, appearance and seat were kept from before (a drop, a restart, another window). */
    readonly resumed: boolean;
    readonly tick: number;
    /** Those whom this person blocks, by name, since they are in no announcement of people. */
    readonly blocked: readonly { readonly id: string; readonly name: string }[];
    readonly slots: number;
  };
  /** Everybody whom this person may see, themselves included: replaces all that was known. Sent after `welcome`. */
  people: { readonly people: readonly PersonInfo[] };
  /**
   * What changed since: newcomers and changed people whole, then who is no longer to be seen (gone, or hidden by a block of either side,
   * which looks the same). At most one a tick; always before the pose frame of that tick, so that an `index` is known before it is used.
   */
  peopleChanged: { readonly changed: readonly PersonInfo[]; readonly left: readonly string[] };
  /** The server moved this person: after a jump, a teleport (which keeps the look), sitting, standing, or a correction of a refused step (`seq` of the step). */
  placed: Placement & {
    readonly cause: 'jump' | 'teleport' | 'sit' | 'stand' | 'correction';
    readonly seat: string;
    readonly seq: number | null;
    readonly reason: Reason | null;
  };
  /**
   * The server moved this person to another scene, or this one was replaced: load it, then say `arrived`. Voices go on meanwhile.
   * `withdrawn`: the scene that they were in is not shown any more. `by`: the guide, or the host of their talk, who took them along, or empty.
   */
  scene: {
    readonly scene: SceneRef;
    readonly placement: Placement;
    readonly seat: string;
    readonly cause: 'link' | 'jump' | 'tour' | 'talk' | 'replaced' | 'withdrawn';
    readonly by: string;
  };
  /** The scenes that one can go to now; sent after `welcome` and when it changes. */
  scenes: { readonly scenes: readonly (SceneRef & { readonly names: Readonly<Record<Language, string>> })[] };
  /** Those who made the event possible, in the order in which they are shown; sent after `welcome` and when it changes. */
  sponsors: { readonly sponsors: readonly Sponsor[] };
  /** The formal sessions of the event, those to come and going on first; sent after `welcome` and when one changes. How many are inside may be out of date. */
  sessions: { readonly sessions: readonly SessionSummary[] };
  /** Somebody asks this person to join their tour. */
  tourInvitation: { readonly guide: string };
  /** To a guide: how many were asked, who would rather not. To a member: their tour is over, or they were asked to leave it. */
  tourNews:
    | { readonly kind: 'invited'; readonly count: number }
    | { readonly kind: 'declined'; readonly person: string }
    /** `ended`: by its guide; `gone`: its guide has left the venue; `dismissed`: for this member. */
    | { readonly kind: 'over'; readonly guide: string; readonly why: 'ended' | 'gone' | 'dismissed' };
  /** What the guide of one's tour points at; null: nothing any more. `scene`: where. */
  pointed: { readonly by: string; readonly scene: string; readonly at: readonly [number, number, number] | null };
  /** All cells of a mosaic, row by row, -1 where there is no tile; sent when one begins to watch. */
  mosaic: { readonly activity: string; readonly cells: readonly number[] };
  mosaicChanged: { readonly activity: string; readonly cell: number; readonly tile: number; readonly by: string };
  refused: { readonly what: ClientMessageName | 'walk' | 'body' | 'unknown'; readonly reason: Reason; readonly nonce?: string };
  chat: {
    readonly id: string;
    readonly from: string;
    readonly fromName: string;
    readonly to: ChatScope;
    readonly text: string;
    /** Milliseconds since the epoch, server time. */
    readonly at: number;
    readonly nonce: string;
  };
  mediaAnswer: { readonly sdp: string };
  /** The relay forgot us (restart, time-out): offer again. */
  mediaReset: { readonly reason: Reason };
  /** Who feeds each slot of mine that is in use now, in the order of the offered receive m-lines, of which the last may be out of use. `null`: nobody. */
  slots: { readonly people: readonly (string | null)[] };
  /** Those to whom the relay is sending my voice, by the plan in force. `ids` only while watched. */
  hearers: { readonly count: number; readonly ids: readonly string[] | null };
  /** Something that the person should know about the service itself. `stopping`: in a few seconds the server will, as a rule to start again. */
  notice: { readonly kind: 'stopping' };
  pong: { readonly at: number; readonly tick: number };
}

export type ServerMessageName = keyof ServerMessages;
