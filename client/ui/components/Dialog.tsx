import type { ComponentChildren } from 'preact';
import { useId, useLayoutEffect, useRef } from 'preact/hooks';

interface DialogProps {
  readonly title: string;
  readonly children: ComponentChildren;
  /** Buttons; the safest choice first in reading order. */
  readonly footer: ComponentChildren;
  /** Escape, or a click beside the dialog. */
  readonly onClose: () => void;
}

/** A modal dialog on the native element, which keeps the focus inside and gives it back on closing. Shown while it is rendered. */
export function Dialog({ title, children, footer, onClose }: DialogProps) {
  const element = useRef<HTMLDialogElement>(null);
  const titleId = useId();
  const bodyId = useId();
  useLayoutEffect(() => {
    const dialog = element.current;
    const before = document.activeElement;
    dialog?.showModal();
    return () => {
      dialog?.close();
      if (before instanceof HTMLElement && before.isConnected) before.focus();
    };
  }, []);
  return (
    <dialog
      ref={element}
      class="dialog"
      aria-labelledby={titleId}
      aria-describedby={bodyId}
      onCancel={(event) => { event.preventDefault(); onClose(); }}
      onClick={(event) => { if (event.target === element.current) onClose(); }}
    >
      <div class="dialog__box">
        <h2 id={titleId} class="dialog__title">{title}</h2>
        <div id={bodyId} class="dialog__body">{children}</div>
        <div class="dialog__footer">{footer}</div>
      </div>
    </dialog>
  );
}
