import { afterEach, describe, expect, it } from 'vitest';
import type { PersonInfo } from '../../shared/protocol/people.ts';
import type { TalkState } from '../../shared/protocol/talks.ts';
import { NAMELESS_TALK } from '../../shared/protocol/vocabulary.ts';
import type { SceneFiles } from './contracts.ts';
import { closedRooms, peopleHere, store } from './store.ts';

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

describe('rooms that are closed to me', () => {
  const outline = [[0, 0], [4, 0], [4, 4]];
  const layout = { spaces: [{ id: 'arve', outline, bottom: -0.7 }, { id: 'cave', outline, bottom: -3 }, { id: 'hall', outline, bottom: 0 }], places: [{ space: 'hall', position: [1, 9, 1] }], seats: [{ space: 'arve', position: [2, 0.1, 2] }] };

  afterEach(() => {
    store.scene.value = null;
    store.closedSpaces.value = { scene: '', spaces: [] };
  });

  it('have their outline and the height of their floor, and are those of the scene that I see', () => {
    store.closedSpaces.value = { scene: 'foyer', spaces: ['arve', 'cave'] };
    expect(closedRooms.value).toEqual([]);
    store.scene.value = { id: 'foyer', layout } as unknown as SceneFiles;
    expect(closedRooms.value).toEqual([{ outline, floor: 0.1 }, { outline, floor: -3 }]);
    store.scene.value = { id: 'garden', layout } as unknown as SceneFiles;
    expect(closedRooms.value).toEqual([]);
  });
});
