import { beforeEach, describe, expect, it } from 'vitest';
import { PlenaryHall, person } from '../../tests/support/plenary-hall.ts';
import type { Delegate } from '../../tests/support/plenary-hall.ts';

let hall: PlenaryHall;
let chair: Delegate;
let listener: Delegate;
let eva: Delegate;
let fay: Delegate;
let rita: Delegate;

async function booth(name: string, languages: ('en' | 'fr' | 'ru')[]): Promise<string> {
  await hall.act(chair, { kind: 'putBooth', booth: null, name, languages });
  return Object.values(hall.state.booths).find((each) => each.name === name)?.id ?? 'none';
}

beforeEach(async () => {
  hall = await PlenaryHall.open();
  chair = await hall.join(person('chair', 'chair', 'Switzerland'));
  listener = await hall.join(person('listener', 'guest', 'Forum'));
  [eva, fay, rita] = [await hall.join(person('eva', 'interpreter', 'Secretariat')), await hall.join(person('fay', 'interpreter', 'Secretariat')), await hall.join(person('rita', 'interpreter', 'Secretariat'))];
  for (const each of [chair, listener, eva, fay, rita]) await hall.listen(each);
  await hall.act(chair, { kind: 'preside' });
  const [enfr, frru] = [await booth('English-French', ['fr', 'en']), await booth('French-Russian', ['ru', 'fr'])];
  await hall.act(chair, { kind: 'status', status: 'open' });
  await hall.console(eva, { kind: 'enter', booth: enfr });
  await hall.console(fay, { kind: 'enter', booth: enfr });
  await hall.console(rita, { kind: 'enter', booth: frru });
  await hall.act(chair, { kind: 'take' });
});

const listen = async (channel: 'floor' | 'fr' | 'ru' | 'en', under = false): Promise<void> => {
  hall.send(listener, 'listen', { channel, under });
  await hall.settled();
};

describe('channels', () => {
  it('carry the interpreter alone, or with the floor beneath', async () => {
    await hall.console(eva, { kind: 'microphone', on: true });
    await listen('fr');
    expect(hall.heardBy('listener')).toEqual(['eva']);
    await listen('fr', true);
    expect(hall.heardBy('listener')).toEqual(['chair', 'eva']);
    await listen('floor');
    expect(hall.heardBy('listener')).toEqual(['chair']);
    expect(listener.last('channels')?.channels).toMatchObject({ fr: true, ru: false });
  });

  it('give the relay language to another booth, which does not hear itself', async () => {
    await hall.console(eva, { kind: 'microphone', on: true });
    expect(await hall.console(rita, { kind: 'incoming', channel: 'ru' })).toBe('BOOTH_LANGUAGE');
    expect(await hall.console(rita, { kind: 'incoming', channel: 'fr' })).toBeNull();
    await hall.console(rita, { kind: 'microphone', on: true });
    expect(hall.heardBy('rita')).toEqual(['eva']);
    await listen('ru');
    expect(hall.heardBy('listener')).toEqual(['rita']);
  });

  it('fall back to the floor with a word about it when nobody interprets, the line drops, or nothing is heard', async () => {
    await listen('fr');
    expect(hall.heardBy('listener')).toEqual(['chair']);
    expect(listener.last('audio')).toEqual({ floor: 'chair', channel: null, fellBack: true });
    await hall.console(eva, { kind: 'microphone', on: true });
    expect(listener.last('audio')).toEqual({ floor: null, channel: 'eva', fellBack: false });
    hall.drop(eva);
    await hall.settled();
    expect(listener.last('audio')).toEqual({ floor: 'chair', channel: null, fellBack: true });
    await hall.console(fay, { kind: 'microphone', on: true });
    await hall.wait(9000);
    hall.relay.hear([{ peer: `${hall.id}:chair`, level: 0.6 }]);
    await hall.wait(2000);
    expect(listener.last('audio')).toEqual({ floor: 'chair', channel: 'fay', fellBack: true });
    hall.relay.hear([{ peer: `${hall.id}:fay`, level: 0.6 }]);
    expect(listener.last('audio')).toEqual({ floor: null, channel: 'fay', fellBack: false });
  });

  it('do not fall back while the floor speaks the language itself', async () => {
    await hall.act(chair, { kind: 'speaks', language: 'fr' });
    await listen('fr');
    expect(listener.last('audio')).toMatchObject({ floor: 'chair', channel: null, fellBack: false });
  });

  it('are silent while the interpreter coughs', async () => {
    await hall.console(eva, { kind: 'microphone', on: true });
    await listen('fr');
    await hall.console(eva, { kind: 'cough', on: true });
    expect(hall.heardBy('listener')).not.toContain('eva');
    await hall.console(eva, { kind: 'cough', on: false });
    expect(hall.heardBy('listener')).toEqual(['eva']);
  });
});

describe('consoles', () => {
  it('never open two microphones in a booth or on a language, and hand over in one step', async () => {
    await hall.console(eva, { kind: 'microphone', on: true });
    expect(await hall.console(fay, { kind: 'microphone', on: true })).toBe('MICROPHONE_TAKEN');
    await hall.console(rita, { kind: 'outgoing', language: 'fr' });
    expect(await hall.console(rita, { kind: 'microphone', on: true })).toBe('MICROPHONE_TAKEN');
    await listen('fr');
    expect(await hall.console(fay, { kind: 'takeOver' })).toBeNull();
    expect(await hall.console(fay, { kind: 'answerHandOver', accept: true })).toBe('HANDOVER_UNKNOWN');
    expect(await hall.console(eva, { kind: 'answerHandOver', accept: true })).toBeNull();
    expect(hall.heardBy('listener')).toEqual(['fay']);
    await hall.console(fay, { kind: 'handOver', to: 'eva' });
    expect(await hall.console(eva, { kind: 'answerHandOver', accept: false })).toBeNull();
    expect(hall.heardBy('listener')).toEqual(['fay']);
  });

  it('are for interpreters, three in a booth', async () => {
    const id = Object.keys(hall.state.booths)[0] ?? '';
    expect(await hall.console(listener, { kind: 'enter', booth: id })).toBe('NOT_IN_BOOTH');
    const more = [];
    for (const name of ['i1', 'i2']) more.push(await hall.join(person(name, 'interpreter', 'Secretariat')));
    const [one, two] = more;
    if (one === undefined || two === undefined) throw new Error('nobody joined');
    expect(await hall.console(one, { kind: 'enter', booth: id })).toBeNull();
    expect(await hall.console(two, { kind: 'enter', booth: id })).toBe('BOOTH_FULL');
    expect(await hall.console(two, { kind: 'enter', booth: 'zzz' })).toBe('BOOTH_UNKNOWN');
  });

  it('alert whoever has the floor and the chair, and nobody else', async () => {
    await hall.act(chair, { kind: 'giveTo', person: 'listener', capacity: 'personal', onBehalfOf: '' });
    await hall.console(eva, { kind: 'alert', what: 'slower' });
    expect(listener.last('alert')).toEqual({ what: 'slower', channel: 'fr' });
    expect(chair.last('alert')).toEqual({ what: 'slower', channel: 'fr' });
    expect(rita.last('alert')).toBeUndefined();
  });

  it('lose their microphone with the booth', async () => {
    await hall.console(eva, { kind: 'microphone', on: true });
    await listen('fr');
    await hall.act(chair, { kind: 'dropBooth', booth: Object.values(hall.state.booths).find(({ name }) => name === 'English-French')?.id ?? '' });
    expect(hall.heardBy('listener')).toEqual(['chair']);
    expect(rita.manning).not.toHaveProperty('enfr');
  });
});
