import { LANGUAGES } from '../../../shared/protocol/vocabulary.ts';
import type { Language } from '../../../shared/protocol/vocabulary.ts';

/** Key to text, as in a catalogue file. */
export type Catalogue = Readonly<Record<string, unknown>>;

const PLURAL_KEY = /^(.+)_(zero|one|two|few|many|other)$/u;
const PLACEHOLDER = /\{\{\s*([^{}]*?)\s*\}\}/gu;
/** Forms that stand for a single number, where a language may use a word or a dual instead of the digits. */
const COUNT_MAY_BE_SILENT = new Set(['zero', 'one', 'two']);

/** Plural categories of a language by CLDR, as the browser will ask for them. */
export function pluralCategories(language: Language): readonly string[] {
  return new Intl.PluralRules(language).resolvedOptions().pluralCategories;
}

interface Keys {
  readonly plain: ReadonlySet<string>;
  /** Base key to the forms that are there. */
  readonly plural: ReadonlyMap<string, ReadonlySet<string>>;
}

function keysOf(catalogue: Catalogue): Keys {
  const plain = new Set<string>();
  const plural = new Map<string, Set<string>>();
  for (const key of Object.keys(catalogue)) {
    const [, base, form] = PLURAL_KEY.exec(key) ?? [];
    if (base === undefined || form === undefined) plain.add(key);
    else plural.set(base, (plural.get(base) ?? new Set()).add(form));
  }
  return { plain, plural };
}

function placeholders(text: unknown): ReadonlySet<string> {
  return new Set([...String(text).matchAll(PLACEHOLDER)].map((match) => match[1] ?? ''));
}

function comparePlaceholders(key: string, text: unknown, wanted: ReadonlySet<string>): readonly string[] {
  const found = placeholders(text);
  const form = PLURAL_KEY.exec(key)?.[2];
  const silent = form !== undefined && COUNT_MAY_BE_SILENT.has(form);
  const missing = [...wanted].filter((name) => !found.has(name) && !(name === 'count' && silent));
  const extra = [...found].filter((name) => !wanted.has(name));
  return [
    ...missing.map((name) => `${key}: the placeholder {{${name}}} is missing`),
    ...extra.map((name) => `${key}: English has no placeholder {{${name}}}`),
  ];
}

function checkTexts(catalogue: Catalogue): readonly string[] {
  return Object.entries(catalogue).flatMap(([key, text]) => {
    if (typeof text !== 'string' || text.trim() === '') return [`${key}: is empty or not a text`];
    if (/\{\{|\}\}/u.test(text.replace(PLACEHOLDER, ''))) return [`${key}: has a broken placeholder`];
    return [];
  });
}

function checkPlurals(language: Language, keys: Keys, english: Keys): readonly string[] {
  const wanted = pluralCategories(language);
  return [...english.plural.keys()].flatMap((base) => {
    const forms = keys.plural.get(base) ?? new Set<string>();
    return [
      ...wanted.filter((form) => !forms.has(form)).map((form) => `${base}_${form}: plural form is missing`),
      ...[...forms].filter((form) => !wanted.includes(form)).map((form) => `${base}_${form}: the language has no such plural form`),
    ];
  });
}

function checkKeys(keys: Keys, english: Keys): readonly string[] {
  return [
    ...[...english.plain].filter((key) => !keys.plain.has(key)).map((key) => `${key}: is missing`),
    ...[...keys.plain].filter((key) => !english.plain.has(key)).map((key) => `${key}: is not in English`),
    ...[...keys.plural.keys()].filter((base) => !english.plural.has(base)).map((base) => `${base}: is not in English, or has no plural there`),
  ];
}

function checkPlaceholders(catalogue: Catalogue, english: Catalogue): readonly string[] {
  return Object.entries(catalogue).flatMap(([key, text]) => {
    const base = PLURAL_KEY.exec(key)?.[1];
    const model = base === undefined ? english[key] : english[`${base}_other`];
    return model === undefined ? [] : comparePlaceholders(key, text, placeholders(model));
  });
}

/** What is wrong with one catalogue, measured by the English one; empty if nothing is. */
export function checkCatalogue(language: Language, catalogue: Catalogue, english: Catalogue): readonly string[] {
  const keys = keysOf(catalogue);
  const wanted = keysOf(english);
  return [...checkTexts(catalogue), ...checkKeys(keys, wanted), ...checkPlurals(language, keys, wanted), ...checkPlaceholders(catalogue, english)];
}

/** What is wrong with the whole set, each line naming its file; `required`: keys that the code composes and must therefore exist. */
export function checkCatalogues(catalogues: Readonly<Record<Language, Catalogue>>, required: readonly string[]): readonly string[] {
  const { en } = catalogues;
  const absent = required.filter((key) => !(key in en)).map((key) => `en.json: ${key}: is missing`);
  return [...absent, ...LANGUAGES.flatMap((language) => checkCatalogue(language, catalogues[language], en).map((line) => `${language}.json: ${line}`))];
}
