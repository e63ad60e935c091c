import { useEffect } from 'preact/hooks';
import { store, tour } from '../../app/store.ts';
import { directStatus } from '../../app/talks/direct-status.ts';
import { EntityLine, Portrait } from '../components/Identity.tsx';
import { useActions } from '../deps.ts';
import { t } from '../i18n.ts';
import { personName } from '../names.ts';
import { micState } from '../state.ts';
import { Panel } from './Panel.tsx';

function Hearer({ id }: { readonly id: string }) {
  const person = store.people.value.get(id);
  return (
    <li class="hearer">
      <Portrait key={person?.appearance.id} appearance={person?.appearance.id ?? null} name={personName(id)} />
      <span class="person__text">
        <span class="person__name"><bdi>{personName(id)}</bdi></span>
        {person !== undefined && <EntityLine person={person} />}
      </span>
    </li>
  );
}

function summary(count: number): string {
  const state = micState.value;
  if (state === 'off') return t('hearers.noMicrophone');
  if (state === 'muted') return t('hearers.muted');
  return count === 0 ? t('hearers.nobody') : t('hearers.text', { count });
}

/** The names of those to whom my voice is being sent, watched while the panel is open. */
export function HearersPanel() {
  const actions = useActions();
  useEffect(() => {
    actions.watchHearers(true);
    return () => { actions.watchHearers(false); };
  }, []);
  const { count, ids } = store.hearers.value;
  return (
    <Panel name="hearers" title={t('hearers.title')} reading>
      <p class="lead-small">{summary(count)}</p>
      {count > 0 && ids === null && <p class="empty">{t('common.loading')}</p>}
      <ul class="plain-list">{(ids ?? []).map((id) => <Hearer key={id} id={id} />)}</ul>
      {tour.value?.mine === true && <p class="field__hint">{t('tour.carry')}</p>}
      <p class="field__hint">{t(directStatus.value?.state === 'direct' ? 'talk.direct.hearers' : 'hearers.how')}</p>
    </Panel>
  );
}
