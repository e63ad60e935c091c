import type { CaptionLine } from '../../../../shared/protocol/plenary/messages.ts';
import type { Channel } from '../../../../shared/protocol/plenary/vocabulary.ts';
import { LANGUAGES } from '../../../../shared/protocol/vocabulary.ts';
import type { Language } from '../../../../shared/protocol/vocabulary.ts';
import { captionLook } from '../pages/settings.ts';
import { choice, heading, hint, slider } from '../toolkit/controls.ts';
import { column, scroll, text } from '../toolkit/nodes.ts';
import type { Child, Node } from '../toolkit/nodes.ts';
import type { Kit } from '../state.ts';
import type { Mine } from './mine.ts';

const CHANNELS: readonly Channel[] = ['floor', ...LANGUAGES];
const NONE = '';
/** What was said last; the whole transcript is on the page outside. */
const LINES = 40;

/** What one listens to, and how much of the floor beneath it. */
export function soundTab({ deps: { texts } }: Kit, { plenary }: Mine): Node {
  const { t } = texts;
  const { channel, under } = plenary.store.listening.value;
  const live = plenary.store.channels.value;
  const spoken = (each: Channel): string => (each === 'floor' ? t('plenary.channel.original') : t(live[each] ? 'plenary.channel.live' : 'plenary.channel.silent'));
  return scroll('sound', [
    choice('channel', t('plenary.channel.title'), channel, { columns: 3, choices: CHANNELS.map((value) => ({ value, text: texts.channel(value), hint: spoken(value) })), change: (value) => { plenary.listen({ channel: value }); } }),
    slider('under', t('plenary.channel.under'), under, {
      value: texts.percent(under, texts.language.value),
      change: (value) => {
        const step = Math.round(value * 20) / 20;
        if (step !== plenary.store.listening.peek().under) plenary.listen({ under: step });
      },
    }),
    hint(t('plenary.channel.underHint')),
  ], { gap: 18 });
}

function transcript(lines: readonly CaptionLine[]): readonly Child[] {
  return lines.map((line, index) => column([lines[index - 1]?.speaker !== line.speaker && text(line.speaker, { weight: 600, tone: 'quiet', own: true }), text(line.text, { own: true })], { gap: 2 }));
}

/** Language and look of the captions, and what was said. */
export function captionsTab(kit: Kit, { plenary }: Mine): Node {
  const { t, languageNames } = kit.deps.texts;
  const { language, lines } = plenary.store.captions.value;
  return scroll('transcript', [
    choice<Language | typeof NONE>('captions', t('plenary.captions.language'), language ?? NONE, {
      columns: 4, choices: [{ value: NONE, text: t('plenary.captions.none') }, ...LANGUAGES.map((value) => ({ value, text: languageNames[value] }))], change: (value) => { plenary.readCaptions(value === NONE ? null : value); },
    }),
    ...captionLook(kit),
    heading(t('plenary.captions.transcript')),
    language === null && hint(t('plenary.captions.choose')),
    language !== null && lines.length === 0 && hint(t('plenary.captions.waiting')),
    ...transcript(lines.slice(-LINES)),
  ], { gap: 16 });
}
