import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { HEARING_RANGE, voiceGain } from '../../shared/rules/audibility.ts';
import type { Layout, Space } from '../../shared/scene/layout.ts';
import { seeded } from '../../tests/bench/support/random.ts';
import { BY_PLACE, HearingPlan, MAX_SLOTS, NOBODY } from './plan.ts';
import { Soundscape } from './soundscape.ts';
import type { SceneSpaces } from './soundscape.ts';
import { INCUMBENT_ADVANTAGE } from './turns.ts';

const run = { seed: 20261121, numRuns: 300 };
const CAPACITY = 40;

/** Three rooms in a row along x, 20 m each: hall and lounge share a door at (20, 0), the booth hears nobody. Beyond them is the outside. */
function rooms(): Pick<Layout, 'spaces'> {
  const room = (id: string, from: number, openings: Space['openings'] = []): Space => ({
    id, outline: [[from, -10], [from + 20, -10], [from + 20, 10], [from, 10]], bottom: -1, top: 4, reverb: 0, openings,
  });
  const door = (to: string): Space['openings'] => [{ to, position: [20, 1, 0], lossDecibels: 6 }];
  return { spaces: [room('hall', 0, door('lounge')), room('lounge', 20, door('hall')), room('booth', 40)] };
}

/** A plan over `spaces`, kept up with by a mirror of what it told of. */
class Bench {
  readonly blocks = new Set<string>();
  readonly mirror = new Map<string, number>();
  changes = 0;
  readonly plan: HearingPlan;
  readonly at: { x: number; y: number; z: number; yaw: number }[] = [];

  private readonly spaces: SceneSpaces;

  constructor(layout: Pick<Layout, 'spaces'>) {
    const soundscape = new Soundscape();
    this.spaces = soundscape.add(layout);
    this.plan = new HearingPlan({
      capacity: CAPACITY, soundscape,
      isBlocked: (one, other) => this.isBlocked(one, other),
      onChange: (listener, slot, before, now) => {
        expect(this.mirror.get(`${listener} ${slot}`) ?? NOBODY).toBe(before);
        this.mirror.set(`${listener} ${slot}`, now);
        this.changes += 1;
      },
    });
  }

  isBlocked(one: number, other: number): boolean {
    return this.blocks.has(`${one} ${other}`) || this.blocks.has(`${other} ${one}`);
  }

  put(index: number, x: number, z: number, yaw = 0): void {
    this.at[index] = { x, y: 0, z, yaw };
    this.plan.place(index, this.spaces, { x, y: 0, z }, yaw);
  }

  add(index: number, x: number, z: number, slots = 4): void {
    this.put(index, x, z);
    this.plan.setSpeaker(index, true);
    this.plan.setListener(index, slots);
  }

  planAll(): void {
    for (let index = 0; index < CAPACITY; index += 1) this.plan.plan(index);
  }

  slots(listener: number): number[] {
    return Array.from({ length: this.plan.slotsOf(listener) }, (_, slot) => this.plan.speakerIn(listener, slot));
  }

  heard(listener: number): number[] {
    return this.slots(listener).filter((speaker) => speaker !== NOBODY).sort((a, b) => a - b);
  }
}

const action = fc.oneof(
  fc.record({ what: fc.constant('put' as const), who: fc.nat(9), x: fc.double({ min: -5, max: 65, noNaN: true }), z: fc.double({ min: -12, max: 12, noNaN: true }), yaw: fc.double({ min: 0, max: 6, noNaN: true }) }),
  fc.record({ what: fc.constant('mic' as const), who: fc.nat(9), on: fc.boolean() }),
  fc.record({ what: fc.constant('listen' as const), who: fc.nat(9), slots: fc.constantFrom(0, 1, 2, 4) }),
  fc.record({ what: fc.constant('block' as const), who: fc.nat(9), other: fc.nat(9), on: fc.boolean() }),
  fc.record({ what: fc.constant('speak' as const), who: fc.nat(9), level: fc.double({ min: 0, max: 1, noNaN: true }) }),
);

/** Whatever the plan of ten people does that it must never do. */
function violations(bench: Bench): string[] {
  const { plan, mirror } = bench;
  const found: string[] = [];
  const carried = new Map<number, number>();
  for (const [key, speaker] of mirror) {
    const [listener, slot] = key.split(' ').map(Number) as [number, number];
    if (plan.speakerIn(listener, slot) !== speaker) found.push(`slot ${key} was not told of`);
    if (speaker === NOBODY) continue;
    carried.set(speaker, (carried.get(speaker) ?? 0) + 1);
    if (slot >= plan.slotsOf(listener)) found.push(`${listener} has no slot ${slot}`);
    if (speaker === listener) found.push(`${listener} hears themselves`);
    if (!plan.isSpeaker(speaker)) found.push(`${speaker} is not live`);
    if (bench.isBlocked(listener, speaker)) found.push(`a block between ${listener} and ${speaker}`);
    const spaces = [plan.spaceOf(speaker), plan.spaceOf(listener)].sort();
    if (spaces[0] !== spaces[1] && String(spaces) !== '1,2') found.push(`a wall between ${listener} and ${speaker}`);
    const [a, b] = [bench.at[speaker], bench.at[listener]];
    if (a !== undefined && b !== undefined && Math.hypot(a.x - b.x, a.z - b.z) > HEARING_RANGE) found.push(`${listener} is out of range of ${speaker}`);
  }
  for (let index = 0; index < 10; index += 1) {
    const heard = bench.heard(index);
    if (new Set(heard).size !== heard.length) found.push(`${index} hears somebody twice`);
    if (plan.hearersOf(index) !== (carried.get(index) ?? 0)) found.push(`the hearers of ${index} are miscounted`);
  }
  return found;
}

describe('the hearing plan', () => {
  it('never forwards across a wall, a block or a muted microphone, never oneself, never more than the slots, whatever happens', () => {
    fc.assert(fc.property(fc.array(action, { maxLength: 80 }), (actions) => {
      const bench = new Bench(rooms());
      const { plan } = bench;
      for (let index = 0; index < 10; index += 1) bench.add(index, index * 6, 0);
      let now = 0;
      for (const step of actions) {
        now += 50;
        if (step.what === 'put') bench.put(step.who, step.x, step.z, step.yaw);
        if (step.what === 'mic') plan.setSpeaker(step.who, step.on);
        if (step.what === 'listen') plan.setListener(step.who, step.slots);
        if (step.what === 'speak' && plan.isSpeaker(step.who)) plan.speaking.hear(step.who, step.level, now);
        if (step.what === 'block' && step.who !== step.other) {
          if (step.on) bench.blocks.add(`${step.who} ${step.other}`);
          else bench.blocks.delete(`${step.who} ${step.other}`);
          for (const one of [step.who, step.other]) plan.setGuarded(one, [...bench.blocks].some((pair) => pair.split(' ').includes(String(one))));
        }
        for (let index = 0; index < 10; index += 1) plan.speaking.update(index, now);
        bench.planAll();
        expect(violations(bench)).toEqual([]);
      }
    }), run);
  });

  it('gives the slots to the loudest, by the rule that the mixer applies', () => {
    const spot = fc.record({ x: fc.double({ min: 0.1, max: 19.9, noNaN: true }), z: fc.double({ min: -9.9, max: 9.9, noNaN: true }), yaw: fc.double({ min: 0, max: 6, noNaN: true }) });
    fc.assert(fc.property(fc.array(spot, { minLength: 2, maxLength: CAPACITY }), (spots) => {
      const bench = new Bench(rooms());
      spots.forEach(({ x, z, yaw }, index) => {
        bench.add(index, x, z);
        bench.put(index, x, z, yaw);
      });
      bench.plan.plan(0);
      const gains = spots.map(({ x, z, yaw }, index) => ({ index, gain: index === 0 ? 0 : voiceGain({ x, y: 0, z }, yaw, { x: spots[0]?.x ?? 0, y: 0, z: spots[0]?.z ?? 0 }) }));
      const loudest = gains.filter(({ gain }) => gain > 0).sort((a, b) => b.gain - a.gain).slice(0, 4);
      const heard = bench.heard(0).map((index) => gains[index]?.gain ?? 0).sort((a, b) => b - a);
      expect(heard.length).toBe(loudest.length);
      heard.forEach((gain, i) => expect(gain).toBeCloseTo(loudest[i]?.gain ?? -1, 9));
    }), run);
  });

  it('changes nothing while nothing changes, and little moves do not change it either', () => {
    const cell = fc.tuple(fc.integer({ min: 1, max: 22 }), fc.integer({ min: -12, max: 12 }));
    fc.assert(fc.property(fc.uniqueArray(cell, { minLength: 8, maxLength: CAPACITY, selector: String }), fc.integer(), (cells, seed) => {
      const bench = new Bench(rooms());
      const random = seeded(seed);
      // On a grid of elbow room: nearer than that, a small move is a large turn.
      const spots = cells.map(([x, z]) => ({ x: x * 0.75, z: z * 0.75 }));
      spots.forEach(({ x, z }, index) => bench.add(index, x, z));
      bench.planAll();
      const before = bench.changes;
      for (let round = 0; round < 5; round += 1) {
        bench.planAll();
        expect(bench.changes).toBe(before);
      }
      for (let round = 0; round < 10; round += 1) {
        spots.forEach(({ x, z }, index) => bench.put(index, x + (random() - 0.5) * 0.05, z + (random() - 0.5) * 0.05, (random() - 0.5) * 0.2));
        bench.planAll();
        expect(bench.changes).toBe(before);
      }
    }), { ...run, numRuns: 100 });
  });

  it('keeps everybody in the slot they have while others come and go around them', () => {
    const bench = new Bench(rooms());
    for (const [index, x] of [[0, 5], [1, 6], [2, 7], [3, 8], [4, 9]] as const) bench.add(index, x, 0);
    bench.plan.plan(0);
    const slotOf = (speaker: number): number => bench.slots(0).indexOf(speaker);
    const before = [2, 4].map(slotOf);
    bench.plan.setSpeaker(1, false);
    bench.plan.setSpeaker(3, false);
    bench.add(5, 5.5, 0);
    bench.add(6, 5.2, 0);
    bench.plan.plan(0);
    expect([2, 4].map(slotOf)).toEqual(before);
    expect(bench.heard(0)).toEqual([2, 4, 5, 6]);
  });

  it('lets a louder voice in only when it is clearly louder', () => {
    const bench = new Bench(rooms());
    bench.add(0, 2, 0, 1);
    bench.put(1, 6, 0);
    bench.plan.setSpeaker(1, true);
    bench.plan.plan(0);
    bench.put(2, 5, 0);
    bench.plan.setSpeaker(2, true);
    bench.plan.plan(0);
    expect(bench.heard(0)).toEqual([1]);
    bench.put(2, 2 + 4 / (INCUMBENT_ADVANTAGE * 1.05), 0);
    bench.plan.plan(0);
    expect(bench.heard(0)).toEqual([2]);
    bench.put(2, 4.5, 0);
    bench.plan.plan(0);
    expect(bench.heard(0)).toEqual([2]);
  });

  it('takes a talker across the room before the silent beside, and keeps a slot for the silent when there is one', () => {
    const bench = new Bench(rooms());
    bench.add(0, 1, 0, 2);
    for (const [index, x] of [[1, 2], [2, 3], [3, 18]] as const) {
      bench.put(index, x, 0);
      bench.plan.setSpeaker(index, true);
    }
    bench.plan.plan(0);
    expect(bench.heard(0)).toEqual([1, 2]);
    bench.plan.speaking.hear(3, 0.7, 1000);
    bench.plan.plan(0);
    expect(bench.heard(0)).toEqual([1, 3]);
    bench.plan.speaking.hear(3, 0, 1100);
    for (let now = 1100; now < 20_000; now += 50) bench.plan.speaking.update(3, now);
    bench.plan.plan(0);
    expect(bench.heard(0)).toContain(1);
  });

  it('hears through a door, with its loss, and not through the wall', () => {
    const bench = new Bench(rooms());
    bench.add(0, 19, 0);
    bench.add(1, 21, 0);
    bench.add(2, 41, 0);
    bench.planAll();
    expect([bench.heard(0), bench.heard(1), bench.heard(2)]).toEqual([[1], [0], []]);
    bench.put(0, 19, 9.9);
    bench.put(1, 39, -9.9);
    bench.planAll();
    expect(bench.heard(0)).toEqual([]);
  });

  it('takes a voice away at once where that is asked', () => {
    const bench = new Bench(rooms());
    for (const index of [0, 1, 2]) bench.add(index, 5 + index, 0);
    bench.planAll();
    bench.plan.withdraw(1, 0);
    expect([bench.heard(0), bench.heard(2)]).toEqual([[2], [0, 1]]);
    bench.plan.setSpeaker(1, false);
    expect(bench.heard(2)).toEqual([0]);
    bench.plan.setListener(2, 0);
    expect([...bench.mirror].filter(([key]) => key.startsWith('2 ')).every(([, speaker]) => speaker === NOBODY)).toBe(true);
    bench.put(0, 50, 0);
    bench.plan.recheck(1);
    expect(bench.heard(1)).toEqual([2]);
  });

  it('serves the most slots that a listener can have', () => {
    const bench = new Bench(rooms());
    bench.add(0, 5, 0, 200);
    for (let index = 1; index < CAPACITY; index += 1) bench.add(index, 5 + index * 0.2, 0);
    bench.plan.plan(0);
    expect(bench.heard(0)).toHaveLength(MAX_SLOTS);
  });
});

describe('between scenes', () => {
  it('nobody is heard, however near their places are in numbers, until they are in one scene', () => {
    const soundscape = new Soundscape();
    const [here, there] = [soundscape.add(rooms()), soundscape.add(rooms())];
    const plan = new HearingPlan({ capacity: 2, soundscape, isBlocked: () => false, onChange: () => undefined });
    for (const index of [0, 1]) {
      plan.setSpeaker(index, true);
      plan.setListener(index, 4);
    }
    for (const x of [5, 25, 45, 100]) {
      plan.place(0, here, { x, y: 0, z: 0 }, 0);
      plan.place(1, there, { x, y: 0, z: 0 }, 0);
      plan.plan(0);
      expect(plan.speakerIn(0, 0)).toBe(NOBODY);
      plan.place(1, here, { x: x + 1, y: 0, z: 0 }, 0);
      plan.plan(0);
      expect(plan.speakerIn(0, 0)).toBe(1);
      plan.place(1, there, { x, y: 0, z: 0 }, 0);
      plan.recheckAll();
      expect(plan.speakerIn(0, 0), 'taken away at once').toBe(NOBODY);
    }
  });

  it('numbers of a scene that is taken down lead nowhere', () => {
    const soundscape = new Soundscape();
    const scene = soundscape.add(rooms());
    const [hall, lounge] = [scene.at(5, 0, 0), scene.at(25, 0, 0)];
    expect(soundscape.between(hall, lounge)).toHaveLength(1);
    soundscape.remove(scene);
    expect(soundscape.between(hall, lounge)).toEqual([]);
    expect(soundscape.add(rooms()).at(5, 0, 0)).not.toBe(hall);
  });
});

describe('a rule', () => {
  it('lets one be heard anywhere and another nowhere, and leaves all others to the place', () => {
    const soundscape = new Soundscape();
    const [here, there] = [soundscape.add(rooms()), soundscape.add(rooms())];
    const [guide, follower, other, secretive] = [0, 1, 2, 3] as const;
    const asked: string[] = [];
    let touring = true;
    const plan = new HearingPlan({
      capacity: 4, soundscape, isBlocked: () => false, onChange: () => undefined,
      rule: (listener, speaker) => {
        asked.push(`${listener} ${speaker}`);
        if (speaker === secretive) return 0;
        return touring && speaker === guide && listener === follower ? 1 : BY_PLACE;
      },
    });
    for (const index of [guide, follower, other, secretive]) {
      plan.setSpeaker(index, true);
      plan.setListener(index, 4);
      plan.place(index, index === guide ? there : here, { x: 5 + index * 0.5, y: 0, z: 0 }, 0);
    }
    for (const index of [guide, follower, secretive]) plan.setRuled(index, true);
    const heard = (listener: number): number[] => {
      plan.plan(listener);
      return [0, 1, 2, 3].map((slot) => plan.speakerIn(listener, slot)).filter((speaker) => speaker !== NOBODY).sort();
    };
    expect(heard(follower)).toEqual([guide, other]);
    expect(heard(other)).toEqual([follower]);
    expect(heard(guide)).toEqual([]);
    touring = false;
    plan.recheckAll();
    expect(plan.hearersOf(guide), 'the tour is over').toBe(0);
    expect(asked).not.toContain(`${other} ${other}`);
  });
});
