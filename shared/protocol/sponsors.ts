/**
 * Those who made the event possible: what everybody in the venue is told of them, and what the secretariat's page and the server say to each other about
 * them, over HTTP below `/api/staff/sponsors` (who may: see `staff.ts`). Refusals are `ProblemResponse` (`session.ts`).
 */
import { z } from 'zod';
import { SPONSOR_LIMITS, webLink } from '../rules/sponsors.ts';
import { LANGUAGES, SPONSOR_KINDS, SPONSOR_TIERS } from './vocabulary.ts';
import type { Language, SponsorKind, SponsorTier } from './vocabulary.ts';

/** A sponsor or donor as people in the venue see them. Addresses are on our own server, except `link`. */
export interface Sponsor {
  readonly id: string;
  readonly kind: SponsorKind;
  readonly tier: SponsorTier | null;
  /** One name everywhere, or one a language. */
  readonly name: string | Readonly<Record<Language, string>>;
  readonly logo: string | null;
  /** Never missing: where there is no text in a language, the first of `textIn`. Empty in all if there is no text at all. */
  readonly text: Readonly<Record<Language, string>>;
  /** Languages in which the text was written. */
  readonly textIn: readonly Language[];
  /** `https` only. */
  readonly link: string | null;
  /** Id of the booth that is theirs, in whichever scene has it. */
  readonly booth: string | null;
}

/** Invisible characters that reorder, hide or break what stands beside them come along when text is pasted, and are left out. */
const INVISIBLE = /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]/gu;
const cleaned = z.string().max(4 * SPONSOR_LIMITS.text).transform((text) => text.replaceAll(/\r\n?|\u2028|\u2029/gu, '\n').replaceAll(INVISIBLE, '').normalize('NFC').trim());
const line = (longest: number) => cleaned.transform((text) => text.replaceAll(/\s+/gu, ' ')).pipe(z.string().max(longest));
const paragraphs = (longest: number) => cleaned.pipe(z.string().max(longest));

/** A text for every language; empty where there is none. */
function inLanguages<T extends z.ZodType<string>>(text: T): z.ZodObject<Record<Language, T>> {
  return z.object(Object.fromEntries(LANGUAGES.map((language) => [language, text])) as Record<Language, T>);
}

/** What the secretariat says of a sponsor. */
export const SponsorFields = z.object({
  kind: z.enum(SPONSOR_KINDS),
  tier: z.enum(SPONSOR_TIERS).nullable(),
  name: line(SPONSOR_LIMITS.name).pipe(z.string().min(1)),
  /** Where the organisation has another name in a language; else empty. */
  names: inLanguages(line(SPONSOR_LIMITS.name)),
  text: inLanguages(paragraphs(SPONSOR_LIMITS.text)),
  link: z.string().max(SPONSOR_LIMITS.link).refine((text) => webLink(text) !== null).transform((text) => webLink(text) ?? '').nullable(),
  /** As `POST logos` called it. */
  logo: z.string().regex(/^[0-9a-f]{32}$/).nullable(),
  booth: z.string().regex(/^[A-Za-z0-9_.-]{1,64}$/).nullable(),
});
export type SponsorFields = Readonly<z.infer<typeof SponsorFields>>;

/** `PUT ID`. `revision`: what the person was shown and has changed. */
export const SponsorChange = z.object({ fields: SponsorFields, revision: z.int() });
/** `PUT order`: all ids, in their new order. */
export const SponsorOrder = z.object({ ids: z.array(z.string().max(64)).max(SPONSOR_LIMITS.entries) });

export interface StaffSponsor extends SponsorFields {
  readonly id: string;
  /** Rises with every change of the fields. */
  readonly revision: number;
  /** Where the logo is. */
  readonly logoAddress: string | null;
}

/** A booth of a scene that is open now. */
export interface StaffBooth {
  readonly id: string;
  readonly scene: string;
  readonly sceneNames: Readonly<Record<Language, string>>;
  /** What its author calls it, or null. */
  readonly names: Readonly<Record<Language, string>> | null;
}

/** `GET`: in the order in which they are shown. */
export interface StaffSponsors {
  readonly sponsors: readonly StaffSponsor[];
  readonly booths: readonly StaffBooth[];
}

/** `POST`, body: `SponsorFields`. */
export interface SponsorAdded {
  readonly id: string;
}

/** `POST logos`, body: a PNG, JPEG or WebP file. What is kept is made anew from its pixels. */
export interface LogoAccepted {
  readonly logo: string;
  readonly address: string;
  readonly width: number;
  readonly height: number;
}
