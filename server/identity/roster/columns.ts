/** The columns of a roster file: how their headers and values are read, and what is said when a value is not allowed. */
import { z } from 'zod';
import { ENTITY_TYPES, LANGUAGES, ROLES } from '../../../shared/protocol/vocabulary.ts';
import { isCountryCode } from './countries.ts';

/** Characters that would break a nameplate: controls, and marks that turn the reading direction of what follows. */
const UNPRINTABLE = /[\p{Cc}\u202A-\u202E\u2066-\u2069]/u;
const NAME_LENGTH = 80;
const ENTITY_LENGTH = 120;

/** Visible text: one space between words, no breaks, composed accents. */
function tidy(value: string): string {
  return value.normalize('NFC').replace(/\s+/gu, ' ').trim();
}

const text = (max: number): z.ZodType<string, string> => z.string().transform(tidy).pipe(z.string()
  .min(1, 'must not be empty')
  .max(max, `must not be longer than ${max} characters`)
  .refine((value) => !UNPRINTABLE.test(value), 'must not contain control characters'));

/** "Member State", "member_state" and "MEMBER-STATE" are one word. */
const word = (value: string): string => tidy(value).toLowerCase().replace(/[\s_-]+/gu, '-');

function oneOf<T extends string>(values: readonly T[], aliases: Readonly<Record<string, T>> = {}): z.ZodType<T, string> {
  return z.string().transform((value, context) => {
    const given = word(value);
    const found = values.find((item) => item === given) ?? (Object.hasOwn(aliases, given) ? aliases[given] : undefined);
    if (found !== undefined) return found;
    context.addIssue({ code: 'custom', message: given === '' ? `must not be empty; allowed: ${values.join(', ')}` : `"${tidy(value)}" is not allowed; allowed: ${values.join(', ')}` });
    return z.NEVER;
  });
}

const email = z.string().transform((value) => value.trim()).pipe(z.union([z.literal(''), z.email('is not an e-mail address').max(254)]));

const country = z.string().transform((value) => value.trim().toLowerCase())
  .refine((value) => value === '' || isCountryCode(value), 'must be a two-letter country code (ISO 3166-1) such as ch, or empty');

/** One entry a column: how its cells are read, and whether the file must have it. */
export const COLUMNS = {
  name: { label: 'name', required: true, read: text(NAME_LENGTH) },
  entity: { label: 'entity', required: true, read: text(ENTITY_LENGTH) },
  entityType: { label: 'entity type', required: true, read: oneOf(ENTITY_TYPES, { organization: 'organisation' }) },
  role: { label: 'role', required: true, read: oneOf(ROLES) },
  language: {
    label: 'language', required: true,
    read: oneOf(LANGUAGES, { english: 'en', french: 'fr', spanish: 'es', russian: 'ru', chinese: 'zh', arabic: 'ar' }),
  },
  email: { label: 'e-mail', required: false, read: email },
  country: { label: 'country', required: false, read: country },
} as const;

export type Column = keyof typeof COLUMNS;

/** The column that a header means, whatever its case, spacing and punctuation; null if none. */
export function columnOf(header: string): Column | null {
  const bare = header.toLowerCase().replace(/[^a-z]/g, '');
  return Object.keys(COLUMNS).find((column): column is Column => column.toLowerCase() === bare) ?? null;
}
