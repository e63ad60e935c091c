import { beforeEach, describe, expect, it } from 'vitest';
import type { Guest } from '../../../tests/support/fake-venue.ts';
import { gather, hears, refusal, standing, talk } from '../../../tests/support/talking.ts';

type Fake = Awaited<ReturnType<typeof standing>>['fake'];

let fake: Fake;
let ann: Guest;
let ben: Guest;
let cec: Guest;

beforeEach(async () => {
  const made = await standing('ann', 'ben', 'cec');
  fake = made.fake;
  [ann, ben, cec] = made.guests as [Guest, Guest, Guest];
  gather(fake, ann, ben);
});

const stateOf = (guest: Guest): string | null => guest.line.last('direct').direct?.state ?? null;
const grantOf = (guest: Guest) => {
  const { grant } = guest.line.of('direct').findLast((message) => message.grant !== null) ?? { grant: null };
  if (grant === null) throw new Error('no ids were given out');
  return grant;
};
const valid = (): number => fake.services.direct.valid.size;
const overRelay = (): string[] => [...hears(fake, ann), ...hears(fake, ben)];

function agree(): void {
  talk(fake, ann, { kind: 'direct', on: true });
  talk(fake, ben, { kind: 'direct', on: true });
}

describe('talking from browser to browser', () => {
  it('begins when both have agreed; each gets an id of their own, and the relay is silent at once', () => {
    talk(fake, ann, { kind: 'direct', on: true });
    expect([stateOf(ben), valid(), overRelay()]).toEqual(['asked', 0, ['ben', 'ann']]);
    talk(fake, ann, { kind: 'direct', on: true });
    expect(stateOf(ben), 'nobody agrees with themselves').toBe('asked');
    fake.send(ben, 'talk', { kind: 'direct', on: true });
    expect(overRelay()).toEqual([]);
    expect([stateOf(ann), stateOf(ben)]).toEqual(['connecting', 'connecting']);
    const [mine, theirs] = [grantOf(ann), grantOf(ben)];
    expect(mine).toMatchObject({ partner: theirs.id });
    expect(theirs).toMatchObject({ partner: mine.id });
    expect(mine.calls).not.toBe(theirs.calls);
    expect(cec.line.of('direct').filter(({ direct, grant }) => direct !== null || grant !== null)).toEqual([]);
  });

  it('is there when both hear each other', () => {
    agree();
    talk(fake, ann, { kind: 'directUp' });
    expect(stateOf(ben)).toBe('connecting');
    talk(fake, ben, { kind: 'directUp' });
    expect([stateOf(ann), stateOf(ben), overRelay()]).toEqual(['direct', 'direct', []]);
  });

  it('can be turned down, by either', () => {
    for (const who of [ann, ben]) {
      talk(fake, ann, { kind: 'direct', on: true });
      talk(fake, who, { kind: 'direct', on: false });
      expect([stateOf(ann), overRelay(), valid()]).toEqual([null, ['ben', 'ann'], 0]);
    }
  });

  it('that fails is silent until both have agreed to use the relay', () => {
    agree();
    talk(fake, ben, { kind: 'directFailed' });
    expect([stateOf(ann), stateOf(ben), valid(), overRelay()]).toEqual(['failed', 'failed', 0, []]);
    talk(fake, ann, { kind: 'viaRelay' });
    talk(fake, ann, { kind: 'viaRelay' });
    expect([ben.line.last('direct').direct?.relay, overRelay()]).toEqual([['ann'], []]);
    talk(fake, ben, { kind: 'viaRelay' });
    expect([stateOf(ann), overRelay()]).toEqual([null, ['ben', 'ann']]);
  });

  it('that fails can be tried again, with other ids', () => {
    agree();
    const before = grantOf(ann).id;
    talk(fake, ann, { kind: 'directFailed' });
    talk(fake, ann, { kind: 'viaRelay' });
    talk(fake, ben, { kind: 'direct', on: true });
    expect(stateOf(ann)).toBe('connecting');
    expect(grantOf(ann).id).not.toBe(before);
    expect(valid()).toBe(2);
    talk(fake, ben, { kind: 'viaRelay' });
    expect(overRelay(), 'what was agreed before counts no more').toEqual([]);
  });

  it('goes back to the relay only when both have said so', () => {
    agree();
    talk(fake, ann, { kind: 'directUp' });
    talk(fake, ben, { kind: 'directUp' });
    talk(fake, ann, { kind: 'direct', on: false });
    expect([stateOf(ben), overRelay(), valid()]).toEqual(['failed', [], 0]);
  });

  it('whispering goes round nothing', () => {
    agree();
    fake.send(ann, 'whisper', { to: 'ben' });
    fake.send(ann, 'mic', { state: 'live', audience: 'whisper:ben' });
    fake.tick(8);
    expect(overRelay()).toEqual([]);
  });

  it('is for exactly two', () => {
    agree();
    talk(fake, ann, { kind: 'invite', people: ['cec'] });
    expect(refusal(ann)).toBe('TALK_DIRECT');
    talk(fake, cec, { kind: 'knock', talk: ann.person.talk?.id ?? '' });
    expect(refusal(cec)).toBe('TALK_LOCKED');
    talk(fake, ann, { kind: 'directFailed' });
    talk(fake, ann, { kind: 'viaRelay' });
    talk(fake, ben, { kind: 'viaRelay' });
    gather(fake, ann, cec);
    talk(fake, ann, { kind: 'direct', on: true });
    expect(refusal(ann)).toBe('TALK_DIRECT');
  });

  it('a third who joins ends the question', () => {
    talk(fake, ann, { kind: 'direct', on: true });
    gather(fake, ann, cec);
    expect([stateOf(ann), stateOf(cec)]).toEqual([null, null]);
    talk(fake, ben, { kind: 'direct', on: true });
    expect(refusal(ben)).toBe('TALK_DIRECT');
    expect(overRelay()).toEqual(expect.arrayContaining(['ann', 'ben', 'cec']));
  });

  it.each(['leave', 'block', 'go'] as const)('ends, with its ids, when one of the two is gone: %s', (how) => {
    agree();
    if (how === 'leave') talk(fake, ben, { kind: 'leave' });
    else if (how === 'block') fake.send(ann, 'block', { person: 'ben', on: true });
    else fake.venue.drop(ben.presence, true);
    expect(valid()).toBe(0);
    expect(stateOf(ann)).toBeNull();
  });

  it.each(['direct', 'directUp', 'directFailed', 'viaRelay'] as const)('%s outside a talk is refused, and of a third changes nothing', (kind) => {
    const deed = kind === 'direct' ? { kind, on: true } as const : { kind };
    talk(fake, cec, deed);
    expect(refusal(cec)).toBe('NOT_IN_TALK');
    agree();
    const before = ann.line.of('direct').length;
    talk(fake, cec, deed);
    expect(ann.line.of('direct')).toHaveLength(before);
  });
});
