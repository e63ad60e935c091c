/** Measures with their symbols, which are the same in all languages; kept together, from left to right, in a text of either direction (Unicode UAX #9, isolates). */
import { formatNumber } from '../../ui/format.ts';
import { shownLanguage } from '../../ui/i18n.ts';

const together = (text: string): string => `\u2066${text}\u2069`;

export function unitText(value: number, unit: 'dB' | 'dBFS' | 'Hz'): string {
  return together(`${formatNumber(value, shownLanguage.value)} ${unit}`);
}

/** "120 – 15,100 Hz" */
export function bandText(low: number, high: number): string {
  return together(`${formatNumber(low, shownLanguage.value)} – ${formatNumber(high, shownLanguage.value)} Hz`);
}
