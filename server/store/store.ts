/**
 * What the server remembers, behind interfaces: SQLite is the default engine (`sqlite/`), another one stands beside it and passes the same
 * contract tests (`tests/support/store-contract.ts`). Everything is asynchronous because other engines are.
 */
import type { BookingFields } from '../../shared/protocol/bookings.ts';
import type { Placement } from '../../shared/protocol/messages.ts';
import type { Appearance } from '../../shared/protocol/people.ts';
import type { CaptionLine } from '../../shared/protocol/plenary/messages.ts';
import type { Patch, PlenaryState } from '../../shared/protocol/plenary/state.ts';
import type { SponsorFields } from '../../shared/protocol/sponsors.ts';
import type { Deed, SceneNames, UploadReport } from '../../shared/protocol/staff.ts';
import type { BookingAnswer, EntityType, Language, Role } from '../../shared/protocol/vocabulary.ts';

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
  /** Scene packages that the person uploaded, published and so on. */
  readonly sceneDeeds: readonly { readonly upload: string; readonly what: UploadDeedKind; readonly at: number }[];
  /** Meetings that the person organises, is invited to by name, or has answered. */
  readonly bookings: readonly { readonly booking: string; readonly subject: string; readonly start: number; readonly end: number; readonly organises: boolean; readonly answer: BookingAnswer | null }[];
  /** A calendar feed was made for the person. */
  readonly calendar: boolean;
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

/** A cell of a mosaic. Who laid the tile is not kept. */
export interface MosaicCell {
  readonly cell: number;
  /** Index of the tile, or null where there is none. */
  readonly tile: number | null;
}

export interface MosaicRepository {
  /** The tiles that lie on a board, in the order of their cells. */
  get(scene: string, activity: string): Promise<readonly MosaicCell[]>;
  /** Writes changes of one board, all or none. */
  save(scene: string, activity: string, changes: readonly MosaicCell[]): Promise<void>;
}

/** What an upload can be once it has been judged; while it is in work it is in no store. `removed`: a record only. */
export const STORED_UPLOAD_STATES = ['refused', 'checked', 'previewed', 'published', 'replaced', 'withdrawn', 'removed'] as const;
export type StoredUploadState = (typeof STORED_UPLOAD_STATES)[number];

export const UPLOAD_DEEDS = ['uploaded', 'previewed', 'published', 'withdrawn', 'removed'] as const;
export type UploadDeedKind = (typeof UPLOAD_DEEDS)[number];

export interface UploadEntry {
  /** Opaque; it is also the scene's revision and the name of its folder. */
  readonly id: string;
  readonly state: StoredUploadState;
  /** Scene id, or empty if the package did not get as far as having one. */
  readonly scene: string;
  readonly names: SceneNames | null;
  /** Name of the uploaded file. */
  readonly file: string;
  readonly bytes: number;
  /** SHA-256 of the package, hexadecimal. */
  readonly sha256: string;
  readonly report: UploadReport;
  /** The unpacked files are in the data folder. */
  readonly kept: boolean;
}

export interface UploadRecord extends UploadEntry {
  readonly uploaded: Deed;
  /** The last time that it was published. */
  readonly published: Deed | null;
}

/** Who did what to which upload: the record of publications. `person` may have been erased since. */
export interface UploadDeed {
  readonly upload: string;
  readonly what: UploadDeedKind;
  readonly person: string;
  /** Milliseconds since the epoch. */
  readonly at: number;
}

export interface UploadRepository {
  /** Newest first, removed ones included. */
  list(): Promise<readonly UploadRecord[]>;
  get(id: string): Promise<UploadRecord | null>;
  /** Adds an upload that has been judged, and the deed. */
  add(upload: UploadEntry, deed: UploadDeed): Promise<void>;
  /**
   * All or nothing, in the given order, as a scene has one published upload at a time. An erased person's deed is kept without the person.
   * Rejects with a `StoreError` if a second upload of a scene would be published.
   */
  change(states: ReadonlyMap<string, StoredUploadState>, deed: UploadDeed): Promise<void>;
  /** The files of these uploads are gone. */
  forgetFiles(ids: readonly string[]): Promise<void>;
}

/** A sponsor or donor of the event. */
export interface SponsorRecord extends SponsorFields {
  readonly id: string;
  /** Rises along the order that the secretariat gave. */
  readonly position: number;
  /** Rises with every change of the fields. */
  readonly revision: number;
}

export interface SponsorRepository {
  /** By position. */
  list(): Promise<readonly SponsorRecord[]>;
  /** Inserts or replaces by id, all or none. Rejects with a `StoreError` if two would have the same booth. */
  saveAll(sponsors: readonly SponsorRecord[]): Promise<void>;
  /** Unknown ones are ignored. */
  remove(id: string): Promise<void>;
}

/** A meeting by appointment. Nothing of what is said there is ever kept. */
export interface BookingRecord extends BookingFields {
  readonly id: string;
  /** A person's id. */
  readonly organiser: string;
  readonly state: 'booked' | 'cancelled';
  /** Rises with every change by the organiser. */
  readonly revision: number;
  /** Of the last of those changes. Milliseconds since the epoch. */
  readonly changedAt: number;
  /** By person's id: of those invited by name, and of those of the delegations. */
  readonly answers: ReadonlyMap<string, BookingAnswer>;
}

export interface BookingRepository {
  /** By start, then id. Without those whose organiser was erased; erased people are invited no more. */
  list(): Promise<readonly BookingRecord[]>;
  /** Inserts or replaces by id, whole. Unknown people (erased meanwhile) are left out; rejects with a `StoreError` if the organiser is unknown. */
  save(booking: BookingRecord): Promise<void>;
  /** Removes what ended before `before`, or would have. @returns how many. */
  removeEndedBefore(before: number): Promise<number>;
  /** The secret of a person's calendar feed, if they have one. */
  calendarOf(person: string): Promise<string | null>;
  /** Gives a known person a new secret: the feed of the one before is no more. */
  setCalendar(person: string, secret: string): Promise<void>;
  /** Whose feed it is. */
  calendarOwner(secret: string): Promise<string | null>;
}

/** A formal session as it was last written. */
export interface StoredSession {
  readonly id: string;
  readonly state: PlenaryState;
  /** Milliseconds since the epoch. */
  readonly createdAt: number;
  readonly savedAt: number;
}

export interface PlenaryRepository {
  /** By creation. */
  list(): Promise<readonly StoredSession[]>;
  /** Rejects with a `StoreError` if there is one of that id. */
  create(id: string, state: PlenaryState, at: number): Promise<void>;
  /** All or nothing, and on the disk when it resolves: what people are told is done outlives the loss of power. Rejects with a `StoreError` if the session is not there. */
  save(id: string, patch: Patch, at: number): Promise<void>;
  /** Captions that are final, in the order of their numbers. */
  addCaption(id: string, line: CaptionLine): Promise<void>;
  captions(id: string): Promise<readonly CaptionLine[]>;
  /** Unknown ones are ignored. */
  remove(id: string): Promise<void>;
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
  readonly mosaics: MosaicRepository;
  readonly secrets: SecretRepository;
  readonly uploads: UploadRepository;
  readonly sponsors: SponsorRepository;
  readonly bookings: BookingRepository;
  readonly plenary: PlenaryRepository;
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
