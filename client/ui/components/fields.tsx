import type { ComponentChildren } from 'preact';
import { useId } from 'preact/hooks';

interface Choice<T extends string> {
  readonly value: T;
  readonly text: string;
}

interface SelectProps<T extends string> {
  readonly label: string;
  readonly value: T;
  readonly choices: readonly Choice<T>[];
  readonly onChange: (value: T) => void;
  readonly hint?: string;
  readonly disabled?: boolean;
}

/** A labelled native select. */
export function Select<T extends string>({ label, value, choices, onChange, hint, disabled }: SelectProps<T>) {
  const id = useId();
  return (
    <div class="field">
      <label class="field__label" for={id}>{label}</label>
      <select
        id={id}
        class="select"
        value={value}
        disabled={disabled}
        aria-describedby={hint === undefined ? undefined : `${id}-hint`}
        onChange={(event) => { onChange(event.currentTarget.value as T); }}
      >
        {choices.map((choice) => <option key={choice.value} value={choice.value} selected={choice.value === value}>{choice.text}</option>)}
      </select>
      {hint !== undefined && <p id={`${id}-hint`} class="field__hint">{hint}</p>}
    </div>
  );
}

interface SwitchProps {
  readonly label: string;
  readonly checked: boolean;
  readonly onChange: (checked: boolean) => void;
  readonly hint?: string;
}

/** An on/off setting that takes effect at once. */
export function Switch({ label, checked, onChange, hint }: SwitchProps) {
  const id = useId();
  return (
    <div class="switch-row">
      <div class="switch-row__text">
        <label class="field__label" for={id}>{label}</label>
        {hint !== undefined && <p id={`${id}-hint`} class="field__hint">{hint}</p>}
      </div>
      <input
        id={id}
        class="switch"
        type="checkbox"
        role="switch"
        checked={checked}
        aria-describedby={hint === undefined ? undefined : `${id}-hint`}
        onChange={(event) => { onChange(event.currentTarget.checked); }}
      />
    </div>
  );
}

interface SliderProps {
  readonly label: string;
  /** 0..`max`. */
  readonly value: number;
  readonly max: number;
  readonly onInput: (value: number) => void;
  /** The value as read out, for example "80 %". */
  readonly valueText: string;
}

/** A labelled range with steps of 5 %. */
export function Slider({ label, value, max, onInput, valueText }: SliderProps) {
  const id = useId();
  return (
    <div class="field">
      <div class="field__line">
        <label class="field__label" for={id}>{label}</label>
        <output class="field__value" for={id}>{valueText}</output>
      </div>
      <input
        id={id}
        class="slider"
        type="range"
        min={0}
        max={max}
        step={0.05}
        value={value}
        style={{ '--fill': value / max }}
        aria-valuetext={valueText}
        onInput={(event) => { onInput(event.currentTarget.valueAsNumber); }}
      />
    </div>
  );
}

interface RadioRowProps<T extends string> {
  readonly legend: string;
  readonly value: T;
  readonly choices: readonly Choice<T>[];
  readonly onChange: (value: T) => void;
  readonly children?: ComponentChildren;
}

/** A few exclusive choices side by side (native radio buttons drawn as segments). */
export function Segments<T extends string>({ legend, value, choices, onChange }: RadioRowProps<T>) {
  const name = useId();
  return (
    <fieldset class="field segments-field">
      <legend class="field__label">{legend}</legend>
      <div class="segments">
        {choices.map((choice) => (
          <label key={choice.value} class="segment">
            <input
              class="visually-hidden"
              type="radio"
              name={name}
              value={choice.value}
              checked={choice.value === value}
              onChange={() => { onChange(choice.value); }}
            />
            <span class="segment__text">{choice.text}</span>
          </label>
        ))}
      </div>
    </fieldset>
  );
}
