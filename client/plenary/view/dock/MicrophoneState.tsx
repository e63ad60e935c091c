import { Button } from '../../../ui/components/Button.tsx';
import { t } from '../../../ui/i18n.ts';
import { Icon } from '../../../ui/icons.tsx';
import { useSession } from '../context.ts';
import { isMicrophoneOpen, plateOf } from '../selectors.ts';

/** Whether one is heard now, never to be mistaken about; and what is the matter with the microphone. */
export function MicrophoneState() {
  const { plenary, state, me } = useSession();
  const { captured, sending, problem } = plenary.sound.mic.value;
  const open = isMicrophoneOpen(state, me);
  const plate = plateOf(state, me);
  // Interpreters are told at their console; without a nameplate nobody else has a microphone.
  if (plate === 'none') return null;
  const text = open ? t(sending ? 'plenary.mic.open' : 'plenary.mic.missing') : plate === 'floor' ? t('plenary.mic.muted') : t('plenary.mic.closed');
  return (
    <div class={`mic-state ${open && sending ? 'mic-state--open' : ''} ${open && !sending ? 'mic-state--missing' : ''}`}>
      <Icon name={open && sending ? 'mic' : 'micOff'} />
      <span class="mic-state__text">{text}{problem !== null && <span class="mic-state__problem">{t(`mic.problem.${problem}.title`)}</span>}</span>
      {!captured && plate !== 'passive' && <Button size="small" icon="mic" onClick={() => { void plenary.sound.addMicrophone(); }}>{t('device.check')}</Button>}
    </div>
  );
}
