import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FakeVenue, row } from '../../tests/support/fake-venue.ts';
import type { Guest } from '../../tests/support/fake-venue.ts';
import { roomServices } from '../../tests/support/venue.ts';
import { MIDDLE_PEOPLE, NEAR_PEOPLE } from './viewer.ts';

const CROWD = 160;
/** Long enough that everybody's first pose is sent and every ranking is renewed. */
const SETTLED = 25;

/** Everybody but the first turns a little. */
function stir(fake: FakeVenue, guests: readonly Guest[], turn: number): void {
  for (const guest of guests.slice(1)) fake.put(guest, guest.person.footing.x, guest.person.footing.z, turn * 0.1);
}

describe('pose frames', () => {
  it('tell of near people 20 times a second, of the next 5 times, of the rest once', async () => {
    const fake = await FakeVenue.open();
    const guests = await row(fake, CROWD);
    const [viewer] = guests as [Guest];
    for (let tick = 1; tick <= 100; tick += 1) {
      stir(fake, guests, tick);
      fake.tick();
    }
    const tally = viewer.line.tally();
    const times = guests.slice(1).map(({ person }) => tally.get(person.index));
    expect(times.slice(0, NEAR_PEOPLE)).toEqual(new Array(NEAR_PEOPLE).fill(100));
    expect(times.slice(NEAR_PEOPLE, NEAR_PEOPLE + MIDDLE_PEOPLE)).toEqual(new Array(MIDDLE_PEOPLE).fill(25));
    expect(times.slice(NEAR_PEOPLE + MIDDLE_PEOPLE)).toEqual(new Array(CROWD - 1 - NEAR_PEOPLE - MIDDLE_PEOPLE).fill(5));
    expect(tally.has(viewer.person.index)).toBe(false);
  });

  it('say nothing of those who stand still, and always where somebody stopped', async () => {
    const fake = await FakeVenue.open();
    const guests = await row(fake, CROWD);
    const [viewer] = guests as [Guest];
    fake.tick(40);
    expect(viewer.line.frames).toEqual([]);
    for (let tick = 1; tick <= 7; tick += 1) {
      stir(fake, guests, tick);
      fake.tick();
    }
    fake.tick(SETTLED);
    for (const { person } of guests.slice(1)) {
      const records = viewer.line.frames.flatMap((frame) => frame.records).filter(({ index }) => index === person.index);
      expect(records.at(-1)?.yaw).toBeCloseTo(0.7, 1);
      expect(records.at(-1)?.x).toBeCloseTo(person.footing.x, 2);
    }
    viewer.line.clear();
    // Steps that lead nowhere are no news either.
    for (let tick = 0; tick < 40; tick += 1) {
      stir(fake, guests, 7);
      fake.tick();
    }
    expect(viewer.line.frames).toEqual([]);
  });

  it('say nothing more of somebody who has left', async () => {
    const fake = await FakeVenue.open();
    const guests = await row(fake, 30);
    const [viewer, near] = guests as [Guest, Guest];
    stir(fake, guests, 1);
    // Encoded in the tick before they went, and not yet sent: the line was busy.
    viewer.line.busy = true;
    fake.tick();
    viewer.line.busy = false;
    fake.venue.drop(near.presence, true);
    fake.tick(25);
    expect(viewer.line.tally().has(near.person.index)).toBe(false);
    expect(viewer.line.tally().size).toBe(28);
  });

  it('show a newcomer everybody at once, and everybody the newcomer within a second', async () => {
    const fake = await FakeVenue.open();
    const guests = await row(fake, CROWD);
    const late = await fake.join('late');
    fake.tick();
    expect(late.line.frames[0]?.records.map(({ index }) => index).sort((a, b) => a - b)).toEqual(guests.map(({ person }) => person.index));
    fake.tick(20);
    for (const { line } of guests) expect(line.tally().has(late.person.index)).toBe(true);
  });

  it('never tell of somebody behind a block, whoever set it and whenever', async () => {
    const pair = fc.record({ from: fc.nat(9), to: fc.nat(9), on: fc.boolean() });
    await fc.assert(fc.asyncProperty(fc.array(pair, { minLength: 1, maxLength: 12 }), async (changes) => {
      const fake = await FakeVenue.open();
      const guests: Guest[] = [];
      for (let i = 0; i < 10; i += 1) guests.push(await fake.join(`p${i}`));
      const blocks = new Set<string>();
      for (const { from, to, on } of changes) {
        if (from === to) continue;
        fake.now += 1000;
        fake.send(guests[from] as Guest, 'block', { person: `p${to}`, on });
        if (on) blocks.add(`${from} ${to}`);
        else blocks.delete(`${from} ${to}`);
        for (const { line } of guests) line.clear();
        stir(fake, guests, fake.now);
        fake.tick(21);
        guests.forEach((one, i) => {
          guests.forEach((other, j) => {
            const hidden = blocks.has(`${i} ${j}`) || blocks.has(`${j} ${i}`);
            if (hidden) expect(one.line.tally().has(other.person.index)).toBe(false);
          });
        });
      }
    }), { seed: 20261121, numRuns: 40 });
  });

  it('show the other again when a block ends', async () => {
    const fake = await FakeVenue.open();
    const [ann, ben] = [await fake.join('ann'), await fake.join('ben')];
    fake.tick(30);
    fake.send(ann, 'block', { person: 'ben', on: true });
    fake.tick(30);
    ann.line.clear();
    ben.line.clear();
    fake.send(ann, 'block', { person: 'ben', on: false });
    fake.tick(21);
    expect(ann.line.tally().has(ben.person.index)).toBe(true);
    expect(ben.line.tally().has(ann.person.index)).toBe(true);
  });

  it('do not give a number of somebody blocked away with the next person who gets it', async () => {
    const fake = await FakeVenue.open(roomServices({ capacity: 3 }));
    const [ann, ben, cec] = [await fake.join('ann'), await fake.join('ben'), await fake.join('cec')];
    fake.services.store.blocked.add('ann dan');
    fake.tick(30);
    fake.venue.drop(ben.presence, true);
    // Ann had no block when Ben was ranked; Dan comes onto his number, and the store says that Ann blocks him.
    ann.person.blocking.set('dan', 'dan');
    const dan = await fake.join('dan');
    expect(dan.person.index).toBe(ben.person.index);
    for (const { line } of [ann, cec]) line.clear();
    fake.put(dan, 3, 3);
    fake.tick(30);
    expect(ann.line.tally().has(dan.person.index)).toBe(false);
    expect(cec.line.tally().has(dan.person.index)).toBe(true);
  });

  it('wait for a line that is still busy and lose nothing by it', async () => {
    const fake = await FakeVenue.open();
    const [ann, ben] = [await fake.join('ann'), await fake.join('ben')];
    fake.tick(30);
    ann.line.clear();
    ann.line.busy = true;
    fake.put(ben, 5, 5);
    fake.tick(10);
    expect(ann.line.frames).toEqual([]);
    ann.line.busy = false;
    fake.tick();
    expect(ann.line.frames.flatMap(({ records }) => records)).toMatchObject([{ index: ben.person.index, x: 5, z: 5 }]);
  });

  it('never write into bytes that the transport has kept', async () => {
    const fake = await FakeVenue.open();
    const guests = await row(fake, 5);
    const [viewer] = guests as [Guest];
    viewer.line.takes = false;
    const copies: Uint8Array[] = [];
    for (let tick = 1; tick <= 20; tick += 1) {
      stir(fake, guests, tick);
      fake.tick();
      const kept = viewer.line.kept.at(-1);
      if (kept !== undefined) copies.push(kept.slice());
    }
    expect(copies.length).toBe(20);
    expect(viewer.line.kept).toEqual(copies);
  });
});
