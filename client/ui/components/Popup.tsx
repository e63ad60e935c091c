import type { ComponentChildren } from 'preact';
import { useEffect, useId, useRef, useState } from 'preact/hooks';

interface PopupProps {
  /** Content of the button. */
  readonly trigger: ComponentChildren;
  readonly triggerClass: string;
  /** Name of the group of buttons inside. */
  readonly label: string;
  readonly title?: string;
  readonly children: ComponentChildren;
}

/** A button that discloses a small group of buttons above it. Escape, a press outside or a choice closes it. */
export function Popup({ trigger, triggerClass, label, title, children }: PopupProps) {
  const [open, setOpen] = useState(false);
  const id = useId();
  const root = useRef<HTMLDivElement>(null);
  const button = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    if (!open) return;
    root.current?.querySelector<HTMLElement>('.popup__list button')?.focus();
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
      class="popup"
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
      <button ref={button} type="button" class={triggerClass} aria-expanded={open} aria-controls={open ? id : undefined} title={title} onClick={() => { setOpen(!open); }}>
        {trigger}
      </button>
      {open && (
        <div id={id} class="popup__list" role="group" aria-label={label} onClick={(event) => { if (event.target instanceof Element && event.target.closest('button') !== null) close(); }}>
          {children}
        </div>
      )}
    </div>
  );
}
