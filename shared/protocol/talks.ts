/**
 * Private talks: what people say to the server about them, and what they are told. A talk is a small group that only its members hear; `talk` in
 * `PersonInfo` tells the others that somebody is in one.
 */
import { z } from 'zod';
import { DIRECT_DEEDS } from './direct.ts';
import { PARCEL_MAX_LENGTH, TALK_MAX_MEMBERS } from './vocabulary.ts';

const personId = z.string().regex(/^[A-Za-z0-9_-]{1,32}$/);
export const talkId = z.string().regex(/^[A-Za-z0-9_-]{1,32}$/);

/**
 * Who hears what one says, as both sides have to agree before a microphone opens: empty in public, `talk:<id>` in a talk, `whisper:<person>` while one whispers.
 * A microphone that is switched on for another audience than the server's is refused with AUDIENCE_CHANGED, so no race can make public what was meant for few.
 */
export const audience = z.string().regex(/^(?:(?:talk|whisper):[A-Za-z0-9_-]{1,32})?$/);

/** What somebody does about private talks. `lock`, `names`, `admit` and `invite` are every member's; `remove` and `handOver` the host's. */
export const TalkDeed = z.discriminatedUnion('kind', [
  /** Asks people into my talk; whoever is in none begins one. */
  z.object({ kind: z.literal('invite'), people: z.array(personId).min(1).max(TALK_MAX_MEMBERS - 1) }),
  /** Takes an invitation back. */
  z.object({ kind: z.literal('uninvite'), person: personId }),
  z.object({ kind: z.literal('answer'), talk: talkId, answer: z.enum(['accept', 'decline', 'later']) }),
  /** Asks to be let in. */
  z.object({ kind: z.literal('knock'), talk: talkId }),
  /** Asks no more. */
  z.object({ kind: z.literal('unknock') }),
  /** Answers somebody who knocked. */
  z.object({ kind: z.literal('admit'), person: personId, on: z.boolean() }),
  z.object({ kind: z.literal('leave') }),
  /** A locked talk answers no knock. */
  z.object({ kind: z.literal('lock'), on: z.boolean() }),
  /** Whether others see who is in the talk. If not, they see neither names nor people, only that there is one. */
  z.object({ kind: z.literal('names'), on: z.boolean() }),
  z.object({ kind: z.literal('remove'), person: personId }),
  z.object({ kind: z.literal('handOver'), person: personId }),
  z.object({ kind: z.literal('hand'), up: z.boolean() }),
  ...DIRECT_DEEDS,
]);
export type TalkDeed = z.infer<typeof TalkDeed>;

/**
 * What members' clients tell each other through the server, which does not read, keep or understand it: the shared notes, keys, who is sealed.
 * `to`: one member, or null for all others. `data` is base64.
 */
export const TalkParcel = z.object({
  talk: talkId,
  to: personId.nullable(),
  kind: z.enum(['notes', 'key']),
  data: z.string().min(1).max(PARCEL_MAX_LENGTH).regex(/^[A-Za-z0-9+/]+=*$/),
});
export type TalkParcel = z.infer<typeof TalkParcel>;

/** A talk as its members see it. */
export interface TalkState {
  readonly id: string;
  /** `dome`: around the group, wherever it stands. `room`: of a meeting in its room, which is entered and left by walking. `virtual`: of a meeting, wherever its members are. */
  readonly kind: 'dome' | 'room' | 'virtual';
  /** Id of the meeting, or empty. */
  readonly booking: string;
  readonly host: string;
  readonly named: boolean;
  readonly locked: boolean;
  /** In the order in which they came. `hand`: place among the raised hands from 1, or 0. */
  readonly members: readonly { readonly id: string; readonly hand: number }[];
  readonly invited: readonly { readonly id: string; readonly answer: 'waiting' | 'later' }[];
  readonly knocking: readonly string[];
}

/** Where a talk is going on, for everybody in the scene. Metres; y is the floor. */
export interface Dome {
  readonly talk: string;
  readonly x: number;
  readonly y: number;
  readonly z: number;
  readonly radius: number;
  readonly count: number;
  readonly named: boolean;
  readonly locked: boolean;
}

/** Why somebody is in a talk no more. `over`: nobody else was left in it. */
export type Departure = 'left' | 'walkedOut' | 'removed' | 'over' | 'blocked';

export interface TalkMessages {
  /** My talk as it is now, or null: sent after `welcome` and at every change. `why`: how the last one ended for me. */
  talk: { readonly talk: TalkState | null; readonly why: Departure | null };
  /** What I am asked into and have not turned down, and where I have knocked (or empty): sent after `welcome` and at every change. */
  talkOffers: { readonly invitations: readonly { readonly talk: string; readonly by: string; readonly count: number; readonly later: boolean }[]; readonly knocked: string };
  /** To members: who came, left, or would rather not. To whoever knocked: they were not let in. */
  talkNews: { readonly kind: 'joined' | 'left' | 'declined' | 'later'; readonly person: string } | { readonly kind: 'notAdmitted' } | { readonly kind: 'gone' };
  /** The talks of the scene that I am in. */
  domes: { readonly scene: string; readonly domes: readonly Dome[] };
  /** To whom I whisper now (or empty), and who whispers to me. */
  whisper: { readonly to: string; readonly from: readonly string[] };
  /** The server has muted my microphone, since others would hear me now than those for whom it was open. */
  muted: { readonly why: 'talk' | 'whisper' };
  parcel: { readonly talk: string; readonly from: string; readonly kind: TalkParcel['kind']; readonly data: string };
}

