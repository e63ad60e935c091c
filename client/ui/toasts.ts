import { effect, signal, untracked } from '@preact/signals';
import type { ReadonlySignal } from '@preact/signals';
import type { Toast } from '../app/contracts.ts';
import { store } from '../app/store.ts';
import { t, textOf } from './i18n.ts';
import type { PlainKey } from './i18n.ts';

/** A toast with a button, raised by the UI itself. */
export interface UiToast extends Omit<Toast, 'id'> {
  readonly id: string;
  readonly action?: { readonly label: PlainKey; readonly run: () => void };
}

/** How long a toast stays, milliseconds; the clock stands still while it is pointed at or focused. */
export const TOAST_MS = { info: 6000, success: 5000, warning: 10_000, error: 12_000 } as const;
/** Older ones give way, so that the view is never papered over. */
const MOST_SHOWN = 3;

const shown = signal<readonly UiToast[]>([]);
let nextId = 1;

/** Newest last. */
export const shownToasts: ReadonlySignal<readonly UiToast[]> = shown;

/** Shows a toast; one that says the same is replaced, not stacked. */
export function raiseToast({ key, values, tone, action }: Omit<UiToast, 'id'>): void {
  const entry: UiToast = { id: `toast-${nextId}`, key, tone, ...(values === undefined ? {} : { values }), ...(action === undefined ? {} : { action }) };
  nextId += 1;
  shown.value = [...shown.peek().filter((other) => toastText(other) !== toastText(entry)), entry].slice(-MOST_SHOWN);
}

export function dismissToast(id: string): void {
  shown.value = shown.peek().filter((toast) => toast.id !== id);
}

/** Shows what the app puts into the store, each entry once. How long it stays is decided here, where pointer and focus are known. */
export function followStoreToasts(): () => void {
  let lastId = 0;
  return effect(() => {
    const fresh = store.toasts.value.filter((toast) => toast.id > lastId);
    lastId = Math.max(lastId, ...fresh.map((toast) => toast.id));
    untracked(() => { for (const toast of fresh) raiseToast(toast); });
  });
}

/** The text of a toast in the shown language; a key that no catalogue has says at least that something went wrong. */
export function toastText(toast: Pick<UiToast, 'key' | 'values'>): string {
  return textOf(toast.key, toast.values) ?? t('reason.INTERNAL');
}
