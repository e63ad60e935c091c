import { useLayoutEffect, useRef } from 'preact/hooks';
import { formatTime } from '../../../ui/format.ts';
import { directionOf, shownLanguage, t } from '../../../ui/i18n.ts';
import { usePlenary } from '../context.ts';
import { CaptionSettings } from './CaptionSettings.tsx';

/** Far enough from the end that one is reading what was said before. */
const AT_END_PX = 60;

function Lines() {
  const { language, lines, live } = usePlenary().store.captions.value;
  const box = useRef<HTMLDivElement>(null);
  const atEnd = useRef(true);
  useLayoutEffect(() => {
    const element = box.current;
    if (element !== null && atEnd.current) element.scrollTop = element.scrollHeight;
  }, [lines.length, live?.text]);
  if (language === null) return <p class="empty">{t('plenary.captions.choose')}</p>;
  return (
    <div
      class="transcript" ref={box} tabIndex={0} role="log" aria-live="off" aria-label={t('plenary.captions.transcript')}
      onScroll={({ currentTarget: { scrollHeight, scrollTop, clientHeight } }) => { atEnd.current = scrollHeight - scrollTop - clientHeight < AT_END_PX; }}
    >
      {lines.length === 0 && live === null && <p class="empty">{t('plenary.captions.waiting')}</p>}
      <div lang={language} dir={directionOf(language)}>
        {lines.map((line, index) => (
          <div key={line.id} class="transcript__line">
            {(index === 0 || lines[index - 1]?.speaker !== line.speaker) && <p class="transcript__who"><bdi>{line.speaker}</bdi> <time dateTime={new Date(line.at).toISOString()}>{formatTime(line.at, shownLanguage.value)}</time></p>}
            <p>{line.text}</p>
          </div>
        ))}
        {live !== null && <p class="transcript__live">{live.text}</p>}
      </div>
    </div>
  );
}

/** What was said, to be read again, and how captions are shown. */
export function TranscriptPanel() {
  return (
    <>
      <details class="details"><summary>{t('plenary.captions.how')}</summary><CaptionSettings /></details>
      <Lines />
    </>
  );
}
