import { useId } from 'preact/hooks';
import { paperLength } from '../../../../shared/rules/plenary/agenda.ts';
import { t } from '../../../ui/i18n.ts';

interface TextBoxProps {
  readonly label: string;
  readonly value: string;
  /** Most characters of Latin width; those of Chinese count twice. */
  readonly most: number;
  readonly onInput: (value: string) => void;
  readonly hint?: string;
  readonly rows?: number;
  /** The counter says how much of the page is left from the beginning on. */
  readonly counts?: boolean;
}

/** A text of limited length on paper, with what is left of it. */
export function TextBox({ label, value, most, onInput, hint, rows = 4, counts = false }: TextBoxProps) {
  const id = useId();
  const left = most - paperLength(value.trim());
  const shown = counts || left < most * 0.2;
  return (
    <div class="field">
      <label class="field__label" for={id}>{label}</label>
      <textarea id={id} class="text-area" rows={rows} dir="auto" value={value} aria-describedby={`${id}-hint`} aria-invalid={left < 0} onInput={(event) => { onInput(event.currentTarget.value); }} />
      <p id={`${id}-hint`} class={`field__hint ${left < 0 ? 'field__hint--over' : ''}`}>
        {hint !== undefined && <span>{hint} </span>}
        {shown && <span>{left < 0 ? t('plenary.tooLong', { number: -left }) : t('chat.left', { count: left })}</span>}
      </p>
    </div>
  );
}

interface LineBoxProps {
  readonly label: string;
  readonly value: string;
  readonly most: number;
  readonly onInput: (value: string) => void;
  readonly hint?: string;
  readonly type?: 'text' | 'number' | 'datetime-local';
  readonly required?: boolean;
}

/** A line of text. */
export function LineBox({ label, value, most, onInput, hint, type = 'text', required = false }: LineBoxProps) {
  const id = useId();
  const field = { id, class: 'text-field', value, required, 'aria-describedby': hint === undefined ? undefined : `${id}-hint`, onInput: (event: { readonly currentTarget: HTMLInputElement }) => { onInput(event.currentTarget.value); } };
  return (
    <div class="field">
      <label class="field__label" for={id}>{label}</label>
      {type === 'text' && <input {...field} type="text" dir="auto" maxLength={most} />}
      {type === 'number' && <input {...field} type="number" dir="ltr" />}
      {type === 'datetime-local' && <input {...field} type="datetime-local" dir="ltr" />}
      {hint !== undefined && <p id={`${id}-hint`} class="field__hint">{hint}</p>}
    </div>
  );
}

export const fits = (text: string, most: number): boolean => text.trim() !== '' && paperLength(text.trim()) <= most;
