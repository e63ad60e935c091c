import { describe, expect, it } from 'vitest';
import { FakeVenue } from '../../tests/support/fake-venue.ts';
import type { Guest } from '../../tests/support/fake-venue.ts';
import { flatGround, roomServices, testLayout } from '../../tests/support/venue.ts';
import type { RoomServices, TestScene } from '../../tests/support/venue.ts';

const link = (id: string, to: string, spawn: string | null = null) => ({ id, to, spawn, position: [5, 0, 5] as [number, number, number], yaw: 0, space: 'hall', radius: 1.5 });

/** Geneva leads to the garden by two doors, the garden back and to a scene that is not there. */
function services(garden: Partial<TestScene> = {}): RoomServices {
  return roomServices({
    layout: testLayout({ links: [link('to-garden', 'garden'), link('to-gate', 'garden', 'gate')] }),
    scenes: {
      garden: {
        layout: testLayout({
          spawnPoints: [{ id: 'path', position: [20, 0, 20], yaw: 2 }, { id: 'gate', position: [-20, 0, -20], yaw: -1 }],
          links: [link('home', 'geneva'), link('to-nowhere', 'atlantis')],
        }),
        ...garden,
      },
    },
  });
}

/** Asks for something that may have to load a scene, and waits until it is done. */
async function go(fake: FakeVenue, guest: Guest, to: Parameters<typeof fake.send<'jump'>>[2]): Promise<void> {
  fake.now += 2000;
  fake.send(guest, 'jump', to);
  await new Promise((resolve) => setImmediate(resolve));
  fake.tick();
}

describe('going through a link', () => {
  it('moves the person at once, tells them where, and everybody that they are there', async () => {
    const fake = await FakeVenue.open(services());
    const [ann, ben] = [await fake.join('ann'), await fake.join('ben')];
    fake.tick();
    ben.line.clear();
    await go(fake, ann, { kind: 'link', id: 'to-gate' });
    expect(ann.line.last('scene')).toEqual({ scene: { id: 'garden', revision: 'r1' }, placement: { x: -20, y: 0, z: -20, yaw: -1 }, seat: '', cause: 'link', by: '' });
    expect(ben.line.of('peopleChanged')).toMatchObject([{ changed: [{ id: 'ann', scene: 'garden' }], left: [] }]);
    expect(fake.services.attendance.sceneOf('ann')).toBe('garden');
    expect([...fake.services.attendance.census()]).toEqual([['garden', 1], ['geneva', 1]]);
  });

  it('hides those who stayed and shows those who are there, in frames, at once and whole', async () => {
    const fake = await FakeVenue.open(services());
    const [ann, ben, cec] = [await fake.join('ann'), await fake.join('ben'), await fake.join('cec')];
    await go(fake, cec, { kind: 'scene', id: 'garden' });
    fake.arrive(cec);
    fake.tick(2);
    for (const { line } of [ann, ben, cec]) line.clear();
    await go(fake, ann, { kind: 'link', id: 'to-garden' });
    fake.tick(25);
    const seen = ({ line }: Guest): number[] => [...line.tally().keys()].sort();
    expect(seen(ann)).toEqual([cec.person.index]);
    expect(seen(cec)).toEqual([ann.person.index]);
    expect(seen(ben)).toEqual([]);
    // Back again: what was shown once is shown anew.
    fake.arrive(ann);
    for (const { line } of [ann, ben, cec]) line.clear();
    await go(fake, ann, { kind: 'link', id: 'home' });
    fake.tick(25);
    expect([seen(ann), seen(ben), seen(cec)]).toEqual([[ben.person.index], [ann.person.index], []]);
  });

  it('frees the seat, and the same seat of the other scene is another one', async () => {
    const fake = await FakeVenue.open(services());
    const [ann, ben] = [await fake.join('ann'), await fake.join('ben')];
    fake.send(ann, 'sit', { seat: 'seat-0' });
    await go(fake, ben, { kind: 'link', id: 'to-garden' });
    fake.arrive(ben);
    fake.send(ben, 'sit', { seat: 'seat-0' });
    expect([ann.person.seat, ben.person.seat]).toEqual(['seat-0', 'seat-0']);
    await go(fake, ann, { kind: 'link', id: 'to-garden' });
    expect(ann.person.seat).toBe('');
    expect(ann.person.posture).toBe('standing');
    fake.arrive(ann);
    fake.send(ann, 'sit', { seat: 'seat-0' });
    expect(ann.line.last('refused')).toEqual({ what: 'sit', reason: 'SEAT_TAKEN' });
  });

  it.each([
    ['a link that is not there', { kind: 'link', id: 'to-heaven' }, 'PLACE_UNKNOWN'],
    ['a link of another scene', { kind: 'link', id: 'home' }, 'PLACE_UNKNOWN'],
    ['a scene that is not there', { kind: 'scene', id: 'atlantis' }, 'SCENE_UNKNOWN'],
    ['what objects inherit', { kind: 'scene', id: '__proto__' }, 'SCENE_UNKNOWN'],
  ] as const)('refuses %s', async (_name, to, reason) => {
    const fake = await FakeVenue.open(services());
    const ann = await fake.join('ann');
    await go(fake, ann, to);
    expect(ann.line.last('refused')).toEqual({ what: 'jump', reason });
    expect(ann.line.of('scene')).toEqual([]);
  });

  it('refuses a link whose scene is not published', async () => {
    const fake = await FakeVenue.open(services());
    const ann = await fake.join('ann');
    await go(fake, ann, { kind: 'scene', id: 'garden' });
    fake.arrive(ann);
    await go(fake, ann, { kind: 'link', id: 'to-nowhere' });
    expect(ann.line.last('refused')).toEqual({ what: 'jump', reason: 'SCENE_UNKNOWN' });
  });

  it('into a scene with broken files is refused, logged, and possible again when they are mended', async () => {
    const fake = await FakeVenue.open(services());
    const ann = await fake.join('ann');
    fake.services.scenes.failing = new Error('the mesh is torn');
    await go(fake, ann, { kind: 'link', id: 'to-garden' });
    expect(ann.line.last('refused')).toEqual({ what: 'jump', reason: 'SCENE_UNKNOWN' });
    expect(fake.services.logged).toHaveLength(1);
    fake.services.scenes.failing = null;
    await go(fake, ann, { kind: 'link', id: 'to-garden' });
    expect(ann.line.last('scene').scene.id).toBe('garden');
  });

  it('takes only the last of several journeys that had to wait', async () => {
    const fake = await FakeVenue.open(services());
    const [ann, ben] = [await fake.join('ann'), await fake.join('ben')];
    let loaded = (): void => undefined;
    fake.services.scenes.loading = new Promise((resolve) => { loaded = resolve; });
    fake.send(ann, 'jump', { kind: 'link', id: 'to-garden' });
    fake.send(ann, 'jump', { kind: 'link', id: 'to-gate' });
    fake.send(ben, 'jump', { kind: 'link', id: 'to-gate' });
    fake.venue.drop(ben.presence, true);
    loaded();
    await new Promise((resolve) => setImmediate(resolve));
    expect(ann.line.of('scene')).toHaveLength(1);
    expect(ann.person.footing).toMatchObject({ x: -20, z: -20 });
    expect(fake.venue.roster.has('ben')).toBe(false);
  });
});

describe('before a client has arrived', () => {
  it('its steps, of whichever scene they are, change nothing and are no offence', async () => {
    const fake = await FakeVenue.open(services());
    const ann = await fake.join('ann');
    fake.tick(30);
    for (let seq = 1; seq < 200; seq += 1) fake.walk(ann, { seq, x: 10 + seq * 0.001, moving: true });
    await go(fake, ann, { kind: 'link', id: 'to-garden' });
    fake.tick(40);
    for (let seq = 200; seq < 260; seq += 1) fake.walk(ann, { seq, x: 12, z: 3, moving: true });
    expect(ann.person.footing).toMatchObject({ x: 20, z: 20 });
    expect([ann.line.of('placed'), ann.line.of('refused'), ann.line.closed]).toEqual([[], [], null]);
    fake.arrive(ann);
    fake.tick(30);
    fake.walk(ann, { seq: 1, x: 20.3, z: 20, moving: true });
    expect(ann.person.footing.x).toBeCloseTo(20.3, 5);
  });

  it('its words about the scene that it still shows are refused, but it may go on elsewhere', async () => {
    const fake = await FakeVenue.open(services());
    const ann = await fake.join('ann');
    await go(fake, ann, { kind: 'link', id: 'to-garden' });
    fake.send(ann, 'sit', { seat: 'seat-0' });
    fake.send(ann, 'stand', {});
    for (const to of [{ kind: 'place', id: 'lounge' }, { kind: 'spawn' }, { kind: 'link', id: 'home' }] as const) await go(fake, ann, to);
    expect(ann.line.of('refused').map(({ reason }) => reason)).toEqual(Array(5).fill('NOT_ARRIVED'));
    expect(ann.person.footing).toMatchObject({ x: 20, z: 20 });
    await go(fake, ann, { kind: 'scene', id: 'geneva' });
    expect(ann.person.scene.id).toBe('geneva');
  });

  it('a word of arrival in another scene or revision counts for nothing', async () => {
    const fake = await FakeVenue.open(services());
    const ann = await fake.join('ann');
    await go(fake, ann, { kind: 'link', id: 'to-garden' });
    for (const [scene, revision] of [['geneva', 'r1'], ['garden', 'r2']] as const) fake.send(ann, 'arrived', { scene, revision });
    expect(ann.person.arrived).toBe(false);
    fake.arrive(ann);
    expect(ann.person.arrived).toBe(true);
  });

  it('a new connection begins where the person is, and may walk at once', async () => {
    const fake = await FakeVenue.open(services());
    const ann = await fake.join('ann');
    await go(fake, ann, { kind: 'link', id: 'to-garden' });
    fake.venue.drop(ann.presence, false);
    const back = await fake.join('ann');
    expect(back.line.last('welcome')).toMatchObject({ resumed: true, scene: { id: 'garden', revision: 'r1' }, placement: { x: 20, z: 20 } });
    fake.tick(30);
    fake.walk(back, { seq: 1, x: 20.2, z: 20, moving: true });
    expect(back.person.footing.x).toBeCloseTo(20.2, 5);
  });
});

describe('hearing and reading across scenes', () => {
  it('ends with the step through the link, in the same call, and begins on the other side', async () => {
    const fake = await FakeVenue.open(services());
    const guests = [await fake.join('ann'), await fake.join('ben')] as const;
    const [ann, ben] = guests;
    for (const guest of guests) {
      fake.put(guest, 20, guest === ann ? 20 : 21);
      fake.send(guest, 'mediaOffer', { sdp: 'slots=4' });
      await new Promise((resolve) => setImmediate(resolve));
      fake.send(guest, 'mic', { state: 'live', audience: '' });
    }
    fake.tick(8);
    expect([fake.services.relay.heardBy('ann'), fake.services.relay.heardBy('ben')]).toEqual([['ben'], ['ann']]);
    await fake.venue.settled;
    fake.now += 2000;
    fake.send(ann, 'jump', { kind: 'link', id: 'to-garden' });
    await new Promise((resolve) => setImmediate(resolve));
    expect([fake.services.relay.heardBy('ann'), fake.services.relay.heardBy('ben')]).toEqual([[], []]);
    // The same point in numbers, in the other scene.
    fake.put(ann, 20, 20);
    fake.tick(20);
    expect(fake.services.relay.heardBy('ben')).toEqual([]);
    await go(fake, ben, { kind: 'link', id: 'to-garden' });
    fake.tick(8);
    expect([fake.services.relay.heardBy('ann'), fake.services.relay.heardBy('ben')]).toEqual([['ben'], ['ann']]);
  });

  it('text to those near stays in the scene, text to the venue and to a person does not', async () => {
    const fake = await FakeVenue.open(services());
    const [ann, ben] = [await fake.join('ann'), await fake.join('ben')];
    await go(fake, ann, { kind: 'link', id: 'to-garden' });
    fake.put(ann, 10, 0);
    fake.put(ben, 10, 0);
    fake.send(ann, 'chat', { to: { kind: 'near' }, text: 'near', nonce: 'n1' });
    fake.send(ann, 'chat', { to: { kind: 'venue' }, text: 'venue', nonce: 'n2' });
    fake.send(ann, 'chat', { to: { kind: 'person', id: 'ben' }, text: 'person', nonce: 'n3' });
    expect(ben.line.of('chat').map(({ text }) => text)).toEqual(['venue', 'person']);
  });
});

describe('a jump to a person', () => {
  it('in another scene travels there, face to face; whom one blocks is not there', async () => {
    const fake = await FakeVenue.open(services());
    const [ann, ben, cec] = [await fake.join('ann'), await fake.join('ben'), await fake.join('cec')];
    await go(fake, ben, { kind: 'link', id: 'to-gate' });
    await go(fake, ann, { kind: 'person', id: 'ben' });
    expect(ann.line.last('scene')).toMatchObject({ scene: { id: 'garden' }, cause: 'jump' });
    expect(Math.hypot(ann.person.footing.x + 20, ann.person.footing.z + 20)).toBeLessThan(2);
    fake.send(cec, 'block', { person: 'ben', on: true });
    await go(fake, cec, { kind: 'person', id: 'ben' });
    expect(cec.line.last('refused')).toEqual({ what: 'jump', reason: 'PERSON_UNKNOWN' });
  });
});

describe('where people are when they come back', () => {
  it('is the scene of their last visit; the first, if it is not shown any more', async () => {
    const one = services();
    const before = await FakeVenue.open(one);
    const [ann, ben] = [await before.join('ann'), await before.join('ben')];
    for (const guest of [ann, ben]) await go(before, guest, { kind: 'link', id: 'to-gate' });
    await before.venue.stop();
    expect(one.store.saved.get('ann')).toMatchObject({ scene: 'garden', placement: { x: -20, z: -20 } });
    expect([...one.scenes.inUse.values()], 'every ground was freed').toEqual([0, 0]);
    const after = await FakeVenue.open(one);
    expect((await after.join('ann')).line.last('welcome')).toMatchObject({ resumed: true, scene: { id: 'garden' }, placement: { x: -20, z: -20 } });
    await after.venue.stop();
    one.scenes.withdraw('garden');
    const later = await FakeVenue.open(one);
    expect((await later.join('ben')).line.last('welcome')).toMatchObject({ resumed: false, scene: { id: 'geneva' }, placement: { x: 10, z: 0 } });
  });

  it('is any scene while the first is not shown, and a refusal while none is', async () => {
    const one = services();
    one.scenes.withdraw('geneva');
    const fake = await FakeVenue.open(one);
    expect((await fake.join('ann')).line.last('welcome').scene.id).toBe('garden');
    const none = services();
    none.scenes.withdraw('geneva');
    none.scenes.withdraw('garden');
    await expect((await FakeVenue.open(none)).join('ann')).rejects.toMatchObject({ reason: 'SCENE_UNKNOWN' });
  });
});

describe('a scene that changes while people are in it', () => {
  it('replaced: they keep seat and place where these still exist, else stand near or at an entrance, and are told', async () => {
    const one = services();
    const fake = await FakeVenue.open(one);
    const guests: Guest[] = [];
    for (const id of ['ann', 'ben', 'cec', 'dan', 'eve']) guests.push(await fake.join(id));
    const [ann, ben, cec, dan, eve] = guests as [Guest, Guest, Guest, Guest, Guest];
    fake.send(ann, 'sit', { seat: 'seat-0' });
    fake.send(ben, 'sit', { seat: 'seat-3' });
    fake.put(cec, 30, 12, 1.5);
    fake.put(dan, 44, 0, 0.5);
    fake.put(eve, 49, 49);
    fake.venue.drop(eve.presence, false);
    fake.tick();
    const seats = testLayout().seats.filter(({ id }) => id !== 'seat-3');
    one.scenes.publish('geneva', { revision: 'r2', layout: testLayout({ seats }), ground: flatGround(40) });
    await fake.venue.settled;
    fake.tick();
    const told = ({ line }: Guest) => line.last('scene');
    expect(told(ann)).toEqual({ scene: { id: 'geneva', revision: 'r2' }, placement: { x: 20, y: 0, z: 10, yaw: 0 }, seat: 'seat-0', cause: 'replaced', by: '' });
    expect(ann.person.posture).toBe('seated');
    expect(told(ben)).toMatchObject({ seat: '', placement: { x: 23, z: 10 } });
    expect(told(cec).placement).toMatchObject({ x: 30, z: 12, yaw: 1.5 });
    expect(told(dan).placement, 'as near as the new ground goes').toMatchObject({ x: 40, z: 0 });
    expect(eve.person.footing, 'too far for "near": at the entrance').toMatchObject({ x: 10, z: 0 });
    expect([...one.scenes.inUse]).toEqual([['geneva/r1', 0], ['geneva/r2', 1]]);
    expect(ann.line.last('scenes').scenes.map(({ id, revision }) => `${id}/${revision}`)).toEqual(['geneva/r2', 'garden/r1']);
    // All are still in one scene with each other.
    for (const guest of [ann, ben, cec, dan]) fake.arrive(guest);
    cec.line.clear();
    fake.put(dan, 31, 12);
    fake.tick(2);
    expect(cec.line.tally().has(dan.person.index)).toBe(true);
  });

  it('replaced by one that does not load: they stay in the one they see', async () => {
    const one = services();
    const fake = await FakeVenue.open(one);
    const ann = await fake.join('ann');
    one.scenes.failing = new Error('torn');
    one.scenes.publish('geneva', { revision: 'r2', layout: testLayout() });
    await fake.venue.settled;
    expect(ann.line.of('scene')).toEqual([]);
    expect(ann.person.scene.ref).toEqual({ id: 'geneva', revision: 'r1' });
    expect(one.logged).toHaveLength(1);
  });

  it('withdrawn: they are brought to the first scene; the last one is kept', async () => {
    const one = services();
    const fake = await FakeVenue.open(one);
    const ann = await fake.join('ann');
    await go(fake, ann, { kind: 'link', id: 'to-garden' });
    one.scenes.withdraw('garden');
    await fake.venue.settled;
    expect(ann.line.last('scene')).toMatchObject({ scene: { id: 'geneva' }, cause: 'withdrawn', placement: { x: 10, z: 0 } });
    expect(one.scenes.inUse.get('garden/r1')).toBe(0);
    await go(fake, ann, { kind: 'scene', id: 'garden' });
    expect(ann.line.last('refused').reason).toBe('SCENE_UNKNOWN');
    one.scenes.withdraw('geneva');
    await fake.venue.settled;
    expect(ann.person.scene.id).toBe('geneva');
    expect(one.scenes.inUse.get('geneva/r1')).toBe(1);
  });

  it('added: everybody may go there', async () => {
    const one = services();
    const fake = await FakeVenue.open(one);
    const ann = await fake.join('ann');
    one.scenes.publish('square', { layout: testLayout() });
    await fake.venue.settled;
    expect(ann.line.last('scenes').scenes.map(({ id }) => id)).toContain('square');
    await go(fake, ann, { kind: 'scene', id: 'square' });
    expect(ann.person.scene.id).toBe('square');
  });
});
