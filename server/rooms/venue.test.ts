import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { FakeLine, FakeVenue, joinOptions } from '../../tests/support/fake-venue.ts';
import type { Guest } from '../../tests/support/fake-venue.ts';
import { roomServices, testIdentity } from '../../tests/support/venue.ts';
import { CLOSE_CODES } from '../../shared/protocol/reasons.ts';
import { HOLD_MS } from './venue.ts';

const OTHER_TAB = { tab: 'another-tab-0123456789' };
const DRESS = { id: 'dress', skin: 1, hair: 2, garment1: 3, garment2: 4 };

describe('coming in', () => {
  it('welcomes with place, number and directory, and tells the others', async () => {
    const fake = await FakeVenue.open();
    const ann = await fake.join('ann', { appearance: DRESS });
    fake.tick();
    const ben = await fake.join('ben');
    fake.tick();
    expect(ben.line.sent.map(({ name }) => name).slice(0, 2)).toEqual(['welcome', 'scenes']);
    expect(ben.line.last('welcome')).toMatchObject({ id: 'ben', resumed: false, scene: { id: 'geneva', revision: 'r1' }, seat: '', blocked: [] });
    expect(ben.line.last('people').people.map(({ id }) => id)).toEqual(['ann', 'ben']);
    expect(ben.line.last('people').people[0]).toMatchObject({ name: 'Person ann', entity: 'Testland', appearance: DRESS, away: false });
    expect(ann.line.last('peopleChanged')).toMatchObject({ changed: [{ id: 'ben', index: ben.person.index }], left: [] });
  });

  it('takes name and entity from the roster and nothing from the client', async () => {
    const fake = await FakeVenue.open();
    const line = new FakeLine();
    await fake.venue.join(testIdentity('ann'), { ...joinOptions(), name: 'The President' } as never, line);
    fake.tick();
    expect(line.last('people').people[0]?.name).toBe('Person ann');
  });

  it('puts nobody on top of anybody', async () => {
    const fake = await FakeVenue.open();
    const guests: Guest[] = [];
    for (let i = 0; i < 120; i += 1) guests.push(await fake.join(`p${i}`));
    guests.forEach((one, i) => {
      for (const other of guests.slice(i + 1)) {
        expect(Math.hypot(one.person.footing.x - other.person.footing.x, one.person.footing.z - other.person.footing.z)).toBeGreaterThanOrEqual(0.69);
      }
    });
  });

  it('refuses one person too many with ROOM_FULL', async () => {
    const fake = await FakeVenue.open(roomServices({ capacity: 2 }));
    await fake.join('ann');
    await fake.join('ben');
    await expect(fake.join('cec')).rejects.toMatchObject({ reason: 'ROOM_FULL' });
    expect(fake.venue.roster.size).toBe(2);
  });
});

describe('a second window', () => {
  it('is refused unless the person agrees', async () => {
    const fake = await FakeVenue.open();
    const ann = await fake.join('ann');
    await expect(fake.join('ann', OTHER_TAB)).rejects.toMatchObject({ reason: 'ALREADY_HERE' });
    expect(ann.line.closed).toBeNull();
  });

  it('takes the person over, with all they have, and closes the first quietly', async () => {
    const fake = await FakeVenue.open();
    const ann = await fake.join('ann', { appearance: DRESS });
    fake.send(ann, 'sit', { seat: 'seat-2' });
    const again = await fake.join('ann', { ...OTHER_TAB, takeOver: true });
    expect(ann.line.closed).toEqual({ code: CLOSE_CODES.MOVED_ELSEWHERE, reason: 'MOVED_ELSEWHERE' });
    expect(again.person).toBe(ann.person);
    expect(again.line.last('welcome')).toMatchObject({ resumed: true, seat: 'seat-2', index: ann.person.index });
    expect(again.person.appearance).toEqual(DRESS);
    // The closing of the first must not hurt the second, nor may it still act.
    fake.send(ann, 'stand', {});
    fake.venue.drop(ann.presence, true);
    fake.tick();
    expect(again.person.presence).toBe(again.presence);
    expect(again.person.seat).toBe('seat-2');
  });

  it('is refused too when both knock at the same moment', async () => {
    const fake = await FakeVenue.open();
    const knocks = await Promise.allSettled([fake.join('ann'), fake.join('ann', OTHER_TAB)]);
    expect(knocks.map(({ status }) => status)).toEqual(['fulfilled', 'rejected']);
    expect(knocks[1]).toMatchObject({ reason: { reason: 'ALREADY_HERE' } });
  });

  it('is not asked about when it is the same tab that comes back', async () => {
    const fake = await FakeVenue.open();
    const ann = await fake.join('ann');
    const again = await fake.join('ann');
    expect(ann.line.closed?.reason).toBe('MOVED_ELSEWHERE');
    expect(again.line.last('welcome').resumed).toBe(true);
  });

  it('in another room moves the person out of this one', async () => {
    const services = roomServices();
    const here = await FakeVenue.open(services);
    const there = await FakeVenue.open(services);
    const ann = await here.join('ann');
    await expect(there.join('ann', OTHER_TAB)).rejects.toMatchObject({ reason: 'ALREADY_HERE' });
    await there.join('ann', { ...OTHER_TAB, takeOver: true });
    expect(ann.line.closed?.reason).toBe('MOVED_ELSEWHERE');
    expect(here.venue.roster.size).toBe(0);
    expect(services.attendance.isHere('ann')).toBe(true);
  });
});

describe('a drop', () => {
  it('keeps place, appearance and seat, away, and gives them back', async () => {
    const fake = await FakeVenue.open();
    const ann = await fake.join('ann', { appearance: DRESS });
    const ben = await fake.join('ben');
    fake.send(ann, 'sit', { seat: 'seat-1' });
    fake.tick();
    fake.venue.drop(ann.presence, false);
    fake.tick(4);
    expect(ben.line.last('peopleChanged').changed).toMatchObject([{ id: 'ann', away: true, seat: 'seat-1', mic: 'off' }]);
    fake.send(ben, 'sit', { seat: 'seat-1' });
    expect(ben.line.last('refused')).toEqual({ what: 'sit', reason: 'SEAT_TAKEN' });
    fake.tick(HOLD_MS / 50 - 20);
    const again = await fake.join('ann', { ...OTHER_TAB });
    expect(again.line.last('welcome')).toMatchObject({ resumed: true, seat: 'seat-1' });
    expect(again.person.appearance).toEqual(DRESS);
    fake.tick();
    expect(ben.line.last('peopleChanged').changed).toMatchObject([{ id: 'ann', away: false }]);
  });

  it('gives the place up after two minutes', async () => {
    const fake = await FakeVenue.open();
    const ann = await fake.join('ann');
    const ben = await fake.join('ben');
    fake.send(ann, 'sit', { seat: 'seat-1' });
    fake.venue.drop(ann.presence, false);
    fake.tick(HOLD_MS / 50 + 1);
    expect(ben.line.last('peopleChanged').left).toEqual(['ann']);
    expect(fake.venue.roster.size).toBe(1);
    fake.send(ben, 'sit', { seat: 'seat-1' });
    expect(ben.person.seat).toBe('seat-1');
  });

  it('on purpose gives the place up at once', async () => {
    const fake = await FakeVenue.open();
    const ann = await fake.join('ann');
    const ben = await fake.join('ben');
    fake.tick();
    fake.venue.drop(ann.presence, true);
    fake.tick();
    expect(ben.line.last('peopleChanged').left).toEqual(['ann']);
    expect(fake.services.attendance.isHere('ann')).toBe(false);
  });

  it('on purpose, and back within the tick, is no leaving for the others', async () => {
    const fake = await FakeVenue.open();
    const [ann, ben] = [await fake.join('ann'), await fake.join('ben')];
    fake.tick();
    ben.line.clear();
    fake.venue.drop(ann.presence, true);
    const back = await fake.join('ann');
    fake.tick();
    expect(ben.line.of('peopleChanged')).toEqual([{ changed: [expect.objectContaining({ id: 'ann', index: back.person.index })], left: [] }]);
  });

  it('of the whole server loses nobody: places come back from the store', async () => {
    const services = roomServices();
    const before = await FakeVenue.open(services);
    const [ann, ben, cec] = [await before.join('ann', { appearance: DRESS }), await before.join('ben'), await before.join('cec')];
    before.send(ann, 'sit', { seat: 'seat-3' });
    // Past the last regular save.
    before.tick(220);
    before.put(ben, 33, -7, 1.5);
    before.venue.drop(cec.presence, false);
    await before.venue.stop();
    expect(services.attendance.isHere('ann')).toBe(false);

    const after = await FakeVenue.open(services);
    expect((await after.join('ann')).line.last('welcome')).toMatchObject({ resumed: true, seat: 'seat-3' });
    const back = await after.join('ben');
    expect(back.line.last('welcome')).toMatchObject({ resumed: true, placement: { x: 33, z: -7, yaw: 1.5 } });
    expect((await after.join('cec')).line.last('welcome').placement).toMatchObject({ x: cec.person.footing.x });
    after.tick();
    expect(back.line.last('people').people.find(({ id }) => id === 'ann')?.appearance).toEqual(DRESS);
  });

  it('of a server that had no time to say goodbye loses ten seconds at most', async () => {
    const services = roomServices();
    const before = await FakeVenue.open(services);
    const ann = await before.join('ann');
    before.put(ann, 40, 12);
    ann.person.placeDirty = true;
    before.tick(220);
    expect(services.store.saved.get('ann')?.placement).toMatchObject({ x: 40, z: 12 });
  });
});

describe('revocation', () => {
  it('puts the person out', async () => {
    const fake = await FakeVenue.open();
    const ann = await fake.join('ann');
    fake.venue.expel('ann', 'PASS_REVOKED');
    expect(ann.line.closed).toEqual({ code: CLOSE_CODES.PASS_REVOKED, reason: 'PASS_REVOKED' });
    expect(fake.venue.roster.size).toBe(0);
  });
});

describe('an appearance', () => {
  const CROWN = { ...DRESS, id: 'crown' };
  const WIG = { ...DRESS, hair: 60 };

  it('that nobody can draw is refused, and nobody is shown it', async () => {
    const fake = await FakeVenue.open();
    const ann = await fake.join('ann', { appearance: DRESS });
    const ben = await fake.join('ben');
    fake.tick();
    ben.line.clear();
    for (const appearance of [CROWN, WIG]) {
      fake.send(ann, 'appearance', appearance);
      expect(ann.line.last('refused')).toEqual({ what: 'appearance', reason: 'MESSAGE_INVALID' });
    }
    fake.tick(10);
    expect(ann.person.appearance).toEqual(DRESS);
    expect(ben.line.of('peopleChanged')).toEqual([]);
  });

  it('that nobody can draw is not worn on coming in: what was worn is, or the first', async () => {
    const fake = await FakeVenue.open();
    expect((await fake.join('ann', { appearance: CROWN })).person.appearance).toEqual(fake.services.wardrobe.first);
    await fake.join('ben', { appearance: DRESS });
    expect((await fake.join('ben', { appearance: WIG })).person.appearance).toEqual(DRESS);
    const place = { scene: 'geneva', placement: { x: 10, y: 0, z: 0, yaw: 0 }, seat: '' };
    await fake.services.places.saveAll(new Map([['cec', { ...place, appearance: DRESS }], ['dan', { ...place, appearance: CROWN }]]), 0);
    expect((await fake.join('cec', { appearance: CROWN })).person.appearance).toEqual(DRESS);
    expect((await fake.join('dan')).person.appearance).toEqual(fake.services.wardrobe.first);
  });
});

describe('a pass that expires', () => {
  const END = Date.UTC(2026, 10, 30);
  beforeEach(() => {
    vi.useFakeTimers({ toFake: ['Date'], now: END - 1 });
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  it('puts out the person who came with it, connected or away, and nobody else', async () => {
    const fake = await FakeVenue.open();
    const admit = (id: string, passExpiresAt: number, line = new FakeLine()): ReturnType<typeof fake.venue.join> =>
      fake.venue.join({ ...testIdentity(id), passExpiresAt }, joinOptions(), line);
    const lines = { ann: new FakeLine(), cec: new FakeLine() };
    await admit('ann', END, lines.ann);
    fake.venue.drop(await admit('ben', END), false);
    await admit('cec', END + 1, lines.cec);
    fake.tick();
    expect(lines.ann.closed).toBeNull();
    expect(fake.venue.roster.size).toBe(3);
    vi.setSystemTime(END);
    fake.tick();
    expect(lines.ann.closed).toEqual({ code: CLOSE_CODES.PASS_EXPIRED, reason: 'PASS_EXPIRED' });
    expect(lines.cec.closed).toBeNull();
    fake.tick();
    expect(lines.cec.last('peopleChanged').left).toEqual(['ann', 'ben']);
    expect([...fake.venue.roster].map(({ id }) => id)).toEqual(['cec']);
    expect(fake.services.store.saved.has('ann')).toBe(true);
  });

  it('is forgotten when the person comes in again with a later one', async () => {
    const fake = await FakeVenue.open();
    const line = new FakeLine();
    await fake.venue.join({ ...testIdentity('ann'), passExpiresAt: END }, joinOptions(), new FakeLine());
    await fake.venue.join({ ...testIdentity('ann'), passExpiresAt: END + 1000 }, joinOptions(), line);
    vi.setSystemTime(END);
    fake.tick();
    expect(line.closed).toBeNull();
  });
});

describe('people as others see them', () => {
  it('change together, at most five times a second', async () => {
    const fake = await FakeVenue.open();
    const ann = await fake.join('ann');
    const ben = await fake.join('ben');
    fake.tick();
    ann.line.clear();
    fake.send(ben, 'mic', { state: 'live', audience: '' });
    fake.send(ben, 'deafen', { on: true });
    fake.tick();
    fake.send(ben, 'appearance', DRESS);
    fake.tick(4);
    expect(ann.line.of('peopleChanged')).toEqual([{ changed: [expect.objectContaining({ id: 'ben', mic: 'live', deafened: true, appearance: DRESS })], left: [] }]);
  });

  it('vanish for each other with a block, which nobody is told of, and come back', async () => {
    const fake = await FakeVenue.open();
    const [ann, ben, cec] = [await fake.join('ann'), await fake.join('ben'), await fake.join('cec')];
    fake.tick();
    for (const { line } of [ann, ben, cec]) line.clear();
    fake.send(ann, 'block', { person: 'ben', on: true });
    fake.tick();
    expect(ann.line.of('peopleChanged')).toEqual([{ changed: [], left: ['ben'] }]);
    expect(ben.line.of('peopleChanged')).toEqual([{ changed: [], left: ['ann'] }]);
    expect(JSON.stringify(cec.line.sent)).toBe('[]');

    for (const { line } of [ann, ben, cec]) line.clear();
    fake.send(ben, 'mic', { state: 'muted', audience: '' });
    fake.send(ann, 'gesture', { gesture: 'wave' });
    fake.tick(4);
    expect(ann.line.of('peopleChanged')).toEqual([]);
    expect(cec.line.of('peopleChanged')).toHaveLength(1);

    fake.now += 5000;
    fake.send(ann, 'block', { person: 'ben', on: false });
    expect(ann.line.last('peopleChanged').changed).toMatchObject([{ id: 'ben', mic: 'muted' }]);
    expect(ben.line.last('peopleChanged').changed).toMatchObject([{ id: 'ann' }]);
  });

  it('stay hidden from whom they blocked across a restart, in snapshot and changes', async () => {
    const services = roomServices();
    const before = await FakeVenue.open(services);
    const ann = await before.join('ann');
    before.send(ann, 'block', { person: 'ben', on: true });
    await before.venue.stop();
    const after = await FakeVenue.open(services);
    const [ben, again] = [await after.join('ben'), await after.join('ann')];
    after.tick(25);
    expect(again.line.last('welcome').blocked).toEqual([{ id: 'ben', name: 'ben' }]);
    expect(ben.line.last('welcome').blocked).toEqual([]);
    expect(JSON.stringify(ben.line.sent)).not.toContain('ann');
    expect(again.line.last('people').people.map(({ id }) => id)).toEqual(['ann']);
    after.venue.drop(again.presence, true);
    after.tick();
    expect(JSON.stringify(ben.line.sent)).not.toContain('ann');
  });

  it('stop gesturing by themselves, but keep a hand up until it is put down', async () => {
    const fake = await FakeVenue.open();
    const ann = await fake.join('ann');
    fake.send(ann, 'gesture', { gesture: 'wave' });
    fake.tick(40);
    expect(ann.person.gesture).toBe('wave');
    fake.tick(20);
    expect(ann.person.gesture).toBe('none');
    fake.send(ann, 'gesture', { gesture: 'raiseHand' });
    fake.tick(2000);
    expect(ann.person.gesture).toBe('raiseHand');
    fake.send(ann, 'gesture', { gesture: 'none' });
    expect(ann.person.gesture).toBe('none');
  });
});
