/** What an export says besides the record itself: texts of the catalogue, and times as they are written in a document. */
import type { RecordEntry } from '../../../shared/protocol/plenary/state.ts';
import type { Language } from '../../../shared/protocol/vocabulary.ts';
import { localeOf } from '../../ui/format.ts';
import type { t } from '../../ui/i18n.ts';

export interface Words {
  readonly language: Language;
  readonly text: typeof t;
  /** An entry of the record, with the secretariat's wording where there is one. */
  readonly tell: (entry: Pick<RecordEntry, 'text' | 'fact'>) => string;
}

const DAY = { weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' } as const;
/** In 24 hours everywhere, as records are written. */
const CLOCK = { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' } as const;

function formatter(language: Language, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  return new Intl.DateTimeFormat(localeOf(language), options);
}

/** From when to when, in a zone that is named. `to` null: not over. */
export function spanText(language: Language, timeZone: string, { from, to }: { readonly from: number; readonly to: number | null }): string {
  const format = formatter(language, { ...DAY, ...CLOCK, timeZone });
  const zone = formatter(language, { timeZone, timeZoneName: 'long' }).formatToParts(from).find(({ type }) => type === 'timeZoneName')?.value ?? timeZone;
  return `${to === null ? format.format(from) : format.formatRange(from, to)} (${zone})`;
}

/** Clock times of one document, to the minute; the day stands before those of another day than the one before. */
export function clockOf(language: Language, timeZone: string): (at: number) => string {
  const clock = formatter(language, { ...CLOCK, timeZone });
  const date = formatter(language, { day: 'numeric', month: 'short', timeZone });
  let last = '';
  return (at) => {
    const day = date.format(at);
    const text = day === last || last === '' ? clock.format(at) : `${day}, ${clock.format(at)}`;
    last = day;
    return text;
  };
}
