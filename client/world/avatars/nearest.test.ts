import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { markNearest, markTracked, type Candidate } from './nearest.ts';

const run = { seed: 20261121, numRuns: 300 };
const scratch = (): { scores: Float64Array; chosen: number[] } => ({ scores: new Float64Array(64), chosen: [] });

function candidate(distance: number, more: Partial<{ visible: boolean; speaking: boolean; wantsLive: boolean; body: object | null }> = {}): Candidate {
  return { visible: more.visible ?? true, distance, wantsLive: more.wantsLive ?? false, headless: false, tracks: false, pose: { speaking: more.speaking ?? false, body: more.body ?? null } };
}

describe('the choice of live avatars', () => {
  it('takes the nearest that are visible', () => {
    const distances = fc.array(fc.record({ distance: fc.double({ min: 0, max: 50, noNaN: true }), visible: fc.boolean() }), { maxLength: 120 });
    fc.assert(fc.property(distances, fc.integer({ min: 0, max: 20 }), (given, limit) => {
      const people = given.map(({ distance, visible }) => candidate(distance, { visible }));
      markNearest(people, limit, scratch());
      const visible = people.filter((person) => person.visible);
      const live = people.filter((person) => person.wantsLive);
      expect(live.length).toBe(Math.min(limit, visible.length));
      const farthest = Math.max(-1, ...live.map((person) => person.distance));
      for (const other of visible) if (!other.wantsLive) expect(other.distance).toBeGreaterThanOrEqual(farthest);
      expect(live.every((person) => person.visible)).toBe(true);
    }), run);
  });

  it('prefers who speaks, and keeps who is live until somebody is clearly nearer', () => {
    const speaker = candidate(6, { speaking: true });
    const people = [candidate(5), candidate(5.5), speaker];
    markNearest(people, 1, scratch());
    expect(speaker.wantsLive).toBe(true);
    const live = candidate(5.4, { wantsLive: true });
    const rival = candidate(5);
    markNearest([live, rival], 1, scratch());
    expect([live.wantsLive, rival.wantsLive]).toEqual([true, false]);
    const nearer = candidate(3);
    markNearest([live, nearer], 1, scratch());
    expect([live.wantsLive, nearer.wantsLive]).toEqual([false, true]);
  });
});

describe('people in a headset', () => {
  const body = {};

  it('come first, and oneself without a head before all', () => {
    const worn = candidate(6, { body });
    const own = { ...candidate(90), headless: true };
    const people = [candidate(4), worn, candidate(3.5), own];
    markNearest(people, 2, scratch());
    expect(people.map((person) => person.wantsLive)).toEqual([false, true, false, true]);
  });

  it('are bent by inverse kinematics only the nearest, and only with a skeleton of their own', () => {
    const people = fc.array(fc.record({ distance: fc.double({ min: 0, max: 50, noNaN: true }), worn: fc.boolean(), wantsLive: fc.boolean() }), { maxLength: 60 });
    fc.assert(fc.property(people, fc.integer({ min: 1, max: 15 }), (given, limit) => {
      const all = given.map(({ distance, worn, wantsLive }) => candidate(distance, { wantsLive, body: worn ? body : null }));
      markTracked(all, limit, scratch());
      const could = all.filter((person) => person.wantsLive && person.pose.body !== null);
      const bent = all.filter((person) => person.tracks);
      expect(bent.every((person) => could.includes(person))).toBe(true);
      expect(bent.length).toBe(Math.min(limit, could.length));
      const farthest = Math.max(-1, ...bent.map((person) => person.distance));
      for (const other of could) if (!other.tracks) expect(other.distance).toBeGreaterThanOrEqual(farthest);
    }), run);
  });
});
