import type { ComponentChildren } from 'preact';
import { useId, useLayoutEffect, useRef } from 'preact/hooks';
import { IconButton } from '../components/Button.tsx';
import { t } from '../i18n.ts';
import { closePanel, takesFocus } from '../state.ts';
import type { PanelName } from '../state.ts';

interface PanelProps {
  readonly name: PanelName;
  readonly title: string;
  readonly children: ComponentChildren;
  /** The panel is for reading: without controls inside, it must take the focus itself to be scrolled by keyboard. */
  readonly reading?: boolean;
  /** For pictures and boards. */
  readonly wide?: boolean;
}

/** A side panel (a sheet on narrow screens) beside the view: not modal, closed by Escape. */
export function Panel({ name, title, children, reading = false, wide = false }: PanelProps) {
  const titleId = useId();
  const heading = useRef<HTMLHeadingElement>(null);
  // At once: an effect after the picture would take the focus away from what somebody quick has already gone on to, and their next key with it.
  useLayoutEffect(() => { if (takesFocus()) heading.current?.focus({ preventScroll: true }); }, [name]);
  return (
    <aside
      id={`panel-${name}`}
      class={`panel panel--${name} ${wide ? 'panel--wide' : ''}`}
      aria-labelledby={titleId}
      onKeyDown={(event) => {
        // In an open dialog or a list of choices, Escape belongs to that.
        const elsewhere = event.target instanceof Element && event.target.closest('dialog, select') !== null;
        if (event.key !== 'Escape' || event.defaultPrevented || elsewhere) return;
        event.stopPropagation();
        closePanel();
      }}
    >
      <div class="panel__header">
        <h2 id={titleId} class="panel__title" tabIndex={-1} ref={heading}>{title}</h2>
        <IconButton icon="close" label={t('common.close')} onClick={closePanel} />
      </div>
      {reading
        ? <div class="panel__body" tabIndex={0} role="group" aria-labelledby={titleId}>{children}</div>
        : <div class="panel__body">{children}</div>}
    </aside>
  );
}
