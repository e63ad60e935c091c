import { describe, expect, it } from 'vitest';
import { TOUR_MAX_MEMBERS } from '../../shared/protocol/vocabulary.ts';
import type { Guest } from '../../tests/support/fake-venue.ts';
import { crowd, go, onTour, play, refusal, tour } from '../../tests/support/touring.ts';
import { REPEAT_MS } from './tour-invitations.ts';
import { HOLD_MS } from './venue.ts';

describe('starting and joining', () => {
  it('shows everybody who guides and who is with them', async () => {
    const { fake, cec } = await onTour();
    fake.tick(4);
    const shown = cec.line.of('peopleChanged').flatMap(({ changed }) => changed).map(({ id, guide }) => `${id}:${guide}`);
    expect(shown).toEqual(expect.arrayContaining(['ann:ann', 'ben:ann']));
  });

  it('is for everybody but guests', async () => {
    const { fake, guests } = await crowd('ann');
    const [ann] = guests as [Guest];
    play(ann, 'guest');
    tour(fake, ann, { kind: 'start' });
    expect(refusal(ann)).toBe('TOUR_ROLE');
    expect(ann.person.guide).toBe('');
  });

  it('twice is once', async () => {
    const { fake, ann, ben } = await onTour();
    tour(fake, ann, { kind: 'start' });
    tour(fake, ben, { kind: 'join', guide: 'ann' });
    expect([ann.person.guide, ben.person.guide]).toEqual(['ann', 'ann']);
    expect([...ann.line.of('refused'), ...ben.line.of('refused')]).toEqual([]);
  });

  it('leaves the tour before; whoever guides one has to end it first', async () => {
    const { fake, ann, ben, cec } = await onTour();
    tour(fake, cec, { kind: 'start' });
    tour(fake, ben, { kind: 'join', guide: 'cec' });
    expect(ben.person.guide).toBe('cec');
    tour(fake, cec, { kind: 'join', guide: 'ann' });
    expect(refusal(cec)).toBe('TOUR_GUIDING');
    tour(fake, ann, { kind: 'leave' });
    expect(refusal(ann)).toBe('TOUR_GUIDING');
    tour(fake, ben, { kind: 'start' });
    expect(ben.person.guide, 'a member may begin one of their own').toBe('ben');
  });

  it.each(['nobody', 'cec', '__proto__'])('of a tour that is not there is refused: %s', async (guide) => {
    const { fake, ben } = await onTour();
    tour(fake, ben, { kind: 'join', guide });
    expect(refusal(ben)).toBe('TOUR_UNKNOWN');
    expect(ben.person.guide).toBe('ann');
  });

  it(`holds ${TOUR_MAX_MEMBERS} people, who all find room around their guide`, async () => {
    const { fake, guests } = await crowd('ann');
    const [ann] = guests as [Guest];
    tour(fake, ann, { kind: 'start' });
    const members: Guest[] = [];
    for (let i = 0; i <= TOUR_MAX_MEMBERS; i += 1) {
      const member = await fake.join(`m${i}`);
      tour(fake, member, { kind: 'join', guide: 'ann' });
      members.push(member);
    }
    expect(members.map((member) => member.person.guide).filter((guide) => guide === 'ann')).toHaveLength(TOUR_MAX_MEMBERS);
    expect(refusal(members.at(-1) as Guest)).toBe('TOUR_FULL');
    await go(fake, ann, { kind: 'link', id: 'to-garden' });
    const group = members.slice(0, TOUR_MAX_MEMBERS);
    expect(group.every(({ person }) => person.scene.id === 'garden')).toBe(true);
    const places = [ann, ...group].map(({ person }) => person.footing);
    places.forEach((one, i) => {
      for (const other of places.slice(i + 1)) expect(Math.hypot(one.x - other.x, one.z - other.z)).toBeGreaterThan(0.69);
      expect(Math.hypot(one.x - 20, one.z - 20)).toBeLessThan(9);
    });
  });
});

describe('forged and hostile words', () => {
  it('of those who guide nobody change nothing', async () => {
    const { fake, ann, ben, cec } = await onTour();
    for (const message of [{ kind: 'end' }, { kind: 'dismiss', person: 'ben' }, { kind: 'invite', person: 'ben' }, { kind: 'inviteAll', reach: 'near' }] as const) {
      for (const guest of [ben, cec]) {
        guest.line.clear();
        tour(fake, guest, message);
        expect(refusal(guest)).toBe('NOT_GUIDE');
      }
    }
    fake.send(ben, 'point', { at: [1, 2, 3] });
    expect(ben.line.last('refused')).toEqual({ what: 'point', reason: 'NOT_GUIDE' });
    expect([ann.line.of('pointed'), ann.person.guide, ben.person.guide]).toEqual([[], 'ann', 'ann']);
  });

  it('that are no message of ours are offences', async () => {
    const { fake, ann } = await onTour();
    for (const body of [{ kind: 'start', guide: 'ben' }, { kind: 'steal' }, { kind: 'join' }, { kind: 'join', guide: '../ann' }, { kind: 'follow', on: 'yes' }, null]) {
      ann.line.clear();
      tour(fake, ann, body as never);
      if (body !== null && body.kind === 'start') expect(ann.line.of('refused'), 'what is too much is left out').toEqual([]);
      else expect(ann.line.last('refused')).toEqual({ what: 'tour', reason: 'MESSAGE_INVALID' });
    }
    for (const at of [[1, 2], [1, 2, 1e9], ['1', 2, 3], [NaN, 0, 0]]) {
      ann.line.clear();
      fake.now += 1000;
      fake.send(ann, 'point', { at } as never);
      expect(ann.line.last('refused')).toEqual({ what: 'point', reason: 'MESSAGE_INVALID' });
    }
    expect(ann.person.guide).toBe('ann');
  });

  it('that come too fast are not passed on', async () => {
    const { fake, ann, ben } = await onTour();
    ben.line.clear();
    for (let i = 0; i < 35; i += 1) fake.send(ann, 'point', { at: [i, 0, 0] });
    expect(ben.line.of('pointed')).toHaveLength(24);
    expect(refusal(ann)).toBe('RATE_LIMITED');
  });
});

describe('invitations', () => {
  it('reach whom they are for, wherever they are; a no reaches the guide, once', async () => {
    const { fake, ann, cec } = await onTour();
    await go(fake, cec, { kind: 'link', id: 'to-garden' });
    tour(fake, ann, { kind: 'invite', person: 'cec' });
    expect(cec.line.of('tourInvitation')).toEqual([{ guide: 'ann' }]);
    expect(ann.line.last('tourNews')).toEqual({ kind: 'invited', count: 1 });
    tour(fake, cec, { kind: 'decline', guide: 'ann' });
    tour(fake, cec, { kind: 'decline', guide: 'ann' });
    expect(ann.line.of('tourNews').filter(({ kind }) => kind === 'declined')).toEqual([{ kind: 'declined', person: 'cec' }]);
    tour(fake, ann, { kind: 'invite', person: 'cec' });
    expect(refusal(ann), 'nobody is pestered').toBe('TOUR_ASKED');
    fake.now += REPEAT_MS;
    tour(fake, ann, { kind: 'invite', person: 'cec' });
    expect(cec.line.of('tourInvitation')).toHaveLength(2);
  });

  it('nobody who was not asked can decline', async () => {
    const { fake, ann, cec } = await onTour();
    tour(fake, cec, { kind: 'decline', guide: 'ann' });
    expect(ann.line.of('tourNews')).toEqual([]);
  });

  it('to all near go to those in earshot who are on no tour, and only once', async () => {
    const { fake, ann, ben, cec } = await onTour();
    const dan = await fake.join('dan');
    fake.put(ann, 10, 0);
    fake.put(cec, 12, 0);
    fake.put(dan, 45, 0);
    tour(fake, ann, { kind: 'inviteAll', reach: 'near' });
    expect([ben, cec, dan].map(({ line }) => line.of('tourInvitation').length)).toEqual([0, 1, 0]);
    tour(fake, ann, { kind: 'inviteAll', reach: 'near' });
    expect(ann.line.last('tourNews')).toEqual({ kind: 'invited', count: 0 });
    tour(fake, ann, { kind: 'inviteAll', reach: 'scene' });
    expect(refusal(ann)).toBe('TOUR_ROLE');
    play(ann, 'secretariat');
    tour(fake, ann, { kind: 'inviteAll', reach: 'scene' });
    expect(dan.line.of('tourInvitation')).toHaveLength(1);
    expect(cec.line.of('tourInvitation')).toHaveLength(1);
  });

  it.each(['nobody', 'ann', 'dan', 'eve'])('to %s: not there, oneself, blocked, or with the line down: all look like absence', async (person) => {
    const { fake, ann } = await onTour();
    const [dan, eve] = [await fake.join('dan'), await fake.join('eve')];
    fake.send(dan, 'block', { person: 'ann', on: true });
    fake.venue.drop(eve.presence, false);
    tour(fake, ann, { kind: 'invite', person });
    expect(refusal(ann)).toBe('PERSON_UNKNOWN');
    expect(dan.line.of('tourInvitation')).toEqual([]);
  });
});

describe('leaving and ending', () => {
  it('whoever was sent away comes back only by invitation', async () => {
    const { fake, ann, ben, cec } = await onTour();
    tour(fake, ann, { kind: 'dismiss', person: 'ben' });
    expect(ben.line.last('tourNews')).toEqual({ kind: 'over', guide: 'ann', why: 'dismissed' });
    expect(ben.person.guide).toBe('');
    tour(fake, ben, { kind: 'join', guide: 'ann' });
    expect(refusal(ben)).toBe('TOUR_CLOSED');
    tour(fake, ann, { kind: 'invite', person: 'ben' });
    tour(fake, ben, { kind: 'join', guide: 'ann' });
    expect(ben.person.guide).toBe('ann');
    tour(fake, ann, { kind: 'dismiss', person: 'cec' });
    expect(refusal(ann), 'who is no member').toBe('PERSON_UNKNOWN');
    expect(cec.line.of('tourNews')).toEqual([]);
  });

  it('by its guide tells the members, and ends what was pointed at', async () => {
    const { fake, ann, ben } = await onTour();
    fake.tick(4);
    fake.send(ann, 'point', { at: [1, 2, 3] });
    expect(ben.line.last('pointed')).toEqual({ by: 'ann', scene: 'geneva', at: [1, 2, 3] });
    tour(fake, ann, { kind: 'end' });
    expect(ben.line.last('pointed').at).toBeNull();
    expect(ben.line.last('tourNews')).toEqual({ kind: 'over', guide: 'ann', why: 'ended' });
    fake.tick(4);
    expect(ben.line.last('peopleChanged').changed.map(({ id, guide }) => `${id}:${guide}`).sort()).toEqual(['ann:', 'ben:']);
    fake.send(ann, 'point', { at: [1, 2, 3] });
    expect(refusal(ann)).toBe('NOT_GUIDE');
  });

  it('waits while the guide\'s line is down, and is over when they do not come back', async () => {
    const { fake, ann, ben } = await onTour();
    fake.send(ann, 'point', { at: [1, 2, 3] });
    fake.venue.drop(ann.presence, false);
    expect(ben.line.last('pointed').at).toBeNull();
    fake.tick(4);
    expect(ben.line.of('tourNews')).toEqual([]);
    expect(ben.line.last('peopleChanged').changed.find(({ id }) => id === 'ann')).toMatchObject({ guide: 'ann', away: true });
    const back = await fake.join('ann');
    tour(fake, back, { kind: 'invite', person: 'cec' });
    expect(back.line.last('tourNews'), 'goes on where it was').toEqual({ kind: 'invited', count: 1 });
    fake.venue.drop(back.presence, false);
    fake.tick(HOLD_MS / 50 + 1);
    expect(ben.line.last('tourNews')).toEqual({ kind: 'over', guide: 'ann', why: 'gone' });
    expect(ben.person.guide).toBe('');
    tour(fake, ben, { kind: 'join', guide: 'ann' });
    expect(refusal(ben)).toBe('TOUR_UNKNOWN');
  });

  it('a member whose line drops is a member still, and is told again what is pointed at', async () => {
    const { fake, ann, ben } = await onTour();
    fake.send(ann, 'point', { at: [1, 2, 3] });
    fake.venue.drop(ben.presence, false);
    const back = await fake.join('ben');
    expect(back.line.last('pointed').at).toEqual([1, 2, 3]);
    fake.venue.drop(back.presence, true);
    tour(fake, ann, { kind: 'dismiss', person: 'ben' });
    expect(refusal(ann), 'gone for good').toBe('PERSON_UNKNOWN');
  });

  it('a block ends it for the two, whoever blocks whom, and hides that the guide is there', async () => {
    for (const [who, whom] of [[0, 1], [1, 0]] as const) {
      const { fake, ann, ben, cec } = await onTour();
      const pair = [ann, ben] as const;
      tour(fake, cec, { kind: 'join', guide: 'ann' });
      fake.send(pair[who], 'block', { person: pair[whom].person.id, on: true });
      expect([ben.person.guide, cec.person.guide]).toEqual(['', 'ann']);
      ben.line.clear();
      fake.send(cec, 'deafen', { on: true });
      fake.tick(4);
      const shown = ben.line.last('peopleChanged').changed;
      expect(shown.map(({ id, guide }) => `${id}:${guide}`).sort()).toEqual(['ben:', 'cec:']);
      tour(fake, ben, { kind: 'join', guide: 'ann' });
      expect(refusal(ben)).toBe('TOUR_UNKNOWN');
    }
  });
});
