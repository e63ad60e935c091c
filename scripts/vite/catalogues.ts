import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Plugin } from 'vite';
import { checkCatalogues } from '../../client/ui/locales/catalogues.ts';
import type { Catalogue } from '../../client/ui/locales/catalogues.ts';
import { REASONS } from '../../shared/protocol/reasons.ts';
import { LANGUAGES } from '../../shared/protocol/vocabulary.ts';
import type { Language } from '../../shared/protocol/vocabulary.ts';

const FOLDER = join(import.meta.dirname, '../../client/ui/locales');

/** All catalogues as they stand in the repository. Throws SyntaxError for a file that is no JSON. */
export function readCatalogues(): Readonly<Record<Language, Catalogue>> {
  const read = (language: Language): Catalogue => JSON.parse(readFileSync(join(FOLDER, `${language}.json`), 'utf8')) as Catalogue;
  return Object.fromEntries(LANGUAGES.map((language) => [language, read(language)])) as Record<Language, Catalogue>;
}

/** Every reason of the protocol must have a text. */
export const REQUIRED_KEYS: readonly string[] = [...REASONS, 'UNREACHABLE'].map((reason) => `reason.${reason}`);

/** Fails the build when a text is missing, superfluous, or has other placeholders or plural forms than it needs, in any language. */
export function catalogues(): Plugin {
  return {
    name: 'plenum-catalogues',
    apply: 'build',
    buildStart() {
      const faults = checkCatalogues(readCatalogues(), REQUIRED_KEYS);
      if (faults.length > 0) this.error(`The language catalogues do not fit together:\n  ${faults.join('\n  ')}`);
    },
  };
}
