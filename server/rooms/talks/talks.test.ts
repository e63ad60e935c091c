import { describe, expect, it } from 'vitest';
import { TALK_MAX_MEMBERS } from '../../../shared/protocol/vocabulary.ts';
import type { Guest } from '../../../tests/support/fake-venue.ts';
import { gather, hears, membersOf, refusal, standing, talk, talkOf } from '../../../tests/support/talking.ts';
import { settled } from '../../../tests/support/touring.ts';
import { HOLD_MS } from '../venue.ts';
import { LEAVE_DISTANCE, REPEAT_MS } from './talks.ts';

describe('inviting', () => {
  it('makes a talk, in which the others are heard and nobody else is', async () => {
    const { fake, guests } = await standing('ann', 'ben', 'cec');
    const [ann, ben, cec] = guests as [Guest, Guest, Guest];
    expect(hears(fake, cec)).toEqual(['ann', 'ben']);
    talk(fake, ann, { kind: 'invite', people: ['ben'] });
    expect(hears(fake, cec), 'whoever waits is in private already').toEqual(['ben']);
    expect(ben.line.last('talkOffers').invitations).toMatchObject([{ by: 'ann', count: 1, later: false }]);
    talk(fake, ben, { kind: 'answer', talk: talkOf(ann)?.id ?? '', answer: 'accept' });
    expect([hears(fake, ann), hears(fake, ben), hears(fake, cec)]).toEqual([['ben'], ['ann'], []]);
    expect([membersOf(ann), membersOf(ben)]).toEqual([['ann', 'ben'], ['ann', 'ben']]);
    expect(talkOf(ann)?.host).toBe('ann');
  });

  it('from afar brings whoever accepts beside the others', async () => {
    const { fake, guests } = await standing('ann', 'ben');
    const [ann, ben] = guests as [Guest, Guest];
    fake.put(ben, 40, -30);
    fake.tick();
    gather(fake, ann, ben);
    expect(Math.hypot(ben.person.footing.x - ann.person.footing.x, ben.person.footing.z - ann.person.footing.z)).toBeLessThan(2);
    expect(ben.line.last('placed').cause).toBe('jump');
  });

  it('"later" keeps the door open, "no" closes it for a minute', async () => {
    const { fake, guests } = await standing('ann', 'ben', 'cec');
    const [ann, ben, cec] = guests as [Guest, Guest, Guest];
    talk(fake, ann, { kind: 'invite', people: ['ben', 'cec'] });
    const id = talkOf(ann)?.id ?? '';
    talk(fake, ben, { kind: 'answer', talk: id, answer: 'later' });
    talk(fake, cec, { kind: 'answer', talk: id, answer: 'decline' });
    expect(talkOf(ann)?.invited).toEqual([{ id: 'ben', answer: 'later' }]);
    expect(ann.line.of('talkNews')).toEqual([{ kind: 'later', person: 'ben' }, { kind: 'declined', person: 'cec' }]);
    talk(fake, ann, { kind: 'invite', people: ['cec'] });
    expect(refusal(ann)).toBe('TALK_ASKED');
    fake.now += REPEAT_MS;
    talk(fake, ann, { kind: 'invite', people: ['cec'] });
    expect(cec.line.last('talkOffers').invitations).toHaveLength(1);
    talk(fake, ben, { kind: 'answer', talk: id, answer: 'accept' });
    expect(membersOf(ann)).toEqual(['ann', 'ben']);
  });

  it('that everybody turns down ends the talk', async () => {
    const { fake, guests } = await standing('ann', 'ben');
    const [ann, ben] = guests as [Guest, Guest];
    talk(fake, ann, { kind: 'invite', people: ['ben'] });
    talk(fake, ben, { kind: 'answer', talk: talkOf(ann)?.id ?? '', answer: 'decline' });
    expect(ann.line.last('talk')).toEqual({ talk: null, why: 'over' });
    expect([ann.person.mic, ann.line.last('muted').why]).toEqual(['muted', 'talk']);
  });

  it.each(['nobody', '__proto__', 'ann'])('of somebody who is not there is refused: %s', async (person) => {
    const { fake, guests } = await standing('ann', 'ben');
    const [ann] = guests as [Guest, Guest];
    talk(fake, ann, { kind: 'invite', people: [person] });
    expect(refusal(ann)).toMatch(/PERSON_UNKNOWN|MESSAGE_INVALID/);
    expect(ann.person.talk).toBeNull();
  });

  it('leaves those in peace who ask for it, and those with a block', async () => {
    const { fake, guests } = await standing('ann', 'ben', 'cec');
    const [ann, ben, cec] = guests as [Guest, Guest, Guest];
    fake.send(ben, 'doNotDisturb', { on: true });
    talk(fake, ann, { kind: 'invite', people: ['ben'] });
    expect(refusal(ann)).toBe('PERSON_BUSY');
    fake.send(cec, 'block', { person: 'ann', on: true });
    talk(fake, ann, { kind: 'invite', people: ['cec'] });
    expect(refusal(ann), 'a block looks like absence').toBe('PERSON_UNKNOWN');
  });

  it(`holds ${TALK_MAX_MEMBERS} people and no more`, async () => {
    const ids = Array.from({ length: TALK_MAX_MEMBERS + 1 }, (_, i) => `p${i}`);
    const { fake, guests } = await standing(...ids);
    const [host, ...others] = guests as [Guest, ...Guest[]];
    const id = gather(fake, host, ...others.slice(0, TALK_MAX_MEMBERS - 1));
    expect(membersOf(host)).toHaveLength(TALK_MAX_MEMBERS);
    const last = others.at(-1) as Guest;
    talk(fake, host, { kind: 'invite', people: [last.person.id] });
    expect(refusal(host)).toBe('TALK_FULL');
    talk(fake, last, { kind: 'knock', talk: id });
    expect(refusal(last)).toBe('TALK_FULL');
  });
});

describe('knocking', () => {
  it('asks the members, who let in or do not', async () => {
    const { fake, guests } = await standing('ann', 'ben', 'cec', 'dan');
    const [ann, ben, cec, dan] = guests as [Guest, Guest, Guest, Guest];
    const id = gather(fake, ann, ben);
    talk(fake, cec, { kind: 'knock', talk: id });
    expect([talkOf(ben)?.knocking, cec.line.last('talkOffers').knocked]).toEqual([['cec'], id]);
    talk(fake, ben, { kind: 'admit', person: 'cec', on: true });
    expect(membersOf(cec)).toEqual(['ann', 'ben', 'cec']);
    talk(fake, dan, { kind: 'knock', talk: id });
    talk(fake, ann, { kind: 'admit', person: 'dan', on: false });
    expect(dan.line.last('talkNews')).toEqual({ kind: 'notAdmitted' });
    talk(fake, dan, { kind: 'knock', talk: id });
    expect(refusal(dan)).toBe('TALK_ASKED');
  });

  it('at a locked talk is refused; whoever was knocking is told', async () => {
    const { fake, guests } = await standing('ann', 'ben', 'cec', 'dan');
    const [ann, ben, cec, dan] = guests as [Guest, Guest, Guest, Guest];
    const id = gather(fake, ann, ben);
    talk(fake, cec, { kind: 'knock', talk: id });
    talk(fake, ben, { kind: 'lock', on: true });
    expect(cec.line.last('talkNews')).toEqual({ kind: 'notAdmitted' });
    talk(fake, dan, { kind: 'knock', talk: id });
    expect(refusal(dan)).toBe('TALK_LOCKED');
    talk(fake, ann, { kind: 'invite', people: ['dan'] });
    talk(fake, dan, { kind: 'answer', talk: id, answer: 'accept' });
    expect(membersOf(dan), 'an invitation opens it').toContain('dan');
  });

  it('is answered by members only, for those only who did', async () => {
    const { fake, guests } = await standing('ann', 'ben', 'cec');
    const [ann, ben, cec] = guests as [Guest, Guest, Guest];
    const id = gather(fake, ann, ben);
    talk(fake, ann, { kind: 'admit', person: 'cec', on: true });
    expect(refusal(ann)).toBe('PERSON_UNKNOWN');
    talk(fake, cec, { kind: 'admit', person: 'cec', on: true });
    expect(refusal(cec)).toBe('NOT_IN_TALK');
    talk(fake, cec, { kind: 'answer', talk: id, answer: 'accept' });
    expect(refusal(cec)).toBe('TALK_UNKNOWN');
    expect(cec.person.talk).toBeNull();
  });
});

describe('leaving', () => {
  it('mutes, and ends the talk of whoever is left alone', async () => {
    const { fake, guests } = await standing('ann', 'ben', 'cec');
    const [ann, ben, cec] = guests as [Guest, Guest, Guest];
    gather(fake, ann, ben, cec);
    fake.tick(4);
    talk(fake, cec, { kind: 'leave' });
    expect([cec.person.mic, cec.line.last('talk').why, cec.line.last('muted').why]).toEqual(['muted', 'left', 'talk']);
    expect([hears(fake, cec), hears(fake, ann)]).toEqual([[], ['ben']]);
    talk(fake, ben, { kind: 'leave' });
    expect(ann.line.last('talk')).toEqual({ talk: null, why: 'over' });
    expect(ann.person.mic).toBe('muted');
  });

  it('happens by walking away from the others, and not by walking with them', async () => {
    const { fake, guests } = await standing('ann', 'ben');
    const [ann, ben] = guests as [Guest, Guest];
    gather(fake, ann, ben);
    for (let step = 0; step < 10; step += 1) {
      fake.put(ann, 10 + step * 2, 10);
      fake.tick();
      fake.put(ben, 11 + step * 2, 10);
      fake.tick();
    }
    expect(membersOf(ben)).toEqual(['ann', 'ben']);
    fake.put(ben, ann.person.footing.x + LEAVE_DISTANCE + 0.1, 10);
    fake.tick();
    expect(ben.line.last('talk')).toEqual({ talk: null, why: 'walkedOut' });
    expect(ann.line.last('talk').why).toBe('over');
  });

  it('of a host hands over to whoever came next', async () => {
    const { fake, guests } = await standing('ann', 'ben', 'cec');
    const [ann, ben, cec] = guests as [Guest, Guest, Guest];
    gather(fake, ann, ben, cec);
    talk(fake, ann, { kind: 'leave' });
    expect(talkOf(cec)?.host).toBe('ben');
  });

  it('by closing the page is leaving; a line that drops is waited for', async () => {
    const { fake, guests } = await standing('ann', 'ben', 'cec');
    const [ann, ben, cec] = guests as [Guest, Guest, Guest];
    gather(fake, ann, ben, cec);
    fake.venue.drop(cec.presence, true);
    expect(membersOf(ann)).toEqual(['ann', 'ben']);
    fake.venue.drop(ben.presence, false);
    expect(membersOf(ann)).toEqual(['ann', 'ben']);
    const again = await fake.join('ben');
    expect(membersOf(again)).toEqual(['ann', 'ben']);
    fake.venue.drop(again.presence, false);
    fake.now += HOLD_MS;
    fake.tick();
    expect(ann.line.last('talk')).toEqual({ talk: null, why: 'over' });
  });

  it('of somebody whom the host sends away ends in that call, and only an invitation lets them in again', async () => {
    const { fake, guests } = await standing('ann', 'ben', 'cec');
    const [ann, ben, cec] = guests as [Guest, Guest, Guest];
    const id = gather(fake, ann, ben, cec);
    fake.tick(4);
    talk(fake, ben, { kind: 'remove', person: 'cec' });
    expect(refusal(ben)).toBe('NOT_HOST');
    talk(fake, ann, { kind: 'remove', person: 'cec' });
    expect([cec.line.last('talk').why, hears(fake, cec), cec.person.mic]).toEqual(['removed', [], 'muted']);
    talk(fake, cec, { kind: 'knock', talk: id });
    expect(refusal(cec)).toBe('TALK_LOCKED');
    talk(fake, ann, { kind: 'invite', people: ['cec'] });
    talk(fake, cec, { kind: 'answer', talk: id, answer: 'accept' });
    expect(membersOf(cec)).toContain('cec');
  });

  it('follows a block: the blocker goes, unless they are the host', async () => {
    const { fake, guests } = await standing('ann', 'ben', 'cec');
    const [ann, ben, cec] = guests as [Guest, Guest, Guest];
    gather(fake, ann, ben, cec);
    fake.send(cec, 'block', { person: 'ben', on: true });
    expect([cec.line.last('talk').why, membersOf(ben)]).toEqual(['blocked', ['ann', 'ben']]);
    fake.send(ann, 'block', { person: 'ben', on: true });
    expect(ben.line.last('talk').why).toBe('blocked');
  });
});

describe('through a way out', () => {
  it('the host takes the talk along; somebody else has left it', async () => {
    const { fake, guests } = await standing('ann', 'ben', 'cec');
    const [ann, ben, cec] = guests as [Guest, Guest, Guest];
    gather(fake, ann, ben, cec);
    fake.send(cec, 'jump', { kind: 'link', id: 'to-garden' });
    await settled();
    expect(cec.line.last('talk')).toEqual({ talk: null, why: 'walkedOut' });
    fake.now += 2000;
    fake.send(ann, 'jump', { kind: 'link', id: 'to-garden' });
    await settled();
    fake.tick(8);
    expect([ben.person.scene.id, ben.line.last('scene').cause, ben.line.last('scene').by]).toEqual(['garden', 'talk', 'ann']);
    expect([membersOf(ben), hears(fake, ben), hears(fake, cec)]).toEqual([['ann', 'ben'], ['ann'], []]);
  });
});

describe('who sees it', () => {
  it('a dome, with names or without; without, nobody outside is shown who is in it', async () => {
    const { fake, guests } = await standing('ann', 'ben', 'cec');
    const [ann, ben, cec] = guests as [Guest, Guest, Guest];
    const id = gather(fake, ann, ben);
    fake.tick(8);
    expect(cec.line.last('domes').domes).toMatchObject([{ talk: id, count: 2, named: true, locked: false }]);
    const shown = (): Record<string, string> => Object.fromEntries(cec.line.of('peopleChanged').flatMap(({ changed }) => changed).map((info) => [info.id, info.talk]));
    expect(shown()).toMatchObject({ ann: id, ben: id });
    talk(fake, ben, { kind: 'names', on: false });
    fake.tick(8);
    cec.line.clear();
    for (const guest of [ann, ben]) fake.put(guest, guest.person.footing.x + 0.5, 10);
    fake.tick(40);
    expect(cec.line.tally().size, 'not one pose of theirs').toBe(0);
    expect(cec.line.last('domes').domes).toMatchObject([{ count: 2, named: false }]);
    expect(ben.line.tally().get(ann.person.index), 'but they see each other').toBeGreaterThan(0);
    fake.send(cec, 'jump', { kind: 'person', id: 'ann' });
    expect(refusal(cec)).toBe('PERSON_BUSY');
    talk(fake, ben, { kind: 'names', on: true });
    fake.tick(8);
    expect([cec.line.tally().size, shown()]).toMatchObject([2, { ann: id, ben: id }]);
  });

  it('the dome goes where they go, and away with the talk', async () => {
    const { fake, guests } = await standing('ann', 'ben', 'cec');
    const [ann, ben, cec] = guests as [Guest, Guest, Guest];
    gather(fake, ann, ben);
    fake.tick(4);
    fake.put(ann, 14, 12);
    fake.put(ben, 16, 12);
    fake.tick(8);
    expect(cec.line.last('domes').domes).toMatchObject([{ x: 15, z: 12 }]);
    talk(fake, ann, { kind: 'leave' });
    fake.tick(4);
    expect(cec.line.last('domes').domes).toEqual([]);
  });

  it('whoever comes later is told of it', async () => {
    const { fake, guests } = await standing('ann', 'ben');
    const [ann, ben] = guests as [Guest, Guest];
    gather(fake, ann, ben);
    fake.tick(4);
    const cec = await fake.join('cec');
    expect(cec.line.last('domes').domes).toHaveLength(1);
  });
});

describe('the microphone', () => {
  it('opens for those only whom its owner knows to hear it', async () => {
    const { fake, guests } = await standing('ann', 'ben', 'cec');
    const [ann, ben] = guests as [Guest, Guest, Guest];
    const id = gather(fake, ann, ben);
    talk(fake, ann, { kind: 'leave' });
    // Pressed before the word of the leaving came.
    fake.send(ann, 'mic', { state: 'live', audience: `talk:${id}` });
    expect([refusal(ann), ann.person.mic]).toEqual(['AUDIENCE_CHANGED', 'muted']);
    fake.send(ann, 'mic', { state: 'live', audience: '' });
    expect(ann.person.mic).toBe('live');
  });

  it('"who can hear me" follows at the next tick', async () => {
    const { fake, guests } = await standing('ann', 'ben', 'cec');
    const [ann, ben] = guests as [Guest, Guest, Guest];
    fake.tick(8);
    expect(ann.line.last('hearers').count).toBe(2);
    gather(fake, ann, ben);
    fake.tick();
    expect(ann.line.last('hearers').count).toBe(1);
    talk(fake, ben, { kind: 'leave' });
    fake.tick();
    expect(ann.line.last('hearers').count).toBe(0);
  });
});

describe('a whisper', () => {
  it('is heard by one, and muted at both ends', async () => {
    const { fake, guests } = await standing('ann', 'ben', 'cec');
    const [ann, ben, cec] = guests as [Guest, Guest, Guest];
    fake.send(ann, 'whisper', { to: 'ben' });
    expect([ann.line.last('whisper').to, ben.line.last('whisper').from, ann.person.mic]).toEqual(['ben', ['ann'], 'muted']);
    fake.send(ann, 'mic', { state: 'live', audience: 'whisper:ben' });
    expect(hears(fake, ben), 'at once').toEqual(['ann', 'cec']);
    fake.tick();
    expect(ann.line.last('hearers').count, 'and she is told').toBe(1);
    fake.tick(7);
    expect([hears(fake, ben), hears(fake, cec)]).toEqual([['ann', 'cec'], ['ben']]);
    fake.send(ann, 'whisper', { to: null });
    expect([hears(fake, ben), ann.person.mic, ben.line.last('whisper').from]).toEqual([['cec'], 'muted', []]);
  });

  it('ends when the two walk apart, with a word, and the microphone stays shut', async () => {
    const { fake, guests } = await standing('ann', 'ben');
    const [ann, ben] = guests as [Guest, Guest];
    fake.send(ann, 'whisper', { to: 'ben' });
    fake.send(ann, 'mic', { state: 'live', audience: 'whisper:ben' });
    fake.put(ben, 30, 10);
    fake.tick();
    expect([ann.line.last('whisper').to, ann.line.last('muted').why, ann.person.mic]).toEqual(['', 'whisper', 'muted']);
    fake.send(ann, 'mic', { state: 'live', audience: 'whisper:ben' });
    expect(refusal(ann)).toBe('AUDIENCE_CHANGED');
  });

  it('goes neither far, nor into a talk, nor out of one', async () => {
    const { fake, guests } = await standing('ann', 'ben', 'cec', 'dan');
    const [ann, ben, cec, dan] = guests as [Guest, Guest, Guest, Guest];
    gather(fake, ann, ben);
    fake.send(cec, 'whisper', { to: 'ben' });
    fake.send(ann, 'whisper', { to: 'cec' });
    fake.put(dan, 40, 40);
    fake.tick();
    fake.send(dan, 'whisper', { to: 'cec' });
    expect([refusal(cec), refusal(ann), refusal(dan)]).toEqual(['WHISPER_FAR', 'WHISPER_FAR', 'WHISPER_FAR']);
    fake.send(ann, 'whisper', { to: 'ben' });
    expect(ann.line.last('whisper').to).toBe('ben');
  });
});

describe('what is written', () => {
  it('in a talk reaches its members; near text stays among them too', async () => {
    const { fake, guests } = await standing('ann', 'ben', 'cec');
    const [ann, ben, cec] = guests as [Guest, Guest, Guest];
    const id = gather(fake, ann, ben);
    fake.send(ann, 'chat', { to: { kind: 'talk' }, text: 'between us', nonce: 'a1' });
    fake.send(ann, 'chat', { to: { kind: 'near' }, text: 'near us', nonce: 'a2' });
    fake.send(cec, 'chat', { to: { kind: 'near' }, text: 'out here', nonce: 'c1' });
    fake.send(cec, 'chat', { to: { kind: 'talk' }, text: 'let me in', nonce: 'c2' });
    expect(ben.line.of('chat').map(({ text }) => text)).toEqual(['between us', 'near us']);
    expect(cec.line.of('chat').map(({ text }) => text)).toEqual(['out here']);
    expect(refusal(cec)).toBe('NOT_IN_TALK');
    fake.send(ann, 'parcel', { talk: id, to: null, kind: 'notes', data: 'AAAA' });
    fake.send(cec, 'parcel', { talk: id, to: null, kind: 'notes', data: 'BBBB' });
    expect(ben.line.of('parcel')).toEqual([{ talk: id, from: 'ann', kind: 'notes', data: 'AAAA' }]);
    expect([cec.line.of('parcel'), ann.line.of('parcel'), refusal(cec)]).toEqual([[], [], 'NOT_IN_TALK']);
  });

  it('a raised hand has its place in the order', async () => {
    const { fake, guests } = await standing('ann', 'ben', 'cec');
    const [ann, ben, cec] = guests as [Guest, Guest, Guest];
    gather(fake, ann, ben, cec);
    talk(fake, cec, { kind: 'hand', up: true });
    talk(fake, ann, { kind: 'hand', up: true });
    expect(talkOf(ben)?.members).toEqual([{ id: 'ann', hand: 2 }, { id: 'ben', hand: 0 }, { id: 'cec', hand: 1 }]);
    talk(fake, cec, { kind: 'hand', up: false });
    expect(talkOf(ben)?.members[0]).toEqual({ id: 'ann', hand: 1 });
  });
});
