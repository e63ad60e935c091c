import { store, tour } from '../../app/store.ts';
import { formatDistance } from '../format.ts';
import { shownLanguage, t } from '../i18n.ts';
import { personName, sceneName } from '../names.ts';
import { sightName } from '../sights/texts.ts';

/** What the guide points at, in a sentence; empty if at nothing. */
export function aimText(): string {
  const aim = store.aim.value;
  if (aim === null) return '';
  const mine = aim.by === store.myId.value;
  const name = personName(aim.by);
  if (aim.sight !== null) {
    const sight = sightName(aim.sight);
    return mine ? t('tour.mineAimSight', { sight }) : t('tour.aimSight', { name, sight });
  }
  const position = t('people.position', { distance: formatDistance(aim.distance, shownLanguage.value), clock: aim.clock });
  return mine ? t('tour.mineAimSpot', { position }) : t('tour.aimSpot', { name, position });
}

/** Whose tour I am on, or how many are on mine; empty if on none. */
export function tourTitle(): string {
  const now = tour.value;
  if (now === null) return '';
  if (!now.mine) return t('tour.with', { name: personName(now.guide) });
  return now.members.length === 0 ? t('tour.mineEmpty') : t('tour.mine', { count: now.members.length });
}

/** How a member is with the guide. */
export function followText(): string {
  const guide = store.people.value.get(tour.value?.guide ?? '');
  if (guide === undefined) return '';
  if (guide.away) return t('tour.paused');
  if (guide.scene !== store.here.value) return t('tour.elsewhere', { scene: sceneName(guide.scene) });
  return store.following.value ? t('tour.following') : t('tour.onMyOwn');
}
