/** Every message of the room of formal sessions, once. Client messages are schemas, checked at the door; server messages are types. */
import { z } from 'zod';
import type { Reason } from '../reasons.ts';
import { CHAT_MAX_LENGTH, LANGUAGES, SDP_MAX_LENGTH } from '../vocabulary.ts';
import type { EntityType, Language, Role } from '../vocabulary.ts';
import { ConsoleDeed, channel } from './booths.ts';
import type { Manning } from './booths.ts';
import { PlenaryDeed } from './deeds.ts';
import type { DeedKind } from './deeds.ts';
import type { Patch, PlenaryState } from './state.ts';
import { CAPTION_MAX_LENGTH, PICTURE_LINES, STAGE_PLACES } from './vocabulary.ts';
import type { MeetingStatus, PictureLine, SessionKind, ShowingLine, StagePlace } from './vocabulary.ts';

const personId = z.string().regex(/^[A-Za-z0-9_-]{1,32}$/);
/** Chosen by the client, so that an answer is known by it and a repetition after a drop is not done twice. */
const nonce = z.string().regex(/^[A-Za-z0-9_-]{1,32}$/);
const language = z.enum(LANGUAGES);

export const SessionId = z.string().regex(/^[a-z0-9]{8,32}$/);

/** Options of the join, besides the token. */
export const PlenaryJoinOptions = z.object({
  protocol: z.int(),
  session: SessionId,
  /** Random per browser tab: another tab of the same person takes the place over when `takeOver` says that they agreed. */
  tab: z.string().regex(/^[A-Za-z0-9_-]{16,64}$/),
  takeOver: z.boolean(),
});
export type PlenaryJoinOptions = z.infer<typeof PlenaryJoinOptions>;

export const PlenaryChatTo = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('everyone') }),
  /** Chair and secretariat. */
  z.object({ kind: z.literal('podium') }),
  z.object({ kind: z.literal('delegation') }),
  z.object({ kind: z.literal('person'), id: personId }),
  /** My interpreters' booth. */
  z.object({ kind: z.literal('booth') }),
]);
export type PlenaryChatTo = z.infer<typeof PlenaryChatTo>;

export const PlenaryClientMessages = {
  deed: z.object({ deed: PlenaryDeed, nonce }),
  console: z.object({ deed: ConsoleDeed, nonce }),
  /** What I want to hear; `under`: the floor too, softly, beneath a language. */
  listen: z.object({ channel, under: z.boolean() }),
  chat: z.object({ to: PlenaryChatTo, text: z.string().max(CHAT_MAX_LENGTH * 2), nonce }),
  /** A captioner's line: `final` lines are kept in the transcript, others are shown until the next one of the same language. */
  caption: z.object({ language, text: z.string().max(CAPTION_MAX_LENGTH), final: z.boolean() }),
  /** Captions of this language are sent to me, or none. */
  readCaptions: z.object({ language: language.nullable() }),
  mediaOffer: z.object({ sdp: z.string().min(1).max(SDP_MAX_LENGTH) }),
  mediaLeave: z.object({}),
  /** My camera may be shown when I have the floor or the chair, or interpret into sign language (`sign`, for interpreters). */
  camera: z.object({ on: z.boolean(), sign: z.boolean() }),
  /** Shows my screen to everybody, in place of another one's; those with leave only. */
  screen: z.object({ on: z.boolean() }),
  /** One line of video: `sendonly` of the lines that show, `recvonly` of those that watch. */
  pictureOffer: z.object({ line: z.enum(PICTURE_LINES), sdp: z.string().min(1).max(SDP_MAX_LENGTH) }),
  pictureLeave: z.object({ line: z.enum(PICTURE_LINES) }),
  /** What a picture is of use for at most, by the size in which it is shown. */
  pictureSize: z.object({ place: z.enum(STAGE_PLACES), size: z.enum(['high', 'low', 'none']) }),
  /** While watching, everybody inside is sent by name, else those who take part. */
  watchPeople: z.object({ on: z.boolean() }),
  ping: z.object({ at: z.number() }),
} as const;

export type PlenaryClientMessageName = keyof typeof PlenaryClientMessages;
export type PlenaryClientMessage<K extends PlenaryClientMessageName> = z.infer<(typeof PlenaryClientMessages)[K]>;

/** Somebody in the session. */
export interface Attendee {
  readonly id: string;
  readonly name: string;
  readonly entity: string;
  readonly entityType: EntityType;
  readonly country: string;
  readonly role: Role;
  readonly connected: boolean;
}

/** A delegation that has somebody inside. */
export interface Delegation {
  readonly entity: string;
  readonly entityType: EntityType;
  readonly country: string;
  /** Its name in French, by which it is seated and listed (`shared/rules/plenary/order.ts`). */
  readonly french: string;
  /** People inside whose line is up. */
  readonly present: number;
}

/** What language each channel has now: whether an interpreter speaks on it. */
export type Channels = Readonly<Record<Language, boolean>>;

export interface CaptionLine {
  readonly id: number;
  readonly language: Language;
  readonly text: string;
  readonly final: boolean;
  /** Who had the floor: name of the person, or empty. */
  readonly speaker: string;
  readonly at: number;
}

export interface PlenaryServerMessages {
  /** The whole state, as this person may see it. `now`: the server's clock, milliseconds since the epoch. */
  welcome: { readonly id: string; readonly session: string; readonly state: PlenaryState; readonly seq: number; readonly now: number; readonly slots: number };
  /** What has changed. `seq` counts up by one; whoever misses one asks again by joining anew. */
  patch: { readonly seq: number; readonly patch: Patch };
  /**
   * Who is inside: of people those who take part, or everybody while one watches; of delegations all. `whole`: replaces what was known; else what has changed: people and delegations that are
   * new or different, and those who are not there any more (`left` by id, `gone` by entity).
   */
  attendance: {
    readonly whole: boolean; readonly people: readonly Attendee[]; readonly left: readonly string[]; readonly delegations: readonly Delegation[]; readonly gone: readonly string[];
    /** People whose line is up, and member states with a delegate among them. */
    readonly inside: number; readonly statesPresent: number;
    /** Who waits outside a closed part: always all of them, to chair and secretariat while they watch; empty for everybody else. */
    readonly waiting: readonly Attendee[];
  };
  channels: { readonly channels: Channels };
  /** To interpreters, chair, secretariat and technicians. */
  manning: { readonly manning: Manning };
  /** Who is heard in the slots of mine now: the floor in the first, a language in the second. `fellBack`: the language has nobody, so the floor is heard in full. */
  audio: { readonly floor: string | null; readonly channel: string | null; readonly fellBack: boolean };
  /** From an interpreter to whoever has the floor, and to the chair. */
  alert: { readonly what: 'slower' | 'noSound'; readonly channel: Language };
  chat: { readonly id: string; readonly from: string; readonly fromName: string; readonly fromEntity: string; readonly to: PlenaryChatTo; readonly text: string; readonly at: number; readonly nonce: string };
  caption: CaptionLine;
  /** The transcript so far of the language that I read. */
  transcript: { readonly language: Language; readonly lines: readonly CaptionLine[] };
  mediaAnswer: { readonly sdp: string };
  mediaReset: { readonly reason: Reason };
  /** Whose picture is to be seen where (people's ids), or null. A watching line is of use for those that are not null. */
  stage: Readonly<Record<StagePlace, string | null>>;
  pictureAnswer: { readonly line: PictureLine; readonly sdp: string };
  /** The connection of this line is gone: offer anew. */
  pictureReset: { readonly line: PictureLine };
  /** Whether anybody is sent what comes in on a line of mine: what nobody wants need not be sent. */
  pictureWanted: { readonly line: ShowingLine; readonly wanted: boolean };
  /** A deed is done and written down. */
  done: { readonly nonce: string };
  refused: { readonly what: PlenaryClientMessageName | 'unknown'; readonly deed: DeedKind | ConsoleDeed['kind'] | ''; readonly reason: Reason; readonly nonce: string };
  /** A closed part has begun, for which this person is not admitted: they wait outside. */
  outside: { readonly session: string };
  /** `recordingFailed`: to the secretariat; nothing is being recorded any more. */
  notice: { readonly kind: 'stopping' | 'recordingFailed' };
  pong: { readonly at: number; readonly now: number };
}

export type PlenaryServerMessageName = keyof PlenaryServerMessages;

/** A session as it is listed. */
export interface SessionSummary {
  readonly id: string;
  readonly title: string;
  readonly kind: SessionKind;
  readonly status: MeetingStatus;
  readonly closed: boolean;
  readonly plannedStart: number | null;
  readonly plannedEnd: number | null;
  readonly inside: number;
}

/** `GET /api/sessions`: all that there are, those to come first. */
export interface SessionsResponse {
  readonly sessions: readonly SessionSummary[];
  /** The event's time zone, by its IANA name: records are dated in it. */
  readonly zone: string;
}

/** A recording of a session. `start`: when it began, milliseconds since the epoch. */
export interface RecordingSummary {
  readonly start: number;
  readonly running: boolean;
  /** `floor-1.ogg`, `fr-1.ogg`. */
  readonly files: readonly { readonly name: string; readonly bytes: number }[];
}

/** `GET /api/sessions/:id/recordings`, by the secretariat: the latest first. */
export interface RecordingsResponse {
  readonly recordings: readonly RecordingSummary[];
}

/** `POST /api/sessions`, by the secretariat: a new one, or a rehearsal on a copy of another's agenda. */
export const NewSession = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('plenary'), title: z.string().trim().min(1).max(200), plannedStart: z.int().nullable(), plannedEnd: z.int().nullable() }),
  z.object({ kind: z.literal('rehearsal'), of: SessionId }),
]);
export type NewSession = z.infer<typeof NewSession>;

/** A line of a provider. */
export const PushedCaption = z.object({ language, text: z.string().max(CAPTION_MAX_LENGTH), final: z.boolean() });
export type PushedCaption = z.infer<typeof PushedCaption>;

/** `POST /api/sessions/<id>/captions`, with the session's caption key: lines of a provider, in the order in which they are said. */
export const CaptionPush = z.object({ lines: z.array(PushedCaption).min(1).max(50) });
export type CaptionPush = z.infer<typeof CaptionPush>;

/** Where providers open a WebSocket, with `?session=<id>`; see `server/plenary/captions-api.md`. */
export const CAPTION_SOCKET_PATH = '/captions';

/** What each message of a provider on that WebSocket is answered. */
export type CaptionAnswer = { readonly ok: true } | { readonly error: Reason };

/** `GET /api/sessions/<id>/caption-key`, by the secretariat: what to give to a provider. */
export interface CaptionKey {
  readonly key: string;
  /** Path on this server. */
  readonly address: string;
  /** Path of the WebSocket on this server, with the session. */
  readonly socket: string;
}
