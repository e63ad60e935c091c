import { usePlenary } from '../context.ts';
import { directionOf, t } from '../../../ui/i18n.ts';
import { preferences } from '../../preferences.ts';

/** The last words in the language that one reads. What screen readers want of them is in the transcript: read aloud here, they would talk over the speaker. */
export function CaptionStrip() {
  const { language, lines, live } = usePlenary().store.captions.value;
  const { captionSize, captionGround } = preferences.value;
  if (language === null) return null;
  const shown = [...lines.slice(live === null ? -2 : -1), ...(live === null ? [] : [live])];
  return (
    <div class={`caption caption--${captionSize} caption--on-${captionGround}`} role="region" aria-label={t('plenary.captions.title')} lang={language} dir={directionOf(language)}>
      {shown.length === 0 ? <p class="caption__waiting" lang="" dir="auto">{t('plenary.captions.waiting')}</p> : shown.map((line) => <p key={line.id} class="caption__line">{line.text}</p>)}
    </div>
  );
}
