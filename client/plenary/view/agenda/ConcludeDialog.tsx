import { useState } from 'preact/hooks';
import type { AgendaItem } from '../../../../shared/protocol/plenary/state.ts';
import { CONCLUSION_MAX_LENGTH, WINDOW_MAX_SECONDS, WINDOW_MIN_SECONDS } from '../../../../shared/protocol/plenary/vocabulary.ts';
import { Question } from '../../../ui/components/Question.tsx';
import { t } from '../../../ui/i18n.ts';
import { perform, useSession } from '../context.ts';
import { LineBox, TextBox, fits } from '../parts/TextBox.tsx';

interface ConcludeDialogProps {
  /** One, or those of a package. */
  readonly items: readonly AgendaItem[];
  readonly onClose: () => void;
}

/** The chair proposes a conclusion: its words, for which items, and how long objections are waited for. */
export function ConcludeDialog({ items, onClose }: ConcludeDialogProps) {
  const { plenary, state } = useSession();
  const [text, setText] = useState('');
  const [seconds, setSeconds] = useState(String(state.meeting.windowSeconds));
  const [chosen, choose] = useState<readonly string[]>(items.map(({ id }) => id));
  const count = Math.round(Number(seconds));
  const valid = fits(text, CONCLUSION_MAX_LENGTH) && chosen.length > 0 && count >= WINDOW_MIN_SECONDS && count <= WINDOW_MAX_SECONDS;
  const act = async (): Promise<void> => {
    if (valid) await perform(plenary, { kind: 'conclude', items: [...chosen], text: text.trim(), seconds: count });
  };
  return (
    <Question title={t('plenary.conclude.title')} confirm={t('plenary.conclude.put')} act={act} onClose={onClose}>
      <fieldset class="stack">
        <legend class="field__label">{t('plenary.conclude.items')}</legend>
        {items.map(({ id, number, title }) => (
          <label key={id} class="tick">
            <input type="checkbox" checked={chosen.includes(id)} onChange={(event) => { choose(event.currentTarget.checked ? [...chosen, id] : chosen.filter((each) => each !== id)); }} />
            <span>{number} <bdi>{title}</bdi></span>
          </label>
        ))}
      </fieldset>
      <TextBox label={t('plenary.conclude.text')} hint={t('plenary.conclude.hint')} value={text} most={CONCLUSION_MAX_LENGTH} rows={6} onInput={setText} />
      <LineBox label={t('plenary.conclude.seconds')} type="number" most={4} value={seconds} onInput={setSeconds} />
    </Question>
  );
}
