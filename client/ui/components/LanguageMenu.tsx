import { useId } from 'preact/hooks';
import { LANGUAGES } from '../../../shared/protocol/vocabulary.ts';
import type { Language } from '../../../shared/protocol/vocabulary.ts';
import { settings } from '../../app/settings.ts';
import { useActions } from '../deps.ts';
import { t } from '../i18n.ts';
import { Icon } from '../icons.tsx';

/** Each language by its own name, so that everybody finds theirs whatever is shown now. */
export const LANGUAGE_NAMES: Readonly<Record<Language, string>> = {
  en: 'English', fr: 'Français', es: 'Español', ru: 'Русский', zh: '中文', ar: 'العربية',
};

/** A select of all languages. */
export function LanguageSelect({ onChange }: { readonly onChange: (language: Language) => void }) {
  const id = useId();
  return (
    <div class="language-menu">
      <Icon name="globe" />
      <label class="visually-hidden" for={id}>{t('settings.language')}</label>
      <select
        id={id}
        class="select select--bare native-names"
        value={settings.value.language}
        onChange={(event) => { onChange(event.currentTarget.value as Language); }}
      >
        {LANGUAGES.map((language) => (
          <option key={language} value={language} lang={language} selected={language === settings.value.language}>{LANGUAGE_NAMES[language]}</option>
        ))}
      </select>
    </div>
  );
}

/** The language menu of the pages outside the venue. */
export function LanguageMenu() {
  const actions = useActions();
  return <LanguageSelect onChange={(language) => { actions.changeSettings({ language }); }} />;
}
