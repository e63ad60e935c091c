import { describe, expect, it } from 'vitest';
import { assert, asyncProperty, array, constantFrom, integer, oneof, record, constant } from 'fast-check';
import { person } from '../../tests/support/store-contract.ts';
import type { BookingFields, MeetingRoom } from '../../shared/protocol/bookings.ts';
import { ReasonedError } from '../../shared/protocol/reasons.ts';
import type { BookingRecord, BookingRepository, PersonRecord } from '../store/store.ts';
import { Bookings } from './bookings.ts';
import type { Asker, BookingChanged } from './bookings.ts';
import { ClashError } from './clash.ts';
import { PeopleIndex } from './people.ts';
import { busyRooms, savedView, viewOf } from './views.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const NOW = Date.UTC(2027, 2, 27, 9);
const names = { en: 'Arve', fr: 'Arve', es: 'Arve', ru: 'Arve', zh: 'Arve', ar: 'Arve' };
const ROOMS: readonly MeetingRoom[] = ['arve', 'rhone'].map((space) => ({ scene: 'geneva', space, names, sceneNames: names, people: 20 }));
const arve = { scene: 'geneva', space: 'arve' };
const rhone = { scene: 'geneva', space: 'rhone' };
const asker = (id: string, change: Partial<Asker> = {}): Asker => ({ id, entity: 'Switzerland', role: 'delegate', ...change });
const [ana, ben, cleo] = [asker('ana'), asker('ben', { entity: 'Ghana' }), asker('cleo', { entity: 'Fiji' })];
const staff = asker('sam', { role: 'secretariat' });

function fields(from: number, length: number, change: Partial<BookingFields> = {}): BookingFields {
  return { subject: 'Article 9', languages: ['en'], start: NOW + from * MINUTE, end: NOW + (from + length) * MINUTE, zone: 'Europe/Zurich', room: arve, people: [], delegations: [], ...change };
}

class MemoryStore implements BookingRepository {
  readonly records = new Map<string, BookingRecord>();
  list(): Promise<readonly BookingRecord[]> { return Promise.resolve([...this.records.values()]); }
  save(record: BookingRecord): Promise<void> { this.records.set(record.id, record); return Promise.resolve(); }
  removeEndedBefore(before: number): Promise<number> {
    const past = [...this.records.values()].filter(({ end }) => end < before);
    for (const { id } of past) this.records.delete(id);
    return Promise.resolve(past.length);
  }
  calendarOf(): Promise<null> { return Promise.resolve(null); }
  setCalendar(): Promise<void> { return Promise.resolve(); }
  calendarOwner(): Promise<null> { return Promise.resolve(null); }
}

function desk(people: readonly PersonRecord[] = [person('ana'), person('ben', { entity: 'Ghana' }), person('cleo', { entity: 'Fiji' }), person('sam', { role: 'secretariat' })]) {
  const store = new MemoryStore();
  const clock = { now: NOW };
  const roster = [...people];
  const blocks = new Map<string, string>();
  const index = (): PeopleIndex => new PeopleIndex(roster);
  const blocked = (id: string): ReadonlySet<string> => new Set([...blocks].flatMap(([one, other]) => (one === id ? [other] : other === id ? [one] : [])));
  const bookings = new Bookings({
    store, people: () => Promise.resolve(index()), blocks: (id) => Promise.resolve(blocked(id)), rooms: () => Promise.resolve(ROOMS), now: () => clock.now, keepDays: 7,
  });
  const changes: BookingChanged[] = [];
  bookings.onChange((change) => changes.push(change));
  return { bookings, store, clock, roster, blocks, index, changes };
}

/** The reason of a refusal. */
async function refusal(work: Promise<unknown>): Promise<string> {
  return work.then(() => 'nothing', (error: unknown) => (error instanceof ReasonedError ? error.reason : String(error)));
}

describe('booking', () => {
  it('keeps the meeting and tells of it; what it is like depends on who looks', async () => {
    const { bookings, changes, index } = desk();
    const made = await bookings.create(ana, fields(60, 30, { people: ['ana', 'ben'], delegations: ['Fiji'] }));
    expect(changes).toEqual([{ before: null, after: made }]);
    const visible = (): string[] => [ana, ben, cleo, staff].map((who) => bookings.concerning(who, () => false).length).map(String);
    expect(visible()).toEqual(['1', '1', '1', '0']);
    await bookings.answer(cleo, made.id, 'accepted');
    const known = bookings.get(made.id);
    if (known === undefined) throw new Error('it is gone');
    expect(viewOf(known, ben, index())).toMatchObject({ mine: 'invited', mayChange: false, answer: null, organiser: { name: 'Person ana' }, people: [{ id: 'ben', byName: true, answer: null }, { id: 'cleo', byName: false, answer: 'accepted' }] });
    expect(viewOf(known, staff, index())).toMatchObject({ mine: 'none', mayChange: true });
  });

  it('refuses what is wrong, saying what', async () => {
    const { bookings, blocks } = desk();
    blocks.set('ben', 'ana');
    const tries = [fields(-1, 30), fields(10, 5), fields(10, 300), fields(367 * 24 * 60, 30), fields(10, 30, { people: ['nobody'] }), fields(10, 30, { delegations: ['Atlantis'] }), fields(10, 30, { people: ['ben'] }), fields(10, 30, { room: { scene: 'geneva', space: 'hall' } })];
    expect(await Promise.all(tries.map((each) => refusal(bookings.create(ana, each))))).toEqual([
      'BOOKING_PAST', 'BOOKING_LENGTH', 'BOOKING_LENGTH', 'BOOKING_FAR', 'BOOKING_PEOPLE', 'BOOKING_PEOPLE', 'BOOKING_PEOPLE', 'BOOKING_ROOM',
    ]);
  });

  it('never lets a room be booked twice, and offers what is free instead', async () => {
    const { bookings } = desk();
    await bookings.create(ana, fields(60, 60));
    await bookings.create(ben, fields(60, 60, { room: rhone }));
    await bookings.create(ben, fields(60, 60, { room: null }));
    await bookings.create(ben, fields(120, 60));
    const error: unknown = await bookings.create(cleo, fields(90, 30)).catch((thrown: unknown) => thrown);
    if (!(error instanceof ClashError)) throw new Error('it was not refused');
    expect(error.clash.rooms).toEqual([]);
    expect(error.clash.free.map(({ start }) => (start - NOW) / MINUTE)).toEqual([30, 180, 0, 210, 240]);
    const [only] = await Promise.all([bookings.create(cleo, fields(300, 30)), expect(refusal(bookings.create(ben, fields(310, 30)))).resolves.toBe('BOOKING_CLASH')]);
    expect(only.subject).toBe('Article 9');
  });

  it('is limited to twenty to come a person; what is over or cancelled does not count', async () => {
    const { bookings, clock } = desk();
    const made = [];
    for (let i = 0; i < 20; i += 1) made.push(await bookings.create(ana, fields(60 + 30 * i, 30)));
    expect(await refusal(bookings.create(ana, fields(5000, 30)))).toBe('BOOKINGS_FULL');
    await bookings.cancel(ana, made[19]?.id ?? '', 1);
    await bookings.create(ana, fields(5000, 30));
    expect(await refusal(bookings.create(ana, fields(6000, 30)))).toBe('BOOKINGS_FULL');
    clock.now += 2 * HOUR;
    await bookings.create(ana, fields(6000, 30));
  });
});

describe('changing', () => {
  it('is for the organiser and the secretariat, for what they have seen, until the end', async () => {
    const { bookings, clock } = desk();
    const { id } = await bookings.create(ana, fields(60, 60, { people: ['ben'] }));
    const moved = { fields: fields(90, 60, { people: ['ben'] }), revision: 1 };
    expect(await refusal(bookings.change(ben, id, moved))).toBe('BOOKING_NOT_YOURS');
    expect(await refusal(bookings.change(cleo, id, moved))).toBe('BOOKING_UNKNOWN');
    expect(await refusal(bookings.cancel(cleo, id, 1))).toBe('BOOKING_UNKNOWN');
    expect((await bookings.change(ana, id, moved)).revision).toBe(2);
    expect(await refusal(bookings.change(ana, id, moved))).toBe('BOOKING_CHANGED');
    expect((await bookings.change(staff, id, { ...moved, revision: 2 })).organiser).toBe('ana');
    clock.now = NOW + 150 * MINUTE;
    expect(await refusal(bookings.cancel(ana, id, 3))).toBe('BOOKING_OVER');
  });

  it('asks everybody anew for another time, not for another subject; its own time is not in the way', async () => {
    const { bookings } = desk();
    const { id } = await bookings.create(ana, fields(60, 60, { people: ['ben'] }));
    await bookings.answer(ben, id, 'accepted');
    const renamed = await bookings.change(ana, id, { fields: fields(60, 60, { people: ['ben'], subject: 'Article 10' }), revision: 1 });
    expect([...renamed.answers]).toEqual([['ben', 'accepted']]);
    const moved = await bookings.change(ana, id, { fields: fields(90, 60, { people: ['ben'] }), revision: 2 });
    expect([...moved.answers]).toEqual([]);
  });

  it('keeps the beginning of what has begun', async () => {
    const { bookings, clock } = desk();
    const { id } = await bookings.create(ana, fields(0, 60));
    clock.now = NOW + 30 * MINUTE;
    expect(await refusal(bookings.change(ana, id, { fields: fields(10, 60), revision: 1 }))).toBe('BOOKING_PAST');
    expect((await bookings.change(ana, id, { fields: fields(0, 90), revision: 1 })).end).toBe(NOW + 90 * MINUTE);
  });

  it('frees the room when it is cancelled, for ever', async () => {
    const { bookings } = desk();
    const { id } = await bookings.create(ana, fields(60, 60));
    await bookings.cancel(ana, id, 1);
    await bookings.create(ben, fields(60, 60));
    expect(await refusal(bookings.change(ana, id, { fields: fields(200, 60), revision: 2 }))).toBe('BOOKING_OVER');
  });

  it('hands over to somebody of the roster, who has the say from then on', async () => {
    const { bookings, blocks } = desk();
    const { id } = await bookings.create(ana, fields(60, 60, { people: ['ben'] }));
    expect(await refusal(bookings.handOver(ben, id, { person: 'ben', revision: 1 }))).toBe('BOOKING_NOT_YOURS');
    expect(await refusal(bookings.handOver(ana, id, { person: 'nobody', revision: 1 }))).toBe('BOOKING_PEOPLE');
    blocks.set('cleo', 'ana');
    expect(await refusal(bookings.handOver(ana, id, { person: 'cleo', revision: 1 }))).toBe('BOOKING_PEOPLE');
    const handed = await bookings.handOver(ana, id, { person: 'ben', revision: 1 });
    expect([handed.organiser, handed.people, [...handed.answers], handed.revision]).toEqual(['ben', ['ana'], [['ana', 'accepted']], 2]);
    expect(await refusal(bookings.cancel(ana, id, 2))).toBe('BOOKING_NOT_YOURS');
    expect((await bookings.cancel(ben, id, 2)).state).toBe('cancelled');
  });

  it('is answered by who is invited, until they are blocked', async () => {
    const { bookings, blocks } = desk();
    const { id } = await bookings.create(ana, fields(60, 60, { delegations: ['Ghana'] }));
    expect(await refusal(bookings.answer(ana, id, 'declined'))).toBe('BOOKING_UNKNOWN');
    expect(await refusal(bookings.answer(cleo, id, 'accepted'))).toBe('BOOKING_UNKNOWN');
    expect((await bookings.answer(ben, id, 'declined')).revision).toBe(1);
    blocks.set('ana', 'ben');
    expect(await refusal(bookings.answer(ben, id, 'accepted'))).toBe('BOOKING_UNKNOWN');
  });
});

describe('what others may know', () => {
  it('is that somebody is busy, not why; who declined is not', async () => {
    const { bookings, index } = desk();
    const first = await bookings.create(ana, fields(60, 60, { people: ['ben'], subject: 'Secret' }));
    const second = await bookings.create(cleo, fields(90, 60, { room: rhone, people: ['ana'], delegations: ['Ghana'] }));
    const told = savedView(second, cleo, { people: index(), all: bookings.all() });
    expect(told.busy.map(({ id }) => id).sort()).toEqual(['ana', 'ben']);
    expect(JSON.stringify(told)).not.toContain('Secret');
    await bookings.answer(ben, first.id, 'declined');
    expect(savedView(second, cleo, { people: index(), all: bookings.all() }).busy.map(({ id }) => id)).toEqual(['ana']);
  });

  it('is when a room is taken, and nothing else', async () => {
    const { bookings } = desk();
    const { id } = await bookings.create(ana, fields(60, 60, { subject: 'Secret', people: ['ben'] }));
    const seen = (who: Asker): unknown => busyRooms({ start: NOW, end: NOW + 24 * HOUR }, who, { rooms: ROOMS, all: bookings.all() }).rooms;
    expect(seen(cleo)).toEqual([{ ...arve, busy: [{ start: NOW + 60 * MINUTE, end: NOW + 120 * MINUTE, booking: null }] }, { ...rhone, busy: [] }]);
    expect(seen(ben)).toMatchObject([{ busy: [{ booking: id }] }, {}]);
  });

  it('people and delegations are found by parts of their names, without accents', () => {
    const index = new PeopleIndex([person('a', { name: 'Awa Koné', entity: 'Côte d’Ivoire' }), person('b', { name: 'Ben Côté', entity: 'Canada' }), person('c', { name: 'Cleo', entity: 'Fiji' })]);
    expect(index.search('cote', () => false)).toEqual({
      people: [expect.objectContaining({ id: 'b' }), expect.objectContaining({ id: 'a' })], delegations: [{ entity: 'Côte d’Ivoire', country: 'ch', people: 1 }],
    });
    expect(index.search('cote', (id) => id === 'b').people.map(({ id }) => id)).toEqual(['a']);
  });
});

describe('looking after', () => {
  it('forgets what is long over, and who was erased by another process', async () => {
    const { bookings, store, clock, changes } = desk();
    const { id } = await bookings.create(ana, fields(60, 60));
    const later = await bookings.create(ben, fields(600, 60));
    clock.now = NOW + 7 * 24 * HOUR + 121 * MINUTE;
    expect(await bookings.removePast()).toBe(1);
    expect([bookings.get(id), bookings.get(later.id)?.id]).toEqual([undefined, later.id]);
    store.records.delete(later.id);
    await bookings.reload();
    expect([...bookings.all()]).toEqual([]);
    expect(changes.at(-1)).toEqual({ before: later, after: null });
  });
});

describe('whatever people do', () => {
  it('no room is ever booked twice, and every offer can be taken', async () => {
    const people = [ana, ben, cleo, staff];
    const action = oneof(
      record({ kind: constant('create' as const), who: integer({ min: 0, max: 3 }), from: integer({ min: 0, max: 600 }), length: integer({ min: 10, max: 240 }), room: constantFrom(arve, rhone) }),
      record({ kind: constant('move' as const), which: integer({ min: 0, max: 30 }), from: integer({ min: 0, max: 600 }), length: integer({ min: 10, max: 240 }), room: constantFrom(arve, rhone) }),
      record({ kind: constant('cancel' as const), which: integer({ min: 0, max: 30 }) }),
    );
    await assert(asyncProperty(array(action, { maxLength: 40 }), async (actions) => {
      const { bookings } = desk();
      for (const each of actions) {
        const existing = [...bookings.all()];
        const chosen = each.kind === 'create' ? undefined : existing[each.which % Math.max(1, existing.length)];
        const asked = each.kind === 'create' ? bookings.create(people[each.who] ?? ana, fields(each.from, each.length, { room: each.room }))
          : chosen === undefined ? Promise.resolve()
            : each.kind === 'cancel' ? bookings.cancel(staff, chosen.id, chosen.revision)
              : bookings.change(staff, chosen.id, { fields: fields(each.from, each.length, { room: each.room }), revision: chosen.revision });
        const error: unknown = await asked.then(() => null, (thrown: unknown) => thrown);
        const [offer] = error instanceof ClashError ? error.clash.free : [];
        if (offer !== undefined && each.kind === 'create') expect((await bookings.create(people[each.who] ?? ana, { ...fields(0, 10, { room: each.room }), ...offer }).catch((thrown: unknown) => thrown instanceof ReasonedError && thrown.reason === 'BOOKINGS_FULL' ? offer : thrown)))
          .toMatchObject({ start: offer.start });
      }
      // The oracle: minute by minute, who has which room.
      const taken = new Set<string>();
      for (const { state, room, start, end } of bookings.all()) {
        if (state !== 'booked' || room === null) continue;
        for (let at = start; at < end; at += MINUTE) {
          const key = `${room.space} ${at}`;
          expect(taken.has(key)).toBe(false);
          taken.add(key);
        }
      }
    }), { seed: 41, numRuns: 60 });
  });

  it('a thousand meetings are booked, searched and seen one by one', async () => {
    const roster = Array.from({ length: 300 }, (_, i) => person(`p${i}`, { entity: `Entity ${i % 40}` }));
    const { bookings, index } = desk(roster);
    for (let i = 0; i < 1000; i += 1) {
      const who = asker(`p${i % 100}`);
      await bookings.create(who, fields(30 * Math.floor(i / 2), 30, { room: i % 2 === 0 ? arve : rhone, people: [`p${(i * 7) % 300}`], delegations: [`Entity ${i % 40}`] })).catch((error: unknown) => {
        if (!(error instanceof ReasonedError && error.reason === 'BOOKINGS_FULL')) throw error;
      });
    }
    expect([...bookings.all()]).toHaveLength(1000);
    const error: unknown = await bookings.create(asker('p200'), fields(15, 60)).catch((thrown: unknown) => thrown);
    expect(error instanceof ClashError && error.clash.free).toEqual([]);
    expect(bookings.concerning(asker('p3', { entity: 'Entity 3' }), () => false).length).toBeGreaterThan(30);
    expect(index().search('entity 3', () => false).people).toHaveLength(20);
  });
});
