import { signal } from '@preact/signals';
import { createInstance } from 'i18next';
import type { FormatterModule } from 'i18next';
import type { Language } from '../../shared/protocol/vocabulary.ts';
import { formatNumber, isolate } from './format.ts';
import type english from './locales/en.json';

type CatalogueKey = keyof typeof english;
type PluralSuffix = 'zero' | 'one' | 'two' | 'few' | 'many' | 'other';
type PluralBase<K> = K extends `${infer Base}_${PluralSuffix}` ? Base : never;

/** Keys that take a `count` and have one text for each plural form of the language. */
export type PluralKey = PluralBase<CatalogueKey>;
/** Keys with a single text. */
export type PlainKey = Exclude<CatalogueKey, `${PluralKey}_${PluralSuffix}`>;
export type TextKey = PluralKey | PlainKey;
export type Values = Readonly<Record<string, string | number>>;

type Catalogue = Readonly<Record<string, string>>;
/** One chunk a language: a page loads only the one in use. */
const loaders = import.meta.glob<Catalogue>('./locales/*.json', { import: 'default' });

const i18next = createInstance();
/** Raised with every switch; read by `t`, so that whoever shows a text renders again. */
const revision = signal(0);
const active = signal<Language>('en');

/** The language in which the page is shown now (the one in the settings may still be loading). */
export const shownLanguage = active;

/** Languages that are written from right to left. */
export function directionOf(language: Language): 'rtl' | 'ltr' {
  return language === 'ar' ? 'rtl' : 'ltr';
}

/** Writes every interpolated value the way of the language, without each text having to ask for it. */
const formatter: FormatterModule = {
  type: 'formatter',
  init: () => undefined,
  add: () => undefined,
  addCached: () => undefined,
  format: (value: unknown, _format, language): string =>
    typeof value === 'number' ? formatNumber(value, language as Language) : isolate(String(value), language as Language),
};

async function start(): Promise<void> {
  await i18next.use(formatter).init({
    lng: 'en',
    fallbackLng: false,
    resources: {},
    keySeparator: false,
    nsSeparator: false,
    initAsync: false,
    // Preact escapes text already.
    interpolation: { escapeValue: false, alwaysFormat: true },
  });
}

const started = start();
let wanted: Language | null = null;

/**
 * Loads a language and shows the page in it; sets `lang` and `dir` of the page. The last call wins when calls overlap.
 * @throws Error if the catalogue cannot be downloaded; the page then stays as it was.
 */
export async function showLanguage(language: Language): Promise<void> {
  wanted = language;
  await started;
  if (!i18next.hasResourceBundle(language, 'translation')) {
    const load = loaders[`./locales/${language}.json`];
    if (load === undefined) throw new Error(`no catalogue for ${language}`);
    i18next.addResourceBundle(language, 'translation', await load());
  }
  if (wanted !== language) return;
  await i18next.changeLanguage(language);
  document.documentElement.lang = language;
  document.documentElement.dir = directionOf(language);
  active.value = language;
  revision.value += 1;
}

/** The text for a key in the shown language. Numbers among the values are written the way of the language. */
export function t(key: PlainKey, values?: Values): string;
export function t(key: PluralKey, values: Values & { readonly count: number }): string;
export function t(key: TextKey, values?: Values): string {
  void revision.value;
  return i18next.t(key, values ?? {});
}

/** For keys that come as data (toasts): undefined if no catalogue has the key. */
export function textOf(key: string, values: Values = {}): string | undefined {
  void revision.value;
  return i18next.exists(key, values) ? i18next.t(key, values) : undefined;
}
