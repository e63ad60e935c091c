import type { Sponsor } from '../../shared/protocol/sponsors.ts';
import { LANGUAGES, SPONSOR_KINDS, SPONSOR_TIERS } from '../../shared/protocol/vocabulary.ts';
import type { Language } from '../../shared/protocol/vocabulary.ts';
import type { SponsorRecord } from '../store/store.ts';

/** Where logos are served. */
export const LOGO_ADDRESS = '/logos';

export function logoAddress(logo: string): string {
  return `${LOGO_ADDRESS}/${logo}.webp`;
}

function rank({ kind, tier }: SponsorRecord): number {
  return SPONSOR_KINDS.indexOf(kind) * 100 + (tier === null ? SPONSOR_TIERS.length : SPONSOR_TIERS.indexOf(tier));
}

/** Sponsors before donors, by tier, and within one tier as the secretariat ordered them. */
export function inOrder(records: Iterable<SponsorRecord>): readonly SponsorRecord[] {
  return [...records].sort((one, other) => rank(one) - rank(other) || one.position - other.position || (one.id < other.id ? -1 : 1));
}

function inEachLanguage(text: (language: Language) => string): Record<Language, string> {
  return Object.fromEntries(LANGUAGES.map((language) => [language, text(language)])) as Record<Language, string>;
}

/** An entry as people in the venue are told of it. */
export function shownSponsor({ id, kind, tier, name, names, text, link, logo, booth }: SponsorRecord): Sponsor {
  const textIn = LANGUAGES.filter((language) => text[language] !== '');
  const [first] = textIn;
  return {
    id, kind, tier, link, booth, textIn,
    name: LANGUAGES.every((language) => names[language] === '') ? name : inEachLanguage((language) => names[language] || name),
    logo: logo === null ? null : logoAddress(logo),
    text: inEachLanguage((language) => text[language] || (first === undefined ? '' : text[first])),
  };
}
