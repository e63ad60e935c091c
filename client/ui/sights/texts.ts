import type { Language } from '../../../shared/protocol/vocabulary.ts';
import type { Layout } from '../../../shared/scene/layout.ts';
import type { Sight, Sponsor } from '../../app/contracts.ts';
import { store } from '../../app/store.ts';
import { shownLanguage, t } from '../i18n.ts';
import type { IconName } from '../icons.tsx';

type Texts = Readonly<Record<Language, string>>;

/** The text of the shown language. */
export function inShownLanguage(texts: string | Texts): string {
  return typeof texts === 'string' ? texts : texts[shownLanguage.value];
}

/** Who has a booth, or undefined. */
export function sponsorAt(booth: string): Sponsor | undefined {
  return store.sponsors.value.find((each) => each.booth === booth);
}

/** Name of a sight in the shown language; its id where the author named it not. */
export function sightName({ kind, id }: Sight): string {
  const venue = store.scene.value?.venue;
  const named = venue?.names[id];
  if (kind === 'booth') {
    const sponsor = sponsorAt(id);
    if (sponsor !== undefined) return inShownLanguage(sponsor.name);
    return named === undefined ? t('booth.title') : inShownLanguage(named);
  }
  const texts = { exhibit: venue?.exhibits, panorama: venue?.panoramas, activity: venue?.activities }[kind]?.[id]?.title ?? named;
  return texts === undefined ? id : inShownLanguage(texts);
}

export const SIGHT_ICONS: Readonly<Record<Sight['kind'], IconName>> = { exhibit: 'exhibit', panorama: 'sphere', activity: 'tiles', booth: 'booth' };

/** Everything to see in a scene, by kind, in the order of its author. */
export function sightsOf({ exhibits, panoramas, activities, booths }: Layout): readonly Sight[] {
  const of = (kind: Sight['kind'], list: readonly { readonly id: string }[]): Sight[] => list.map(({ id }) => ({ kind, id }));
  return [...of('exhibit', exhibits), ...of('panorama', panoramas), ...of('activity', activities), ...of('booth', booths)];
}
