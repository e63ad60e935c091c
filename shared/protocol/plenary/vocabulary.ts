/** The closed lists of formal sessions, without a schema library, so that the browser can import them. */
import type { Language } from '../vocabulary.ts';

/** `rehearsal`: on a copy of the agenda; nothing of it counts. */
export const SESSION_KINDS = ['plenary', 'rehearsal'] as const;
export type SessionKind = (typeof SESSION_KINDS)[number];

export const MEETING_STATUSES = ['planned', 'open', 'suspended', 'closed'] as const;
export type MeetingStatus = (typeof MEETING_STATUSES)[number];

/** In whose name somebody speaks: of their delegation, of a group that `onBehalfOf` names, as holder of an office that it names, or for themselves. */
export const CAPACITIES = ['delegation', 'group', 'office', 'personal'] as const;
export type Capacity = (typeof CAPACITIES)[number];

/**
 * Motions and points of order, in their order of precedence: General Rules of Conferences, Assemblies and Meetings of the Union, "Priority of motions and points
 * of order" (GR 97-103): application of the rules, suspension of the meeting, adjournment of the meeting, adjournment of debate, closure of debate, others.
 */
export const MOTIONS = ['pointOfOrder', 'suspendMeeting', 'adjournMeeting', 'adjournDebate', 'closeDebate', 'other'] as const;
export type MotionKind = (typeof MOTIONS)[number];

export const MOTION_OUTCOMES = ['upheld', 'rejected', 'withdrawn'] as const;
export type MotionOutcome = (typeof MOTION_OUTCOMES)[number];

/** The four groups of documents of the virtual Council of 2020: to be noted, approved as a package, discussed, for information. */
export const ITEM_GROUPS = ['noted', 'approved', 'discussed', 'information'] as const;
export type ItemGroup = (typeof ITEM_GROUPS)[number];

/** `deferred`: to the next physical session. */
export const ITEM_STATUSES = ['pending', 'open', 'discussed', 'concluded', 'deferred'] as const;
export type ItemStatus = (typeof ITEM_STATUSES)[number];

/** `window`: objections are being asked for; `standing`: a proposed conclusion; `objected` and `postponed`: deferred by one state; `withdrawn`: by the chair. */
export const CONCLUSION_STATUSES = ['window', 'standing', 'objected', 'postponed', 'withdrawn'] as const;
export type ConclusionStatus = (typeof CONCLUSION_STATUSES)[number];

export const CHAT_SCOPES = ['everyone', 'podium', 'delegation', 'person'] as const;
export type PlenaryChatScope = (typeof CHAT_SCOPES)[number];

/** What a listener may hear: the floor as it is spoken, or one language. */
export type Channel = 'floor' | Language;

/** Why somebody has the floor. */
export const FLOOR_CAUSES = ['list', 'reply', 'motion', 'invited', 'chair'] as const;
export type FloorCause = (typeof FLOOR_CAUSES)[number];

/**
 * Lengths of texts, in characters. Half a page and two pages are the figures of the Council's rules (requirements F, groups 2 and 3), a page counted as 3,000 characters
 * with spaces; Chinese characters count twice.
 */
export const COMMENT_MAX_LENGTH = 1500;
export const CONTRIBUTION_MAX_LENGTH = 6000;
export const CONCLUSION_MAX_LENGTH = 3000;
export const QUESTION_MAX_LENGTH = 1500;
export const RECORD_MAX_LENGTH = 6000;
export const TITLE_MAX_LENGTH = 200;
export const ON_BEHALF_MAX_LENGTH = 120;
export const REASON_MAX_LENGTH = 500;

/** A document of the agenda, bytes. */
export const DOCUMENT_MAX_BYTES = 20 * 1024 * 1024;

/** Active participants a delegation, unless the session says otherwise. */
export const ACTIVE_SEATS_DEFAULT = 3;
/** Somebody whose line is down keeps floor, list position and seat so long. */
export const HELD_MS = 120_000;
/** An objection window, seconds. */
export const WINDOW_DEFAULT_SECONDS = 60;
export const WINDOW_MIN_SECONDS = 15;
export const WINDOW_MAX_SECONDS = 1800;
/** A speaking time, seconds. */
export const SPEAKING_DEFAULT_SECONDS = 180;
export const SPEAKING_MIN_SECONDS = 15;
export const SPEAKING_MAX_SECONDS = 3600;
/** The clock warns when so many seconds are left. */
export const WARNING_SECONDS = 30;
/** Interpreters in a booth: two, or three for long sessions (ISO 20109 counts two or more). */
export const BOOTH_MAX_MEMBERS = 3;
/** Longest caption, characters. */
export const CAPTION_MAX_LENGTH = 500;

/** Where pictures are shown: the camera of whoever has the floor, that of the chair, a shared screen, an interpreter of sign language. */
export const STAGE_PLACES = ['floor', 'podium', 'screen', 'sign'] as const;
export type StagePlace = (typeof STAGE_PLACES)[number];

/** Lines on which somebody shows something: a camera (of a speaker, the chair or a sign-language interpreter) in two sizes, a screen. */
export const SHOWING_LINES = ['camera/high', 'camera/low', 'screen'] as const;
export type ShowingLine = (typeof SHOWING_LINES)[number];
export type WatchingLine = `watch/${StagePlace}`;
export type PictureLine = ShowingLine | WatchingLine;
export const PICTURE_LINES: readonly PictureLine[] = [...SHOWING_LINES, ...STAGE_PLACES.map((place): WatchingLine => `watch/${place}`)];
