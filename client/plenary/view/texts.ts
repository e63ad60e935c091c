/** Words for what is in a session's state. */
import type { InCapacity, Speaker } from '../../../shared/protocol/plenary/state.ts';
import type { Channel } from '../../../shared/protocol/plenary/vocabulary.ts';
import type { Language } from '../../../shared/protocol/vocabulary.ts';
import { LANGUAGE_NAMES } from '../../ui/components/LanguageMenu.tsx';
import { formatList, localeOf } from '../../ui/format.ts';
import { shownLanguage, t } from '../../ui/i18n.ts';

/** In whose name somebody speaks. */
export function capacityText({ capacity, onBehalfOf }: InCapacity, entity: string): string {
  switch (capacity) {
    case 'delegation': return t('plenary.as.delegation', { entity });
    case 'group': return t('plenary.as.group', { group: onBehalfOf });
    case 'office': return onBehalfOf === '' ? t('plenary.as.chair') : t('plenary.as.office', { office: onBehalfOf });
    case 'personal': return t('plenary.as.personal');
  }
}

/** "Amina Diallo, Senegal" */
export function speakerText({ name, entity }: Pick<Speaker, 'name' | 'entity'>): string {
  return t('plenary.speaker', { name, entity });
}

const minutes = new Map<Language, Intl.NumberFormat>();

/** Minutes and seconds of a clock, "2:05", from milliseconds; digits of the language. */
export function clockText(ms: number, language: Language): string {
  let format = minutes.get(language);
  if (format === undefined) {
    format = new Intl.NumberFormat(localeOf(language), { useGrouping: false });
    minutes.set(language, format);
  }
  const seconds = Math.max(0, Math.floor(ms / 1000));
  const rest = seconds % 60;
  return `${format.format(Math.floor(seconds / 60))}:${rest < 10 ? format.format(0) : ''}${format.format(rest)}`;
}

function unitText(amount: number, unit: 'minute' | 'second', unitDisplay: 'long' | 'short'): string {
  return new Intl.NumberFormat(localeOf(shownLanguage.value), { style: 'unit', unit, unitDisplay }).format(amount);
}

/** "2 minutes and 5 seconds", for screen readers. */
export function durationText(ms: number): string {
  const seconds = Math.max(0, Math.round(ms / 1000));
  if (seconds < 60) return unitText(seconds, 'second', 'long');
  const rest = seconds % 60;
  return formatList([unitText(Math.floor(seconds / 60), 'minute', 'long'), ...(rest === 0 ? [] : [unitText(rest, 'second', 'long')])], shownLanguage.value);
}

/** "20 min" */
export function minutesText(minutes: number): string {
  return unitText(minutes, 'minute', 'short');
}

export function channelText(channel: Channel): string {
  return channel === 'floor' ? t('plenary.channel.floor') : LANGUAGE_NAMES[channel];
}

/** Day and time on the reader's clock. */
export function momentText(at: number, language: Language): string {
  return new Intl.DateTimeFormat(localeOf(language), { dateStyle: 'medium', timeStyle: 'short' }).format(at);
}
