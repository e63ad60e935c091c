import type { RefObject } from 'preact';
import { useId, useLayoutEffect, useRef, useState } from 'preact/hooks';

export interface Disclosure {
  readonly open: boolean;
  /** Of what is disclosed. */
  readonly id: string;
  readonly root: RefObject<HTMLDivElement | null>;
  readonly button: RefObject<HTMLButtonElement | null>;
  readonly toggle: () => void;
  /** Gives the focus back to the button. */
  readonly close: () => void;
  readonly onKeyDown: (event: KeyboardEvent) => void;
  readonly onFocusOut: (event: FocusEvent) => void;
}

/**
 * A button that discloses something beside it, which is not modal: Escape, a press outside or a focus that moves on closes it.
 * @param first selector, within the root, of what gets the focus when it opens
 */
export function useDisclosure(first: string): Disclosure {
  const [open, setOpen] = useState(false);
  const id = useId();
  const root = useRef<HTMLDivElement>(null);
  const button = useRef<HTMLButtonElement>(null);
  const isOutside = (target: EventTarget | null): boolean => target instanceof Node && root.current?.contains(target) !== true;
  useLayoutEffect(() => {
    if (!open) return undefined;
    root.current?.querySelector<HTMLElement>(first)?.focus();
    const onPress = (event: PointerEvent): void => { if (isOutside(event.target)) setOpen(false); };
    document.addEventListener('pointerdown', onPress);
    return () => { document.removeEventListener('pointerdown', onPress); };
  }, [open]);
  const close = (): void => {
    setOpen(false);
    button.current?.focus();
  };
  return {
    open, id, root, button, close,
    toggle: () => { setOpen(!open); },
    onKeyDown: (event) => {
      if (!open || event.key !== 'Escape') return;
      event.stopPropagation();
      close();
    },
    onFocusOut: (event) => { if (isOutside(event.relatedTarget)) setOpen(false); },
  };
}
