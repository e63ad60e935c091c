import type { Toast } from './contracts.ts';
import { store } from './store.ts';

/** Long enough to read two lines; errors stay twice as long. */
const SHOWN_MS = 6000;

let lastId = 0;

/** Shows a short message; the same one is not stacked. `key` is a catalogue key. */
export function toast(key: string, tone: Toast['tone'] = 'info', values?: Toast['values']): void {
  lastId += 1;
  const id = lastId;
  const entry: Toast = values === undefined ? { id, key, tone } : { id, key, tone, values };
  store.toasts.value = [...store.toasts.value.filter((other) => other.key !== key), entry];
  setTimeout(() => {
    store.toasts.value = store.toasts.value.filter((other) => other.id !== id);
  }, tone === 'error' ? 2 * SHOWN_MS : SHOWN_MS);
}
