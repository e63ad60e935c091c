import { Button } from '../../ui/components/Button.tsx';
import { t } from '../../ui/i18n.ts';
import { Icon } from '../../ui/icons.tsx';
import { handOverFor, usePlace } from './desk.ts';
import { askedText } from './observer.ts';

/** A hand-over that waits for an answer, mine or a colleague's. */
export function HandOverBar() {
  const place = usePlace();
  const { desk, manned } = place;
  const state = handOverFor(manned.handOver, place);
  if (state.kind === 'asked') {
    return (
      <div class="handover handover--asked">
        <Icon name="hand" />
        <p>{askedText(state)}</p>
        <div class="button-row">
          <Button tone="primary" size="large" icon="check" onClick={() => { void desk.press({ kind: 'answerHandOver', accept: true }); }}>{t(state.mine ? 'plenary.console.handOver.give' : 'plenary.console.handOver.take')}</Button>
          <Button size="large" onClick={() => { void desk.press({ kind: 'answerHandOver', accept: false }); }}>{t('plenary.console.handOver.decline')}</Button>
        </div>
      </div>
    );
  }
  if (state.kind !== 'waiting') return null;
  return (
    <div class="handover" role="status">
      <Icon name="clock" />
      <p>{t('plenary.console.handOver.waiting', { name: state.other.name })}</p>
      <Button onClick={() => { void desk.press({ kind: 'cancelHandOver' }); }}>{t('common.cancel')}</Button>
    </div>
  );
}
