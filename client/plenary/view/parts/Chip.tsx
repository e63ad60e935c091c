import type { ComponentChildren } from 'preact';
import { Icon } from '../../../ui/icons.tsx';
import type { IconName } from '../../../ui/icons.tsx';

interface ChipProps {
  readonly tone?: 'plain' | 'good' | 'warn' | 'bad' | 'accent' | 'private';
  readonly icon?: IconName;
  readonly children: ComponentChildren;
}

/** A word about how something stands. */
export function Chip({ tone = 'plain', icon, children }: ChipProps) {
  return <span class={`mark mark--${tone}`}>{icon !== undefined && <Icon name={icon} />}{children}</span>;
}
