import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { flatGround, testIdentity, testLayout, testWardrobe } from '../../tests/support/venue.ts';
import { LiveScene } from './live-scenes.ts';
import { newPerson } from './person.ts';
import { PoseTable } from './pose-table.ts';
import { MIDDLE_PEOPLE, NEAR_PEOPLE, Ranking, Viewer } from './viewer.ts';

const CAPACITY = 400;
const metres = fc.double({ min: -40, max: 40, noNaN: true });
const people = fc.uniqueArray(fc.record({ index: fc.nat(CAPACITY - 1), x: metres, z: metres, hidden: fc.boolean() }), { selector: ({ index }) => index, minLength: 2, maxLength: 300 });

type Somebody = { index: number; x: number; z: number; hidden: boolean };

/** Squared distances as the table has them, and the nearest by sorting. */
function expectNearest(table: PoseTable, viewer: Viewer, crowd: readonly Somebody[]): void {
  const distance = (index: number): number => Math.hypot((table.x[index] as number) - (table.x[viewer.self] as number), (table.z[index] as number) - (table.z[viewer.self] as number));
  const sorted = crowd.filter(({ index, hidden }) => index !== viewer.self && !hidden).map(({ index }) => distance(index)).sort((a, b) => a - b);
  const ranked = [...viewer.order.subarray(0, viewer.ranked)].map(distance);
  expect(viewer.near).toBe(Math.min(NEAR_PEOPLE, sorted.length));
  expect(viewer.ranked).toBe(Math.min(NEAR_PEOPLE + MIDDLE_PEOPLE, sorted.length));
  ranked.slice(0, viewer.near).sort((a, b) => a - b).forEach((value, i) => expect(value).toBeCloseTo(sorted[i] ?? -1, 5));
  ranked.slice(viewer.near).sort((a, b) => a - b).forEach((value, i) => expect(value).toBeCloseTo(sorted[viewer.near + i] ?? -1, 5));
}

const SCENE = new LiveScene({ id: 'geneva', revision: 'r1', layout: testLayout(), venue: {} as never, ground: flatGround(), dispose: () => undefined }, { at: () => 0 });
const ENTRY = { scene: SCENE, appearance: testWardrobe.first, now: 0 };

describe('ranking', () => {
  it('finds the same nearest people as sorting all of them, also when they have moved, come or gone since the last time', () => {
    const move = fc.record({ x: metres, z: metres, gone: fc.boolean() });
    fc.assert(fc.property(people, fc.array(move, { maxLength: 300 }), fc.double({ min: 0, max: 1, noNaN: true }), (crowd, moves, share) => {
      const table = new PoseTable(CAPACITY);
      const persons = crowd.map(({ index, x, z }) => ({ ...newPerson(testIdentity(`p${index}`), index, ENTRY), footing: { x, y: 0, z, polygon: 0 } }));
      for (const person of persons) table.add(person);
      const [self] = crowd as [Somebody];
      const viewer = new Viewer(self.index, CAPACITY);
      for (const { index, hidden } of crowd) viewer.setHidden(index, hidden);
      const ranking = new Ranking(table, CAPACITY);
      ranking.rank(viewer);
      expectNearest(table, viewer, crowd);

      const left = new Set<number>();
      persons.forEach((person, i) => {
        const step = moves[i];
        if (step === undefined) return;
        person.footing.x += (step.x - person.footing.x) * share;
        person.footing.z += (step.z - person.footing.z) * share;
        table.write(person);
        if (step.gone && i > 0) {
          table.remove(person.index);
          left.add(person.index);
        }
      });
      ranking.rank(viewer);
      expectNearest(table, viewer, crowd.filter(({ index }) => !left.has(index)));
    }), { seed: 20261121, numRuns: 200 });
  });

  it('keeps track of who is present as people come and go', () => {
    fc.assert(fc.property(fc.array(fc.record({ index: fc.nat(50), add: fc.boolean() }), { maxLength: 200 }), (steps) => {
      const table = new PoseTable(51);
      const present = new Set<number>();
      for (const { index, add } of steps) {
        if (add && !present.has(index)) table.add(newPerson(testIdentity(`p${index}`), index, ENTRY));
        if (!add) table.remove(index);
        if (add) present.add(index);
        else present.delete(index);
      }
      expect([...table.present.subarray(0, table.count)].sort((a, b) => a - b)).toEqual([...present].sort((a, b) => a - b));
      const grouped = table.groups.flatMap((group, i) => [...group.subarray(0, table.groupCounts[i])]);
      expect(grouped.sort((a, b) => a - b)).toEqual([...present].sort((a, b) => a - b));
      for (let index = 0; index < 51; index += 1) expect(table.isPresent(index)).toBe(present.has(index));
    }), { seed: 20261121, numRuns: 200 });
  });
});
