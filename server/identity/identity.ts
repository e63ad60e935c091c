/** Who a person is, as the rooms and the HTTP side see it. Passes and tokens stand behind this interface. */
import type { EntityType, Language, Role } from '../../shared/protocol/vocabulary.ts';

/** Name, entity and role come from the roster, never from the client. */
export interface Identity {
  /** Opaque public id, stable for the event. */
  readonly id: string;
  readonly name: string;
  readonly entity: string;
  readonly entityType: EntityType;
  /** ISO 3166-1 alpha-2, lower case, or empty. */
  readonly country: string;
  readonly role: Role;
  readonly language: Language;
  /** End of the pass by which the person is identified, milliseconds since the epoch. */
  readonly passExpiresAt: number;
}

export interface Session {
  readonly identity: Identity;
  /** Signed token that `identify` takes. */
  readonly token: string;
  /** Milliseconds since the epoch. */
  readonly expiresAt: number;
}

export interface IdentityService {
  /** Exchanges a pass. Rejects with `ReasonedError` PASS_MALFORMED, PASS_UNKNOWN, PASS_EXPIRED or PASS_REVOKED. */
  openSession(pass: string): Promise<Session>;
  /** Checks a token. Rejects with `ReasonedError` TOKEN_INVALID, TOKEN_EXPIRED or PASS_REVOKED (also for an erased person). */
  identify(token: string): Promise<Identity>;
  /** Called within about a second after a person's passes were revoked or the person erased, by whatever process. @returns unsubscribe. */
  onRevoked(listener: (person: string) => void): () => void;
}
