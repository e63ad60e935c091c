/** What an interpreter has set at the console, kept on this device. */
import { signal } from '@preact/signals';
import type { ReadonlySignal } from '@preact/signals';

/** Highest peaks that reach the headphones, dBFS. */
export const CEILINGS = ['-18', '-12', '-6'] as const;
export type Ceiling = (typeof CEILINGS)[number];

export interface ConsolePreferences {
  /** Of what comes in, 0..2: 1 leaves it as it is. */
  readonly volume: number;
  /** Below 250 Hz and above 4 kHz, 0..1: 0.5 leaves it as it is, the ends are 12 dB. */
  readonly bass: number;
  readonly treble: number;
  readonly ceiling: Ceiling;
  /** A sound in the headphones when a hand-over is asked for or done. */
  readonly chime: boolean;
}

const KEY = 'plenum.console';
const DEFAULTS: ConsolePreferences = { volume: 1, bass: 0.5, treble: 0.5, ceiling: '-12', chime: true };

const within = (most: number) => (value: unknown): boolean => typeof value === 'number' && value >= 0 && value <= most;
const CHECKS: { readonly [K in keyof ConsolePreferences]: (value: unknown) => boolean } = {
  volume: within(2), bass: within(1), treble: within(1), ceiling: (value) => (CEILINGS as readonly unknown[]).includes(value), chime: (value) => typeof value === 'boolean',
};

/** Reads what was stored; anything else than what may stand there is dropped, key by key. */
export function parseConsolePreferences(text: string | null): ConsolePreferences {
  try {
    const stored: unknown = JSON.parse(text ?? 'null');
    if (typeof stored !== 'object' || stored === null) return DEFAULTS;
    return { ...DEFAULTS, ...Object.fromEntries(Object.entries(stored).filter(([key, value]) => key in CHECKS && CHECKS[key as keyof ConsolePreferences](value))) };
  } catch {
    // An older version or a hand edit.
    return DEFAULTS;
  }
}

function stored(): ConsolePreferences {
  try {
    return parseConsolePreferences(localStorage.getItem(KEY));
  } catch {
    // Storage is forbidden here.
    return DEFAULTS;
  }
}

const current = signal<ConsolePreferences>(stored());
export const consolePreferences: ReadonlySignal<ConsolePreferences> = current;

export function changeConsolePreferences(change: Partial<ConsolePreferences>): void {
  current.value = { ...current.peek(), ...change };
  try {
    localStorage.setItem(KEY, JSON.stringify(current.peek()));
  } catch {
    // They still hold for this page.
  }
}
