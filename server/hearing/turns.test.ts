import { describe, expect, it } from 'vitest';
import { seeded } from '../../tests/bench/support/random.ts';
import { HearingPlan, NOBODY } from './plan.ts';
import { Soundscape } from './soundscape.ts';

const PEOPLE = 12;
const SLOTS = 4;
const STEP_MS = 200;

/** Twelve who hear each other by a rule, with four slots each. */
class Round {
  now = 0;
  changes = 0;
  readonly plan: HearingPlan;

  constructor(inTurn: boolean) {
    const soundscape = new Soundscape();
    const spaces = soundscape.add({ spaces: [] });
    this.plan = new HearingPlan({ capacity: PEOPLE, soundscape, isBlocked: () => false, rule: () => 1, onChange: () => { this.changes += 1; } });
    for (let index = 0; index < PEOPLE; index += 1) {
      this.plan.place(index, spaces, { x: index, y: 0, z: 0 }, 0);
      this.plan.setRuled(index, true);
      this.plan.setSpeaker(index, true);
      this.plan.setListener(index, SLOTS, inTurn);
    }
  }

  hears(listener: number): number[] {
    return Array.from({ length: SLOTS }, (_, slot) => this.plan.speakerIn(listener, slot)).filter((speaker) => speaker !== NOBODY);
  }

  step(levels: readonly number[]): void {
    this.now += STEP_MS;
    this.plan.setNow(this.now);
    for (const [index, level] of levels.entries()) {
      this.plan.speaking.hear(index, level, this.now);
      this.plan.speaking.update(index, this.now);
    }
    for (let index = 0; index < PEOPLE; index += 1) this.plan.plan(index);
  }
}

/** Lets all speak at once for a minute, as loud as `seed` says. @returns the longest time, s, that anybody was heard by nobody, and that anybody was not heard by somebody */
function longestSilence(round: Round, seed: number): { byAll: number; byOne: number } {
  const random = seeded(seed);
  const levels = Array.from({ length: PEOPLE }, () => 0.3 + 0.7 * random());
  const since = new Map<string, number>();
  const longest = { byAll: 0, byOne: 0 };
  for (let step = 0; step < 300; step += 1) {
    round.step(levels);
    for (let speaker = 0; speaker < PEOPLE; speaker += 1) {
      if (round.plan.hearersOf(speaker) > 0) since.set(`${speaker}`, round.now);
      longest.byAll = Math.max(longest.byAll, round.now - (since.get(`${speaker}`) ?? 0));
      for (let listener = 0; listener < PEOPLE; listener += 1) {
        if (listener === speaker) continue;
        if (round.hears(listener).includes(speaker)) since.set(`${listener} ${speaker}`, round.now);
        longest.byOne = Math.max(longest.byOne, round.now - (since.get(`${listener} ${speaker}`) ?? 0));
      }
    }
  }
  return { byAll: longest.byAll / 1000, byOne: longest.byOne / 1000 };
}

describe('turns', () => {
  it.each([1, 2, 3, 4, 5])('let everybody be heard when all speak at once to listeners with few slots, however loud each is: seed %i', (seed) => {
    const { byAll, byOne } = longestSilence(new Round(true), seed);
    expect(byAll, 'seconds without any listener').toBeLessThan(2);
    expect(byOne, 'seconds without one of the listeners').toBeLessThan(6);
  });

  it('are not taken otherwise: whoever is loudest stays', () => {
    expect(longestSilence(new Round(false), 1).byAll, 'somebody is never heard').toBe(60);
  });

  it('last long enough to say something', () => {
    const round = new Round(true);
    for (let step = 0; step < 300; step += 1) round.step(new Array<number>(PEOPLE).fill(0.6));
    const kept = (60 * SLOTS * PEOPLE) / (round.changes / 2);
    expect(kept, 'seconds that a voice keeps a slot on average').toBeGreaterThan(1.5);
  });

  it('change nothing while there is a slot for everybody who speaks, nor among the silent', () => {
    const round = new Round(true);
    const talkers = Array.from({ length: PEOPLE }, (_, index) => (index < SLOTS ? 0.6 : 0));
    for (let step = 0; step < 20; step += 1) round.step(talkers);
    const before = round.changes;
    for (let step = 0; step < 300; step += 1) round.step(talkers);
    expect(round.changes).toBe(before);
    const quiet = new Round(true);
    quiet.step([]);
    const atFirst = quiet.changes;
    for (let step = 0; step < 300; step += 1) quiet.step(new Array<number>(PEOPLE).fill(0));
    expect(quiet.changes).toBe(atFirst);
  });

  it('come at once to whoever begins to speak after a long silence', () => {
    const round = new Round(true);
    const levels = Array.from({ length: PEOPLE }, (_, index): number => (index >= 2 && index < 8 ? 0.9 : 0));
    for (let step = 0; step < 100; step += 1) round.step(levels);
    expect(round.hears(0)).not.toContain(11);
    levels[11] = 0.3;
    round.step(levels);
    expect(round.hears(0)).toContain(11);
  });
});
