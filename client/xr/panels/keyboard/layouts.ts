import type { Language } from '../../../../shared/protocol/vocabulary.ts';

/** Rows of letters as they lie on a keyboard, from left to right whatever is written with them. */
export interface KeyLayout {
  readonly rows: readonly [readonly string[], readonly string[], readonly string[]];
  /** A row above the digits: what the language needs besides its letters. */
  readonly strip: readonly string[];
  /** Letters have capitals. */
  readonly cased: boolean;
}

/** Languages that can be typed: Chinese needs an input method, which a headset's own keyboard has; here there are quick answers, and Latin letters for names. */
export const TYPED = ['en', 'fr', 'es', 'ru', 'ar'] as const satisfies readonly Language[];
export type Typed = (typeof TYPED)[number];

const letters = (row: string): readonly string[] => [...row];
const PUNCTUATION = letters(".,?!:;'-()@");

export const LAYOUTS: Readonly<Record<Typed, KeyLayout>> = {
  en: { rows: [letters('qwertyuiop'), letters('asdfghjkl'), letters('zxcvbnm')], strip: PUNCTUATION, cased: true },
  fr: { rows: [letters('azertyuiop'), letters('qsdfghjklm'), letters('wxcvbn')], strip: letters("éèêàâçùôîïœ'"), cased: true },
  es: { rows: [letters('qwertyuiop'), letters('asdfghjklñ'), letters('zxcvbnm')], strip: letters('áéíóúü¿?¡!'), cased: true },
  // ГОСТ 6431-90; ё stands at the end of the third row, where there is room.
  ru: { rows: [letters('йцукенгшщзхъ'), letters('фывапролджэ'), letters('ячсмитьбюё')], strip: letters('.,?!:;-–«»()'), cased: true },
  // Arabic (101); the ligature lam-alef is written by its two letters.
  ar: { rows: [letters('ضصثقفغعهخحجد'), letters('شسيبلاتنمكط'), letters('ذئءؤرىةوزظ')], strip: ['أ', 'إ', 'آ', '،', '؟', '!', '؛', ':', '.', '\u0651', '\u064b', '\u0640'], cased: false },
};

export const DIGITS = letters('1234567890');

/** In place of the letters. */
export const SYMBOLS: KeyLayout['rows'] = [letters('@#€$%&*+=/'), letters('«»“”’()[]_'), letters('.,:;…–-~')];

/** Behind a letter that is pressed for long, the most frequent first: what the six languages and names of delegates need. */
export const BEHIND: Readonly<Record<string, string>> = {
  a: 'áàâäãåæā', c: 'çćč', d: 'ðđ', e: 'éèêëęē', g: 'ğ', i: 'íìîïıī', l: 'ł', n: 'ñńň', o: 'óòôöõøœō', r: 'ř', s: 'ßśšş', t: 'þț', u: 'úùûüůū', y: 'ýÿ', z: 'žźż',
  'е': 'ё', 'и': 'й', 'г': 'ґ', 'у': 'ў', 'ь': 'ъ', 'к': 'қ', 'н': 'ң',
  'ا': 'أإآٱ', 'ي': 'ىئ', 'و': 'ؤ', 'ه': 'ة', 'ك': 'گک', 'ف': 'ڤ', 'ب': 'پ', 'ج': 'چ', 'ز': 'ژ',
};

/** Which keys somebody who reads a language begins with. */
export function typedFor(language: Language): Typed {
  return language === 'zh' ? 'en' : language;
}
