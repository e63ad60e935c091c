import { afterEach, describe, expect, it, vi } from 'vitest';
import { TalkFuzz } from '../../../tests/support/talk-fuzz.ts';

/** What is broken on purpose, to see that the oracle sees it. */
const broken = vi.hoisted(() => ({ now: '' }));

vi.mock('../audience.ts', async (original) => {
  const real = await original<typeof import('../audience.ts')>();
  const ruleBetween: typeof real.ruleBetween = (listener, speaker) => {
    if (broken.now === 'direct talks leak' && speaker.talk !== null && speaker.talk === listener.talk) return 1;
    if (broken.now === 'talks leak' && speaker.whisper === '') return -1;
    if (broken.now === 'whispers leak' && speaker.whisper !== '' && listener.talk === speaker.talk) return 1;
    if (broken.now === 'outsiders are heard inside' && speaker.talk === null && listener.talk !== null) return -1;
    return real.ruleBetween(listener, speaker);
  };
  const mayWatch: typeof real.mayWatch = (viewer, by) => {
    if (broken.now === 'screens leak' && viewer !== by) return true;
    return real.mayWatch(viewer, by);
  };
  return {
    ...real,
    mayWatch,
    ruleBetween,
    ruleOf: (roster: Parameters<typeof real.ruleOf>[0]) => (listener: number, speaker: number) => {
      const one = roster.at(listener);
      const other = roster.at(speaker);
      return one === null || other === null ? -1 : ruleBetween(one, other);
    },
    audienceOf: (person: Parameters<typeof real.audienceOf>[0]) => real.audienceOf(person),
  };
});

vi.mock('./screens.ts', async (original) => {
  const { Screens } = await original<typeof import('./screens.ts')>();
  return {
    Screens: class extends Screens {
      override membersChanged(...change: Parameters<InstanceType<typeof Screens>['membersChanged']>): void {
        // The rule alone would still hold, and so would this alone: only both together let anything out.
        if (broken.now !== 'screens leak') super.membersChanged(...change);
      }
    },
  };
});

afterEach(() => { broken.now = ''; });

describe('whatever people do, nobody is forwarded to whoever may not hear them', () => {
  it.each([1, 2, 3, 4, 5, 6])('seed %i, 3,000 steps', async (seed) => {
    const { fault, ...tally } = await (await TalkFuzz.open(seed)).run(3000);
    expect(fault).toBeNull();
    // A run in which nothing happened proves nothing.
    expect(tally.joined).toBeGreaterThan(40);
    expect(tally.inTalks).toBeGreaterThan(300);
    expect(tally.whispered).toBeGreaterThan(60);
    expect(tally.direct).toBeGreaterThan(40);
    expect(tally.watched).toBeGreaterThan(100);
    expect(tally.judged).toBeGreaterThan(3000);
  }, 60_000);

  it.each(['talks leak', 'whispers leak', 'outsiders are heard inside', 'direct talks leak', 'screens leak'])('is seen to be broken when it is: %s', async (fault) => {
    broken.now = fault;
    const tally = await (await TalkFuzz.open(1)).run(3000);
    expect(tally.fault).not.toBeNull();
  }, 60_000);
});
