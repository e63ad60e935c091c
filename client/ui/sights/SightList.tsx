import type { Sight } from '../../app/contracts.ts';
import { store } from '../../app/store.ts';
import { Button } from '../components/Button.tsx';
import { GroupTitle } from '../components/GroupTitle.tsx';
import type { HeadingLevel } from '../components/GroupTitle.tsx';
import { useActions } from '../deps.ts';
import { t } from '../i18n.ts';
import { Icon } from '../icons.tsx';
import { SIGHT_ICONS, sightName, sightsOf } from './texts.ts';

function SightRow({ sight }: { readonly sight: Sight }) {
  const actions = useActions();
  const name = sightName(sight);
  const near = store.sightNearby.value;
  const here = near?.kind === sight.kind && near.id === sight.id;
  const action = t(`sight.open.${sight.kind}`);
  return (
    <li class={`place ${here ? 'place--here' : ''}`}>
      <span class="place__name">
        <Icon name={SIGHT_ICONS[sight.kind]} />
        <span>{name}</span>
        {here && <span class="tag tag--here">{t('places.here')}</span>}
      </span>
      <span class="button-row">
        <Button size="small" icon={SIGHT_ICONS[sight.kind]} label={t('sight.openNamed', { action, name })} onClick={() => { actions.visit(sight); }}>{action}</Button>
        <Button size="small" icon="walk" label={t('action.walkTo', { name })} onClick={() => { actions.walkToSight(sight); }}>{t('action.walk')}</Button>
      </span>
    </li>
  );
}

/** Everything that there is to see and do in the scene; nothing where there is nothing. `level`: of the heading. */
export function SightList({ level }: { readonly level: HeadingLevel }) {
  const scene = store.scene.value;
  const sights = scene === null ? [] : sightsOf(scene.layout);
  if (sights.length === 0) return null;
  return (
    <section class="place-group">
      <GroupTitle level={level}>{t('sights.title')}</GroupTitle>
      <p class="field__hint">{t('sights.hint')}</p>
      <ul class="plain-list">{sights.map((sight) => <SightRow key={`${sight.kind} ${sight.id}`} sight={sight} />)}</ul>
    </section>
  );
}
