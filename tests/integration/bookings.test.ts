/** Meetings by appointment over HTTP: who may, what is refused and what is offered instead, what others learn, and calendars. */
import ICAL from 'ical.js';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { BookingClash, BookingSaved, BusyRooms, CalendarFeed, FoundPeople, MyBookings } from '../../shared/protocol/bookings.ts';
import { openBookingDesk } from '../support/booking-desk.ts';
import type { BookingAnswer, BookingDesk, SignedIn } from '../support/booking-desk.ts';
import { soon } from '../support/soon.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
/** The eve of the change of clocks in Europe. */
const NOW = Date.UTC(2027, 2, 27, 20);
const arve = { scene: 'geneva', space: 'arve' };
const rhone = { scene: 'geneva', space: 'rhone' };

let desk: BookingDesk;
let ana: SignedIn;
let ben: SignedIn;
let cleo: SignedIn;
beforeEach(async () => {
  desk = await openBookingDesk(NOW);
  ana = await desk.signIn({ name: 'Ana Núñez', entity: 'España' });
  ben = await desk.signIn({ name: 'Ben Mensah', entity: 'Ghana' });
  cleo = await desk.signIn({ name: 'Cléo Martin', entity: 'Suisse', language: 'fr' });
});
afterEach(() => desk.close());

const fields = (from: number, length: number, change: object = {}): object => ({
  subject: 'Article 9', languages: ['fr', 'en'], start: NOW + from * MINUTE, end: NOW + (from + length) * MINUTE, zone: 'Europe/Zurich', room: arve, people: [], delegations: [], ...change,
});
const told = ({ status, body }: BookingAnswer): [number, string | undefined] => [status, (body as { reason?: string } | null)?.reason];

async function book(who: SignedIn, body: object): Promise<BookingSaved> {
  const answer = await desk.call(who, 'POST /bookings', body);
  expect([answer.status, answer.text]).toEqual([201, expect.stringContaining('"booking"') as string]);
  return answer.body as BookingSaved;
}

const mine = async (who: SignedIn, query = ''): Promise<MyBookings> => (await desk.call(who, `GET /bookings${query}`)).body as MyBookings;

describe('who may', () => {
  it('people of the event, with a token in force', async () => {
    const { booking } = await book(ana, fields(60, 60));
    const routes = ['GET /bookings', 'GET /bookings/people?search=an', `GET /bookings/busy?from=${NOW}&to=${NOW + HOUR}`, 'POST /bookings', `PUT /bookings/${booking.id}`, `POST /bookings/${booking.id}/cancel`, `GET /bookings/${booking.id}.ics`, 'GET /calendar', 'POST /calendar'];
    for (const token of ['', 'nonsense']) for (const route of routes) expect([route, ...told(await desk.call(token === '' ? null : { id: '', token }, route, route.startsWith('GET') ? undefined : {}))]).toEqual([route, 401, 'TOKEN_INVALID']);
  });

  it('is seen by organiser and invited, and changed by organiser and secretariat', async () => {
    const { booking } = await book(ana, fields(60, 60, { people: [ben.id], delegations: ['Suisse'] }));
    const staff = await desk.signIn({ role: 'secretariat', entity: 'ITU' });
    const stranger = await desk.signIn({ entity: 'Fiji' });
    for (const who of [ana, ben, cleo]) expect((await mine(who)).bookings.map(({ id }) => id)).toEqual([booking.id]);
    for (const who of [staff, stranger]) expect((await mine(who)).bookings).toEqual([]);
    expect((await mine(stranger, '?all')).bookings).toEqual([]);
    expect((await mine(staff, '?all')).bookings).toMatchObject([{ id: booking.id, mine: 'none', mayChange: true }]);
    const change = { fields: fields(60, 60, { subject: 'Another', people: [ben.id] }), revision: 1 };
    expect(told(await desk.call(stranger, `PUT /bookings/${booking.id}`, change))).toEqual([404, 'BOOKING_UNKNOWN']);
    expect(told(await desk.call(ben, `PUT /bookings/${booking.id}`, change))).toEqual([403, 'BOOKING_NOT_YOURS']);
    expect(told(await desk.call(stranger, `GET /bookings/${booking.id}.ics`))).toEqual([404, 'BOOKING_UNKNOWN']);
    expect((await desk.call(staff, `PUT /bookings/${booking.id}`, change)).status).toBe(200);
    expect(told(await desk.call(ana, `PUT /bookings/${booking.id}`, change))).toEqual([409, 'BOOKING_CHANGED']);
    expect((await mine(cleo)).bookings, 'the delegation is invited no more').toEqual([]);
  });

  it('those of a delegation who come to the roster later too', async () => {
    await book(ana, fields(60, 60, { delegations: ['Ghana'] }));
    const late = await desk.signIn({ name: 'Late Comer', entity: 'Ghana' });
    expect((await mine(late)).bookings).toHaveLength(1);
  });
});

describe('booking', () => {
  it('says what is free instead, in the same room and in others', async () => {
    await book(ana, fields(60, 60));
    const clash = await desk.call(ben, 'POST /bookings', fields(90, 60));
    expect([clash.status, clash.body]).toEqual([409, { reason: 'BOOKING_CLASH', rooms: [rhone], free: [120, 150, 180, 0, 210].map((from) => ({ start: NOW + from * MINUTE, end: NOW + (from + 60) * MINUTE })) } satisfies BookingClash]);
    for (const room of [rhone, null, null]) await book(ben, fields(90, 60, { room }));
  });

  it('takes nothing that is not as it should be', async () => {
    const wrong: [object, string][] = [
      [fields(60, 60, { subject: ' \r\n ' }), 'MESSAGE_INVALID'], [fields(60, 60, { subject: 'x'.repeat(121) }), 'MESSAGE_INVALID'], [fields(60, 60, { zone: 'Mars/Olympus' }), 'MESSAGE_INVALID'],
      [fields(60.5, 60), 'MESSAGE_INVALID'], [fields(60, 60, { start: 'now' }), 'MESSAGE_INVALID'], [fields(60, 60, { organiser: ben.id }), 'MESSAGE_INVALID'], [fields(60, 60, { languages: ['tlh'] }), 'MESSAGE_INVALID'],
      [fields(60, 60, { people: Array.from({ length: 101 }, (_, i) => `p${i}`) }), 'MESSAGE_INVALID'], [fields(-30, 60), 'BOOKING_PAST'], [fields(60, 9), 'BOOKING_LENGTH'], [fields(60, 60, { room: { scene: 'geneva', space: 'hall' } }), 'BOOKING_ROOM'],
      [fields(60, 60, { people: ['stranger'] }), 'BOOKING_PEOPLE'], [fields(60, 60, { delegations: ['Atlantis'] }), 'BOOKING_PEOPLE'],
    ];
    for (const [body, reason] of wrong) expect([body, told(await desk.call(ana, 'POST /bookings', body))[1]]).toEqual([body, reason]);
    expect(told(await desk.call(ana, 'POST /bookings', fields(60, 60, { delegations: Array.from({ length: 60 }, () => 'x'.repeat(900)) })))).toEqual([413, 'MESSAGE_TOO_LARGE']);
    const { booking } = await book(ana, fields(60, 60, { subject: '  Two\r\n lines\u202e \u0000and\tmore ', languages: ['zh', 'fr', 'zh'], people: [ben.id, ben.id, ana.id] }));
    expect([booking.subject, booking.languages, booking.people.map(({ id }) => id)]).toEqual(['Two lines and more', ['fr', 'zh'], [ben.id]]);
  });

  it('is kept over a restart', async () => {
    const { booking } = await book(ana, fields(60, 60, { people: [ben.id] }));
    expect((await desk.call(ben, `POST /bookings/${booking.id}/answer`, { answer: 'accepted' })).status).toBe(204);
    await desk.close(true);
    desk = await openBookingDesk(NOW, desk.dataFolder);
    expect((await mine(ana)).bookings).toMatchObject([{ id: booking.id, people: [{ id: ben.id, answer: 'accepted' }] }]);
    expect(told(await desk.call(cleo, 'POST /bookings', fields(90, 60)))).toEqual([409, 'BOOKING_CLASH']);
  });
});

describe('what others learn', () => {
  it('is when rooms are taken, and that people are busy; nothing of it stands in the log', async () => {
    await book(ana, fields(60, 60, { subject: 'Very secret', people: [ben.id] }));
    const busy = await desk.call(cleo, `GET /bookings/busy?from=${NOW}&to=${NOW + 24 * HOUR}`);
    expect(busy.body).toEqual({ rooms: [{ ...rhone, busy: [] }, { ...arve, busy: [{ start: NOW + HOUR, end: NOW + 2 * HOUR, booking: null }] }] } satisfies BusyRooms);
    for (const query of ['', `?from=${NOW}&to=${NOW - 1}`, `?from=0&to=${NOW}`, '?from=x&to=y']) expect(told(await desk.call(cleo, `GET /bookings/busy${query}`))).toEqual([400, 'MESSAGE_INVALID']);
    const saved = await book(cleo, fields(90, 60, { room: null, people: [ben.id] }));
    expect([saved.busy.map(({ name }) => name), saved.busyCount]).toEqual([['Ben Mensah'], 1]);
    expect(JSON.stringify([busy, saved])).not.toContain('Very secret');
    expect(desk.logText()).not.toMatch(/secret|Mensah/i);
  });

  it('is nothing of and to those between whom there is a block', async () => {
    await desk.store.blocks.set(ben.id, ana.id, true);
    const found = async (who: SignedIn): Promise<string[]> => ((await desk.call(who, 'GET /bookings/people?search=ghana')).body as FoundPeople).people.map(({ name }) => name);
    expect([await found(cleo), await found(ana)]).toEqual([['Ben Mensah'], []]);
    await book(ana, fields(60, 60, { delegations: ['Ghana'] }));
    expect((await mine(ben)).bookings).toEqual([]);
  });

  it('people and delegations, by parts of their names', async () => {
    expect((await desk.call(ana, 'GET /bookings/people?search=CLEO')).body).toEqual({ people: [{ id: cleo.id, name: 'Cléo Martin', entity: 'Suisse', country: 'gh' }], delegations: [] });
    expect((await desk.call(ana, 'GET /bookings/people?search=gha')).body).toMatchObject({ delegations: [{ entity: 'Ghana', people: 1 }] });
    expect(told(await desk.call(ana, 'GET /bookings/people?search=a'))).toEqual([400, 'MESSAGE_INVALID']);
  });
});

function events(text: string): ICAL.Event[] {
  return new ICAL.Component(ICAL.parse(text) as ConstructorParameters<typeof ICAL.Component>[0]).getAllSubcomponents('vevent').map((event) => new ICAL.Event(event));
}

describe('calendars', () => {
  it('a file, in the reader’s language, of this very venue; a cancelled meeting is taken out', async () => {
    const { booking } = await book(ana, fields(60, 300 - 60, { delegations: ['Suisse'] }));
    const file = await desk.call(cleo, `GET /bookings/${booking.id}.ics`);
    expect(file.headers.get('content-type')).toBe('text/calendar; charset=utf-8');
    const [event] = events(file.text);
    expect([event?.summary, event?.location, event?.startDate.toJSDate().getTime()]).toEqual(['Article 9', 'Salle Arve, Genève', NOW + HOUR]);
    expect(event?.component.getFirstPropertyValue('url')).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/$/);
    await desk.call(ana, `POST /bookings/${booking.id}/cancel`, { revision: 1 });
    const [cancelled] = events((await desk.call(cleo, `GET /bookings/${booking.id}.ics`)).text);
    expect([cancelled?.uid, cancelled?.sequence, cancelled?.component.getFirstPropertyValue('status')]).toEqual([event?.uid, 1, 'CANCELLED']);
  });

  it('a feed, found by its secret alone, until there is a new one or the pass is revoked', async () => {
    const { booking } = await book(ana, fields(60, 60, { people: [ben.id], subject: 'Tea\r\nATTENDEE:x' }));
    const address = async (method: 'GET' | 'POST'): Promise<string> => ((await desk.call(ben, `${method} /calendar`)).body as CalendarFeed).path.replace('/api', '');
    const first = await address('GET');
    expect(first).toMatch(/^\/calendar\/[\w-]{32}\.ics$/);
    expect(await address('GET')).toBe(first);
    const feed = async (path: string): Promise<string[] | number> => {
      const answer = await desk.call(null, `GET ${path}`);
      return answer.status === 200 ? events(answer.text).map(({ summary }) => summary) : answer.status;
    };
    expect(await feed(first)).toEqual(['Tea ATTENDEE:x']);
    await desk.call(ben, `POST /bookings/${booking.id}/answer`, { answer: 'declined' });
    expect(await feed(first)).toEqual([]);
    const second = await address('POST');
    expect([await feed(first), await feed(second), await feed('/calendar/x.ics'), await feed(`/calendar/${'x'.repeat(32)}.ics`)]).toEqual([404, [], 404, 404]);
    await desk.store.passes.revokeAll(ben.id, Date.now());
    expect(await feed(second)).toBe(404);
    expect(desk.logText()).not.toContain(second.slice(10, 30));
  });
});

describe('erasing', () => {
  it('by another process is followed: meetings of the erased are gone, rooms are free', async () => {
    const { booking } = await book(ana, fields(60, 60, { people: [ben.id] }));
    await desk.store.people.erase(ana.id, Date.now());
    await soon(async () => (await mine(ben)).bookings.length, 'the meeting is still there').toBe(0);
    expect(told(await desk.call(ben, `POST /bookings/${booking.id}/answer`, { answer: 'accepted' }))).toEqual([404, 'BOOKING_UNKNOWN']);
    await book(ben, fields(60, 60));
  });
});
