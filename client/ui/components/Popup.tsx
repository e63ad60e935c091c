import type { ComponentChildren } from 'preact';
import { useDisclosure } from './disclosure.ts';

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
  const { open, id, root, button, toggle, close, onKeyDown, onFocusOut } = useDisclosure('.popup__list button');
  return (
    <div class="popup" ref={root} onKeyDown={onKeyDown} onFocusOut={onFocusOut}>
      <button ref={button} type="button" class={triggerClass} aria-expanded={open} aria-controls={open ? id : undefined} title={title} onClick={toggle}>
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
