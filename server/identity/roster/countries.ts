/** Country codes and names, from the Unicode data that Node carries. */
import { LANGUAGES } from '../../../shared/protocol/vocabulary.ts';

const LETTERS = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZ'];

/** Assigned ISO 3166-1 alpha-2 codes, and the exceptional EU and UN, which have flags too. Codes without a name of their own are not assigned. */
function readCodes(): Set<string> {
  const names = new Intl.DisplayNames(['en'], { type: 'region', fallback: 'none' });
  const codes = LETTERS.flatMap((first) => LETTERS.map((second) => first + second));
  return new Set(codes.filter((code) => names.of(code) !== undefined && !code.startsWith('X') && code !== 'ZZ').map((code) => code.toLowerCase()));
}

/** Compared without case, accents, punctuation and order of words: "Republic of Korea" and "KOREA (Republic of)" are one. */
function fold(name: string): string {
  return (name.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? []).sort().join(' ');
}

function readNames(codes: ReadonlySet<string>): Map<string, string> {
  const found = new Map<string, string>();
  for (const language of LANGUAGES) {
    for (const style of ['long', 'short'] as const) {
      const names = new Intl.DisplayNames([language], { type: 'region', fallback: 'none', style });
      for (const code of codes) {
        const name = names.of(code.toUpperCase());
        if (name !== undefined && !found.has(fold(name))) found.set(fold(name), code);
      }
    }
  }
  return found;
}

/** Names that the United Nations use and Unicode does not (https://unstats.un.org/unsd/methodology/m49/). */
const UN_NAMES: Readonly<Record<string, string>> = {
  'Bolivia (Plurinational State of)': 'bo', 'Brunei Darussalam': 'bn', 'Cabo Verde': 'cv', 'Democratic People\'s Republic of Korea': 'kp',
  'Democratic Republic of the Congo': 'cd', 'Iran (Islamic Republic of)': 'ir', 'Lao People\'s Democratic Republic': 'la',
  'Micronesia (Federated States of)': 'fm', 'Netherlands (Kingdom of the)': 'nl', 'Republic of Korea': 'kr', 'Republic of Moldova': 'md',
  'Russian Federation': 'ru', 'Sao Tome and Principe': 'st', 'State of Palestine': 'ps', 'Syrian Arab Republic': 'sy', 'The former Yugoslav Republic of Macedonia': 'mk',
  'Türkiye': 'tr', 'United Kingdom of Great Britain and Northern Ireland': 'gb', 'United Republic of Tanzania': 'tz', 'United States of America': 'us',
  'Venezuela (Bolivarian Republic of)': 've', 'Viet Nam': 'vn', 'Antigua and Barbuda': 'ag', 'Bosnia and Herzegovina': 'ba', 'Congo': 'cg',
  'Saint Kitts and Nevis': 'kn', 'Saint Lucia': 'lc', 'Saint Vincent and the Grenadines': 'vc', 'Trinidad and Tobago': 'tt', 'Myanmar': 'mm',
};

const codes = readCodes();
let names: Map<string, string> | null = null;

export function isCountryCode(code: string): boolean {
  return codes.has(code);
}

/** @returns the code of a state by its name in one of the six languages, or an empty text. */
export function countryOf(entity: string): string {
  if (names === null) {
    names = readNames(codes);
    for (const [name, code] of Object.entries(UN_NAMES)) names.set(fold(name), code);
  }
  return names.get(fold(entity)) ?? '';
}
