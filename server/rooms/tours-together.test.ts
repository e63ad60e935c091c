import { describe, expect, it } from 'vitest';
import type { FakeVenue, Guest } from '../../tests/support/fake-venue.ts';
import { go, onTour, refusal, settled, speak, tour } from '../../tests/support/touring.ts';

describe('hearing', () => {
  it('lets the members, and nobody else, hear the guide at any distance, in any space, in any scene, and ends with the tour in the same call', async () => {
    const { fake, ann, ben, cec } = await onTour();
    await speak(fake, ann, ben, cec);
    const heard = (who: string): string[] => fake.services.relay.heardBy(who);
    // Another room, far out of earshot; Cec stands beside Ben.
    fake.put(ann, -45, -45);
    fake.put(ben, 45, 45);
    fake.put(cec, 46, 45);
    fake.tick(8);
    expect([heard('ben'), heard('cec'), heard('ann')]).toEqual([['ann', 'cec'], ['ben'], []]);
    expect(ann.line.last('hearers').count).toBe(1);
    tour(fake, ben, { kind: 'follow', on: false });
    await go(fake, ann, { kind: 'link', id: 'to-garden' });
    fake.tick(8);
    expect([heard('ben'), heard('cec')]).toEqual([['ann', 'cec'], ['ben']]);
    tour(fake, ann, { kind: 'end' });
    expect(heard('ben'), 'at once').toEqual(['cec']);
    fake.tick(8);
    expect(heard('ben')).toEqual(['cec']);
    expect(ann.line.last('hearers').count).toBe(0);
  });

  it.each([
    ['leaves', (fake: FakeVenue, _ann: Guest, ben: Guest) => tour(fake, ben, { kind: 'leave' })],
    ['is sent away', (fake: FakeVenue, ann: Guest) => tour(fake, ann, { kind: 'dismiss', person: 'ben' })],
    ['is blocked', (fake: FakeVenue, ann: Guest) => fake.send(ann, 'block', { person: 'ben', on: true })],
    ['has no guide any more', (fake: FakeVenue, ann: Guest) => fake.venue.drop(ann.presence, true)],
  ] as const)('ends in the same call for a member who %s', async (_name, part) => {
    const { fake, ann, ben } = await onTour();
    await speak(fake, ann, ben);
    fake.put(ann, -45, -45);
    fake.put(ben, 45, 45);
    fake.tick(8);
    expect(fake.services.relay.heardBy('ben')).toEqual(['ann']);
    part(fake, ann, ben);
    expect(fake.services.relay.heardBy('ben')).toEqual([]);
  });

  it('gives nobody who comes later the number, and the voice, of a guide who has left', async () => {
    const { fake, ann, ben } = await onTour();
    fake.venue.drop(ann.presence, true);
    const numbers: number[] = [];
    let late = await fake.join('late-0');
    for (let i = 1; late.person.index !== ann.person.index && i < 300; i += 1) {
      fake.venue.drop(late.presence, true);
      late = await fake.join(`late-${i}`);
      numbers.push(late.person.index);
    }
    expect(late.person.index).toBe(ann.person.index);
    await speak(fake, late, ben);
    fake.put(late, -45, -45);
    fake.put(ben, 45, 45);
    fake.tick(8);
    expect(fake.services.relay.heardBy('ben')).toEqual([]);
  });
});

describe('going along', () => {
  it('takes those who follow through the link, around the guide, with the voices going on', async () => {
    const { fake, ann, ben, cec } = await onTour();
    await speak(fake, ann, ben);
    fake.tick(8);
    await go(fake, ann, { kind: 'link', id: 'to-garden' });
    expect(ben.line.last('scene')).toMatchObject({ scene: { id: 'garden', revision: 'r1' }, cause: 'tour', by: 'ann' });
    expect(ann.line.last('scene')).toMatchObject({ cause: 'link', by: '' });
    expect(cec.line.of('scene')).toEqual([]);
    const away = Math.hypot(ann.person.footing.x - ben.person.footing.x, ann.person.footing.z - ben.person.footing.z);
    expect(away).toBeGreaterThan(0.69);
    expect(away).toBeLessThan(3);
    fake.tick(8);
    expect([fake.services.relay.heardBy('ann'), fake.services.relay.heardBy('ben')]).toEqual([['ben'], ['ann']]);
  });

  it('leaves those who do not follow where they are, and takes them along when they ask', async () => {
    const { fake, ann, ben } = await onTour();
    tour(fake, ben, { kind: 'follow', on: false });
    await go(fake, ann, { kind: 'link', id: 'to-garden' });
    expect(ben.line.of('scene')).toEqual([]);
    tour(fake, ben, { kind: 'follow', on: true });
    expect(ben.line.last('scene')).toMatchObject({ scene: { id: 'garden' }, cause: 'tour', by: 'ann' });
  });

  it('who goes elsewhere by themselves is not fetched back, but is still on the tour', async () => {
    const { fake, ann, ben } = await onTour();
    await go(fake, ben, { kind: 'scene', id: 'square' });
    await go(fake, ann, { kind: 'link', id: 'to-garden' });
    expect(ben.person.scene.id).toBe('square');
    expect(ben.person.guide).toBe('ann');
  });

  it('brings whoever joins from another scene, and a member whose line is down', async () => {
    const { fake, ann, ben, cec } = await onTour();
    fake.venue.drop(ben.presence, false);
    await go(fake, ann, { kind: 'link', id: 'to-garden' });
    tour(fake, cec, { kind: 'join', guide: 'ann' });
    expect(cec.line.last('scene')).toMatchObject({ scene: { id: 'garden' }, cause: 'tour', by: 'ann' });
    const back = await fake.join('ben');
    expect(back.line.last('welcome').scene.id).toBe('garden');
  });

  it('ended while the guide is on the way: only the guide arrives', async () => {
    const { fake, ann, ben } = await onTour();
    let loaded = (): void => undefined;
    fake.services.scenes.loading = new Promise((resolve) => { loaded = resolve; });
    fake.now += 2000;
    fake.send(ann, 'jump', { kind: 'link', id: 'to-garden' });
    await settled();
    tour(fake, ann, { kind: 'end' });
    loaded();
    await settled();
    expect([ann.person.scene.id, ben.person.scene.id]).toEqual(['garden', 'geneva']);
    expect(ben.line.of('scene')).toEqual([]);
  });

  it('ended while members are still loading: they arrive, and stay', async () => {
    const { fake, ann, ben } = await onTour();
    await go(fake, ann, { kind: 'link', id: 'to-garden' });
    tour(fake, ann, { kind: 'end' });
    fake.arrive(ben);
    expect([ben.person.scene.id, ben.person.arrived, ben.person.guide]).toEqual(['garden', true, '']);
  });

  it('takes what was pointed at away with the scene; nothing can be pointed at on the way', async () => {
    const { fake, ann, ben } = await onTour();
    fake.send(ann, 'point', { at: [1, 2, 3] });
    await go(fake, ann, { kind: 'link', id: 'to-garden' });
    expect(ben.line.last('pointed')).toEqual({ by: 'ann', scene: 'geneva', at: null });
    fake.send(ann, 'point', { at: [1, 2, 3] });
    expect(refusal(ann)).toBe('NOT_ARRIVED');
    fake.arrive(ann);
    fake.send(ann, 'point', { at: [4, 5, 6] });
    expect(ben.line.last('pointed')).toEqual({ by: 'ann', scene: 'garden', at: [4, 5, 6] });
  });

  it('a scene that is withdrawn takes its people once, guide and members alike', async () => {
    const { fake, ann, ben } = await onTour();
    await go(fake, ann, { kind: 'link', id: 'to-garden' });
    for (const { line } of [ann, ben]) line.clear();
    fake.services.scenes.withdraw('garden');
    await fake.venue.settled;
    for (const { line } of [ann, ben]) expect(line.of('scene')).toMatchObject([{ scene: { id: 'geneva' }, cause: 'withdrawn' }]);
  });
});
