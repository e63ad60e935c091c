import { render } from 'preact';
import { App } from './App.tsx';
import { DepsContext } from './deps.ts';
import type { UiDeps } from './deps.ts';
import { startTexts } from './start-texts.ts';
import { followAppearanceSettings } from './theme.ts';
import { followStoreToasts } from './toasts.ts';
import './styles/index.css';

export type { UiDeps } from './deps.ts';

async function mount(root: HTMLElement, deps: UiDeps): Promise<void> {
  await startTexts();
  followStoreToasts();
  root.replaceChildren();
  render(<DepsContext.Provider value={deps}><App /></DepsContext.Provider>, root);
}

/**
 * Renders the UI into `root` and keeps it in step with the store and the settings. The first text appears when the catalogue of the
 * language has arrived; if none arrives, the page's own `#boot-failure` (in all languages) is shown instead.
 */
export function mountUi(root: HTMLElement, deps: UiDeps): void {
  followAppearanceSettings(document.documentElement);
  mount(root, deps).catch(() => {
    document.getElementById('boot-failure')?.removeAttribute('hidden');
  });
}
