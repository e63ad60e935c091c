import { useId } from 'preact/hooks';
import { Icon } from '../../ui/icons.tsx';
import { t } from '../../ui/i18n.ts';
import type { PlainKey } from '../../ui/i18n.ts';

interface TextFieldProps {
  readonly label: string;
  readonly value: string;
  /** Characters. */
  readonly most: number;
  readonly onInput: (value: string) => void;
  readonly hint?: string;
  /** What is wrong with it. */
  readonly fault?: PlainKey | undefined;
  readonly required?: boolean;
  /** A web address, which runs from left to right in every language. */
  readonly address?: boolean;
  /** Language of what is entered. */
  readonly lang?: string;
}

/** One line of text, with what is wrong with it told where it is entered. */
export function TextField({ label, value, most, onInput, hint, fault, required = false, address = false, lang }: TextFieldProps) {
  const id = useId();
  const described = [...(hint === undefined ? [] : [`${id}-hint`]), ...(fault === undefined ? [] : [`${id}-fault`])].join(' ');
  return (
    <div class="field">
      <label class="field__label" for={id}>{label}</label>
      <input
        id={id}
        class="text-field"
        type="text"
        inputMode={address ? 'url' : 'text'}
        dir={address ? 'ltr' : 'auto'}
        lang={lang}
        autocomplete="off"
        spellcheck={!address}
        maxLength={most}
        value={value}
        aria-required={required}
        aria-invalid={fault !== undefined}
        aria-describedby={described === '' ? undefined : described}
        onInput={(event) => { onInput(event.currentTarget.value); }}
      />
      {hint !== undefined && <p id={`${id}-hint`} class="field__hint">{hint}</p>}
      {fault !== undefined && <p id={`${id}-fault`} class="field__fault"><Icon name="warning" /> <span>{t(fault)}</span></p>}
    </div>
  );
}
