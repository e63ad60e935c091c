import { useState } from 'preact/hooks';
import { MOTIONS, REASON_MAX_LENGTH } from '../../../../shared/protocol/plenary/vocabulary.ts';
import type { MotionKind } from '../../../../shared/protocol/plenary/vocabulary.ts';
import { Question } from '../../../ui/components/Question.tsx';
import { t } from '../../../ui/i18n.ts';
import { Icon } from '../../../ui/icons.tsx';
import { perform, useSession } from '../context.ts';
import { Flyout } from '../parts/Flyout.tsx';
import { TextBox } from '../parts/TextBox.tsx';

/** Points of order and motions, in their order of precedence. What one raises goes to the chair at once, so it is asked about once. */
export function MotionMenu() {
  const { plenary, state, me } = useSession();
  const [chosen, choose] = useState<MotionKind | null>(null);
  const [text, setText] = useState('');
  const pending = new Set(state.motions.filter(({ speaker }) => speaker.entity === me.entity).map(({ kind }) => kind));
  const end = (): void => {
    choose(null);
    setText('');
  };
  return (
    <>
      <Flyout
        triggerClass="button button--plain button--normal"
        trigger={<><Icon name="gavel" /><span class="button__text">{t('plenary.motions.menu')}</span></>}
        label={t('plenary.motions.menu')}
      >
        {(close) => (
          <>
            <p class="field__hint">{t('plenary.motions.precedence')}</p>
            <ol class="choices">
              {MOTIONS.map((kind) => (
                <li key={kind}>
                  <button type="button" class="choice" disabled={pending.has(kind)} onClick={() => { close(); choose(kind); }}>
                    <span class="choice__title">{t(`plenary.motion.${kind}`)}</span>
                    {pending.has(kind) && <span class="choice__note">{t('plenary.motions.pending')}</span>}
                  </button>
                </li>
              ))}
            </ol>
          </>
        )}
      </Flyout>
      {chosen !== null && (
        <Question title={t(`plenary.motion.${chosen}`)} confirm={t('plenary.motions.raise')} act={() => perform(plenary, { kind: 'move', motion: chosen, text: text.trim() })} onClose={end}>
          <p>{t('plenary.motions.explain')}</p>
          <TextBox label={t('plenary.motions.text')} value={text} most={REASON_MAX_LENGTH} rows={2} onInput={setText} />
        </Question>
      )}
    </>
  );
}
