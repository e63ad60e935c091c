import { useEffect, useLayoutEffect, useMemo, useRef, useState } from 'preact/hooks';
import type { Language } from '../../../shared/protocol/vocabulary.ts';
import { Button } from '../../ui/components/Button.tsx';
import { directionOf, t } from '../../ui/i18n.ts';
import { useSession } from '../view/context.ts';
import { speakerText } from '../view/texts.ts';
import { Pen } from './pen.ts';
import { captionerPreferences } from './preferences.ts';
import { expand, parseAbbreviations, settle } from './typing.ts';
import type { Typed } from './typing.ts';

/** By this key the speaker's name is written; letters are for the caption. */
const SPEAKER_KEY = 'F2';

interface WriterProps {
  readonly language: Language;
}

/** What is being written, and the field that shows it. The text goes out as it grows; until its end it can be corrected, and readers see the correction. */
export function Writer({ language }: WriterProps) {
  const { plenary, state } = useSession();
  const [typed, setTyped] = useState<Typed>({ text: '', caret: 0 });
  const field = useRef<HTMLTextAreaElement>(null);
  const pen = useMemo(() => new Pen((...line) => { plenary.caption(...line); }), [plenary]);
  const { byPunctuation, abbreviations: list } = captionerPreferences.value;
  const abbreviations = useMemo(() => parseAbbreviations(list), [list]);
  const speaker = state.floor.turn?.speaker ?? null;
  const online = plenary.store.status.value.kind === 'online';
  useEffect(() => () => { pen.stop(); }, [pen]);
  useLayoutEffect(() => { if (field.current !== null && document.activeElement === field.current) field.current.setSelectionRange(typed.caret, typed.caret); }, [typed]);

  /** Takes over what the field holds now. */
  const take = (next: Typed): void => {
    const { lines, rest } = settle(next.text, byPunctuation);
    for (const line of lines) pen.finish(language, line);
    pen.write(language, rest);
    setTyped({ text: rest, caret: lines.length === 0 ? next.caret : Math.max(0, next.caret - (next.text.length - rest.length)) });
  };
  const finish = (): void => {
    pen.finish(language, typed.text);
    setTyped({ text: '', caret: 0 });
  };
  const nameSpeaker = (): void => {
    if (speaker === null) return;
    const name = `${speakerText(speaker).replaceAll(/[\u2066-\u2069]/gu, '')}: `;
    take({ text: name + typed.text, caret: name.length + typed.caret });
    field.current?.focus();
  };
  return (
    <form class="captioner__writer" onSubmit={(event) => { event.preventDefault(); finish(); field.current?.focus(); }}>
      <label class="field__label" for="captioner-line">{t('plenary.captioning.line')}</label>
      <textarea
        id="captioner-line" ref={field} class="text-area captioner__line" rows={3} lang={language} dir={directionOf(language)} value={typed.text} spellcheck autocomplete="off" aria-describedby="captioner-hint"
        onInput={(event) => {
          const { value, selectionStart } = event.currentTarget;
          const now = { text: value, caret: selectionStart };
          // While signs are being composed (Chinese), what stands there is not a word yet.
          if (event.isComposing) setTyped(now);
          else take(expand(now, abbreviations) ?? now);
        }}
        onCompositionEnd={(event) => { take({ text: event.currentTarget.value, caret: event.currentTarget.selectionStart }); }}
        onKeyDown={(event) => {
          if (event.isComposing) return;
          if (event.key === 'Enter') finish();
          else if (event.key === SPEAKER_KEY) nameSpeaker();
          else return;
          event.preventDefault();
        }}
      />
      <p id="captioner-hint" class="field__hint">{t(online ? 'plenary.captioning.hint' : 'plenary.captioning.offline')}</p>
      <div class="button-row">
        <Button submit tone="primary" icon="check">{t('plenary.captioning.finish')}</Button>
        <Button icon="person" disabled={speaker === null} onClick={nameSpeaker}>{speaker === null ? t('plenary.captioning.speaker') : t('plenary.captioning.speakerName', { name: speaker.name })}</Button>
      </div>
    </form>
  );
}
