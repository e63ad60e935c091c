import { useState } from 'preact/hooks';
import { store } from '../../app/store.ts';
import { canShowScreen, screenStarting, screenStatus } from '../../app/talks/screen-status.ts';
import { sealStatus } from '../../app/talks/seal-status.ts';
import { Button } from '../components/Button.tsx';
import { Question } from '../components/Question.tsx';
import { useActions } from '../deps.ts';
import { t } from '../i18n.ts';
import { personName } from '../names.ts';
import { isScreenClosed, reopenScreen } from './ScreenView.tsx';

/** Shows my screen to the talk, or no more. Taking over from somebody else is asked first. */
export function ScreenButton() {
  const actions = useActions();
  const [asking, setAsking] = useState(false);
  const { share, by } = screenStatus.value;
  const isMine = by !== '' && by === store.myId.value;
  if (isMine) return <Button icon="screen" onClick={() => { actions.stopScreen(); }}>{t('talk.screen.stop')}</Button>;
  const name = personName(by);
  return (
    <>
      {share > 0 && isScreenClosed() && <Button icon="screen" onClick={reopenScreen}>{t('talk.screen.open')}</Button>}
      <Button
        icon="screen"
        busy={screenStarting.value}
        disabled={!canShowScreen() || screenStarting.value}
        onClick={() => {
          if (share > 0) setAsking(true);
          else actions.showScreen(false);
        }}
      >
        {t('talk.screen.show')}
      </Button>
      {asking && (
        <Question title={t('talk.screen.takeOver')} confirm={t('talk.screen.show')} act={() => { actions.showScreen(true); }} onClose={() => { setAsking(false); }}>
          <p>{t('talk.screen.takeOverText', { name })}</p>
        </Question>
      )}
    </>
  );
}

/** What one should know before: who sees it, and what this device cannot. */
export function ScreenHint() {
  if (!canShowScreen()) return <p class="field__hint">{t('talk.screen.cannot')}</p>;
  return <p class="field__hint">{t('talk.screen.hint')}{sealStatus.value?.state === 'sealed' && ` ${t('talk.screen.unsealed')}`}</p>;
}
