import type { ComponentChildren } from 'preact';
import { useDisclosure } from '../../../ui/components/disclosure.ts';

interface FlyoutProps {
  /** Content of the button. */
  readonly trigger: ComponentChildren;
  readonly triggerClass: string;
  /** Name of the button where its content does not say all; must contain the visible text. */
  readonly triggerLabel?: string;
  /** Name of what opens. */
  readonly label: string;
  readonly class?: string;
  /** `close` gives the focus back to the button. */
  readonly children: (close: () => void) => ComponentChildren;
}

/** A button that discloses a group of controls beside it (a sheet on narrow screens). Not modal; Escape or a press outside closes it. */
export function Flyout({ trigger, triggerClass, triggerLabel, label, class: extra = '', children }: FlyoutProps) {
  const { open, id, root, button, toggle, close, onKeyDown, onFocusOut } = useDisclosure('.flyout__body :is(input:checked, button, select, input)');
  return (
    <div class={`flyout ${extra}`} ref={root} onKeyDown={onKeyDown} onFocusOut={onFocusOut}>
      <button ref={button} type="button" class={triggerClass} aria-label={triggerLabel} aria-expanded={open} aria-controls={open ? id : undefined} onClick={toggle}>{trigger}</button>
      {open && <div id={id} class="flyout__body" role="group" aria-label={label}>{children(close)}</div>}
    </div>
  );
}
