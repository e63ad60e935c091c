import type { ComponentChildren } from 'preact';
import { useEffect, useId, useRef, useState } from 'preact/hooks';

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
  const [open, setOpen] = useState(false);
  const id = useId();
  const root = useRef<HTMLDivElement>(null);
  const button = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    if (!open) return;
    root.current?.querySelector<HTMLElement>('.flyout__body :is(input:checked, button, select, input)')?.focus();
    const onPress = (event: PointerEvent): void => {
      if (event.target instanceof Node && root.current?.contains(event.target) !== true) setOpen(false);
    };
    document.addEventListener('pointerdown', onPress);
    return () => { document.removeEventListener('pointerdown', onPress); };
  }, [open]);
  const close = (): void => {
    setOpen(false);
    button.current?.focus();
  };
  return (
    <div
      class={`flyout ${extra}`}
      ref={root}
      onKeyDown={(event) => {
        if (!open || event.key !== 'Escape') return;
        event.stopPropagation();
        close();
      }}
      onFocusOut={(event) => {
        if (event.relatedTarget instanceof Node && root.current?.contains(event.relatedTarget) !== true) setOpen(false);
      }}
    >
      <button ref={button} type="button" class={triggerClass} aria-label={triggerLabel} aria-expanded={open} aria-controls={open ? id : undefined} onClick={() => { setOpen(!open); }}>{trigger}</button>
      {open && <div id={id} class="flyout__body" role="group" aria-label={label}>{children(close)}</div>}
    </div>
  );
}
