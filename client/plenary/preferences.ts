/** What somebody has chosen for formal sessions, kept on this device. */
import { signal } from '@preact/signals';
import type { ReadonlySignal } from '@preact/signals';
import { LANGUAGES } from '../../shared/protocol/vocabulary.ts';
import type { Language } from '../../shared/protocol/vocabulary.ts';
import type { Channel } from '../../shared/protocol/plenary/vocabulary.ts';

export const CAPTION_SIZES = ['small', 'medium', 'large', 'huge'] as const;
export type CaptionSize = (typeof CAPTION_SIZES)[number];
export const CAPTION_GROUNDS = ['dark', 'light', 'clear'] as const;
export type CaptionGround = (typeof CAPTION_GROUNDS)[number];

export interface Preferences {
  readonly channel: Channel;
  /** Of the floor beneath a language, 0..1. */
  readonly under: number;
  /** Language of the captions, or none. */
  readonly captions: Language | null;
  readonly captionSize: CaptionSize;
  readonly captionGround: CaptionGround;
  /** Width of the sign-language window, in steps of {@link SIGN_WIDTHS}. */
  readonly signWidth: number;
  /** It stands at the end of the line of reading, else at its beginning. */
  readonly signAtEnd: boolean;
}

/** Widths of the sign-language window, rem. */
export const SIGN_WIDTHS = [9, 12, 16, 20, 26] as const;

const KEY = 'plenum.plenary';
const DEFAULTS: Preferences = { channel: 'floor', under: 0.15, captions: null, captionSize: 'medium', captionGround: 'dark', signWidth: 1, signAtEnd: true };

const isLanguage = (value: unknown): boolean => (LANGUAGES as readonly unknown[]).includes(value);
const CHECKS: { readonly [K in keyof Preferences]: (value: unknown) => boolean } = {
  channel: (value) => value === 'floor' || isLanguage(value),
  under: (value) => typeof value === 'number' && value >= 0 && value <= 1,
  captions: (value) => value === null || isLanguage(value),
  captionSize: (value) => (CAPTION_SIZES as readonly unknown[]).includes(value),
  captionGround: (value) => (CAPTION_GROUNDS as readonly unknown[]).includes(value),
  signWidth: (value) => Number.isInteger(value) && typeof value === 'number' && value >= 0 && value < SIGN_WIDTHS.length,
  signAtEnd: (value) => typeof value === 'boolean',
};

/** Reads what was stored; anything else than what may stand there is dropped, key by key. */
export function parsePreferences(text: string | null): Preferences {
  let stored: unknown = null;
  try {
    stored = JSON.parse(text ?? 'null');
  } catch {
    // An older version or a hand edit.
    return DEFAULTS;
  }
  if (typeof stored !== 'object' || stored === null) return DEFAULTS;
  const valid = Object.entries(stored).filter(([key, value]) => key in CHECKS && CHECKS[key as keyof Preferences](value));
  return { ...DEFAULTS, ...Object.fromEntries(valid) };
}

export function storedPreferences(): Preferences {
  try {
    return parsePreferences(localStorage.getItem(KEY));
  } catch {
    // Storage is forbidden here.
    return DEFAULTS;
  }
}

const current = signal<Preferences>(storedPreferences());
export const preferences: ReadonlySignal<Preferences> = current;

export function changePreferences(change: Partial<Preferences>): void {
  current.value = { ...current.peek(), ...change };
  try {
    localStorage.setItem(KEY, JSON.stringify(current.peek()));
  } catch {
    // They still hold for this page.
  }
}
