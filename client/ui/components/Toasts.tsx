import { useEffect, useState } from 'preact/hooks';
import { announce } from '../announcer.tsx';
import { t } from '../i18n.ts';
import { Icon } from '../icons.tsx';
import type { IconName } from '../icons.tsx';
import { dismissToast, shownToasts, TOAST_MS, toastText } from '../toasts.ts';
import type { UiToast } from '../toasts.ts';
import { Button, IconButton } from './Button.tsx';

const ICONS: Readonly<Record<UiToast['tone'], IconName>> = { info: 'info', success: 'check', warning: 'warning', error: 'warning' };

function ToastItem({ toast }: { readonly toast: UiToast }) {
  const [held, setHeld] = useState(false);
  const text = toastText(toast);
  const { id, tone } = toast;
  useEffect(() => { announce(text, tone === 'error' ? 'assertive' : 'polite'); }, [id]);
  useEffect(() => {
    if (held) return;
    const timer = setTimeout(() => { dismissToast(id); }, TOAST_MS[tone]);
    return () => { clearTimeout(timer); };
  }, [id, tone, held]);
  return (
    <li
      class={`toast toast--${tone}`}
      onPointerEnter={() => { setHeld(true); }}
      onPointerLeave={() => { setHeld(false); }}
      onFocusIn={() => { setHeld(true); }}
      onFocusOut={() => { setHeld(false); }}
    >
      <Icon name={ICONS[tone]} />
      <p class="toast__text">{text}</p>
      {toast.action !== undefined && (
        <Button size="small" tone="quiet" onClick={() => { toast.action?.run(); dismissToast(id); }}>{t(toast.action.label)}</Button>
      )}
      <IconButton icon="close" label={t('common.dismiss')} onClick={() => { dismissToast(id); }} />
    </li>
  );
}

/** Messages at the edge of the screen. Spoken through the live regions of the page, so the list itself is not live. */
export function Toasts() {
  const toasts = shownToasts.value;
  if (toasts.length === 0) return null;
  return (
    <section class="toasts" aria-label={t('toast.region')}>
      <ol class="toasts__list">{toasts.map((toast) => <ToastItem key={toast.id} toast={toast} />)}</ol>
    </section>
  );
}
