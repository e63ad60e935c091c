/** A picture of somebody's screen in a private talk: one at a time, for its members alone, over a second connection to the relay. */
import { z } from 'zod';
import { SDP_MAX_LENGTH } from './vocabulary.ts';

/** `start` begins to show mine; with `over` in place of somebody else's, else that is refused with SCREEN_TAKEN. */
export const ScreenDeed = z.discriminatedUnion('kind', [z.object({ kind: z.literal('start'), over: z.boolean() }), z.object({ kind: z.literal('stop') })]);
export type ScreenDeed = z.infer<typeof ScreenDeed>;

/** One line of video: `sendonly` of whoever shows, `recvonly` of the others. `share`: of the `screen` that it is about; for one that is over nothing happens. */
export const ScreenOffer = z.object({ share: z.int().min(1), sdp: z.string().min(1).max(SDP_MAX_LENGTH) });
export type ScreenOffer = z.infer<typeof ScreenOffer>;

export interface ScreenMessages {
  /** Who shows their screen to my talk (a person's id), or empty. `share` is another number for each time. Sent after `welcome` and at every change. */
  screen: { readonly share: number; readonly by: string };
  screenAnswer: { readonly share: number; readonly sdp: string };
  /** The connection for the picture is gone: offer a new one. */
  screenReset: { readonly share: number };
}
