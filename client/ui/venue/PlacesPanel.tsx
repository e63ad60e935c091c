import type { Link, Place } from '../../../shared/scene/layout.ts';
import { store } from '../../app/store.ts';
import { Button } from '../components/Button.tsx';
import { GroupTitle } from '../components/GroupTitle.tsx';
import type { HeadingLevel } from '../components/GroupTitle.tsx';
import { useActions } from '../deps.ts';
import { shownLanguage, t } from '../i18n.ts';
import { Icon } from '../icons.tsx';
import { localeOf } from '../format.ts';
import { linkText, sceneName, sceneText } from '../names.ts';
import { SightList } from '../sights/SightList.tsx';
import { Panel } from './Panel.tsx';

interface PlaceGroup {
  readonly space: string | null;
  readonly places: readonly Place[];
}

/** Places by acoustic space, in the order of the scene's author; those of no space last. */
export function groupPlaces(places: readonly Place[]): readonly PlaceGroup[] {
  const groups = new Map<string | null, Place[]>();
  for (const place of places) {
    const group = groups.get(place.space);
    if (group === undefined) groups.set(place.space, [place]);
    else group.push(place);
  }
  const ordered = [...groups].map(([space, members]) => ({ space, places: members }));
  return [...ordered.filter((group) => group.space !== null), ...ordered.filter((group) => group.space === null)];
}

function peopleIn(space: string | null): number {
  return store.nearby.value.filter((near) => near.space === space).length;
}

function PlaceRow({ place }: { readonly place: Place }) {
  const actions = useActions();
  const name = sceneText(place.id);
  const here = store.where.value.place === place.id;
  const { scene, spaces } = store.closedSpaces.value;
  const closed = scene === store.scene.value?.id && place.space !== null && spaces.includes(place.space);
  return (
    <li class={`place ${here ? 'place--here' : ''}`}>
      <span class="place__name">
        <Icon name="pin" />
        <span class="place__text">
          <span>{name}</span>
          {closed && <span class="field__hint">{t('reason.ROOM_BOOKED')}</span>}
        </span>
        {here && <span class="tag tag--here">{t('places.here')}</span>}
      </span>
      <span class="button-row">
        <Button size="small" icon="walk" label={t('action.walkTo', { name })} onClick={() => { actions.walkToPlace(place.id); }}>{t('action.walk')}</Button>
        <Button size="small" icon="jump" label={t('action.jumpTo', { name })} onClick={() => { actions.jumpToPlace(place.id); }}>{t('action.jump')}</Button>
      </span>
    </li>
  );
}

function LinkRow({ link }: { readonly link: Link }) {
  const actions = useActions();
  const name = linkText(link.id);
  return (
    <li class="place">
      <span class="place__name"><Icon name="leave" /><span>{name}</span></span>
      <span class="button-row">
        <Button size="small" icon="walk" label={t('action.walkTo', { name })} onClick={() => { actions.walkToLink(link.id); }}>{t('action.walk')}</Button>
        <Button size="small" icon="jump" label={t('action.jumpTo', { name })} onClick={() => { actions.goThrough(link.id); }}>{t('action.jump')}</Button>
      </span>
    </li>
  );
}

function SceneRow({ id }: { readonly id: string }) {
  const actions = useActions();
  const name = sceneName(id);
  return (
    <li class="place">
      <span class="place__name"><Icon name="globe" /><span>{name}</span></span>
      <Button size="small" icon="jump" label={t('action.jumpTo', { name })} onClick={() => { actions.goToScene(id); }}>{t('action.jump')}</Button>
    </li>
  );
}

/** The ways into other scenes, and the scenes to which no way leads from here. */
function WaysOut({ level }: { readonly level: HeadingLevel }) {
  const shown = store.scenes.value;
  const links = (store.scene.value?.layout.links ?? []).filter((link) => shown.some(({ id }) => id === link.to));
  const others = shown.filter(({ id }) => id !== store.here.value && !links.some((link) => link.to === id));
  return (
    <>
      {links.length > 0 && (
        <section class="place-group">
          <GroupTitle level={level}>{t('scenes.waysOut')}</GroupTitle>
          <ul class="plain-list">{links.map((link) => <LinkRow key={link.id} link={link} />)}</ul>
        </section>
      )}
      {others.length > 0 && (
        <section class="place-group">
          <GroupTitle level={level}>{t('scenes.others')}</GroupTitle>
          <ul class="plain-list">{others.map(({ id }) => <SceneRow key={id} id={id} />)}</ul>
        </section>
      )}
    </>
  );
}

/** Everywhere one can go by name. `level`: of the headings of the spaces. */
export function PlacesList({ level }: { readonly level: HeadingLevel }) {
  const scene = store.scene.value;
  if (scene === null) return <p class="empty">{t('common.loading')}</p>;
  const collator = new Intl.Collator(localeOf(shownLanguage.value), { numeric: true });
  return (
    <>
      {groupPlaces(scene.layout.places).map(({ space, places }) => (
        <section key={space ?? ''} class="place-group">
          <GroupTitle level={level}>
            {space === null ? t('where.open') : sceneText(space)}
            {peopleIn(space) > 0 && <span class="group-title__count">{t('places.people', { count: peopleIn(space) })}</span>}
          </GroupTitle>
          <ul class="plain-list">
            {[...places].sort((a, b) => collator.compare(sceneText(a.id), sceneText(b.id))).map((place) => <PlaceRow key={place.id} place={place} />)}
          </ul>
        </section>
      ))}
      <WaysOut level={level} />
    </>
  );
}

export function PlacesPanel() {
  return <Panel name="places" title={t('places.title')}><p class="field__hint">{t('places.hint')}</p><PlacesList level={3} /><SightList level={3} /></Panel>;
}
