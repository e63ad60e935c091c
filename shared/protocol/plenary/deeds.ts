/** What people may do in a formal session, as they say it to the server. Who may do what is in `server/plenary`. */
import { z } from 'zod';
import { LANGUAGES } from '../vocabulary.ts';
import {
  CAPACITIES, CHAT_SCOPES, COMMENT_MAX_LENGTH, CONCLUSION_MAX_LENGTH, CONTRIBUTION_MAX_LENGTH, ITEM_GROUPS, MOTIONS, MOTION_OUTCOMES, ON_BEHALF_MAX_LENGTH,
  QUESTION_MAX_LENGTH, REASON_MAX_LENGTH, RECORD_MAX_LENGTH, SPEAKING_MAX_SECONDS, SPEAKING_MIN_SECONDS, TITLE_MAX_LENGTH, WINDOW_MAX_SECONDS, WINDOW_MIN_SECONDS,
} from './vocabulary.ts';

const personId = z.string().regex(/^[A-Za-z0-9_-]{1,32}$/);
const entryId = z.string().regex(/^[a-z0-9]{1,16}$/);
const title = z.string().trim().min(1).max(TITLE_MAX_LENGTH);
const text = (max: number): z.ZodType<string, string> => z.string().trim().min(1).max(max);
const capacity = { capacity: z.enum(CAPACITIES), onBehalfOf: z.string().trim().max(ON_BEHALF_MAX_LENGTH) };
const speakingSeconds = z.int().min(SPEAKING_MIN_SECONDS).max(SPEAKING_MAX_SECONDS);
const windowSeconds = z.int().min(WINDOW_MIN_SECONDS).max(WINDOW_MAX_SECONDS);

const documentRef = z.object({
  symbol: z.string().trim().min(1).max(40),
  title: z.string().trim().max(TITLE_MAX_LENGTH),
  files: z.partialRecord(z.enum(LANGUAGES), z.string().regex(/^\/documents\/[0-9a-f]{64}\.(?:pdf|docx)$/)),
});

/** The nameplate, the list and the floor. */
const FLOOR_DEEDS = [
  /** Puts me on the speakers' list. */
  z.object({ kind: z.literal('raise'), ...capacity }),
  z.object({ kind: z.literal('lower') }),
  z.object({ kind: z.literal('askReply'), ...capacity }),
  /** I have finished. */
  z.object({ kind: z.literal('yield') }),
  /** The language that I speak. */
  z.object({ kind: z.literal('speaks'), language: z.enum(LANGUAGES) }),
  z.object({ kind: z.literal('give'), entry: entryId }),
  z.object({ kind: z.literal('giveTo'), person: personId, ...capacity }),
  /** The chair speaks; whoever had the floor gets it back afterwards. */
  z.object({ kind: z.literal('take') }),
  /** Back to who was interrupted last. */
  z.object({ kind: z.literal('giveBack') }),
  z.object({ kind: z.literal('withdraw') }),
  z.object({ kind: z.literal('extend'), seconds: z.int().min(10).max(SPEAKING_MAX_SECONDS) }),
  z.object({ kind: z.literal('list'), open: z.boolean() }),
  z.object({ kind: z.literal('remove'), entry: entryId }),
  /** Before another entry, or to the end. */
  z.object({ kind: z.literal('place'), entry: entryId, before: entryId.nullable() }),
  z.object({ kind: z.literal('muteAll'), on: z.boolean() }),
  z.object({ kind: z.literal('mute'), person: personId, on: z.boolean() }),
] as const;

const MOTION_DEEDS = [
  z.object({ kind: z.literal('move'), motion: z.enum(MOTIONS), text: z.string().trim().max(REASON_MAX_LENGTH) }),
  z.object({ kind: z.literal('hear'), motion: entryId }),
  z.object({ kind: z.literal('settle'), motion: entryId, outcome: z.enum(MOTION_OUTCOMES) }),
] as const;

const MEETING_DEEDS = [
  z.object({ kind: z.literal('preside') }),
  z.object({ kind: z.literal('handChair'), person: personId }),
  z.object({ kind: z.literal('status'), status: z.enum(['open', 'suspended', 'closed']) }),
  z.object({ kind: z.literal('closedPart'), on: z.boolean() }),
  z.object({ kind: z.literal('admit'), person: personId, on: z.boolean() }),
  /** Puts on record who is there. */
  z.object({ kind: z.literal('callQuorum') }),
  z.object({
    kind: z.literal('settings'), title, activeSeats: z.int().min(1).max(20), speakingSeconds, windowSeconds, quorum: z.int().min(0).max(300),
    support: z.string().trim().max(200), plannedStart: z.int().nullable(), plannedEnd: z.int().nullable(),
  }),
  z.object({ kind: z.literal('chatSwitch'), scope: z.enum(CHAT_SCOPES), on: z.boolean() }),
  /** Leave to share one's screen. */
  z.object({ kind: z.literal('letShare'), person: personId, on: z.boolean() }),
  z.object({ kind: z.literal('recording'), on: z.boolean() }),
  /** Adds an interpreters' booth (`booth` null), or changes one. */
  z.object({ kind: z.literal('putBooth'), booth: entryId.nullable(), name: z.string().trim().min(1).max(40), languages: z.array(z.enum(LANGUAGES)).min(1).max(LANGUAGES.length) }),
  z.object({ kind: z.literal('dropBooth'), booth: entryId }),
  /** My active seat to a colleague of my delegation. */
  z.object({ kind: z.literal('giveSeat'), person: personId }),
  /** A seat of my delegation that is free. */
  z.object({ kind: z.literal('takeSeat') }),
] as const;

const AGENDA_DEEDS = [
  /** Adds an item (`item` null), or changes one. */
  z.object({
    kind: z.literal('putItem'), item: entryId.nullable(), number: z.string().trim().min(1).max(20), title, group: z.enum(ITEM_GROUPS), minutes: z.int().min(0).max(600),
    documents: z.array(documentRef).max(20),
  }),
  z.object({ kind: z.literal('dropItem'), item: entryId }),
  z.object({ kind: z.literal('placeItem'), item: entryId, before: entryId.nullable() }),
  z.object({ kind: z.literal('openItem'), item: entryId }),
  z.object({ kind: z.literal('endItem') }),
  /** At the request of one state: into another group, or to the physical session. */
  z.object({ kind: z.literal('moveItem'), item: entryId, to: z.enum([...ITEM_GROUPS, 'deferred']) }),
  z.object({ kind: z.literal('comment'), item: entryId, text: text(COMMENT_MAX_LENGTH) }),
  z.object({ kind: z.literal('contribute'), item: entryId, text: text(CONTRIBUTION_MAX_LENGTH) }),
  z.object({ kind: z.literal('retract'), item: entryId, submission: entryId }),
  z.object({ kind: z.literal('ask'), item: entryId, text: text(QUESTION_MAX_LENGTH) }),
  z.object({ kind: z.literal('answer'), question: entryId, text: z.string().trim().max(QUESTION_MAX_LENGTH), published: z.boolean() }),
  z.object({ kind: z.literal('askReturn'), item: entryId }),
] as const;

const CONCLUSION_DEEDS = [
  z.object({ kind: z.literal('conclude'), items: z.array(entryId).min(1).max(50), text: text(CONCLUSION_MAX_LENGTH), seconds: windowSeconds }),
  z.object({ kind: z.literal('object'), conclusion: entryId, reason: z.string().trim().max(REASON_MAX_LENGTH) }),
  z.object({ kind: z.literal('postpone'), conclusion: entryId, reason: z.string().trim().max(REASON_MAX_LENGTH) }),
  z.object({ kind: z.literal('retractConclusion'), conclusion: entryId }),
  z.object({ kind: z.literal('write'), after: entryId.nullable(), text: text(RECORD_MAX_LENGTH) }),
  /** The wording of an entry; empty: as the fact tells it. */
  z.object({ kind: z.literal('word'), entry: entryId, text: z.string().trim().max(RECORD_MAX_LENGTH) }),
  z.object({ kind: z.literal('strike'), entry: entryId, on: z.boolean() }),
] as const;

export const PlenaryDeed = z.discriminatedUnion('kind', [...FLOOR_DEEDS, ...MOTION_DEEDS, ...MEETING_DEEDS, ...AGENDA_DEEDS, ...CONCLUSION_DEEDS]);
export type PlenaryDeed = z.infer<typeof PlenaryDeed>;
export type DeedKind = PlenaryDeed['kind'];
export type DeedOf<K extends DeedKind> = Extract<PlenaryDeed, { kind: K }>;
