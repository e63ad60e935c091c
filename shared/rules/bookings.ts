/** What may be booked, and who may enter: the same rules for the server, which decides, and for the form, which says so beforehand. Times are milliseconds since the epoch. */
import type { Reason } from '../protocol/reasons.ts';
import type { Role } from '../protocol/vocabulary.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

export const BOOKING_LIMITS = {
  /** Characters (UTF-16 code units). */
  subject: 120,
  people: 100,
  delegations: 60,
  /** Meetings that one person organises and that are not over. */
  each: 20,
  shortestMs: 10 * MINUTE_MS,
  longestMs: 4 * HOUR_MS,
  aheadMs: 366 * DAY_MS,
} as const;

/** So long before the start the room is for those who are invited. */
export const DOOR_MS = 10 * MINUTE_MS;
/** When people are reminded, before the start. */
export const REMINDERS_MS = [10 * MINUTE_MS, MINUTE_MS] as const;
/** So long before the end they are told that the door will open. */
export const ENDING_MS = 5 * MINUTE_MS;

/** Offered times: nobody meets at 10:07, and offsets of all time zones are whole quarters. */
const GRID_MS = 15 * MINUTE_MS;
const OFFER_WITHIN_MS = DAY_MS;
const OFFER_APART_MS = 30 * MINUTE_MS;
export const OFFERS = 5;

/** Half-open: what ends at ten and what begins at ten do not overlap. */
export interface Interval {
  readonly start: number;
  readonly end: number;
}

export function overlaps(one: Interval, other: Interval): boolean {
  return one.start < other.end && other.start < one.end;
}

/** @returns why a meeting cannot be then, or null. `before`: when it was, if it is being moved; what has begun may keep its beginning. */
export function judgeTimes(wished: Interval, now: number, before: Interval | null = null): Reason | null {
  const length = wished.end - wished.start;
  if (length < BOOKING_LIMITS.shortestMs || length > BOOKING_LIMITS.longestMs) return 'BOOKING_LENGTH';
  const kept = before !== null && before.start === wished.start && wished.end > now;
  // The minute that has just begun is not over.
  if (!kept && wished.start < Math.floor(now / MINUTE_MS) * MINUTE_MS) return 'BOOKING_PAST';
  return wished.start > now + BOOKING_LIMITS.aheadMs ? 'BOOKING_FAR' : null;
}

/** Whether nothing of `taken` is in the way. */
export function isFree(wished: Interval, taken: readonly Interval[]): boolean {
  return !taken.some((other) => overlaps(wished, other));
}

/**
 * Up to {@link OFFERS} times of the same length at which nothing of `taken` is in the way: on the quarter hour, at most a day off, the nearest first (the later of
 * two equally near), and half an hour apart, as five times in a row would be no choice.
 */
export function freeTimes(wished: Interval, taken: readonly Interval[], now: number): Interval[] {
  const length = wished.end - wished.start;
  const around = { start: wished.start - OFFER_WITHIN_MS, end: wished.end + OFFER_WITHIN_MS };
  const inTheWay = taken.filter((other) => overlaps(around, other));
  const starts: number[] = [];
  for (let start = Math.ceil(around.start / GRID_MS) * GRID_MS; start <= wished.start + OFFER_WITHIN_MS; start += GRID_MS) starts.push(start);
  starts.sort((a, b) => Math.abs(a - wished.start) - Math.abs(b - wished.start) || b - a);
  const offers: Interval[] = [];
  for (const start of starts) {
    if (offers.length === OFFERS) break;
    const offer = { start, end: start + length };
    const apart = offers.every((other) => Math.abs(other.start - start) >= OFFER_APART_MS);
    if (apart && judgeTimes(offer, now) === null && isFree(offer, inTheWay)) offers.push(offer);
  }
  return offers;
}

/** What of a person bookings go by. */
export interface Participant {
  readonly id: string;
  readonly entity: string;
}

/** What of a booking says whom it concerns. */
export interface Invitations {
  readonly organiser: string;
  readonly people: readonly string[];
  /** Entities of the roster: everybody of them, also those who come to it later. */
  readonly delegations: readonly string[];
}

/** Whether somebody organises or is invited: they see the meeting and may enter. */
export function isInvited({ organiser, people, delegations }: Invitations, who: Participant): boolean {
  return organiser === who.id || people.includes(who.id) || delegations.includes(who.entity);
}

/** Whether somebody may change, cancel and hand over. */
export function mayChange({ organiser }: Pick<Invitations, 'organiser'>, who: { readonly id: string; readonly role: Role }): boolean {
  return organiser === who.id || who.role === 'secretariat';
}

/** Whose a room is at a time: the meeting's that is going on, else the one's that is about to begin. `meetings`: those of one room, none overlapping. */
export function holderAt<T extends Interval>(meetings: readonly T[], now: number): T | null {
  const going = meetings.find(({ start, end }) => start <= now && now < end);
  return going ?? meetings.find(({ start }) => start - DOOR_MS <= now && now < start) ?? null;
}
