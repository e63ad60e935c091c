import { computed } from '@preact/signals';
import { attendingComes } from '../../app/plenary/actions.ts';
import { settings } from '../../app/settings.ts';
import { store } from '../../app/store.ts';
import { Button } from '../components/Button.tsx';
import { Prompt } from '../components/Prompt.tsx';
import { useActions } from '../deps.ts';
import { t } from '../i18n.ts';
import { createPart } from '../part.tsx';

const part = createPart(() => import('../../plenary/hall/index.ts'));

/** The session that is open now and that I am asked to. */
export const offeredSession = computed(() => (store.attending.value !== null ? undefined
  : store.sessions.value.find(({ id, status }) => (status === 'open' || status === 'suspended') && !store.declinedSessions.value.has(id))));

/** A session that one attends is shown in the manner of a videoconference, in place of everything else. */
export const coversVenue = computed(() => store.attending.value?.view === 'standard');

/** Offers the session that has been opened, in either view. Nothing waits for the answer. */
export function PlenaryQuestion() {
  const actions = useActions();
  const session = offeredSession.value;
  if (session === undefined) return null;
  const busy = attendingComes.value;
  return (
    <Prompt icon="gavel" question={t('plenary.hall.ask', { title: session.title })} hint={t('plenary.hall.askHint')}>
      <Button tone="primary" busy={busy} onClick={() => { actions.attendSession(session, 'standard'); }}>{t('plenary.hall.standard')}</Button>
      {!settings.value.textOnly && <Button disabled={busy} onClick={() => { actions.attendSession(session, 'hall'); }}>{t('plenary.hall.here')}</Button>}
      <Button disabled={busy} onClick={() => { actions.declineSession(session.id); }}>{t('plenary.hall.notNow')}</Button>
    </Prompt>
  );
}

/** Nameplate, microphone and channel of the session that I attend from the hall. */
export function PlenaryBar() {
  const attending = store.attending.value;
  const shown = attending?.view === 'hall';
  const loaded = part.use(shown);
  return shown ? (loaded === null ? <part.Missing /> : <loaded.HallBar />) : null;
}

/** The standard view, over the hall. */
export function PlenaryOver() {
  const attending = store.attending.value;
  const shown = attending?.view === 'standard';
  const loaded = part.use(shown);
  return shown ? (loaded === null ? <part.Missing /> : <loaded.Over attending={attending} />) : null;
}
