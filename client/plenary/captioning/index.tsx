/** The captioners' console. Fetched by those who write captions. */
import { useEffect } from 'preact/hooks';
import { LANGUAGES } from '../../../shared/protocol/vocabulary.ts';
import type { Language } from '../../../shared/protocol/vocabulary.ts';
import { Select, Switch } from '../../ui/components/fields.tsx';
import { shownLanguage, t } from '../../ui/i18n.ts';
import { usePlenary } from '../view/context.ts';
import { channelText } from '../view/texts.ts';
import { Writer } from './Writer.tsx';
import { ABBREVIATIONS_MAX_LENGTH, captionerPreferences, changeCaptionerPreferences } from './preferences.ts';
import './captioning.css';

/** How many of the last lines are shown. */
const SHOWN_LINES = 8;

/** The last lines of the language, mine and others', as readers have them. */
function LastLines() {
  const { captions } = usePlenary().store;
  const { lines, language } = captions.value;
  return (
    <div class="captioner__lines" role="log" aria-live="off" aria-label={t('plenary.captioning.lines')} tabIndex={0}>
      {lines.length === 0 && <p class="empty">{t('plenary.captioning.empty')}</p>}
      <ol class="plain-list" lang={language ?? undefined}>
        {lines.slice(-SHOWN_LINES).map((line) => <li key={line.id} dir="auto">{line.speaker !== '' && <span class="captioner__speaker"><bdi>{line.speaker}</bdi> </span>}{line.text}</li>)}
      </ol>
    </div>
  );
}

function Settings() {
  const { byPunctuation, abbreviations } = captionerPreferences.value;
  return (
    <details class="details">
      <summary class="captioner__name">{t('plenary.captioning.settings')}</summary>
      <div class="stack">
        <Switch label={t('plenary.captioning.punctuation')} hint={t('plenary.captioning.punctuationHint')} checked={byPunctuation} onChange={(on) => { changeCaptionerPreferences({ byPunctuation: on }); }} />
        <div class="field">
          <label class="field__label" for="captioner-abbreviations">{t('plenary.captioning.abbreviations')}</label>
          <textarea id="captioner-abbreviations" class="text-area" rows={6} dir="auto" spellcheck={false} maxLength={ABBREVIATIONS_MAX_LENGTH} value={abbreviations} placeholder={t('plenary.captioning.abbreviationsExample')} aria-describedby="captioner-abbreviations-hint" onInput={(event) => { changeCaptionerPreferences({ abbreviations: event.currentTarget.value }); }} />
          <p id="captioner-abbreviations-hint" class="field__hint">{t('plenary.captioning.abbreviationsHint')}</p>
        </div>
      </div>
    </details>
  );
}

/** The workplace of a captioner: language, the line that is being written, and what has been written. */
export function Workplace() {
  const plenary = usePlenary();
  const language: Language = captionerPreferences.value.language ?? shownLanguage.value;
  // One reads what one's readers read.
  useEffect(() => { plenary.readCaptions(language); }, [plenary, language]);
  return (
    <section class="captioner" aria-labelledby="captioner-title">
      <h2 id="captioner-title" class="captioner__title">{t('plenary.captioning.title')}</h2>
      <Select label={t('plenary.captioning.language')} value={language} choices={LANGUAGES.map((value) => ({ value, text: channelText(value) }))} onChange={(value) => { changeCaptionerPreferences({ language: value }); }} />
      <LastLines />
      <Writer key={language} language={language} />
      <Settings />
    </section>
  );
}
