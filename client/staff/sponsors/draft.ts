/** An entry while somebody fills it in. */
import type { Sponsor, SponsorFields, StaffSponsor } from '../../../shared/protocol/sponsors.ts';
import { completeLink, webLink } from '../../../shared/rules/sponsors.ts';
import { LANGUAGES } from '../../../shared/protocol/vocabulary.ts';
import type { Language } from '../../../shared/protocol/vocabulary.ts';
import type { PlainKey } from '../../ui/i18n.ts';

export interface Draft extends Omit<SponsorFields, 'link'> {
  /** Null for a new one. */
  readonly id: string | null;
  readonly revision: number;
  /** As it was typed. */
  readonly link: string;
  readonly logoAddress: string | null;
}

const none = (): Record<Language, string> => Object.fromEntries(LANGUAGES.map((language) => [language, ''])) as Record<Language, string>;

export function emptyDraft(): Draft {
  return { id: null, revision: 0, kind: 'sponsor', tier: null, name: '', names: none(), text: none(), link: '', logo: null, logoAddress: null, booth: null };
}

export function draftOf(sponsor: StaffSponsor): Draft {
  return { ...sponsor, link: sponsor.link ?? '' };
}

export type Faults = Readonly<Partial<Record<'name' | 'link', PlainKey>>>;

/** What the server would refuse, by field. */
export function faultsOf({ name, link }: Draft): Faults {
  return {
    ...(name.trim() === '' ? { name: 'staff.sponsors.nameMissing' as const } : {}),
    ...(link.trim() === '' || webLink(completeLink(link)) !== null ? {} : { link: 'staff.sponsors.linkInvalid' as const }),
  };
}

/** What is sent. */
export function fieldsOf({ kind, tier, name, names, text, link, logo, booth }: Draft): SponsorFields {
  return { kind, tier, name, names, text, logo, booth, link: link.trim() === '' ? null : completeLink(link) };
}

/** Languages in which there is a text. */
export function writtenIn(text: SponsorFields['text']): readonly Language[] {
  return LANGUAGES.filter((language) => text[language].trim() !== '');
}

/** The draft as people in the venue would see it in `language`. */
export function previewOf(draft: Draft, language: Language): Sponsor {
  const textIn = writtenIn(draft.text);
  const shown = textIn.includes(language) ? language : textIn[0];
  const text = { ...none(), [language]: shown === undefined ? '' : draft.text[shown] };
  const link = webLink(completeLink(draft.link));
  return { id: draft.id ?? '', kind: draft.kind, tier: draft.tier, booth: draft.booth, name: draft.names[language].trim() || draft.name.trim(), logo: draft.logoAddress, text, textIn, link };
}
