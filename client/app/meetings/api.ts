/** Calls about meetings, with the token of the session, which is renewed from the pass of this tab as it runs out. */
import type { BookingClash } from '../../../shared/protocol/bookings.ts';
import { ReasonedError } from '../../../shared/protocol/reasons.ts';
import type { SessionResponse } from '../../../shared/protocol/session.ts';
import { isReason, openSession, takePass } from '../../net/session.ts';
import { store } from '../store.ts';

/** A token is renewed so long before it ends. */
const RENEW_BEFORE_MS = 30_000;

/** The room is taken then: with what is free instead. */
export class ClashProblem extends ReasonedError {
  readonly clash: BookingClash;

  constructor(clash: BookingClash) {
    super('BOOKING_CLASH');
    this.name = 'ClashProblem';
    this.clash = clash;
  }
}

let renewed: SessionResponse | null = null;

async function authorization(): Promise<string> {
  const entered = store.session.peek();
  const newest = renewed !== null && renewed.expiresAt > (entered?.expiresAt ?? 0) ? renewed : entered;
  const session = newest !== null && newest.expiresAt - Date.now() > RENEW_BEFORE_MS ? newest : await openSession(takePass());
  renewed = session;
  return `Bearer ${session.token}`;
}

function problemIn(text: string): ReasonedError {
  try {
    const problem = JSON.parse(text) as Partial<BookingClash>;
    if (problem.reason === 'BOOKING_CLASH' && problem.free !== undefined) return new ClashProblem(problem as BookingClash);
    return new ReasonedError(isReason(problem.reason) ? problem.reason : 'INTERNAL');
  } catch (cause) {
    // A page of some proxy.
    return new ReasonedError('INTERNAL', undefined, { cause });
  }
}

async function answerTo(method: string, path: string, body: unknown): Promise<Response> {
  const headers = { authorization: await authorization(), ...(body === undefined ? {} : { 'content-type': 'application/json' }) };
  let response: Response;
  try {
    response = await fetch(`/api${path}`, { method, headers, body: body === undefined ? null : JSON.stringify(body) });
  } catch (cause) {
    throw new ReasonedError('INTERNAL', 'the server does not answer', { cause });
  }
  if (!response.ok) throw problemIn(await response.text());
  return response;
}

/** A call below `/api`. @returns the answer's JSON, or null if it has none. Rejects with a `ReasonedError`, for a clash with a `ClashProblem`. */
export async function callMeetings<T>(method: 'GET' | 'POST' | 'PUT', path: string, body?: unknown): Promise<T> {
  const text = await (await answerTo(method, path, body)).text();
  return (text === '' ? null : JSON.parse(text)) as T;
}

/** A meeting as a file for calendars. Rejects as {@link callMeetings} does. */
export async function calendarFile(booking: string): Promise<Blob> {
  return (await answerTo('GET', `/bookings/${booking}.ics`, undefined)).blob();
}
