import type { RoomRef } from '../../../shared/protocol/bookings.ts';
import { shownLanguage, t } from '../i18n.ts';
import { sceneName, sceneText } from '../names.ts';
import { store } from '../../app/store.ts';
import { facts } from './desk.ts';

/** Where a meeting is: the room, and the scene if it is another one than that where one is. */
export function roomName(room: RoomRef | null): string {
  if (room === null) return t('meetings.virtual');
  const known = facts.value?.rooms.find(({ scene, space }) => scene === room.scene && space === room.space);
  const here = room.scene === store.scene.value?.id;
  const name = known?.names[shownLanguage.value] ?? (here ? sceneText(room.space) : '');
  const scene = known?.sceneNames[shownLanguage.value] ?? sceneName(room.scene);
  if (name === '') return scene;
  return here ? name : `${name}, ${scene}`;
}
