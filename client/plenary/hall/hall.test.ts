import { describe, expect, it } from 'vitest';
import { merge } from '../../../shared/protocol/plenary/state.ts';
import type { Speaker, Turn } from '../../../shared/protocol/plenary/state.ts';
import { newSession } from '../../../shared/rules/plenary/initial.ts';
import { SlowFrames } from './device.ts';
import { hallSigns } from './signs.ts';

const kenya: Speaker = { person: 'grace', name: 'Grace Otieno', entity: 'Kenya', entityType: 'member-state', country: 'ke', role: 'delegate' };
const turn: Turn = {
  speaker: kenya, cause: 'list', capacity: 'delegation', onBehalfOf: '', motion: null, record: '', language: 'en', startedAt: 0, allottedMs: 1, usedMs: 0, runningSince: 0,
};
const state = newSession({ title: 'Plenary', kind: 'plenary' });

describe('the signs of the hall', () => {
  it('name who speaks and in whose name', () => {
    expect(hallSigns(state, 'Plenary')).toMatchObject({ title: 'Plenary', speaking: '' });
    expect(hallSigns(merge(state, { floor: { ...state.floor, turn } }), 'Plenary')).toMatchObject({ title: 'Kenya', text: 'Grace Otieno · Plenary', speaking: 'Kenya' });
    const group = { ...turn, capacity: 'group' as const, onBehalfOf: 'African Group' };
    expect(hallSigns(merge(state, { floor: { ...state.floor, turn: group } }), 'Plenary')?.title).toBe('Kenya (African Group)');
  });

  it('tell whose nameplate is raised, for the list or a point of order', () => {
    const entry = { id: '1', speaker: kenya, kind: 'list' as const, capacity: 'delegation' as const, onBehalfOf: '', askedAt: 0 };
    const motion = { id: '2', kind: 'pointOfOrder' as const, speaker: { ...kenya, entity: 'Fiji' }, text: '', raisedAt: 0, heard: false };
    expect([...hallSigns(merge(state, { list: { open: true, entries: [entry] }, motions: [motion] }), 'Plenary')?.raised ?? []]).toEqual(['Kenya', 'Fiji']);
  });
});

describe('a device that cannot hold the 3D view', () => {
  it('is known by frames that stay slow, and not by a hitch or a pause', () => {
    const frames = new SlowFrames();
    const looks = (rates: readonly (number | null)[]): boolean => rates.map((rate) => frames.look(rate)).some(Boolean);
    expect(looks([3, 3, 3, 3, 20, 3, 3, 3, 3])).toBe(false);
    expect(looks([20, 3, 3, null, 3, 3, 3])).toBe(false);
    expect(looks([20, 3, 3, 3, 3, 3])).toBe(true);
  });
});
