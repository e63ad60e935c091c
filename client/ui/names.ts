import { store } from '../app/store.ts';
import { shownLanguage, t } from './i18n.ts';

/** Name of a space, a place or the scene itself (`scene`) in the shown language; its id where the author named it not. */
export function sceneText(id: string): string {
  return store.scene.value?.venue.names[id]?.[shownLanguage.value] ?? id;
}

/** Where I am, from the place or else the acoustic space. */
export function whereText(): string {
  const { space, place } = store.where.value;
  if (space !== null) return sceneText(space);
  if (place !== null) return sceneText(place);
  return t('where.open');
}

/** A person's name by public id; people who just left are spoken of in general. */
export function personName(id: string): string {
  return store.people.value.get(id)?.name ?? store.names.get(id) ?? t('people.someone');
}

/** To how many my voice goes, in a few words. */
export function hearersText(count: number): string {
  return count === 0 ? t('hearers.pillNobody') : t('hearers.pill', { count });
}

/** What a scene of the venue is called; its id where it is not shown any more. */
export function sceneName(id: string): string {
  return store.scenes.value.find((scene) => scene.id === id)?.names[shownLanguage.value] ?? id;
}

/** Where a link of the scene leads to. */
export function linkText(id: string): string {
  const link = store.scene.value?.layout.links.find((each) => each.id === id);
  return link === undefined ? id : sceneName(link.to);
}
