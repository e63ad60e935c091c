/**
 * The state of a formal session: what the server keeps, writes down and sends. It is made of parts; a part is one value, or a table of entries by id. The same patch (`Patch`) is stored,
 * sent to everybody inside, and merged by every view.
 */
import type { EntityType, Language, Role } from '../vocabulary.ts';
import type { Booth } from './booths.ts';
import type {
  Capacity, ConclusionStatus, FloorCause, ItemGroup, ItemStatus, MeetingStatus, MotionKind, MotionOutcome, PlenaryChatScope, SessionKind,
} from './vocabulary.ts';

/** Somebody as they are named when they speak, kept with what they said or did. */
export interface Speaker {
  readonly person: string;
  readonly name: string;
  /** The delegation: its name in the roster. */
  readonly entity: string;
  readonly entityType: EntityType;
  /** ISO 3166-1 alpha-2, lower case, or empty. */
  readonly country: string;
  readonly role: Role;
}

export interface InCapacity {
  readonly capacity: Capacity;
  /** The group or the office; empty for the others. */
  readonly onBehalfOf: string;
}

export interface Meeting {
  readonly title: string;
  readonly kind: SessionKind;
  readonly status: MeetingStatus;
  /** A closed part: only the admitted are inside. */
  readonly closed: boolean;
  /** People admitted one by one to the closed part, besides those of the delegations, chair and secretariat. */
  readonly admitted: readonly string[];
  /** Who is in the chair, or null. */
  readonly presiding: Speaker | null;
  /** Milliseconds since the epoch, as all times here; null: not yet, or not planned. */
  readonly plannedStart: number | null;
  readonly plannedEnd: number | null;
  readonly openedAt: number | null;
  readonly closedAt: number | null;
  /** Active participants a delegation. */
  readonly activeSeats: number;
  readonly speakingSeconds: number;
  /** Member states that must be there; 0: none is asked for. */
  readonly quorum: number;
  readonly windowSeconds: number;
  readonly chat: Readonly<Record<PlenaryChatScope, boolean>>;
  /** People with leave to share their screen, besides chair and secretariat. */
  readonly mayShare: readonly string[];
  /** Shown at the start and always a click away: e-mail, telephone. */
  readonly support: string;
  /** The secretariat is recording, since. */
  readonly recordingSince: number | null;
}

/** Somebody's turn on the floor. The clock runs while `runningSince` is set. */
export interface Turn extends InCapacity {
  readonly speaker: Speaker;
  readonly cause: FloorCause;
  readonly language: Language;
  /** Id of the motion that it is about, or null. */
  readonly motion: string | null;
  /** Id of its entry in the record; empty before the meeting is opened. */
  readonly record: string;
  readonly startedAt: number;
  readonly allottedMs: number;
  /** Spoken before `runningSince`. */
  readonly usedMs: number;
  readonly runningSince: number | null;
}

export interface Floor {
  readonly turn: Turn | null;
  /** Who was interrupted, the last first: the chair gives the floor back to them. */
  readonly interrupted: readonly Turn[];
  /** No microphone is open, whoever has the floor. */
  readonly allMuted: boolean;
  /** Whose microphone stays closed even with the floor. */
  readonly muted: readonly string[];
}

export interface ListEntry extends InCapacity {
  readonly id: string;
  readonly speaker: Speaker;
  /** `reply`: a right of reply, which may be asked for when the list is closed. */
  readonly kind: 'list' | 'reply';
  readonly askedAt: number;
}

export interface SpeakersList {
  readonly open: boolean;
  readonly entries: readonly ListEntry[];
}

export interface Motion {
  readonly id: string;
  readonly kind: MotionKind;
  readonly speaker: Speaker;
  readonly text: string;
  readonly raisedAt: number;
  /** The mover has had the floor for it. */
  readonly heard: boolean;
  /** Raised in a closed part: only for those who may be there. */
  readonly closed?: boolean;
}

export interface DocumentRef {
  readonly symbol: string;
  readonly title: string;
  /** Path on this server of each language version that there is. */
  readonly files: Readonly<Partial<Record<Language, string>>>;
}

/** A comment for the record (group `approved`) or a contribution (group `discussed`). */
export interface Submission {
  readonly id: string;
  readonly speaker: Speaker;
  readonly text: string;
  readonly at: number;
}

/** What there is to know of an item. */
export interface ItemFace {
  /** As in the agenda: "PL-1.6". */
  readonly number: string;
  readonly title: string;
  readonly group: ItemGroup;
  readonly status: ItemStatus;
  /** Minutes by the time plan, 0 if none are given. */
  readonly minutes: number;
  readonly documents: readonly DocumentRef[];
  readonly comments: readonly Submission[];
  readonly contributions: readonly Submission[];
  /** Delegations that missed it for technical reasons and ask to return to it. */
  readonly returns: readonly string[];
}

export interface AgendaItem extends ItemFace {
  readonly id: string;
  readonly position: number;
  /** Put in a closed part: only for those who may be there. */
  readonly closed: boolean;
  /** Since it was dealt with in a closed part: what everybody else sees of it. Absent: all of it. */
  readonly openly?: ItemFace;
}

export interface Conclusion {
  readonly id: string;
  /** One item, or the package. */
  readonly items: readonly string[];
  readonly text: string;
  readonly status: ConclusionStatus;
  readonly putAt: number;
  /** End of the objection window. */
  readonly closesAt: number;
  /** Who objected or asked to postpone, and why. */
  readonly by: Speaker | null;
  readonly reason: string;
  /** Put in a closed part: only for those who may be there, its end too. What was put openly ends for everybody. */
  readonly closed: boolean;
  /** The reason was given in a closed part. */
  readonly reasonClosed?: boolean;
}

export interface Question {
  readonly id: string;
  readonly item: string;
  readonly speaker: Speaker;
  readonly text: string;
  readonly at: number;
  readonly answer: string;
  /** Asked in a closed part: published, it is for those who may be there. */
  readonly closed?: boolean;
  /** Until then only those who asked and the secretariat have it. */
  readonly published: boolean;
}

/** What goes on record, as data, so that every language can tell it. */
export type RecordedFact =
  | { readonly kind: 'status'; readonly status: MeetingStatus }
  | { readonly kind: 'closedPart'; readonly on: boolean }
  | { readonly kind: 'presiding'; readonly speaker: Speaker }
  | { readonly kind: 'floor'; readonly speaker: Speaker; readonly cause: FloorCause; readonly capacity: Capacity; readonly onBehalfOf: string; readonly endedAt: number | null; readonly seconds: number }
  | { readonly kind: 'listClosed'; readonly delegations: readonly string[] }
  | { readonly kind: 'listOpened' }
  | { readonly kind: 'motion'; readonly motion: MotionKind; readonly speaker: Speaker; readonly text: string; readonly outcome: MotionOutcome | null }
  | { readonly kind: 'item'; readonly item: string; readonly number: string; readonly title: string; readonly status: ItemStatus }
  | { readonly kind: 'moved'; readonly number: string; readonly title: string; readonly to: ItemGroup | 'deferred'; readonly speaker: Speaker }
  | { readonly kind: 'comment'; readonly number: string; readonly speaker: Speaker; readonly text: string }
  | { readonly kind: 'conclusion'; readonly conclusion: string; readonly numbers: readonly string[]; readonly text: string; readonly status: ConclusionStatus; readonly by: Speaker | null; readonly reason: string }
  | { readonly kind: 'quorum'; readonly present: number; readonly needed: number }
  | { readonly kind: 'returned'; readonly number: string; readonly entity: string }
  | { readonly kind: 'text' };

export interface RecordEntry {
  readonly id: string;
  /** Its place; entries that the secretariat adds go between others. */
  readonly position: number;
  readonly at: number;
  readonly fact: RecordedFact;
  /** The secretariat's wording; empty: as the fact tells it. */
  readonly text: string;
  /** Struck by the secretariat. */
  readonly hidden: boolean;
  readonly closed: boolean;
}

/** A delegation with an active seat or somebody inside. */
export interface Seats {
  readonly entity: string;
  /** People with an active seat. */
  readonly active: readonly string[];
}

/** What a delegation missed while all its active participants were cut off. */
export interface Missed {
  readonly entity: string;
  readonly from: number;
  readonly to: number;
  readonly items: readonly string[];
  readonly conclusions: readonly string[];
}

/** Parts that are one value. */
export interface PlenaryValues {
  readonly meeting: Meeting;
  readonly floor: Floor;
  readonly list: SpeakersList;
  /** In the order of precedence, then of raising. */
  readonly motions: readonly Motion[];
  /** Id of the item that is being dealt with, or null. */
  readonly currentItem: string | null;
  readonly missed: readonly Missed[];
  /** The last id that was given. */
  readonly counter: number;
}

/** Parts that are tables of entries by id. */
export interface PlenaryTables {
  readonly seats: Readonly<Record<string, Seats>>;
  readonly items: Readonly<Record<string, AgendaItem>>;
  readonly conclusions: Readonly<Record<string, Conclusion>>;
  readonly questions: Readonly<Record<string, Question>>;
  readonly record: Readonly<Record<string, RecordEntry>>;
  readonly booths: Readonly<Record<string, Booth>>;
}

export interface PlenaryState extends PlenaryValues, PlenaryTables {}

export const VALUE_PARTS = ['meeting', 'floor', 'list', 'motions', 'currentItem', 'missed', 'counter'] as const satisfies readonly (keyof PlenaryValues)[];
export const TABLE_PARTS = ['seats', 'items', 'conclusions', 'questions', 'record', 'booths'] as const satisfies readonly (keyof PlenaryTables)[];

type TablePatch = { readonly [K in keyof PlenaryTables]?: Readonly<Record<string, PlenaryTables[K][string] | null>> };

/** What has changed: whole values, and entries of tables (null: gone). */
export type Patch = Partial<PlenaryValues> & TablePatch;

/** @returns the state with the patch in it; parts that are not in it are the same objects as before. */
export function merge(state: PlenaryState, patch: Patch): PlenaryState {
  const next: Record<string, unknown> = { ...state };
  for (const part of VALUE_PARTS) if (patch[part] !== undefined) next[part] = patch[part];
  for (const part of TABLE_PARTS) {
    const changes = patch[part];
    if (changes === undefined) continue;
    const table: Record<string, unknown> = { ...state[part] };
    for (const [id, entry] of Object.entries(changes)) {
      if (entry === null) delete table[id];
      else table[id] = entry;
    }
    next[part] = table;
  }
  return next as unknown as PlenaryState;
}
