import { effect } from '@preact/signals';
import { settings } from '../app/settings.ts';
import { showLanguage } from './i18n.ts';
import { raiseToast } from './toasts.ts';

/**
 * Fetches the catalogue of the language of the settings (or English), and follows the settings from then on; a catalogue that does not arrive leaves the page in the former one.
 * Rejects if none arrives at first.
 */
export async function startTexts(): Promise<void> {
  await showLanguage(settings.value.language).catch(() => showLanguage('en'));
  effect(() => {
    const { language } = settings.value;
    showLanguage(language).catch(() => { raiseToast({ key: 'toast.languageFailed', tone: 'error' }); });
  });
}
