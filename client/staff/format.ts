import type { Language } from '../../shared/protocol/vocabulary.ts';
import { localeOf } from '../ui/format.ts';

const KILOBYTE = 1024;
const MEGABYTE = KILOBYTE * 1024;

/** Bytes with their unit: kilobytes below one megabyte, then megabytes, with one digit behind the point below ten. */
export function formatBytes(bytes: number, language: Language): string {
  const [unit, amount] = bytes < MEGABYTE ? ['kilobyte', Math.ceil(bytes / KILOBYTE)] as const : ['megabyte', bytes / MEGABYTE] as const;
  return new Intl.NumberFormat(localeOf(language), { style: 'unit', unit, maximumFractionDigits: amount < 10 ? 1 : 0 }).format(amount);
}

export function formatWhole(value: number, language: Language): string {
  return new Intl.NumberFormat(localeOf(language), { maximumFractionDigits: 0 }).format(value);
}

/** Day and time on the reader's clock. `at`: milliseconds since the epoch. */
export function formatMoment(at: number, language: Language): string {
  return new Intl.DateTimeFormat(localeOf(language), { dateStyle: 'medium', timeStyle: 'short' }).format(at);
}
