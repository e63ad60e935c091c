import type { Language } from '../../shared/protocol/vocabulary.ts';

/**
 * The BCP 47 tag that numbers and dates are written by. Arabic documents of the organisations are set with Western digits,
 * while plain `ar` gives Arabic-Indic ones in some browsers: so the digits are named.
 */
export function localeOf(language: Language): string {
  return language === 'ar' ? 'ar-u-nu-latn' : language;
}

const numberFormats = new Map<string, Intl.NumberFormat>();

function numberFormat(language: Language, options: Intl.NumberFormatOptions, name: string): Intl.NumberFormat {
  const key = `${language} ${name}`;
  let format = numberFormats.get(key);
  if (format === undefined) {
    format = new Intl.NumberFormat(localeOf(language), options);
    numberFormats.set(key, format);
  }
  return format;
}

export function formatNumber(value: number, language: Language): string {
  return numberFormat(language, { maximumFractionDigits: 1 }, 'plain').format(value);
}

/** `fraction` 0..1 as a percentage. */
export function formatPercent(fraction: number, language: Language): string {
  return numberFormat(language, { style: 'percent', maximumFractionDigits: 0 }, 'percent').format(fraction);
}

/** How many times as much, to a hundredth: "1.25×". */
export function formatFactor(value: number, language: Language): string {
  return `${numberFormat(language, { maximumFractionDigits: 2 }, 'factor').format(value)}×`;
}

/** Metres with their unit: to half a metre below ten, whole ones above, as nobody estimates closer. */
export function formatDistance(metres: number, language: Language): string {
  const rounded = metres < 10 ? Math.round(metres * 2) / 2 : Math.round(metres);
  return numberFormat(language, { style: 'unit', unit: 'meter', unitDisplay: 'short', maximumFractionDigits: 1 }, 'metres').format(rounded);
}

/** Metres with their unit, to the centimetre: what was set or measured. */
export function formatMetres(metres: number, language: Language): string {
  return numberFormat(language, { style: 'unit', unit: 'meter', unitDisplay: 'short', maximumFractionDigits: 2 }, 'centimetres').format(metres);
}

/** Hours and minutes on the reader's clock. `at`: milliseconds since the epoch. */
export function formatTime(at: number, language: Language): string {
  return new Intl.DateTimeFormat(localeOf(language), { hour: '2-digit', minute: '2-digit' }).format(at);
}

/** Names joined with the commas and the "and" of the language. */
export function formatList(items: readonly string[], language: Language): string {
  return new Intl.ListFormat(localeOf(language), { style: 'long', type: 'conjunction' }).format(items);
}

const RIGHT_TO_LEFT = /[\p{Script=Arabic}\p{Script=Hebrew}\p{Script=Syriac}\p{Script=Thaana}\p{Script=Nko}]/u;
const LEFT_TO_RIGHT = /[\p{Script=Latin}\p{Script=Cyrillic}\p{Script=Greek}\p{Script=Han}\p{Script=Devanagari}\p{Script=Hangul}]/u;
const FIRST_STRONG_ISOLATE = '\u2068';
const POP_DIRECTIONAL_ISOLATE = '\u2069';

/** Keeps a name that runs against the direction of the sentence from reordering the sentence (Unicode UAX #9, isolates). */
export function isolate(text: string, language: Language): string {
  const against = language === 'ar' ? LEFT_TO_RIGHT : RIGHT_TO_LEFT;
  return against.test(text) ? `${FIRST_STRONG_ISOLATE}${text}${POP_DIRECTIONAL_ISOLATE}` : text;
}
