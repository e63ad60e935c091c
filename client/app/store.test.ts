import { afterEach, describe, expect, it } from 'vitest';
import type { PersonInfo } from '../../shared/protocol/people.ts';
import type { TalkState } from '../../shared/protocol/talks.ts';
import { NAMELESS_TALK } from '../../shared/protocol/vocabulary.ts';
import { peopleHere, store } from './store.ts';

const person = (id: string, change: Partial<PersonInfo>): [string, PersonInfo] => [id, { id, scene: 'foyer', talk: '', ...change } as PersonInfo];
const members = (...ids: string[]): TalkState => ({ id: 't1', members: ids.map((id) => ({ id, hand: 0 })) }) as unknown as TalkState;

afterEach(() => {
  store.people.value = new Map();
  store.talk.value = null;
});

describe('who is here', () => {
  it('are those in the scene, but for a talk that shows nobody; its members see each other', () => {
    store.myId.value = 'me';
    store.here.value = 'foyer';
    store.people.value = new Map([
      person('me', {}), person('ann', { talk: NAMELESS_TALK }), person('ben', { talk: 't2' }), person('cec', { scene: 'garden' }), person('dan', { talk: NAMELESS_TALK }),
    ]);
    expect([...peopleHere.value.keys()]).toEqual(['me', 'ben']);
    store.talk.value = members('me', 'ann');
    expect([...peopleHere.value.keys()]).toEqual(['me', 'ann', 'ben']);
  });
});
