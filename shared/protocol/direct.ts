/** Talks of two from browser to browser: what is said about them in the room. */
import { z } from 'zod';

/** What members say of it. Needs a talk of exactly two. */
export const DIRECT_DEEDS = [
  /** Asks the other one, or agrees; when it has failed: tries again. Off: would rather not, or no more. */
  z.object({ kind: z.literal('direct'), on: z.boolean() }),
  /** My browser and the other one's are connected. */
  z.object({ kind: z.literal('directUp') }),
  /** No way was found, or it broke. */
  z.object({ kind: z.literal('directFailed') }),
  /** I agree to go on over the relay. */
  z.object({ kind: z.literal('viaRelay') }),
] as const;
export type DirectDeed = z.infer<(typeof DIRECT_DEEDS)[number]>;

/**
 * - `asked`: by one; the relay carries the talk.
 * - `connecting`, `direct`: agreed by both; the relay carries nothing.
 * - `failed`: there is no direct way, or one of the two ended it; the relay carries nothing until both have said that it may.
 */
export interface DirectState {
  readonly state: 'asked' | 'connecting' | 'direct' | 'failed';
  /** Id of who asked, agreed, or ended it. */
  readonly by: string;
  /** Ids of those who have agreed to go on over the relay. */
  readonly relay: readonly string[];
}

/** How one of the two finds the other at the signalling server. For them alone, as long as it lasts. */
export interface DirectGrant {
  readonly id: string;
  readonly ticket: string;
  /** The other one's id. */
  readonly partner: string;
  /** Who calls; the other one waits. */
  readonly calls: boolean;
}

export interface DirectMessages {
  /** Sent at every change, and when one comes into a talk. `direct` null: the relay carries the talk. `grant`: only when both have just agreed. */
  direct: { readonly talk: string; readonly direct: DirectState | null; readonly grant: DirectGrant | null };
}
