import type { AgendaItem, DocumentRef } from '../../../../shared/protocol/plenary/state.ts';
import { LANGUAGES } from '../../../../shared/protocol/vocabulary.ts';
import type { Language } from '../../../../shared/protocol/vocabulary.ts';
import { LANGUAGE_NAMES } from '../../../ui/components/LanguageMenu.tsx';
import { shownLanguage, t } from '../../../ui/i18n.ts';
import { Icon } from '../../../ui/icons.tsx';
import { raiseToast } from '../../../ui/toasts.ts';
import { kindOf, saveFrom } from '../../documents.ts';
import { failureKey, usePlenary } from '../context.ts';

export interface Version {
  readonly language: Language;
  readonly file: string;
}

/** The versions that there are, the reader's own first. */
export function versions({ files }: DocumentRef): readonly Version[] {
  const first = shownLanguage.value;
  const order = [first, ...LANGUAGES.filter((language) => language !== first)];
  return order.flatMap((language) => {
    const file = files[language];
    return file === undefined ? [] : [{ language, file }];
  });
}

/** "PDF (Français)" */
export function versionText({ language, file }: Version): string {
  return t('plenary.documents.version', { kind: kindOf(file).toUpperCase(), language: LANGUAGE_NAMES[language] });
}

function VersionLink({ symbol, version }: { readonly symbol: string; readonly version: Version }) {
  const plenary = usePlenary();
  const { file, language } = version;
  const open = async (): Promise<void> => {
    try {
      await saveFrom(plenary, file, `${symbol} (${language}).${kindOf(file)}`);
    } catch (error) {
      raiseToast({ key: failureKey(error), tone: 'warning' });
    }
  };
  return <button type="button" class="link" aria-label={`${versionText(version)}: ${symbol}`} onClick={() => { void open(); }}>{versionText(version)}</button>;
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
          <span class="document__files native-names">{versions(document).map((version) => <VersionLink key={version.language} symbol={document.symbol} version={version} />)}</span>
        </li>
      ))}
    </ul>
  );
}
