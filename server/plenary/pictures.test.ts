import { beforeEach, describe, expect, it } from 'vitest';
import type { PictureLine } from '../../shared/protocol/plenary/vocabulary.ts';
import { PlenaryHall, person } from '../../tests/support/plenary-hall.ts';
import type { Delegate } from '../../tests/support/plenary-hall.ts';

const OWN = { capacity: 'delegation', onBehalfOf: '' } as const;

let hall: PlenaryHall;
let chair: Delegate;
let ama: Delegate;
let ben: Delegate;

beforeEach(async () => {
  hall = await PlenaryHall.open();
  chair = await hall.join(person('chair', 'chair', 'Switzerland'));
  ama = await hall.join(person('ama', 'delegate', 'Ghana'));
  ben = await hall.join(person('ben', 'delegate', 'Benin'));
  await hall.act(chair, { kind: 'preside' });
  await hall.act(chair, { kind: 'status', status: 'open' });
});

async function offer(who: Delegate, line: PictureLine): Promise<void> {
  hall.send(who, 'pictureOffer', { line, sdp: line.startsWith('watch/') ? 'watches' : 'shows' });
  await hall.settled();
}

async function camera(who: Delegate, sign = false): Promise<void> {
  hall.send(who, 'camera', { on: true, sign });
  for (const line of ['camera/high', 'camera/low'] as const) await offer(who, line);
}

const give = (to: string): Promise<unknown> => hall.act(chair, { kind: 'giveTo', person: to, ...OWN });
/** Who is sent somebody's camera or screen. */
const watchers = (of: string, kind: 'camera' | 'screen' = 'camera'): string[] => hall.relay.pictures.watchers(`${hall.id}:${of}/${kind}`).map((line) => /:(\w+)\//.exec(line)?.[1] ?? line);

describe('cameras', () => {
  it('are seen with the floor, in two layers, and by nobody before and after', async () => {
    for (const who of [ama, ben, chair]) await offer(who, 'watch/floor');
    await camera(ama);
    await camera(ben);
    expect([watchers('ama'), watchers('ben')]).toEqual([[], []]);
    await give('ama');
    expect(watchers('ama')).toEqual(['ben', 'chair']);
    expect(hall.relay.pictures.layers.get(`${hall.id}:ama/camera`)).toEqual([`${hall.id}:ama/camera/high`, `${hall.id}:ama/camera/low`]);
    expect(ben.last('stage')).toEqual({ floor: 'ama', podium: null, screen: null, sign: null });
    await give('ben');
    expect([watchers('ama'), watchers('ben')]).toEqual([[], ['ama', 'chair']]);
    await hall.act(ben, { kind: 'yield' });
    expect([watchers('ama'), watchers('ben')]).toEqual([[], []]);
  });

  it('show the chair on the podium, and on the floor when the chair speaks', async () => {
    for (const line of ['watch/floor', 'watch/podium'] as const) await offer(ben, line);
    await camera(chair);
    expect(ben.last('stage')).toMatchObject({ floor: null, podium: 'chair' });
    expect(watchers('chair')).toEqual(['ben']);
    await hall.act(chair, { kind: 'take' });
    expect(ben.last('stage')).toMatchObject({ floor: 'chair', podium: null });
    expect(hall.relay.pictures.shown.get(`${hall.id}:chair/camera`)).toEqual([`${hall.id}:ben/watch/floor`]);
  });

  it('are switched off by their owner, and by leaving', async () => {
    await offer(ben, 'watch/floor');
    await camera(ama);
    await give('ama');
    hall.send(ama, 'camera', { on: false, sign: false });
    await hall.settled();
    expect(watchers('ama')).toEqual([]);
    await camera(ama);
    expect(watchers('ama')).toEqual(['ben']);
    hall.drop(ama);
    expect(watchers('ama')).toEqual([]);
    expect(ben.last('stage')).toMatchObject({ floor: null });
  });

  it('cannot be offered without having been switched on, nor by guests for sign language', async () => {
    await offer(ama, 'camera/high');
    expect(ama.last('refused')).toMatchObject({ what: 'pictureOffer', reason: 'NOT_OFFICER' });
    hall.send(ama, 'camera', { on: true, sign: true });
    await hall.settled();
    expect(ama.last('refused')).toMatchObject({ what: 'camera', reason: 'NOT_IN_BOOTH' });
    const signer = await hall.join(person('sig', 'interpreter', 'Secretariat'));
    await offer(ben, 'watch/sign');
    await camera(signer, true);
    expect(watchers('sig')).toEqual(['ben']);
  });

  it('are not shown outside a closed part', async () => {
    const guest = await hall.join(person('guest', 'guest', 'Forum', { entityType: 'organisation' }));
    for (const who of [guest, ben]) await offer(who, 'watch/floor');
    await camera(ama);
    await give('ama');
    expect(watchers('ama')).toEqual(['guest', 'ben'].sort());
    await hall.act(chair, { kind: 'closedPart', on: true });
    await give('ama');
    await offer(guest, 'watch/floor');
    expect(watchers('ama')).toEqual(['ben']);
  });
});

describe('screens', () => {
  it('are shared with leave, and taken away with it', async () => {
    await offer(ben, 'watch/screen');
    hall.send(ama, 'screen', { on: true });
    await hall.settled();
    expect(ama.last('refused')).toMatchObject({ what: 'screen', reason: 'NOT_OFFICER' });
    await hall.act(chair, { kind: 'letShare', person: 'ama', on: true });
    hall.send(ama, 'screen', { on: true });
    await offer(ama, 'screen');
    expect(watchers('ama', 'screen')).toEqual(['ben']);
    await hall.act(chair, { kind: 'letShare', person: 'ama', on: false });
    expect(watchers('ama', 'screen')).toEqual([]);
    expect(ben.last('stage')).toMatchObject({ screen: null });
  });
});

describe('lines', () => {
  it('are reset when the relay loses them, and what is wanted is passed on', async () => {
    await camera(ama);
    hall.relay.pictures.want(`${hall.id}:ama/camera/high`, true);
    expect(ama.last('pictureWanted')).toEqual({ line: 'camera/high', wanted: true });
    hall.relay.pictures.lose(`${hall.id}:ama/camera/high`);
    expect(ama.last('pictureReset')).toEqual({ line: 'camera/high' });
    hall.send(ben, 'pictureSize', { place: 'floor', size: 'low' });
    await hall.settled();
    expect(hall.relay.pictures.sizes.get(`${hall.id}:ben/watch/floor`)).toBe('low');
  });
});
