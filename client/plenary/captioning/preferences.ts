/** What a captioner has set, kept on this device. */
import { signal } from '@preact/signals';
import type { ReadonlySignal } from '@preact/signals';
import { LANGUAGES } from '../../../shared/protocol/vocabulary.ts';
import type { Language } from '../../../shared/protocol/vocabulary.ts';

/** Longest list of abbreviations, characters. */
export const ABBREVIATIONS_MAX_LENGTH = 20_000;

export interface CaptionerPreferences {
  /** Null: not chosen yet. */
  readonly language: Language | null;
  /** A sentence ends its line by itself. */
  readonly byPunctuation: boolean;
  /** As written down: `abbreviation = text`, one a line. */
  readonly abbreviations: string;
}

const KEY = 'plenum.captioning';
const DEFAULTS: CaptionerPreferences = { language: null, byPunctuation: false, abbreviations: '' };
const CHECKS: { readonly [K in keyof CaptionerPreferences]: (value: unknown) => boolean } = {
  language: (value) => value === null || (LANGUAGES as readonly unknown[]).includes(value),
  byPunctuation: (value) => typeof value === 'boolean',
  abbreviations: (value) => typeof value === 'string' && value.length <= ABBREVIATIONS_MAX_LENGTH,
};

/** Reads what was stored; anything else than what may stand there is dropped, key by key. */
export function parseCaptionerPreferences(text: string | null): CaptionerPreferences {
  try {
    const stored: unknown = JSON.parse(text ?? 'null');
    if (typeof stored !== 'object' || stored === null) return DEFAULTS;
    return { ...DEFAULTS, ...Object.fromEntries(Object.entries(stored).filter(([key, value]) => key in CHECKS && CHECKS[key as keyof CaptionerPreferences](value))) };
  } catch {
    // An older version or a hand edit.
    return DEFAULTS;
  }
}

function stored(): CaptionerPreferences {
  try {
    return parseCaptionerPreferences(localStorage.getItem(KEY));
  } catch {
    // Storage is forbidden here.
    return DEFAULTS;
  }
}

const current = signal<CaptionerPreferences>(stored());
export const captionerPreferences: ReadonlySignal<CaptionerPreferences> = current;

export function changeCaptionerPreferences(change: Partial<CaptionerPreferences>): void {
  current.value = { ...current.peek(), ...change };
  try {
    localStorage.setItem(KEY, JSON.stringify(current.peek()));
  } catch {
    // They still hold for this page.
  }
}
