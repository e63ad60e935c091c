import { z } from 'zod';
import type { EntityType, MicState, Role } from './vocabulary.ts';

/** What an avatar looks like: an appearance id of `assets/avatars/avatars.json` and indices into its palettes. */
export const Appearance = z.object({
  id: z.string().regex(/^[a-z0-9-]{1,32}$/),
  skin: z.int().min(0).max(63),
  hair: z.int().min(0).max(63),
  garment1: z.int().min(0).max(63),
  garment2: z.int().min(0).max(63),
});
export type Appearance = z.infer<typeof Appearance>;

/** What others may know of a person in the venue. Name and entity come from the roster, never from the client. */
export interface PersonInfo {
  /** Opaque public id, stable for the event. */
  readonly id: string;
  /** Number of this person in pose frames, 0..4095, unique among those present. */
  readonly index: number;
  readonly name: string;
  readonly entity: string;
  readonly entityType: EntityType;
  /** ISO 3166-1 alpha-2, lower case, for the flag; empty if the entity has none. */
  readonly country: string;
  readonly role: Role;
  readonly appearance: Appearance;
  readonly mic: MicState;
  readonly deafened: boolean;
  /** Id of the scene that they are in. */
  readonly scene: string;
  /** Whose guided tour they are on: a person's id (their own if they are the guide), or empty. */
  readonly guide: string;
  /** Id of the private talk that they are in, `*` if it shows no names, or empty. */
  readonly talk: string;
  readonly doNotDisturb: boolean;
  /** Seat id of the scene, or empty. */
  readonly seat: string;
  /** The connection is lost and the place is being held. */
  readonly away: boolean;
}
