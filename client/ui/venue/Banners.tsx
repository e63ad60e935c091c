import { store } from '../../app/store.ts';
import { settings } from '../../app/settings.ts';
import { Button } from '../components/Button.tsx';
import { useActions } from '../deps.ts';
import { Progress } from '../entry/WaitingPage.tsx';
import { t } from '../i18n.ts';
import { Icon } from '../icons.tsx';
import { micProblem, micState, showsTextAlone } from '../state.ts';
import { Direction } from './PersonRow.tsx';

/** The line is lost: since how many attempts, why, and a way to try at once. The place is being held meanwhile. */
export function ConnectionBanner() {
  const actions = useActions();
  const connection = store.connection.value;
  if (connection.kind === 'online') return null;
  return (
    <section class="banner banner--warning" aria-label={t('status.reconnecting')}>
      <Icon name="offline" />
      <div class="banner__text">
        <p class="banner__title">{t(`reconnect.${connection.why}`)}</p>
        <p>{t('reconnect.text', { attempt: connection.attempt })}</p>
      </div>
      <Button size="small" icon="refresh" onClick={() => { actions.reconnectNow(); }}>{t('reconnect.now')}</Button>
    </section>
  );
}

/** The microphone as others would have to tell one: off, or muted. Said where the eye is, with the remedy beside it. */
export function MicHint() {
  const actions = useActions();
  const state = micState.value;
  const problem = micProblem.value;
  // In a formal session the microphone is the session's, which says what it is.
  if (state === 'live' || store.attending.value !== null) return null;
  if (state === 'muted') {
    return (
      <p class="mic-hint">
        <Icon name="micOff" />
        <span>{t('mic.muted')}</span>
      </p>
    );
  }
  return (
    <div class="mic-hint">
      <Icon name="headphones" />
      <span>{problem === null ? t('mic.listenOnly') : t(`mic.problem.${problem}.title`)}</span>
      <Button size="small" tone="quiet" onClick={() => { actions.addMicrophone(); }}>{t('mic.add')}</Button>
    </div>
  );
}

/** More names than this would hide the view. */
const MOST_SPEAKERS = 3;

/**
 * Whose voices I hear now: they may be behind me, or I may not hear well. For the eye alone; the companion and its announcements tell
 * the same to screen readers, in their own time.
 */
export function SpeakingNow() {
  const speakers = store.nearby.value.filter((near) => near.speaking && near.heard).slice(0, MOST_SPEAKERS);
  if (speakers.length === 0 || showsTextAlone.value) return null;
  return (
    <ul class="speaking-now" aria-hidden="true">
      {speakers.map(({ person, clock }) => (
        <li key={person.id} class="speaking-now__person">
          <Icon name="speaking" />
          <bdi>{person.name}</bdi>
          <Direction clock={clock} />
        </li>
      ))}
    </ul>
  );
}

/** Progress of the 3D view, which needs not be awaited: everything else works already. */
export function WorldLoading() {
  const world = store.world.value;
  if (world.kind !== 'loading' || settings.value.textOnly || store.journey.value !== null) return null;
  return (
    <section class="world-loading" aria-label={t('common.loading')}>
      <p class="world-loading__text">{t('world.loading')}</p>
      <Progress fraction={world.fraction} label={t('world.loading')} />
    </section>
  );
}

/** Why the venue is shown as text. */
export function WorldNote() {
  const actions = useActions();
  const world = store.world.value;
  if (world.kind === 'failed') {
    return (
      <div class="note note--info">
        <Icon name="info" />
        <div class="note__body">
          <p class="note__title">{t(`world.failed.${world.why}.title`)}</p>
          <p>{t(`world.failed.${world.why}.text`)}</p>
        </div>
      </div>
    );
  }
  return (
    <div class="note note--info">
      <Icon name="text" />
      <div class="note__body">
        <p>{t('world.textOnly')}</p>
        <Button size="small" onClick={() => { actions.changeSettings({ textOnly: false }); }}>{t('world.show')}</Button>
      </div>
    </div>
  );
}
