import { effect } from '@preact/signals';
import { render } from 'preact';
import { settings } from '../app/settings.ts';
import { App } from './App.tsx';
import { DepsContext } from './deps.ts';
import type { UiDeps } from './deps.ts';
import { showLanguage } from './i18n.ts';
import { followAppearanceSettings } from './theme.ts';
import { followStoreToasts, raiseToast } from './toasts.ts';
import './styles/index.css';

export type { UiDeps } from './deps.ts';

/** Shows the language of the settings whenever it changes; a catalogue that does not arrive leaves the page in the former one. */
function followLanguage(): void {
  effect(() => {
    const { language } = settings.value;
    showLanguage(language).catch(() => { raiseToast({ key: 'toast.languageFailed', tone: 'error' }); });
  });
}

async function mount(root: HTMLElement, deps: UiDeps): Promise<void> {
  await showLanguage(settings.value.language).catch(() => showLanguage('en'));
  followLanguage();
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
