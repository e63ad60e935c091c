import type { AgendaItem, DocumentRef } from '../../../../shared/protocol/plenary/state.ts';
import { LANGUAGES } from '../../../../shared/protocol/vocabulary.ts';
import type { Language } from '../../../../shared/protocol/vocabulary.ts';
import { LANGUAGE_NAMES } from '../../../ui/components/LanguageMenu.tsx';
import { shownLanguage, t } from '../../../ui/i18n.ts';
import { Icon } from '../../../ui/icons.tsx';

function versions({ files }: DocumentRef): readonly { readonly language: Language; readonly file: string }[] {
  const first = shownLanguage.value;
  const order = [first, ...LANGUAGES.filter((language) => language !== first)];
  return order.flatMap((language) => {
    const file = files[language];
    return file === undefined ? [] : [{ language, file }];
  });
}

/** The documents of an item, each in one's own language first. */
export function Documents({ item }: { readonly item: AgendaItem }) {
  if (item.documents.length === 0) return null;
  return (
    <ul class="documents">
      {item.documents.map((document) => (
        <li key={document.symbol} class="document">
          <Icon name="document" />
          <span class="document__name"><span class="document__symbol">{document.symbol}</span> <bdi>{document.title}</bdi></span>
          <span class="document__files native-names">
            {versions(document).map(({ language, file }) => (
              <a key={language} class="link" href={file} target="_blank" rel="noopener" hrefLang={language} aria-label={t('plenary.documents.open', { symbol: document.symbol, language: LANGUAGE_NAMES[language] })}>{language.toUpperCase()}</a>
            ))}
          </span>
        </li>
      ))}
    </ul>
  );
}
