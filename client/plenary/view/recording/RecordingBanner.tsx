import { mayAskFloor } from '../../../../shared/rules/plenary/rights.ts';
import { Button } from '../../../ui/components/Button.tsx';
import { t } from '../../../ui/i18n.ts';
import { useSession } from '../context.ts';

/** That the session is recorded. Who may speak is asked first: until they agree, their microphone stays closed, and they hear, read and vote as before. */
export function RecordingBanner() {
  const { plenary, state, me } = useSession();
  const { consent } = plenary.store;
  const since = state.meeting.recordingSince;
  if (since === null) return null;
  const answered = consent.value?.since === since ? consent.value : null;
  const speaks = mayAskFloor(state, me) || me.role === 'interpreter';
  const asks = speaks && answered?.agreed !== true;
  return (
    <div class="bar bar--bad" role={asks ? 'alert' : undefined}>
      <span class="recording__dot" aria-hidden="true" />
      <p>{t(asks ? (answered === null ? 'plenary.recording.ask' : 'plenary.recording.refused') : 'plenary.recording.notice')}</p>
      {asks && (
        <div class="button-row">
          <Button size="small" tone="primary" onClick={() => { consent.value = { since, agreed: true }; }}>{t('plenary.recording.agree')}</Button>
          {answered === null && <Button size="small" onClick={() => { consent.value = { since, agreed: false }; }}>{t('plenary.recording.refuse')}</Button>}
        </div>
      )}
    </div>
  );
}
