import type { CaptionSize } from '../../plenary/preferences.ts';
import { column, text } from './toolkit/nodes.ts';
import type { Node } from './toolkit/nodes.ts';
import type { Tone } from './toolkit/theme.ts';
import type { Typesetter } from './toolkit/text.ts';
import type { Kit } from './state.ts';

export const CAPTION_WIDTH = 1024;
/** Three lines of the largest letters. */
export const CAPTION_HEIGHT = 336;
const MOST_LINES = 3;
const PADDING = 28;

/** Em, pixels: 1.5 to 3.2 degrees. */
export const CAPTION_PIXELS: Readonly<Record<CaptionSize, number>> = { small: 32, medium: 42, large: 54, huge: 70 };

const GROUNDS: Readonly<Record<'dark' | 'light' | 'clear', { readonly fill: Tone | undefined; readonly ink: Tone }>> = {
  dark: { fill: 'black', ink: 'white' }, light: { fill: 'white', ink: 'black' }, clear: { fill: undefined, ink: 'white' },
};

/** Whether there are captions to be shown. */
export function hasCaptions({ deps: { venue } }: Kit): boolean {
  const plenary = venue.store.attending.value?.plenary;
  return plenary !== undefined && plenary.store.captions.value.language !== null && plenary.store.state.value !== null;
}

/** The last words in the language that one reads: whole lines, the last three. */
export function captionsPanel(kit: Kit, typesetter: Typesetter): Node {
  const { texts, venue } = kit.deps;
  const captions = venue.store.attending.value?.plenary.store.captions.value;
  const { captionSize, captionGround } = venue.plenary.preferences.value;
  if (captions === undefined || captions.language === null) return column([]);
  const { fill, ink } = GROUNDS[captionGround];
  const font = { pixels: CAPTION_PIXELS[captionSize], weight: 600 } as const;
  const { lines, live } = captions;
  const said = [...lines.slice(live === null ? -2 : -1), ...(live === null ? [] : [live])].map((line) => line.text);
  const waits = said.length === 0;
  const rows = (waits ? [texts.t('plenary.captions.waiting')] : said).flatMap((each) => typesetter.wrap(each, font, CAPTION_WIDTH - 2 * PADDING)).slice(-MOST_LINES);
  const direction = waits ? typesetter.direction : captions.language === 'ar' ? 'rtl' : 'ltr';
  return column([
    column([], { grow: 1 }),
    column(rows.map((line) => text(line.text, { pixels: font.pixels, weight: font.weight, tone: ink, align: 'middle', direction, edged: fill === undefined })), { gap: 0, padding: [12, PADDING], radius: 20, fill }),
  ]);
}
