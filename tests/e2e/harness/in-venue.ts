import { store } from '../../../client/app/store.ts';
import { ABROAD, CHAT, ME, NEARBY, PEOPLE, SCENE, SCENES, SESSION } from './fixtures.ts';

/** In the lounge, among people, in public, heard by four. `hearers`: who they are, or null while nobody looks. */
export function beInVenue(hearers: readonly string[] | null): void {
  store.session.value = SESSION;
  store.scene.value = SCENE;
  store.here.value = SCENE.id;
  store.scenes.value = SCENES;
  store.myId.value = ME.id;
  store.people.value = new Map([...PEOPLE, ME, ABROAD].map((person) => [person.id, person]));
  store.nearby.value = NEARBY;
  store.where.value = { space: 'lounge', place: 'coffee' };
  store.hearers.value = { count: 4, ids: hearers };
  store.mic.value = { state: 'live', level: 0.2, problem: null };
  store.chat.value = CHAT;
}
