import { store } from '../../app/store.ts';
import { settings } from '../../app/settings.ts';
import { Button } from '../components/Button.tsx';
import { useActions } from '../deps.ts';
import { Progress } from '../entry/WaitingPage.tsx';
import { t } from '../i18n.ts';
import { Icon } from '../icons.tsx';

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
  const { state, problem } = store.mic.value;
  if (state === 'live') return null;
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

/** Progress of the 3D view, which needs not be awaited: everything else works already. */
export function WorldLoading() {
  const world = store.world.value;
  if (world.kind !== 'loading' || settings.value.textOnly) return null;
  return (
    <section class="world-loading" aria-label={t('canvas.region')}>
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
