import { signal } from '@preact/signals';
import type { ComponentChildren } from 'preact';
import { useEffect } from 'preact/hooks';
import { Button } from './components/Button.tsx';
import { t } from './i18n.ts';

/** A part of the page that is fetched when it is first wanted, as most people never want it. */
export interface Part<T> {
  /** The part, or null while it is not there; `wanted` asks for it. For use while rendering. */
  use(wanted: boolean): T | null;
  /** What stands in its place while it is not there: that it comes, or that it did not, with a way on. */
  Missing(): ComponentChildren;
}

/** `load`: an `import()`. One that failed is tried again when the part is wanted anew, or on demand. */
export function createPart<T extends object>(load: () => Promise<T>): Part<T> {
  const state = signal<'absent' | 'coming' | 'failed' | T>('absent');
  const fetchIt = (): void => {
    if (state.peek() !== 'absent' && state.peek() !== 'failed') return;
    state.value = 'coming';
    load().then((loaded) => { state.value = loaded; }, () => { state.value = 'failed'; });
  };
  return {
    use(wanted) {
      useEffect(() => { if (wanted) fetchIt(); }, [wanted]);
      return typeof state.value === 'object' ? state.value : null;
    },
    Missing: () => (state.value === 'failed'
      ? <p class="empty">{t('common.failed')} <Button size="small" onClick={fetchIt}>{t('common.tryAgain')}</Button></p>
      : <p class="empty">{t('common.loading')}</p>),
  };
}
