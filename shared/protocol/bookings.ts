/**
 * Meetings by appointment: what people and the server say to each other about them, over HTTP below `/api/bookings` (token of the session as Bearer) and over
 * the room's connection. Times are milliseconds since the epoch. Refusals are `ProblemResponse` (`session.ts`), a clash is {@link BookingClash}.
 */
import { z } from 'zod';
import { BOOKING_LIMITS } from '../rules/bookings.ts';
import type { Interval } from '../rules/bookings.ts';
import { isZone } from '../rules/zoned.ts';
import type { ProblemResponse } from './session.ts';
import { LANGUAGES } from './vocabulary.ts';
import type { BookingAnswer, Language } from './vocabulary.ts';
import { BOOKING_ANSWERS } from './vocabulary.ts';

const MINUTE_MS = 60_000;
const personId = z.string().regex(/^[A-Za-z0-9_-]{1,32}$/);
const bookingId = z.string().regex(/^[A-Za-z0-9_-]{1,32}$/);
const sceneId = z.string().regex(/^[A-Za-z0-9_.-]{1,64}$/);
/** On the minute. */
const instant = z.int().min(0).max(8_640_000_000_000_000).multipleOf(MINUTE_MS);

/** Invisible characters that reorder, hide or break what stands beside them come along when text is pasted. */
const INVISIBLE = /[\u0000-\u0008\u000e-\u001f\u007f-\u009f\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]/gu;
const subject = z.string().max(4 * BOOKING_LIMITS.subject)
  .transform((text) => text.replaceAll(INVISIBLE, '').replaceAll(/\s+/gu, ' ').normalize('NFC').trim())
  .pipe(z.string().min(1).max(BOOKING_LIMITS.subject));

/** A meeting room: an acoustic space of a scene. */
export const RoomRef = z.object({ scene: sceneId, space: sceneId });
export type RoomRef = Readonly<z.infer<typeof RoomRef>>;

/** What an organiser says of a meeting. `room`: null is a virtual one, of which there are as many as are wanted. `zone`: theirs, for showing. */
export const BookingFields = z.strictObject({
  subject,
  languages: z.array(z.enum(LANGUAGES)).max(LANGUAGES.length).transform((list) => LANGUAGES.filter((language) => list.includes(language))),
  start: instant,
  end: instant,
  zone: z.string().max(64).refine(isZone),
  room: RoomRef.nullable(),
  people: z.array(personId).max(BOOKING_LIMITS.people).transform((list) => [...new Set(list)]),
  delegations: z.array(z.string().min(1).max(200)).max(BOOKING_LIMITS.delegations).transform((list) => [...new Set(list)]),
});
export type BookingFields = Readonly<z.infer<typeof BookingFields>>;

/** `PUT ID`. `revision`: what the person was shown and has changed. */
export const BookingChange = z.strictObject({ fields: BookingFields, revision: z.int() });
/** `POST ID/cancel`. */
export const BookingCancel = z.strictObject({ revision: z.int() });
/** `POST ID/hand-over`: to somebody who is or is not invited yet; whoever had it stays invited. */
export const BookingHandOver = z.strictObject({ person: personId, revision: z.int() });
/** `POST ID/answer`. */
export const BookingReply = z.strictObject({ answer: z.enum(BOOKING_ANSWERS) });
/** `GET busy`: at most two days. */
export const BusyQuery = z.object({ from: z.coerce.number().int().min(0), to: z.coerce.number().int().min(0) })
  .refine(({ from, to }) => to > from && to - from <= 50 * 3_600_000);
/** `GET people`. */
export const PeopleQuery = z.object({ search: z.string().trim().min(2).max(80) });

/** Client message: take me to a meeting of mine. */
export const Attend = z.object({ booking: bookingId });

/** Somebody of the roster, as others may know them who are not in the venue. */
export interface RosterPerson {
  readonly id: string;
  readonly name: string;
  readonly entity: string;
  /** ISO 3166-1 alpha-2, lower case, or empty. */
  readonly country: string;
}

export interface Invited extends RosterPerson {
  /** Themselves, not only as one of their delegation. */
  readonly byName: boolean;
  readonly answer: BookingAnswer | null;
}

/** A meeting, as somebody sees it whom it concerns. */
export interface Booking extends Omit<BookingFields, 'people'> {
  readonly id: string;
  /** Rises with every change by the organiser. */
  readonly revision: number;
  readonly state: 'booked' | 'cancelled';
  readonly organiser: RosterPerson;
  /** Those invited by name, and those of the delegations who have answered. */
  readonly people: readonly Invited[];
  /** What the reader is to it. `none`: the secretariat, who sees all. */
  readonly mine: 'organiser' | 'invited' | 'none';
  readonly answer: BookingAnswer | null;
  readonly mayChange: boolean;
}

/** A room that can be booked, of a scene that is open. */
export interface MeetingRoom extends RoomRef {
  readonly names: Readonly<Record<Language, string>>;
  readonly sceneNames: Readonly<Record<Language, string>>;
  /** How many it has room for. */
  readonly people: number;
}

/** `GET`: those that concern me and are not long over, by start. `?all` shows the secretariat those of others too. */
export interface MyBookings {
  readonly bookings: readonly Booking[];
  readonly rooms: readonly MeetingRoom[];
  /** The event's own. */
  readonly zone: string;
}

/** `GET busy?from=&to=`: of others' meetings no more than when they are. */
export interface BusyRooms {
  readonly rooms: readonly (RoomRef & { readonly busy: readonly (Interval & { readonly booking: string | null })[] })[];
}

/** `GET people?search=`: at most twenty of each. */
export interface FoundPeople {
  readonly people: readonly RosterPerson[];
  readonly delegations: readonly { readonly entity: string; readonly country: string; readonly people: number }[];
}

/** Answer to `POST`, `PUT ID` and the deeds. `busy`: who of the invited has something else then. What, and with whom, is nobody's business. */
export interface BookingSaved {
  readonly booking: Booking;
  readonly busy: readonly RosterPerson[];
  readonly busyCount: number;
}

/** 409 with BOOKING_CLASH: when else the room is free, and which rooms are free then. A virtual one always is. */
export interface BookingClash extends ProblemResponse {
  readonly free: readonly Interval[];
  readonly rooms: readonly RoomRef[];
}

/** `GET /api/calendar`, `POST` gives a new one: the path of my own feed, which anybody can read who knows it. */
export interface CalendarFeed {
  readonly path: string;
}

export interface BookingMessages {
  /** My meetings as they are now, by start: sent after `welcome` and at every change. */
  bookings: { readonly bookings: readonly Booking[] };
  /** A meeting of mine is about to begin. */
  bookingDue: { readonly booking: string; readonly minutes: number };
  /** `closing`: the room where I am is booked, and I am not invited: in so many minutes I am led out. `ledOut`: I was. `ending`: my meeting's door opens then. */
  roomNews: { readonly kind: 'closing' | 'ledOut' | 'ending'; readonly scene: string; readonly space: string; readonly minutes: number };
  /** Spaces of the scene that I am in which I may not enter now: sent with the scene and at every change. */
  closedSpaces: { readonly scene: string; readonly spaces: readonly string[] };
}
