import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { PersonInfo } from '../../../shared/protocol/people.ts';
import type { NearbyPerson } from '../../app/contracts.ts';
import { store } from '../../app/store.ts';
import { canWhisperTo } from './WhisperButton.tsx';

const person = (id: string, change: Partial<PersonInfo> = {}): PersonInfo => ({ id, away: false, talk: '', ...change }) as PersonInfo;
const near = (of: PersonInfo, distance: number, space = 'lounge'): NearbyPerson => ({ person: of, distance, space }) as NearbyPerson;

beforeEach(() => {
  const people = [person('ann'), person('gone', { away: true }), person('far'), person('next-door'), person('talking', { talk: 't1' })];
  store.people.value = new Map(people.map((each) => [each.id, each]));
  store.where.value = { space: 'lounge', place: null };
  store.nearby.value = people.map((each) => near(each, each.id === 'far' ? 4 : 1, each.id === 'next-door' ? 'hall' : 'lounge'));
});
afterEach(() => {
  store.people.value = new Map();
  store.nearby.value = [];
  store.talk.value = null;
});

describe('who can be whispered to', () => {
  it('stands beside me and hears me: not whose line is down, who is far, behind a wall, or in a talk of their own', () => {
    expect(['ann', 'gone', 'far', 'next-door', 'talking', 'nobody'].filter(canWhisperTo)).toEqual(['ann']);
  });

  it('in a talk is any member with a line, and nobody outside', () => {
    store.talk.value = { id: 't1', members: [{ id: 'far', hand: 0 }, { id: 'gone', hand: 0 }] } as unknown as NonNullable<typeof store.talk.value>;
    expect(['ann', 'gone', 'far'].filter(canWhisperTo)).toEqual(['far']);
  });
});
