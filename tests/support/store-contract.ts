/** What every store engine must do. An engine's test file (in `server/store`) calls `storeContract` with a way to open a store that survives being reopened. */
import { createHash } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { newSession } from '../../shared/rules/plenary/initial.ts';
import { StoreError } from '../../server/store/store.ts';
import type { BookingRecord, LastPlace, NewPass, PersonRecord, SponsorRecord, Store, UploadEntry } from '../../server/store/store.ts';

export interface StoreUnderTest {
  /** Opens the same data every time. */
  open(): Promise<Store>;
  /** Throws the data away. */
  dispose(): Promise<void>;
}

const DAY = 86_400_000;

export function person(id: string, change: Partial<PersonRecord> = {}): PersonRecord {
  return {
    id, name: `Person ${id}`, entity: 'Switzerland', entityType: 'member-state', country: 'ch', role: 'delegate', language: 'fr', email: '', createdAt: 1000, ...change,
  };
}

function pass(id: string, owner: string, change: Partial<NewPass> = {}): NewPass {
  return { id, person: owner, hash: createHash('sha256').update(id).digest(), issuedAt: 1000, expiresAt: 10 * DAY, ...change };
}

function upload(id: string, change: Partial<UploadEntry> = {}): UploadEntry {
  return {
    id, state: 'checked', scene: 'square', file: 'square.zip', bytes: 1234, sha256: 'ab'.repeat(32), kept: true,
    names: { en: 'Square', fr: 'Place', es: 'Plaza', ru: 'Площадь', zh: '广场', ar: 'ساحة' },
    report: { fault: null, figures: { drawCalls: 9, triangles: 8, textureBytes: 7, wireBytes: 6 }, errors: 0, warnings: 0, findings: [] }, ...change,
  };
}

const place: LastPlace = {
  scene: 'geneva', placement: { x: 1.25, y: 0, z: -3.5, yaw: 0.7 }, seat: 'hall-12', appearance: { id: 'suit-a', skin: 1, hair: 2, garment1: 3, garment2: 4 },
};

function booking(id: string, change: Partial<BookingRecord> = {}): BookingRecord {
  return {
    id, organiser: 'a', subject: `Meeting ${id}`, languages: ['fr', 'ar'], start: 60_000, end: 120_000, zone: 'Europe/Zurich', room: { scene: 'geneva', space: 'arve' },
    people: ['c', 'b'], delegations: ['Ghana', 'Fiji'], state: 'booked', revision: 1, changedAt: 5, answers: new Map(), ...change,
  };
}

export function storeContract(engine: string, create: () => StoreUnderTest): void {
  let subject: StoreUnderTest;
  let store: Store;
  beforeEach(async () => {
    subject = create();
    store = await subject.open();
  });
  afterEach(async () => {
    await store.close();
    await subject.dispose();
  });
  const reopen = async (): Promise<void> => {
    await store.close();
    store = await subject.open();
  };

  describe(`${engine}: formal sessions`, () => {
    const state = newSession({ title: 'Opening', kind: 'plenary' });

    it('keeps a session in parts, and gives it back as it was', async () => {
      await store.plenary.create('session1', state, 10);
      await store.plenary.save('session1', { counter: 7, seats: { Ghana: { entity: 'Ghana', active: ['a'] }, Fiji: { entity: 'Fiji', active: ['b'] } }, currentItem: 'x' }, 20);
      await store.plenary.save('session1', { seats: { Fiji: null }, currentItem: null }, 30);
      await reopen();
      const [stored] = await store.plenary.list();
      expect(stored).toEqual({ id: 'session1', createdAt: 10, savedAt: 30, state: { ...state, counter: 7, seats: { Ghana: { entity: 'Ghana', active: ['a'] } } } });
    });

    it('refuses to write to a session that is not there, and a second one of the same id', async () => {
      await expect(store.plenary.save('nowhere1', { counter: 1 }, 1)).rejects.toThrow(StoreError);
      await store.plenary.create('session1', state, 10);
      await expect(store.plenary.create('session1', state, 11)).rejects.toThrow(StoreError);
    });

    it('keeps captions, and forgets all with the session', async () => {
      await store.plenary.create('session1', state, 10);
      const line = { id: 3, language: 'ar' as const, text: 'السيد الرئيس', final: true, speaker: 'Ama', at: 5 };
      await store.plenary.addCaption('session1', line);
      await reopen();
      expect(await store.plenary.captions('session1')).toEqual([line]);
      await store.plenary.remove('session1');
      expect(await store.plenary.list()).toEqual([]);
      expect(await store.plenary.captions('session1')).toEqual([]);
    });
  });

  describe(`${engine}: people`, () => {
    it('are kept over a reopen and listed by entity, then name', async () => {
      const kept = [person('b', { entity: 'Ghana', name: 'B' }), person('a', { entity: 'Ghana', name: 'A' }), person('c', { entity: 'Fiji', email: 'c@example.org' })];
      await store.people.saveAll(kept);
      await reopen();
      expect((await store.people.list()).map(({ id }) => id)).toEqual(['c', 'a', 'b']);
      expect(await store.people.get('c')).toEqual(kept[2]);
      expect(await store.people.get('nobody')).toBeNull();
    });

    it('are updated by id without losing passes, place or the time they were added', async () => {
      await store.people.saveAll([person('a')]);
      await store.passes.add([pass('p', 'a')]);
      await store.places.saveAll(new Map([['a', place]]), 5);
      await store.people.saveAll([person('a', { name: 'New name', role: 'chair', createdAt: 99 })]);
      expect(await store.people.get('a')).toEqual(person('a', { name: 'New name', role: 'chair' }));
      expect((await store.passes.get('p'))?.revokedAt).toBeNull();
      expect(await store.places.get('a')).toEqual(place);
    });

    it('are saved all or none', async () => {
      await store.people.saveAll([person('a', { email: 'same@example.org' })]);
      await expect(store.people.saveAll([person('b'), person('c', { email: 'Same@example.org' })])).rejects.toMatchObject({ name: 'StoreError', reason: 'FAILED' });
      expect((await store.people.list()).map(({ id }) => id)).toEqual(['a']);
    });

    it('are exported whole, without what others said of them', async () => {
      await store.people.saveAll([person('a'), person('b'), person('c')]);
      await store.passes.add([pass('p', 'a'), pass('q', 'b')]);
      await store.places.saveAll(new Map([['a', place]]), 77);
      await store.blocks.set('a', 'b', true);
      await store.blocks.set('c', 'a', true);
      await store.uploads.add(upload('u1'), { upload: 'u1', what: 'uploaded', person: 'a', at: 40 });
      await store.uploads.change(new Map([['u1', 'published']]), { upload: 'u1', what: 'published', person: 'a', at: 50 });
      expect(await store.people.export('a')).toEqual({
        person: person('a'),
        passes: [{ id: 'p', person: 'a', issuedAt: 1000, expiresAt: 10 * DAY, revokedAt: null }],
        place: { ...place, at: 77 },
        blocks: ['b'],
        sceneDeeds: [{ upload: 'u1', what: 'uploaded', at: 40 }, { upload: 'u1', what: 'published', at: 50 }],
        bookings: [],
        calendar: false,
      });
      expect(await store.people.export('nobody')).toBeNull();
    });

    it('are erased with all that refers to them, and the erasure is a revocation', async () => {
      await store.people.saveAll([person('a'), person('b')]);
      await store.passes.add([pass('p', 'a')]);
      await store.places.saveAll(new Map([['a', place]]), 5);
      await store.blocks.set('a', 'b', true);
      await store.blocks.set('b', 'a', true);
      expect(await store.people.erase('a', 6)).toBe(true);
      expect(await store.people.erase('a', 6)).toBe(false);
      expect(await store.people.export('a')).toBeNull();
      expect([await store.passes.get('p'), await store.places.get('a')]).toEqual([null, null]);
      expect([await store.blocks.blockedBy('b'), await store.blocks.blockersOf('b')]).toEqual([[], []]);
      expect(await store.passes.revocationsAfter(0)).toEqual([{ seq: 1, person: 'a' }]);
    });

    it('are erased when their last pass ended long enough ago', async () => {
      await store.people.saveAll([
        person('expired'), person('revoked'), person('one-still-valid'), person('never-had-one'), person('added-lately', { createdAt: 9 * DAY }),
      ]);
      await store.passes.add([
        pass('1', 'expired', { expiresAt: 2 * DAY }), pass('2', 'revoked', { expiresAt: 20 * DAY }),
        pass('3', 'one-still-valid', { expiresAt: 2 * DAY }), pass('4', 'one-still-valid', { expiresAt: 20 * DAY }),
      ]);
      await store.passes.revokeAll('revoked', 3 * DAY);
      expect(await store.people.eraseEndedBefore(2 * DAY, 10 * DAY)).toBe(1);
      expect((await store.people.list()).map(({ id }) => id).sort()).toEqual(['added-lately', 'expired', 'one-still-valid', 'revoked']);
      expect(await store.people.eraseEndedBefore(4 * DAY, 10 * DAY)).toBe(2);
      expect((await store.people.list()).map(({ id }) => id).sort()).toEqual(['added-lately', 'one-still-valid']);
    });
  });

  describe(`${engine}: passes`, () => {
    beforeEach(async () => {
      await store.people.saveAll([person('a'), person('b')]);
    });

    it('are found by their hash and by no other', async () => {
      await store.passes.add([pass('p', 'a')]);
      const { hash, ...kept } = pass('p', 'a');
      const found = await store.passes.findByHash(hash);
      expect(found).toMatchObject({ ...kept, revokedAt: null });
      expect(Buffer.from(found?.hash ?? []).equals(hash)).toBe(true);
      expect(await store.passes.findByHash(createHash('sha256').update('other').digest())).toBeNull();
    });

    it('are added all or none, and for known people only', async () => {
      await expect(store.passes.add([pass('p', 'a'), pass('q', 'stranger')])).rejects.toMatchObject({ name: 'StoreError' });
      expect(await store.passes.get('p')).toBeNull();
    });

    it('are revoked together, once, and another process sees it', async () => {
      const other = await subject.open();
      try {
        const seen = await other.passes.lastRevocation();
        await store.passes.add([pass('p', 'a'), pass('q', 'a'), pass('old', 'a', { expiresAt: 50 }), pass('r', 'b')]);
        expect(await store.passes.revokeAll('a', 60)).toBe(2);
        expect(await store.passes.revokeAll('a', 61)).toBe(0);
        expect(await store.passes.revokeAll('b', 62)).toBe(1);
        expect((await other.passes.revocationsAfter(seen)).map((entry) => entry.person)).toEqual(['a', 'b']);
        expect(await other.passes.revocationsAfter(await other.passes.lastRevocation())).toEqual([]);
        expect([(await other.passes.get('p'))?.revokedAt, (await other.passes.get('old'))?.revokedAt]).toEqual([60, null]);
      } finally {
        await other.close();
      }
    });

    it('never repeats a revocation number, also after housekeeping and a reopen', async () => {
      await store.passes.add([pass('p', 'a'), pass('r', 'b')]);
      await store.passes.revokeAll('a', 60);
      const first = await store.passes.lastRevocation();
      await store.passes.add([pass('q', 'a')]);
      expect(await store.people.eraseEndedBefore(61, 70)).toBe(0);
      expect(await store.passes.revocationsAfter(0), 'old revocations are housekept').toEqual([]);
      await reopen();
      await store.passes.revokeAll('b', 80);
      expect(await store.passes.lastRevocation()).toBeGreaterThan(first);
    });
  });

  describe(`${engine}: uploads`, () => {
    const uploaded = async (id: string, by: string, at: number, change: Partial<UploadEntry> = {}): Promise<void> =>
      store.uploads.add(upload(id, change), { upload: id, what: 'uploaded', person: by, at });
    beforeEach(() => store.people.saveAll([person('a'), person('b')]));

    it('are kept over a reopen, newest first, with who uploaded and last published them', async () => {
      await uploaded('u1', 'a', 10);
      await uploaded('u2', 'b', 20, { state: 'refused', scene: '', names: null, kept: false });
      await store.uploads.change(new Map([['u1', 'published']]), { upload: 'u1', what: 'published', person: 'a', at: 30 });
      await store.uploads.change(new Map([['u1', 'withdrawn']]), { upload: 'u1', what: 'withdrawn', person: 'b', at: 40 });
      await store.uploads.change(new Map([['u1', 'published']]), { upload: 'u1', what: 'published', person: 'b', at: 50 });
      await reopen();
      expect(await store.uploads.list()).toEqual([
        { ...upload('u2', { state: 'refused', scene: '', names: null, kept: false }), uploaded: { name: 'Person b', at: 20 }, published: null },
        { ...upload('u1', { state: 'published' }), uploaded: { name: 'Person a', at: 10 }, published: { name: 'Person b', at: 50 } },
      ]);
      expect(await store.uploads.get('u1')).toMatchObject({ state: 'published' });
      expect(await store.uploads.get('nothing')).toBeNull();
    });

    it('are published one a scene: a second one changes nothing at all', async () => {
      await uploaded('u1', 'a', 1, { state: 'published' });
      await uploaded('u2', 'a', 2);
      await uploaded('u3', 'a', 3);
      const deed = { upload: 'u2', what: 'published', person: 'a', at: 4 } as const;
      await expect(store.uploads.change(new Map([['u3', 'replaced'], ['u2', 'published']]), deed)).rejects.toMatchObject({ reason: 'FAILED' });
      expect((await store.uploads.list()).map(({ id, state, published }) => [id, state, published])).toEqual([['u3', 'checked', null], ['u2', 'checked', null], ['u1', 'published', null]]);
      await store.uploads.change(new Map([['u1', 'replaced'], ['u2', 'published']]), deed);
      expect((await store.uploads.list()).map(({ state }) => state)).toEqual(['checked', 'published', 'replaced']);
    });

    it('outlive the person, without them; files are forgotten apart', async () => {
      await uploaded('u1', 'a', 1);
      await store.people.erase('a', 2);
      await store.uploads.change(new Map([['u1', 'removed']]), { upload: 'u1', what: 'removed', person: 'a', at: 3 });
      await store.uploads.forgetFiles(['u1']);
      expect(await store.uploads.get('u1')).toMatchObject({ state: 'removed', kept: false, uploaded: { name: '', at: 1 } });
    });
  });

  describe(`${engine}: mosaics`, () => {
    it('are kept by scene and activity, cell by cell, over a reopen', async () => {
      await store.mosaics.save('foyer', 'star', [{ cell: 5, tile: 2 }, { cell: 1, tile: 0 }]);
      await store.mosaics.save('foyer', 'sun', [{ cell: 5, tile: 3 }]);
      await store.mosaics.save('foyer', 'star', [{ cell: 5, tile: null }, { cell: 7, tile: 1 }, { cell: 1, tile: 4 }]);
      await reopen();
      expect(await store.mosaics.get('foyer', 'star')).toEqual([{ cell: 1, tile: 4 }, { cell: 7, tile: 1 }]);
      expect(await store.mosaics.get('foyer', 'sun')).toEqual([{ cell: 5, tile: 3 }]);
      expect(await store.mosaics.get('square', 'star')).toEqual([]);
    });
  });

  describe(`${engine}: the rest`, () => {
    it('keeps last places over a reopen and skips people erased meanwhile', async () => {
      await store.people.saveAll([person('a')]);
      await store.places.saveAll(new Map([['a', place], ['gone', place]]), 5);
      await store.places.saveAll(new Map([['a', { ...place, seat: '' }]]), 6);
      await reopen();
      expect(await store.places.get('a')).toEqual({ ...place, seat: '' });
      expect(await store.places.get('gone')).toBeNull();
    });

    it('keeps blocks in their direction', async () => {
      await store.people.saveAll([person('a'), person('b'), person('c')]);
      await store.blocks.set('a', 'b', true);
      await store.blocks.set('a', 'b', true);
      await store.blocks.set('a', 'gone', true);
      await store.blocks.set('c', 'b', true);
      expect([await store.blocks.blockedBy('a'), await store.blocks.blockersOf('b'), await store.blocks.blockedBy('b')]).toEqual([[{ id: 'b', name: 'Person b' }], ['a', 'c'], []]);
      await store.blocks.set('a', 'b', false);
      expect(await store.blocks.blockersOf('b')).toEqual(['c']);
    });

    it('keeps the event and the first secret of a name', async () => {
      expect(await store.event.get()).toBeNull();
      await store.event.set({ name: 'First', demo: true });
      await store.event.set({ name: 'Second', demo: false });
      const secret = await store.secrets.getOrCreate('key', () => Uint8Array.of(1, 2, 3));
      await reopen();
      expect(await store.event.get()).toEqual({ name: 'Second', demo: false });
      expect([...await store.secrets.getOrCreate('key', () => Uint8Array.of(9))]).toEqual([...secret]);
      expect(await store.secrets.get('other')).toBeNull();
    });

    it('says that it is closed', async () => {
      await expect(store.check()).resolves.toBeUndefined();
      await store.close();
      await expect(store.check()).rejects.toMatchObject({ name: 'StoreError', reason: 'CLOSED' });
      await expect(store.people.list()).rejects.toMatchObject({ reason: 'CLOSED' });
    });
  });

  describe(`${engine}: sponsors`, () => {
    const texts = { en: 'Carpets', fr: 'Tapis', es: '', ru: '', zh: '地毯', ar: '' };
    const sponsor = (id: string, change: Partial<SponsorRecord> = {}): SponsorRecord => ({
      id, kind: 'sponsor', tier: 'gold', name: `Sponsor ${id}`, names: { ...texts, en: '' }, text: texts, link: 'https://example.org/', logo: 'ab'.repeat(16), booth: null, position: 0, revision: 1, ...change,
    });

    it('are kept whole over a reopen, by position, replaced by id and removed', async () => {
      const kept = [sponsor('a', { position: 2, tier: null, link: null, logo: null }), sponsor('b', { position: 1, kind: 'donor', booth: 'left' })];
      await store.sponsors.saveAll(kept);
      await reopen();
      expect(await store.sponsors.list()).toEqual([kept[1], kept[0]]);
      const changed = sponsor('a', { position: 0, name: 'Another', revision: 2 });
      await store.sponsors.saveAll([changed]);
      await store.sponsors.remove('b');
      await store.sponsors.remove('nobody');
      expect(await store.sponsors.list()).toEqual([changed]);
    });

    it('never share a booth, and are saved all or none', async () => {
      await store.sponsors.saveAll([sponsor('a', { booth: 'left' }), sponsor('b'), sponsor('c')]);
      await expect(store.sponsors.saveAll([sponsor('b', { name: 'New' }), sponsor('c', { booth: 'left' })])).rejects.toMatchObject({ name: 'StoreError', reason: 'FAILED' });
      expect((await store.sponsors.list()).map(({ id, name, booth }) => [id, name, booth])).toEqual([['a', 'Sponsor a', 'left'], ['b', 'Sponsor b', null], ['c', 'Sponsor c', null]]);
    });
  });

  describe(`${engine}: bookings`, () => {
    beforeEach(() => store.people.saveAll([person('a'), person('b'), person('c'), person('d')]));

    it('are kept whole over a reopen, by start, and replaced by id', async () => {
      const kept = [booking('late', { start: 180_000, end: 240_000, room: null, people: [], delegations: [], languages: [] }), booking('early', { answers: new Map([['b', 'declined'], ['d', 'accepted']]) })];
      for (const each of kept) await store.bookings.save(each);
      await reopen();
      expect(await store.bookings.list()).toEqual([kept[1], kept[0]]);
      const changed = booking('early', { organiser: 'd', subject: 'Another', people: ['b'], delegations: ['Fiji'], state: 'cancelled', revision: 2, changedAt: 9, answers: new Map([['b', 'accepted']]) });
      await store.bookings.save(changed);
      expect(await store.bookings.list()).toEqual([changed, kept[0]]);
    });

    it('leave out who was erased, and go with their organiser', async () => {
      await store.bookings.save(booking('one', { answers: new Map([['c', 'accepted']]) }));
      await store.bookings.save(booking('two', { organiser: 'b' }));
      await store.people.erase('c', 9);
      await store.bookings.save(booking('three', { people: ['gone', 'b'], answers: new Map([['gone', 'declined']]) }));
      expect((await store.bookings.list()).map(({ id, people, answers }) => [id, people, [...answers]])).toEqual([['one', ['b'], []], ['three', ['b'], []], ['two', ['b'], []]]);
      await store.people.erase('a', 10);
      expect((await store.bookings.list()).map(({ id }) => id)).toEqual(['two']);
      await expect(store.bookings.save(booking('four', { organiser: 'gone' }))).rejects.toMatchObject({ name: 'StoreError' });
    });

    it('are removed when they ended long enough ago', async () => {
      await store.bookings.save(booking('past', { end: 100_000 }));
      await store.bookings.save(booking('now', { end: 120_000 }));
      expect(await store.bookings.removeEndedBefore(120_000)).toBe(1);
      expect((await store.bookings.list()).map(({ id }) => id)).toEqual(['now']);
    });

    it('are part of what is exported of a person: their own part only', async () => {
      await store.bookings.save(booking('mine', { organiser: 'b', people: ['c'] }));
      await store.bookings.save(booking('asked', { start: 90_000, answers: new Map([['b', 'accepted']]) }));
      await store.bookings.save(booking('others', { people: ['d'] }));
      await store.bookings.setCalendar('b', 'secret');
      const found = await store.people.export('b');
      expect(found?.bookings).toEqual([
        { booking: 'mine', subject: 'Meeting mine', start: 60_000, end: 120_000, organises: true, answer: null },
        { booking: 'asked', subject: 'Meeting asked', start: 90_000, end: 120_000, organises: false, answer: 'accepted' },
      ]);
      expect(found?.calendar).toBe(true);
    });

    it('give one calendar a person, found by its secret of today', async () => {
      expect([await store.bookings.calendarOf('a'), await store.bookings.calendarOwner('x')]).toEqual([null, null]);
      await store.bookings.setCalendar('a', 'x');
      await store.bookings.setCalendar('a', 'y');
      await store.bookings.setCalendar('gone', 'z');
      await reopen();
      expect([await store.bookings.calendarOf('a'), await store.bookings.calendarOwner('x'), await store.bookings.calendarOwner('y'), await store.bookings.calendarOwner('z')]).toEqual(['y', null, 'a', null]);
      await store.people.erase('a', 9);
      expect(await store.bookings.calendarOwner('y')).toBeNull();
    });
  });
}
