/** Meetings by appointment: `/api/bookings` with the token of the session, and `/api/calendar`, whose feeds are found by their secret alone. */
import { randomBytes } from 'node:crypto';
import { Router, json } from 'express';
import type { ErrorRequestHandler, Request, Response } from 'express';
import { BookingCancel, BookingChange, BookingFields, BookingHandOver, BookingReply, BusyQuery, PeopleQuery } from '../../shared/protocol/bookings.ts';
import type { BookingSaved, CalendarFeed, MyBookings } from '../../shared/protocol/bookings.ts';
import { ReasonedError } from '../../shared/protocol/reasons.ts';
import { calendarFeed, calendarFile } from '../bookings/calendar.ts';
import type { CalendarContext } from '../bookings/calendar.ts';
import { ClashError } from '../bookings/clash.ts';
import { listedFor } from '../bookings/index.ts';
import type { OpenBookings } from '../bookings/index.ts';
import { busyRooms, savedView, viewOf } from '../bookings/views.ts';
import type { Identity, IdentityService } from '../identity/identity.ts';
import type { BookingRecord, Store } from '../store/store.ts';
import { asker, readBody, requirePerson } from './asker.ts';
import { limitFailures, limitPerson } from './limits.ts';

const FAILURES_A_MINUTE = 120;
/** More than anybody types and clicks; enough to keep somebody from reading the roster out. */
const CALLS_A_MINUTE = 240;
/** A hundred ids and sixty names of delegations. */
const BODY_LIMIT = 32 * 1024;
const SECRET_BYTES = 24;

export interface BookingRoutesDeps {
  readonly identity: Pick<IdentityService, 'identify'>;
  readonly store: Pick<Store, 'bookings' | 'people' | 'event'>;
  readonly open: Omit<OpenBookings, 'stop'>;
  /** Address that people open, or null: that of the request. */
  readonly publicUrl: string | null;
}

function sendCalendar(response: Response, text: string, file: string): void {
  response.setHeader('Cache-Control', 'private, no-store').setHeader('Content-Disposition', `attachment; filename="${file}.ics"`);
  response.type('text/calendar').send(text);
}

/** A clash says what is free instead. */
const answerClash: ErrorRequestHandler = (error: unknown, _request, response, next) => {
  if (error instanceof ClashError) response.status(409).setHeader('Cache-Control', 'no-store').json(error.clash);
  else next(error);
};

async function contextFor(deps: BookingRoutesDeps, request: Request, language: Identity['language']): Promise<CalendarContext> {
  const { open, publicUrl, store } = deps;
  const [rooms, people, event] = await Promise.all([open.rooms(), open.people(), store.event.get()]);
  const address = publicUrl ?? new URL(`${request.protocol}://${request.get('host') ?? 'localhost'}`).origin;
  return { address, language, rooms, nameOf: (id) => people.shown(id).name, title: event === null || event.name === '' ? 'Plenum' : event.name };
}

function readingRoutes(deps: BookingRoutesDeps): Router {
  const { open } = deps;
  const { bookings } = open;
  const router = Router();
  router.get('/', async (request, response) => {
    const who = asker(response);
    const [people, hidden, rooms] = await Promise.all([open.people(), open.blocks(who.id), open.rooms()]);
    const everything = who.role === 'secretariat' && 'all' in request.query;
    const listed = everything
      ? [...bookings.all()].filter(({ end }) => end > open.now()).sort((a, b) => a.start - b.start).map((record) => viewOf(record, who, people))
      : listedFor(who, open, { people, hidden: (id) => hidden.has(id) });
    response.json({ bookings: listed, rooms, zone: open.zone } satisfies MyBookings);
  });
  router.get('/busy', async (request, response) => {
    const { from, to } = readBody(BusyQuery, request.query);
    response.json(busyRooms({ start: from, end: to }, asker(response), { rooms: await open.rooms(), all: bookings.all() }));
  });
  router.get('/people', async (request, response) => {
    const { search } = readBody(PeopleQuery, request.query);
    const who = asker(response);
    const [people, hidden] = await Promise.all([open.people(), open.blocks(who.id)]);
    response.json(people.search(search, (id) => id === who.id || hidden.has(id)));
  });
  router.get('/:id.ics', async (request, response) => {
    const who = asker(response);
    const hidden = await open.blocks(who.id);
    const record = bookings.concerning(who, (id) => hidden.has(id)).find(({ id }) => id === request.params.id);
    if (record === undefined) throw new ReasonedError('BOOKING_UNKNOWN');
    sendCalendar(response, calendarFile(record, await contextFor(deps, request, who.language)), record.id);
  });
  return router;
}

/** Routes below `/api/bookings`. Refusals are `ProblemResponse`, a clash is `BookingClash`. */
export function bookingRoutes(deps: BookingRoutesDeps): Router {
  const { identity, open } = deps;
  const { bookings } = open;
  const router = Router();
  router.use(limitFailures(FAILURES_A_MINUTE), requirePerson(identity), limitPerson(CALLS_A_MINUTE, (response) => asker(response).id));
  router.use(readingRoutes(deps));
  const body = json({ limit: BODY_LIMIT });
  const answer = async (response: Response, change: (who: Identity) => Promise<BookingRecord>, status = 200): Promise<void> => {
    const who = asker(response);
    const record = await change(who);
    response.status(status).json(savedView(record, who, { people: await open.people(), all: bookings.all() }) satisfies BookingSaved);
  };
  router.post('/', body, (request, response) => answer(response, (who) => bookings.create(who, readBody(BookingFields, request.body)), 201));
  router.put('/:id', body, (request, response) => answer(response, (who) => bookings.change(who, request.params.id, readBody(BookingChange, request.body))));
  router.post('/:id/cancel', body, (request, response) => answer(response, (who) => bookings.cancel(who, request.params.id, readBody(BookingCancel, request.body).revision)));
  router.post('/:id/hand-over', body, (request, response) => answer(response, (who) => bookings.handOver(who, request.params.id, readBody(BookingHandOver, request.body))));
  router.post('/:id/answer', body, async (request, response) => {
    const who = asker(response);
    await bookings.answer(who, request.params.id, readBody(BookingReply, request.body).answer);
    response.status(204).end();
  });
  router.use(answerClash);
  return router;
}

const SECRET = /^[A-Za-z0-9_-]{32}$/;

/** The feed of a person whose pass is in force, or null. */
async function feedOf(deps: BookingRoutesDeps, request: Request, secret: string): Promise<string | null> {
  const { store, open } = deps;
  const owner = SECRET.test(secret) ? await store.bookings.calendarOwner(secret) : null;
  const known = owner === null ? null : await store.people.export(owner);
  if (known?.passes.some(({ revokedAt, expiresAt }) => revokedAt === null && expiresAt > open.now()) !== true) return null;
  const { person } = known;
  const hidden = await open.blocks(person.id);
  const records = open.bookings.concerning(person, (id) => hidden.has(id)).filter(({ answers }) => answers.get(person.id) !== 'declined');
  return calendarFeed(records, await contextFor(deps, request, person.language));
}

/** Routes below `/api/calendar`: one's own feed by token, and the feed itself by its secret. The secret is repeated in no log. */
export function calendarRoutes(deps: BookingRoutesDeps): Router {
  const { identity, store } = deps;
  const router = Router();
  router.use(limitFailures(FAILURES_A_MINUTE));
  router.get('/:secret.ics', async (request, response) => {
    const feed = await feedOf(deps, request, request.params.secret);
    if (feed === null) throw new ReasonedError('CALENDAR_UNKNOWN');
    sendCalendar(response, feed, 'plenum');
  });
  const send = (response: Response, secret: string): void => void response.json({ path: `/api/calendar/${secret}.ics` } satisfies CalendarFeed);
  const renew = async (person: string): Promise<string> => {
    const secret = randomBytes(SECRET_BYTES).toString('base64url');
    await store.bookings.setCalendar(person, secret);
    return secret;
  };
  router.get('/', requirePerson(identity), async (_request, response) => {
    const { id } = asker(response);
    send(response, await store.bookings.calendarOf(id) ?? await renew(id));
  });
  router.post('/', requirePerson(identity), async (_request, response) => send(response, await renew(asker(response).id)));
  return router;
}
