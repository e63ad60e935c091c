import type { Language } from '../../shared/protocol/vocabulary.ts';
import { localeOf } from '../ui/format.ts';

const MEGABYTE = 1024 * 1024;

/** Bytes as megabytes with their unit, one digit behind the point below ten. */
export function formatBytes(bytes: number, language: Language): string {
  const megabytes = bytes / MEGABYTE;
  return new Intl.NumberFormat(localeOf(language), { style: 'unit', unit: 'megabyte', maximumFractionDigits: megabytes < 10 ? 1 : 0 }).format(megabytes);
}

export function formatWhole(value: number, language: Language): string {
  return new Intl.NumberFormat(localeOf(language), { maximumFractionDigits: 0 }).format(value);
}

/** Day and time on the reader's clock. `at`: milliseconds since the epoch. */
export function formatMoment(at: number, language: Language): string {
  return new Intl.DateTimeFormat(localeOf(language), { dateStyle: 'medium', timeStyle: 'short' }).format(at);
}
