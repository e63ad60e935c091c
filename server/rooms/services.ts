/** What a venue room needs from the rest of the server. `server/main.ts` wires the real ones; tests pass small ones. */
import type { Booking, RoomRef } from '../../shared/protocol/bookings.ts';
import type { ClientMessageName, ServerMessageName, ServerMessages } from '../../shared/protocol/messages.ts';
import type { SessionSummary } from '../../shared/protocol/plenary/messages.ts';
import type { Reason } from '../../shared/protocol/reasons.ts';
import type { Sponsor } from '../../shared/protocol/sponsors.ts';
import type { Interval, Invitations } from '../../shared/rules/bookings.ts';
import type { BookingAnswer } from '../../shared/protocol/vocabulary.ts';
import type { Identity, IdentityService } from '../identity/identity.ts';
import type { Relay } from '../relay/relay.ts';
import type { DirectSignalling } from '../direct/direct.ts';
import type { SceneLibrary } from '../scenes/library.ts';
import type { BlockRepository, MosaicRepository, PlaceRepository } from '../store/store.ts';
import type { Attendance } from './attendance.ts';
import type { Wardrobe } from './wardrobe.ts';

/** What was refused: a message by name, a walk step, head and hands, something unreadable, or a join. */
export type RefusedThing = ClientMessageName | 'walk' | 'body' | 'unknown' | 'join';

/** Figures for `/metrics` and the benchmarks. Called from the tick: must not allocate much, must not throw. */
export interface Diagnostics {
  /** `millis`: how long the tick took; `people`: present, held places included; `connected`: of those, with a live connection. */
  tick(millis: number, people: number, connected: number): void;
  /** Bytes handed to the sockets, WebSocket framing not included. */
  sent(bytes: number): void;
  refused(what: RefusedThing, reason: Reason): void;
}

/** The subset of pino's logger that rooms use. Never given names, texts or tokens. */
export interface Log {
  info(fields: object, message: string): void;
  warn(fields: object, message: string): void;
  error(fields: object, message: string): void;
}

/** A meeting by appointment, as far as rooms go by it. Times are milliseconds since the epoch. */
export interface Meeting extends Interval, Invitations {
  readonly id: string;
  /** Null: virtual. */
  readonly room: RoomRef | null;
  readonly state: 'booked' | 'cancelled';
  readonly revision: number;
  readonly answers: ReadonlyMap<string, BookingAnswer>;
}

/** The meetings of the event. */
export interface MeetingBook {
  /** Cancelled and past ones too. */
  all(): Iterable<Meeting>;
  get(id: string): Meeting | undefined;
  /** Told after every change; null: it was not there, or is not any more. @returns how to stop listening. */
  onChange(listener: (change: { readonly before: Meeting | null; readonly after: Meeting | null }) => void): () => void;
  /** How to tell people of their meetings as they are now; `hidden`: organisers whose meetings they are not told of. */
  describe(): Promise<(who: Identity, hidden: (organiser: string) => boolean) => readonly Booking[]>;
  /** Milliseconds since the epoch. */
  now(): number;
}

export interface VenueServices {
  readonly identity: Pick<IdentityService, 'identify' | 'onRevoked'>;
  readonly places: PlaceRepository;
  readonly blocks: BlockRepository;
  readonly mosaics: MosaicRepository;
  readonly relay: Relay;
  readonly scenes: Pick<SceneLibrary, 'list' | 'find' | 'load' | 'onChange'>;
  /** Those who made the event possible. `onChange` is told when `list` has changed; it returns how to stop listening. */
  readonly sponsors: { list(): readonly Sponsor[]; onChange(listener: () => void): () => void };
  /** Formal sessions, which have a room of their own: people in the venue are told of them. `onChange` as that of the sponsors. */
  readonly sessions: { list(): readonly SessionSummary[]; onChange(listener: () => void): () => void };
  readonly meetings: MeetingBook;
  readonly direct: DirectSignalling;
  /** Where people are who were nowhere before, or in a scene that is not shown any more. */
  readonly firstScene: string;
  /** What people may wear. */
  readonly wardrobe: Wardrobe;
  /** Aborted a few seconds before the server stops. */
  readonly stopping: AbortSignal;
  /** One for all rooms of the process. */
  readonly attendance: Attendance;
  readonly diagnostics: Diagnostics;
  readonly log: Log;
  /** Most people in the venue, 1..4096. */
  readonly capacity: number;
}

/** Encodes a server message once, for any number of receivers. */
export type Encode = <K extends ServerMessageName>(name: K, message: ServerMessages[K]) => Uint8Array;

/** One client's line, as the managers see it; Colyseus stands behind it in the real room. */
export interface Connection {
  send<K extends ServerMessageName>(name: K, message: ServerMessages[K]): void;
  /** Sends what {@link Encode} made. The bytes must not change afterwards. */
  sendEncoded(bytes: Uint8Array): void;
  /**
   * Sends a complete pose frame, at once.
   * @returns false if the transport still holds `bytes`, which then must not be written to again.
   */
  sendFrame(bytes: Uint8Array): boolean;
  /** Not to be given pose frames now: not joined yet, or earlier bytes are still unsent. */
  readonly busy: boolean;
  /** Ends the connection with a WebSocket close code; `reason` is the text of the close frame. */
  close(code: number, reason: Reason): void;
}
