import { signal } from '@preact/signals';
import type { ReadonlySignal } from '@preact/signals';
import { LANGUAGES } from '../../shared/protocol/vocabulary.ts';
import type { Language } from '../../shared/protocol/vocabulary.ts';
import type { Settings } from './contracts.ts';

/** `localStorage` entry: a JSON object with those settings that the person has changed. */
export const SETTINGS_KEY = 'plenum.settings';

type Check<K extends keyof Settings> = (value: unknown) => value is Settings[K];

function oneOf<T extends string>(...allowed: readonly T[]): (value: unknown) => value is T {
  return (value): value is T => allowed.some((each) => each === value);
}
const isBoolean = (value: unknown): value is boolean => typeof value === 'boolean';
const isDeviceId = (value: unknown): value is string => typeof value === 'string' && value.length <= 512;
const isMetres = (value: unknown): value is number => typeof value === 'number' && value >= 0 && value <= 2.5;
const isFraction = (value: unknown): value is number => typeof value === 'number' && value >= 0 && value <= 1;

/** What may stand in storage: anything else (an older version, a hand edit) falls back to the default, key by key. */
const CHECKS: { readonly [K in keyof Settings]: Check<K> } = {
  language: oneOf(...LANGUAGES),
  theme: oneOf('system', 'light', 'dark'),
  contrast: oneOf('system', 'high'),
  motion: oneOf('system', 'reduced'),
  names: isBoolean,
  view: oneOf('first', 'third'),
  quality: oneOf('auto', 'low', 'medium', 'high'),
  textOnly: isBoolean,
  microphone: isDeviceId,
  speaker: isDeviceId,
  originalSound: isBoolean,
  volume: isFraction,
  surroundings: isFraction,
  guideLowersVoices: isBoolean,
  shortcuts: isBoolean,
  announcements: oneOf('none', 'essential', 'all'),
  comfort: oneOf('gentle', 'standard', 'free'),
  seatedBody: isBoolean,
  playHand: oneOf('both', 'left', 'right'),
  personalSpace: isMetres,
  eyeHeight: isMetres,
  armLength: isMetres,
};

/** Best match of the browser's languages with ours, English if there is none. */
export function preferredLanguage(browserLanguages: readonly string[]): Language {
  for (const tag of browserLanguages) {
    const primary = tag.toLowerCase().split('-')[0];
    const match = LANGUAGES.find((language) => language === primary);
    if (match !== undefined) return match;
  }
  return 'en';
}

export function defaultSettings(browserLanguages: readonly string[]): Settings {
  return {
    language: preferredLanguage(browserLanguages),
    theme: 'system',
    contrast: 'system',
    motion: 'system',
    names: true,
    view: 'third',
    quality: 'auto',
    textOnly: false,
    microphone: '',
    speaker: '',
    originalSound: false,
    volume: 1,
    surroundings: 0.5,
    guideLowersVoices: false,
    shortcuts: true,
    announcements: 'essential',
    comfort: 'gentle',
    seatedBody: false,
    playHand: 'both',
    personalSpace: 0.5,
    eyeHeight: 0,
    armLength: 0,
  };
}

/** Reads what was stored; unknown keys and values of the wrong kind are dropped. Never throws. */
export function parseStored(text: string | null): Partial<Settings> {
  if (text === null) return {};
  let stored: unknown;
  try {
    stored = JSON.parse(text);
  } catch {
    // No JSON: an older version or a hand edit.
    return {};
  }
  if (typeof stored !== 'object' || stored === null) return {};
  const entries = Object.entries(stored).filter(([key, value]) => key in CHECKS && CHECKS[key as keyof Settings](value));
  return Object.fromEntries(entries);
}

function read(): Partial<Settings> {
  try {
    return parseStored(localStorage.getItem(SETTINGS_KEY));
  } catch {
    // Storage is forbidden here.
    return {};
  }
}

function write(changed: Partial<Settings>): void {
  try {
    localStorage.setItem(SETTINGS_KEY, JSON.stringify(changed));
  } catch {
    // The settings still hold for this page; a private window without storage is no reason to bother anybody.
  }
}

let changed: Partial<Settings> = read();
const current = signal<Settings>({ ...defaultSettings(navigator.languages), ...changed });

/** Settings of this device. Only those that the person changed are stored, so that better defaults reach everybody else. */
export const settings: ReadonlySignal<Settings> = current;

/** Changes and stores settings. */
export function changeSettings(change: Partial<Settings>): void {
  changed = { ...changed, ...change };
  write(changed);
  current.value = { ...current.peek(), ...change };
}

/** Uses the language of the person's roster entry, unless they chose another one on this device. */
export function suggestLanguage(language: Language): void {
  if (changed.language === undefined) current.value = { ...current.peek(), language };
}
