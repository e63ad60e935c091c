import type { ComponentChildren } from 'preact';
import { Icon } from '../icons.tsx';
import type { IconName } from '../icons.tsx';

export interface ButtonProps {
  readonly onClick?: () => void;
  readonly icon?: IconName;
  readonly children: ComponentChildren;
  readonly tone?: 'primary' | 'plain' | 'quiet' | 'danger';
  readonly size?: 'normal' | 'large' | 'small';
  readonly disabled?: boolean;
  readonly busy?: boolean;
  readonly submit?: boolean;
  /** Accessible name where the visible text alone is ambiguous; must contain the visible text (WCAG 2.5.3). */
  readonly label?: string;
  readonly pressed?: boolean;
  readonly expanded?: boolean;
  readonly describedBy?: string;
  readonly autoFocus?: boolean;
}

/** A button with a text. */
export function Button(props: ButtonProps) {
  return (
    <button
      type={props.submit === true ? 'submit' : 'button'}
      class={`button button--${props.tone ?? 'plain'} button--${props.size ?? 'normal'}`}
      onClick={props.onClick}
      disabled={props.disabled}
      aria-busy={props.busy}
      aria-label={props.label}
      aria-pressed={props.pressed}
      aria-expanded={props.expanded}
      aria-describedby={props.describedBy}
      autofocus={props.autoFocus}
    >
      {props.icon !== undefined && <Icon name={props.icon} />}
      <span class="button__text">{props.children}</span>
    </button>
  );
}

export interface IconButtonProps {
  readonly icon: IconName;
  readonly label: string;
  readonly onClick: () => void;
  readonly pressed?: boolean;
  readonly expanded?: boolean;
  readonly disabled?: boolean;
  readonly tone?: 'quiet' | 'danger';
  readonly class?: string;
}

/** A button with an icon; the label is its name and its tooltip. */
export function IconButton(props: IconButtonProps) {
  return (
    <button
      type="button"
      class={`icon-button ${props.tone === 'danger' ? 'icon-button--danger' : ''} ${props.class ?? ''}`}
      onClick={props.onClick}
      aria-label={props.label}
      title={props.label}
      aria-pressed={props.pressed}
      aria-expanded={props.expanded}
      disabled={props.disabled}
    >
      <Icon name={props.icon} />
    </button>
  );
}
