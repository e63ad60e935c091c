/**
 * What the server remembers, behind interfaces: SQLite is the default engine (`sqlite/`), another one stands beside it and passes the same
 * contract tests (`tests/support/store-contract.ts`). Everything is asynchronous because other engines are.
 */
import type { Placement } from '../../shared/protocol/messages.ts';
import type { Appearance } from '../../shared/protocol/people.ts';
import type { EntityType, Language, Role } from '../../shared/protocol/vocabulary.ts';

export interface EventRecord {
  readonly name: string;
  /** Made by `npm start` on an empty data folder; its pass links may be printed again on request. */
  readonly demo: boolean;
}

/** What the roster says of a person. */
export interface RosterEntry {
  readonly name: string;
  readonly entity: string;
  readonly entityType: EntityType;
  /** ISO 3166-1 alpha-2, lower case, or empty. */
  readonly country: string;
  readonly role: Role;
  readonly language: Language;
  /** Only to recognise the person at the next import and to send the pass link; empty if unknown. */
  readonly email: string;
}

export interface PersonRecord extends RosterEntry {
  /** Opaque public id, stable for the event. */
  readonly id: string;
  /** Milliseconds since the epoch. */
  readonly createdAt: number;
}

export interface PassRecord {
  /** Opaque id of the pass itself; it is in tokens, so that revoking the pass ends them. */
  readonly id: string;
  readonly person: string;
  readonly issuedAt: number;
  readonly expiresAt: number;
  readonly revokedAt: number | null;
}

/** Where a person was last, so that they come back to it after a drop, a restart or a day. */
export interface LastPlace {
  readonly scene: string;
  readonly placement: Placement;
  /** Seat id, or empty. */
  readonly seat: string;
  readonly appearance: Appearance;
}

export interface EventRepository {
  get(): Promise<EventRecord | null>;
  set(event: EventRecord): Promise<void>;
}

export interface PeopleRepository {
  get(id: string): Promise<PersonRecord | null>;
  /** Ordered by entity, then name. */
  list(): Promise<readonly PersonRecord[]>;
  /** Inserts or updates by id (`createdAt` of an existing person stays), all or, if anything fails, none. Passes are not touched. */
  saveAll(people: readonly PersonRecord[]): Promise<void>;
  /** Everything stored about a person, for the person; null if unknown. */
  export(id: string): Promise<PersonExport | null>;
  /** Removes the person and all that refers to them, and records a revocation. @returns false if unknown. */
  erase(id: string, now: number): Promise<boolean>;
  /** Erases all whose last pass ended (or who were added, if they never had one) before `before`. @returns how many. */
  eraseEndedBefore(before: number, now: number): Promise<number>;
}

export interface PersonExport {
  readonly person: PersonRecord;
  readonly passes: readonly PassRecord[];
  readonly place: (LastPlace & { readonly at: number }) | null;
  /** Ids of those whom the person blocks. Who blocks the person is the other's datum and not part of it. */
  readonly blocks: readonly string[];
}

export interface NewPass {
  readonly id: string;
  readonly person: string;
  /** SHA-256 of the pass; the pass itself is never stored. */
  readonly hash: Uint8Array;
  readonly issuedAt: number;
  readonly expiresAt: number;
}

export interface Revocation {
  /** Grows by every revocation, over restarts too. */
  readonly seq: number;
  readonly person: string;
}

export interface PassRepository {
  add(passes: readonly NewPass[]): Promise<void>;
  findByHash(hash: Uint8Array): Promise<(PassRecord & { readonly hash: Uint8Array }) | null>;
  get(id: string): Promise<PassRecord | null>;
  /** Revokes all passes of a person that are still valid and records it. @returns how many. */
  revokeAll(person: string, now: number): Promise<number>;
  /** Revocations after `seq`, oldest first, also those made by another process. */
  revocationsAfter(seq: number): Promise<readonly Revocation[]>;
  lastRevocation(): Promise<number>;
}

export interface PlaceRepository {
  get(person: string): Promise<LastPlace | null>;
  /** One transaction; unknown people (erased meanwhile) are skipped. */
  saveAll(places: ReadonlyMap<string, LastPlace>, now: number): Promise<void>;
}

/** Somebody who is blocked, by the name that the one who blocks knows them by. */
export interface BlockedPerson {
  readonly id: string;
  readonly name: string;
}

export interface BlockRepository {
  /** Those whom `person` blocks. */
  blockedBy(person: string): Promise<readonly BlockedPerson[]>;
  /** Ids of those who block `person`. */
  blockersOf(person: string): Promise<readonly string[]>;
  /** Unknown people (erased meanwhile) are ignored. */
  set(person: string, other: string, on: boolean): Promise<void>;
}

export interface SecretRepository {
  get(name: string): Promise<Uint8Array | null>;
  /** Keeps what is there: two processes that start together agree on one secret. @returns the secret in force. */
  getOrCreate(name: string, create: () => Uint8Array): Promise<Uint8Array>;
}

export interface Store {
  readonly event: EventRepository;
  readonly people: PeopleRepository;
  readonly passes: PassRepository;
  readonly places: PlaceRepository;
  readonly blocks: BlockRepository;
  readonly secrets: SecretRepository;
  /** Rejects with a `StoreError` if the engine does not answer. */
  check(): Promise<void>;
  close(): Promise<void>;
}

export const STORE_REASONS = ['UNREADABLE', 'NEWER_VERSION', 'CORRUPT', 'CLOSED', 'FAILED'] as const;
export type StoreReason = (typeof STORE_REASONS)[number];

export class StoreError extends Error {
  readonly reason: StoreReason;

  constructor(reason: StoreReason, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'StoreError';
    this.reason = reason;
  }
}
