import { useId } from 'preact/hooks';
import { LANGUAGES } from '../../../shared/protocol/vocabulary.ts';
import type { Language } from '../../../shared/protocol/vocabulary.ts';
import { SPONSOR_LIMITS } from '../../../shared/rules/sponsors.ts';
import { LANGUAGE_NAMES } from '../../ui/components/LanguageMenu.tsx';
import { Icon } from '../../ui/icons.tsx';
import { directionOf, t } from '../../ui/i18n.ts';
import { useDesk } from '../context.ts';
import type { Draft } from './draft.ts';
import { TextField } from './TextField.tsx';

function InLanguage({ draft, language }: { readonly draft: Draft; readonly language: Language }) {
  const book = useDesk().sponsors;
  const id = useId();
  const text = draft.text[language];
  return (
    <fieldset class="language-part">
      <legend class="language-part__name">
        <span lang={language} dir={directionOf(language)} class="native-names">{LANGUAGE_NAMES[language]}</span>
        {text.trim() !== '' && <Icon name="check" class="language-part__done" />}
      </legend>
      <div class="field">
        <label class="field__label" for={id}>{t('staff.sponsors.textField')}</label>
        <textarea
          id={id}
          class="text-field text-field--long"
          rows={4}
          lang={language}
          dir={directionOf(language)}
          maxLength={SPONSOR_LIMITS.text}
          value={text}
          aria-describedby={`${id}-length`}
          onInput={(event) => { book.enter({ text: { ...draft.text, [language]: event.currentTarget.value } }); }}
        />
        <p id={`${id}-length`} class="field__hint">{t('staff.sponsors.length', { used: text.length, most: SPONSOR_LIMITS.text })}</p>
      </div>
      <TextField
        label={t('staff.sponsors.nameIn')}
        lang={language}
        most={SPONSOR_LIMITS.name}
        value={draft.names[language]}
        onInput={(value) => { book.enter({ names: { ...draft.names, [language]: value } }); }}
      />
    </fieldset>
  );
}

/** Text and name in each of the six languages, all in sight: what is missing is seen. */
export function LanguageFields({ draft }: { readonly draft: Draft }) {
  return (
    <section class="sponsor-form__texts" aria-labelledby="sponsor-texts">
      <h3 id="sponsor-texts" class="sponsor-form__title">{t('staff.sponsors.texts')}</h3>
      <p class="field__hint">{t('staff.sponsors.textsHint')}</p>
      <div class="language-parts">{LANGUAGES.map((language) => <InLanguage key={language} draft={draft} language={language} />)}</div>
    </section>
  );
}
