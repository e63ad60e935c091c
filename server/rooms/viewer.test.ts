import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { testIdentity } from '../../tests/support/venue.ts';
import { newPerson } from './person.ts';
import { PoseTable } from './pose-table.ts';
import { MIDDLE_PEOPLE, NEAR_PEOPLE, Ranking, Viewer } from './viewer.ts';

const CAPACITY = 400;
const metres = fc.double({ min: -40, max: 40, noNaN: true });
const people = fc.uniqueArray(fc.record({ index: fc.nat(CAPACITY - 1), x: metres, z: metres, hidden: fc.boolean() }), { selector: ({ index }) => index, minLength: 2, maxLength: 300 });

describe('ranking', () => {
  it('finds the same nearest people as sorting all of them', () => {
    fc.assert(fc.property(people, (crowd) => {
      const table = new PoseTable(CAPACITY);
      for (const { index, x, z } of crowd) table.add({ ...newPerson(testIdentity(`p${index}`), index, 0), footing: { x, y: 0, z, polygon: 0 } });
      const [self] = crowd as [(typeof crowd)[0]];
      const viewer = new Viewer(self.index, CAPACITY);
      for (const { index, hidden } of crowd) viewer.setHidden(index, hidden);
      new Ranking(table, CAPACITY).rank(viewer);

      const distance = (index: number): number => Math.hypot((table.x[index] as number) - (table.x[self.index] as number), (table.z[index] as number) - (table.z[self.index] as number));
      const sorted = crowd.filter(({ index, hidden }) => index !== self.index && !hidden).map(({ index }) => distance(index)).sort((a, b) => a - b);
      const ranked = [...viewer.order.subarray(0, viewer.ranked)].map(distance);
      expect(viewer.near).toBe(Math.min(NEAR_PEOPLE, sorted.length));
      expect(viewer.ranked).toBe(Math.min(NEAR_PEOPLE + MIDDLE_PEOPLE, sorted.length));
      expect(ranked.slice(0, viewer.near).sort((a, b) => a - b)).toEqual(sorted.slice(0, viewer.near));
      expect(ranked.slice(viewer.near).sort((a, b) => a - b)).toEqual(sorted.slice(viewer.near, viewer.ranked));
    }), { seed: 20261121, numRuns: 200 });
  });

  it('keeps track of who is present as people come and go', () => {
    fc.assert(fc.property(fc.array(fc.record({ index: fc.nat(50), add: fc.boolean() }), { maxLength: 200 }), (steps) => {
      const table = new PoseTable(51);
      const present = new Set<number>();
      for (const { index, add } of steps) {
        if (add && !present.has(index)) table.add(newPerson(testIdentity(`p${index}`), index, 0));
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
