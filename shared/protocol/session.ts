import { z } from 'zod';
import type { Appearance } from './people.ts';
import type { SceneRef } from './messages.ts';
import type { Reason } from './reasons.ts';
import type { EntityType, Language, Role } from './vocabulary.ts';

/** `POST /api/session`: a pass is exchanged for a short-lived signed token. */
export const SessionRequest = z.object({ pass: z.string().max(200) });
export type SessionRequest = z.infer<typeof SessionRequest>;

export interface SessionResponse {
  /** Signed token (JWS), handed to the room on join. */
  readonly token: string;
  /** Milliseconds since the epoch. */
  readonly expiresAt: number;
  readonly person: {
    readonly id: string;
    readonly name: string;
    readonly entity: string;
    readonly entityType: EntityType;
    readonly country: string;
    readonly role: Role;
    readonly language: Language;
  };
  readonly event: { readonly name: string };
  /** Scene where this person enters (or was last). */
  readonly scene: SceneRef;
  /** The same person is in the venue now, in another window: entering here moves them. */
  readonly alreadyHere: boolean;
  /** What they wore last time, if ever. */
  readonly appearance: Appearance | null;
  readonly iceServers: readonly { urls: string | string[]; username?: string; credential?: string }[];
}

/** Body of every refused HTTP call. */
export interface ProblemResponse {
  readonly reason: Reason;
}

/** Options of the room join, besides the token. */
export const JoinOptions = z.object({
  protocol: z.int(),
  appearance: z.unknown(),
  /** Random per browser tab: the same tab that returns takes its place back without being asked. */
  tab: z.string().regex(/^[A-Za-z0-9_-]{16,64}$/),
  /** The person has agreed to be moved here from another window. */
  takeOver: z.boolean(),
  /** Hearing slots that the device can play. */
  slots: z.int().min(1).max(16),
});
export type JoinOptions = z.infer<typeof JoinOptions>;
