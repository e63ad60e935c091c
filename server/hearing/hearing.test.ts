import { describe, expect, it } from 'vitest';
import { FakeVenue } from '../../tests/support/fake-venue.ts';
import type { Guest } from '../../tests/support/fake-venue.ts';
import { roomServices } from '../../tests/support/venue.ts';
import { RelayError } from '../relay/relay.ts';
import { PUBLIC_SLOTS } from './hearing.ts';

/** The promises of the relay's answers. */
const settled = (): Promise<void> => new Promise((resolve) => { setImmediate(resolve); });

/** Joins with media and a live microphone. */
async function talker(fake: FakeVenue, id: string, x: number, slots = 4): Promise<Guest> {
  const guest = await fake.join(id, { slots });
  fake.put(guest, x, 0);
  fake.send(guest, 'mic', { state: 'live', audience: '' });
  fake.send(guest, 'mediaOffer', { sdp: `slots=${slots}` });
  await settled();
  return guest;
}

/** Ann, Ben and Cec in the hall, a metre apart, all live and planned; Dan in the lounge. */
async function four(): Promise<{ fake: FakeVenue; ann: Guest; ben: Guest; cec: Guest; dan: Guest }> {
  const fake = await FakeVenue.open();
  const [ann, ben, cec, dan] = [await talker(fake, 'ann', 1), await talker(fake, 'ben', 2), await talker(fake, 'cec', 3), await talker(fake, 'dan', -1)];
  fake.tick(10);
  return { fake, ann, ben, cec, dan };
}

const heard = (fake: FakeVenue, id: string): string[] => fake.services.relay.heardBy(id);
const inSlots = (guest: Guest): string[] => guest.line.last('slots').people.filter((id) => id !== null).sort();

describe('hearing', () => {
  it('routes those in earshot and tells each listener who is in the slots', async () => {
    const { fake, ann, ben, cec, dan } = await four();
    expect(['ann', 'ben', 'cec', 'dan'].map((id) => heard(fake, id))).toEqual([['ben', 'cec'], ['ann', 'cec'], ['ann', 'ben'], []]);
    expect([ann, ben, cec, dan].map(inSlots)).toEqual([['ben', 'cec'], ['ann', 'cec'], ['ann', 'ben'], []]);
    expect(ann.line.last('slots').people).toHaveLength(4);
    expect(ann.line.of('mediaAnswer')).toEqual([{ sdp: 'answer to slots=4' }]);
  });

  it('tells nothing while nothing changes', async () => {
    const { fake, ann, ben, cec, dan } = await four();
    for (const { line } of [ann, ben, cec, dan]) line.clear();
    const routes = new Map(fake.services.relay.routes);
    fake.tick(60);
    for (const { line } of [ann, ben, cec, dan]) expect(line.sent).toEqual([]);
    expect(fake.services.relay.routes).toEqual(routes);
  });

  it('never gives more slots than the device can play', async () => {
    const fake = await FakeVenue.open();
    const ann = await fake.join('ann', { slots: 1 });
    fake.put(ann, 1, 0);
    fake.send(ann, 'mediaOffer', { sdp: 'slots=8' });
    await talker(fake, 'ben', 2);
    await talker(fake, 'cec', 3);
    fake.tick(10);
    expect(heard(fake, 'ann')).toHaveLength(1);
    expect(ann.line.last('slots').people).toHaveLength(1);
  });

  it('uses no more than 8 slots in public, whatever the device can play', async () => {
    const fake = await FakeVenue.open();
    const guests = await Promise.all(Array.from({ length: 12 }, (_, i) => talker(fake, `p${i}`, 1 + i, 11)));
    fake.tick(10);
    for (const { person, line } of guests) {
      expect(heard(fake, person.id)).toHaveLength(PUBLIC_SLOTS);
      expect(line.last('slots').people).toHaveLength(PUBLIC_SLOTS);
    }
  });

  it('takes a voice away at once: muted, deafened, blocked, gone', async () => {
    const { fake, ann, ben, cec } = await four();
    fake.send(ben, 'mic', { state: 'muted', audience: '' });
    expect([heard(fake, 'ann'), heard(fake, 'cec')]).toEqual([['cec'], ['ann']]);
    fake.send(cec, 'deafen', { on: true });
    expect(heard(fake, 'cec')).toEqual([]);
    fake.send(ann, 'block', { person: 'cec', on: true });
    expect([heard(fake, 'ann'), heard(fake, 'cec')]).toEqual([[], []]);
    fake.send(ben, 'mic', { state: 'live', audience: '' });
    fake.tick(5);
    expect(heard(fake, 'ann')).toEqual(['ben']);
    fake.venue.drop(ben.presence, false);
    expect(heard(fake, 'ann')).toEqual([]);
    expect(fake.services.relay.joined.has('ben')).toBe(false);
    fake.tick(40);
    expect(heard(fake, 'ann')).toEqual([]);
    expect(inSlots(ann)).toEqual([]);
  });

  it('comes back when a block ends, between two plans', async () => {
    const { fake, ann } = await four();
    fake.send(ann, 'block', { person: 'ben', on: true });
    fake.tick(10);
    expect(heard(fake, 'ben')).toEqual(['cec']);
    fake.now += 1000;
    fake.send(ann, 'block', { person: 'ben', on: false });
    fake.tick(5);
    expect(heard(fake, 'ann')).toEqual(['ben', 'cec']);
  });

  it('ends both ways at once with a block, whichever side sets it', async () => {
    for (const [from, to] of [['ann', 'ben'], ['ben', 'ann']] as const) {
      const { fake, ann, ben } = await four();
      fake.send(from === 'ann' ? ann : ben, 'block', { person: to, on: true });
      expect([heard(fake, 'ann'), heard(fake, 'ben')]).toEqual([['cec'], ['cec']]);
    }
  });

  it('ends both ways in the tick in which somebody walks into another room, whoever is planned in it', async () => {
    const { fake, ben } = await four();
    for (let phase = 0; phase < 4; phase += 1) {
      fake.put(ben, 2, 0);
      fake.tick(8 + phase);
      expect(heard(fake, 'ben')).toEqual(['ann', 'cec']);
      fake.put(ben, -2, 0);
      fake.tick();
      expect([heard(fake, 'ann'), heard(fake, 'cec')].flat()).not.toContain('ben');
      expect(heard(fake, 'ben').filter((id) => id !== 'dan')).toEqual([]);
      fake.tick(5);
      expect([heard(fake, 'dan'), heard(fake, 'ben')]).toEqual([['ben'], ['dan']]);
    }
  });

  it('tells a speaker how many are sent their voice, and who only while they watch', async () => {
    const { fake, ann, ben, dan } = await four();
    expect(ann.line.last('hearers')).toEqual({ count: 2, ids: null });
    expect(dan.line.last('hearers')).toEqual({ count: 0, ids: null });
    fake.send(ann, 'watchHearers', { on: true });
    fake.tick(5);
    expect(ann.line.last('hearers').ids?.toSorted()).toEqual(['ben', 'cec']);
    fake.send(ben, 'deafen', { on: true });
    fake.tick(5);
    expect(ann.line.last('hearers')).toEqual({ count: 1, ids: ['cec'] });
    fake.send(ann, 'watchHearers', { on: false });
    fake.send(ann, 'mic', { state: 'muted', audience: '' });
    fake.tick(5);
    expect(ann.line.last('hearers')).toEqual({ count: 0, ids: null });
  });

  it('tells of a switched microphone while its listeners are planned, not when it is the speaker\'s turn to be told', async () => {
    const { fake, ann } = await four();
    for (let phase = 0; phase < 4; phase += 1) {
      fake.send(ann, 'mic', { state: 'muted', audience: '' });
      fake.tick();
      expect(ann.line.last('hearers').count, 'nobody from the next tick on').toBe(0);
      fake.tick(8 + phase);
      fake.send(ann, 'mic', { state: 'live', audience: '' });
      fake.tick(4);
      expect(ann.line.last('hearers').count, 'all after as many ticks as it takes to plan all').toBe(2);
    }
  });

  it('shows who speaks, from what the relay hears, for live microphones only', async () => {
    const { fake, ann, ben } = await four();
    const speaking = (): boolean | undefined => ben.line.frames.flatMap(({ records }) => records).filter(({ index }) => index === ann.person.index).at(-1)?.speaking;
    fake.services.relay.hear([{ peer: 'ann', level: 0.6 }]);
    fake.tick(2);
    expect(speaking()).toBe(true);
    fake.services.relay.hear([{ peer: 'ann', level: 0 }]);
    fake.tick(20);
    expect(speaking()).toBe(false);
    fake.services.relay.hear([{ peer: 'ann', level: 0.6 }]);
    fake.tick(2);
    fake.send(ann, 'mic', { state: 'muted', audience: '' });
    fake.services.relay.hear([{ peer: 'ann', level: 0.6 }, { peer: 'stranger', level: 1 }]);
    fake.tick(2);
    expect(speaking()).toBe(false);
  });

  it('starts again after the relay has: everybody is told, and plans as they come back', async () => {
    const { fake, ann, ben } = await four();
    fake.services.relay.restart();
    expect(ann.line.last('mediaReset')).toEqual({ reason: 'MEDIA_UNAVAILABLE' });
    fake.tick(10);
    expect(fake.services.relay.routes.size).toBe(0);
    for (const guest of [ann, ben]) fake.send(guest, 'mediaOffer', { sdp: 'slots=4' });
    await settled();
    fake.tick(10);
    expect([heard(fake, 'ann'), heard(fake, 'ben')]).toEqual([['ben'], ['ann']]);
  });

  it('goes on for the others when one media connection is lost', async () => {
    const { fake, ann, cec } = await four();
    fake.services.relay.lose('ben');
    fake.tick(5);
    expect([heard(fake, 'ann'), heard(fake, 'cec')]).toEqual([['cec'], ['ann']]);
    expect([inSlots(ann), inSlots(cec)]).toEqual([['cec'], ['ann']]);
    expect(ann.line.of('mediaReset')).toEqual([]);
  });

  it('lets a new offer take the place of an old one, in the same slots', async () => {
    const { fake, ann } = await four();
    fake.now += 5000;
    fake.send(ann, 'mediaOffer', { sdp: 'slots=2' });
    await settled();
    fake.tick(5);
    expect(ann.line.last('slots').people).toHaveLength(2);
    expect(heard(fake, 'ann')).toEqual(['ben', 'cec']);
    expect(heard(fake, 'ben')).toEqual(['ann', 'cec']);
  });

  it('refuses an offer that is none, and one that the relay cannot take, with different words', async () => {
    const fake = await FakeVenue.open();
    const ann = await fake.join('ann');
    for (const [reason, answer] of [['OFFER_INVALID', 'MEDIA_OFFER_INVALID'], ['TIMEOUT', 'MEDIA_UNAVAILABLE']] as const) {
      fake.services.relay.failing = new RelayError(reason, 'no');
      fake.send(ann, 'mediaOffer', { sdp: 'nonsense' });
      await settled();
      expect(ann.line.last('refused')).toEqual({ what: 'mediaOffer', reason: answer });
    }
  });

  it('gives no answer to a connection that has gone while the relay worked', async () => {
    const fake = await FakeVenue.open();
    const ann = await fake.join('ann');
    let finish = (): void => undefined;
    fake.services.relay.working = new Promise((resolve) => { finish = resolve; });
    fake.send(ann, 'mediaOffer', { sdp: 'slots=4' });
    const again = await fake.join('ann');
    finish();
    await settled();
    expect(ann.line.of('mediaAnswer')).toEqual([]);
    expect(again.line.of('mediaAnswer')).toEqual([]);
    await talker(fake, 'ben', 11);
    fake.tick(10);
    expect(heard(fake, 'ann')).toEqual([]);
  });

  it('leaves the relay with the room', async () => {
    const services = roomServices();
    const fake = await FakeVenue.open(services);
    await talker(fake, 'ann', 1);
    await fake.venue.stop();
    expect(services.relay.joined.size).toBe(0);
  });
});
