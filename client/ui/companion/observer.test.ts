import { describe, expect, it } from 'vitest';
import type { NearbyPerson } from '../../app/contracts.ts';
import type { PersonInfo } from '../../../shared/protocol/people.ts';
import { PAUSE_MS, SILENCE_MS, SurroundingsObserver } from './observer.ts';

function near(id: string, distance: number, voice: { speaking?: boolean; heard?: boolean } = {}): NearbyPerson {
  const person: PersonInfo = {
    id, index: 0, name: id.toUpperCase(), entity: 'E', entityType: 'organisation', country: '', role: 'delegate',
    appearance: { id: 'a', skin: 0, hair: 0, garment1: 0, garment2: 0 }, mic: 'live', deafened: false, scene: 'geneva', guide: '', talk: '', doNotDisturb: false, seat: '', away: false,
  };
  return { person, distance, clock: 12, speaking: voice.speaking ?? false, heard: voice.heard ?? false, space: null };
}

function started(people: readonly NearbyPerson[] = []): SurroundingsObserver {
  const observer = new SurroundingsObserver();
  observer.observe(0, people);
  return observer;
}

describe('SurroundingsObserver', () => {
  it('says nothing of those who are there at first', () => {
    expect(new SurroundingsObserver().observe(0, [near('ana', 1, { speaking: true, heard: true })])).toEqual([]);
  });

  it('tells once of somebody who comes within three metres, and again only after they went away', () => {
    const observer = started([near('ana', 8)]);
    expect(observer.observe(10_000, [near('ana', 2.9)])).toEqual([{ kind: 'near', names: ['ANA'] }]);
    expect(observer.observe(20_000, [near('ana', 3.4)])).toEqual([]);
    expect(observer.observe(30_000, [near('ana', 2.9)])).toEqual([]);
    expect(observer.observe(40_000, [near('ana', 5)])).toEqual([]);
    expect(observer.observe(50_000, [near('ana', 2)])).toEqual([{ kind: 'near', names: ['ANA'] }]);
  });

  it('sums up a crowd that arrives within the pause', () => {
    const observer = started();
    expect(observer.observe(10_000, [near('ana', 2)])).toHaveLength(1);
    expect(observer.observe(10_500, [near('ana', 2), near('bo', 2)])).toEqual([]);
    expect(observer.observe(11_000, [near('ana', 2), near('bo', 2), near('cy', 1)])).toEqual([]);
    expect(observer.observe(10_000 + PAUSE_MS, [near('ana', 2), near('bo', 2), near('cy', 1)])).toEqual([{ kind: 'near', names: ['BO', 'CY'] }]);
  });

  it('does not tell of somebody who has gone again before their turn', () => {
    const observer = started();
    observer.observe(10_000, [near('ana', 2)]);
    observer.observe(10_500, [near('ana', 2), near('bo', 2)]);
    observer.observe(11_000, [near('ana', 2)]);
    expect(observer.observe(20_000, [near('ana', 2)])).toEqual([]);
  });

  it('tells who starts to speak, not who pauses for breath, and never whom one cannot hear', () => {
    const speaking = { speaking: true, heard: true };
    const observer = started([near('ana', 5), near('bo', 9)]);
    expect(observer.observe(10_000, [near('ana', 5, speaking), near('bo', 9, { speaking: true })])).toEqual([{ kind: 'speaking', names: ['ANA'] }]);
    expect(observer.observe(15_000, [near('ana', 5)])).toEqual([]);
    expect(observer.observe(20_000, [near('ana', 5, speaking)])).toEqual([]);
    expect(observer.observe(20_001 + SILENCE_MS, [near('ana', 5, speaking)])).toEqual([{ kind: 'speaking', names: ['ANA'] }]);
  });
});
