import { beforeEach, describe, expect, it } from 'vitest';
import type { Guest } from '../../../tests/support/fake-venue.ts';
import { gather, refusal, standing, talk } from '../../../tests/support/talking.ts';
import { RelayError } from '../../relay/relay.ts';

type Fake = Awaited<ReturnType<typeof standing>>['fake'];

let fake: Fake;
let ann: Guest;
let ben: Guest;
let cec: Guest;
let dan: Guest;

beforeEach(async () => {
  const made = await standing('ann', 'ben', 'cec', 'dan');
  fake = made.fake;
  [ann, ben, cec, dan] = made.guests as [Guest, Guest, Guest, Guest];
  gather(fake, ann, ben, cec);
});

const pictures = () => fake.services.relay.pictures;
const shareOf = (guest: Guest) => guest.line.last('screen');
const settled = () => new Promise<void>((resolve) => { setImmediate(resolve); });

async function offer(guest: Guest, sdp: string, share = shareOf(guest).share): Promise<void> {
  fake.send(guest, 'screenOffer', { share, sdp });
  await settled();
}

/** Ann shows, all others watch. */
async function show(): Promise<void> {
  fake.send(ann, 'screen', { kind: 'start', over: false });
  await offer(ann, 'shows');
  await offer(ben, 'watches');
  await offer(cec, 'watches');
}

describe('a screen in a private talk', () => {
  it('is sent to the members and to nobody else', async () => {
    await show();
    expect([ann, ben, cec].map((guest) => shareOf(guest).by)).toEqual(['ann', 'ann', 'ann']);
    expect(pictures().watchers('ann')).toEqual(['ben', 'cec']);
    expect(ben.line.last('screenAnswer').sdp).toBe('answer to watches');
    await offer(dan, 'watches', shareOf(ann).share);
    expect([pictures().watchers('ann'), pictures().joined.has('dan')]).toEqual([['ben', 'cec'], false]);
    fake.send(dan, 'screen', { kind: 'start', over: true });
    expect(refusal(dan)).toBe('NOT_IN_TALK');
  });

  it('ends in the same call for whoever leaves, is asked to leave, or drops', async () => {
    await show();
    fake.send(ben, 'talk', { kind: 'leave' });
    expect([pictures().watchers('ann'), pictures().joined.has('ben'), shareOf(ben).by]).toEqual([['cec'], false, '']);
    fake.venue.drop(cec.presence, false);
    expect([pictures().watchers('ann'), pictures().joined.has('cec')]).toEqual([[], false]);
  });

  it.each([
    ['stops', () => { fake.send(ann, 'screen', { kind: 'stop' }); }],
    ['leaves', () => { fake.send(ann, 'talk', { kind: 'leave' }); }],
    ['drops', () => { fake.venue.drop(ann.presence, false); }],
  ])('ends for all when whoever shows it %s', async (_how, end) => {
    await show();
    end();
    expect([pictures().watchers('ann'), pictures().joined.size, shareOf(ben).by]).toEqual([[], 0, '']);
  });

  it('ends between two with a block, and when two go on without the relay', async () => {
    await show();
    fake.send(ben, 'block', { person: 'ann', on: true });
    expect(pictures().watchers('ann')).toEqual(['cec']);
    for (const guest of [ann, cec]) talk(fake, guest, { kind: 'direct', on: true });
    expect([pictures().watchers('ann'), pictures().joined.size, shareOf(cec).by]).toEqual([[], 0, '']);
    fake.send(cec, 'screen', { kind: 'start', over: false });
    expect(refusal(cec)).toBe('TALK_DIRECT');
  });

  it('is one at a time: taking over has to be meant', async () => {
    await show();
    fake.send(ben, 'screen', { kind: 'start', over: false });
    expect([refusal(ben), shareOf(cec).by]).toEqual(['SCREEN_TAKEN', 'ann']);
    fake.send(ben, 'screen', { kind: 'start', over: true });
    expect([shareOf(ann).by, pictures().watchers('ann'), pictures().joined.size]).toEqual(['ben', [], 0]);
    await offer(ann, 'watches');
    await offer(ben, 'shows');
    await offer(ann, 'watches');
    expect(pictures().watchers('ben')).toEqual(['ann']);
    fake.send(ann, 'screen', { kind: 'stop' });
    expect(shareOf(cec).by, 'only whoever shows it stops it').toBe('ben');
  });

  it('is told to a newcomer, and to whoever is back', async () => {
    await show();
    fake.venue.drop(ben.presence, false);
    const back = await fake.join('ben', { slots: 4 });
    expect(shareOf(back)).toEqual(shareOf(ann));
    await offer(back, 'watches');
    expect(pictures().watchers('ann')).toEqual(['ben', 'cec']);
  });

  it('cannot be sent by a viewer, nor watched by whoever shows it', async () => {
    fake.send(ann, 'screen', { kind: 'start', over: false });
    await offer(ben, 'shows');
    expect([refusal(ben), pictures().joined.size]).toEqual(['MEDIA_OFFER_INVALID', 0]);
    await offer(ann, 'watches');
    expect([refusal(ann), pictures().joined.size]).toEqual(['MEDIA_OFFER_INVALID', 0]);
  });

  it('begins anew for all when its source does, and for each whose connection is lost', async () => {
    await show();
    await offer(ann, 'shows');
    expect([ben.line.of('screenReset').length, cec.line.of('screenReset').length, pictures().watchers('ann')]).toEqual([1, 1, []]);
    await offer(ben, 'watches');
    pictures().lose('ben');
    expect([ben.line.of('screenReset').length, pictures().watchers('ann')]).toEqual([2, []]);
    fake.services.relay.restart();
    expect(ann.line.of('screenReset').length).toBe(1);
    await offer(ann, 'shows');
    await offer(cec, 'watches');
    expect(pictures().watchers('ann')).toEqual(['cec']);
  });

  it('is not sent to whoever left while the relay worked', async () => {
    fake.send(ann, 'screen', { kind: 'start', over: false });
    await offer(ann, 'shows');
    let go = (): void => undefined;
    pictures().working = new Promise((resolve) => { go = resolve; });
    await offer(ben, 'watches');
    fake.send(ben, 'talk', { kind: 'leave' });
    go();
    await settled();
    expect([pictures().watchers('ann'), pictures().joined.has('ben'), ben.line.of('screenAnswer').length]).toEqual([[], false, 0]);
  });

  it('says why there is none', async () => {
    fake.send(ann, 'screen', { kind: 'start', over: false });
    pictures().failing = new RelayError('OFFER_INVALID', 'a picture has one media line');
    await offer(ann, 'shows');
    expect(refusal(ann)).toBe('MEDIA_OFFER_INVALID');
    pictures().failing = new RelayError('UNAVAILABLE', 'the relay is full');
    await offer(ann, 'shows');
    expect(refusal(ann)).toBe('MEDIA_UNAVAILABLE');
  });
});
