import { changeSettings, settings } from '../../app/settings.ts';
import { Button } from '../../ui/components/Button.tsx';
import { Segments, Slider, Switch } from '../../ui/components/fields.tsx';
import { formatPercent } from '../../ui/format.ts';
import { shownLanguage, t } from '../../ui/i18n.ts';
import { useDesk } from './desk.ts';
import { CEILINGS, changeConsolePreferences, consolePreferences } from './preferences.ts';
import { TONE } from './sound/headset.ts';
import { unitText } from './units.ts';

/** A tone control's place, 0..1, in decibels: the ends are 12. */
const decibels = (place: number): number => Math.round((place - 0.5) * 24);

function ToneButton() {
  const { headset } = useDesk();
  if (headset === null) return null;
  const on = headset.toneOn.value;
  return (
    <>
      <Button icon="speaking" pressed={on} describedBy="console-tone" onClick={() => { headset.setTone(!on); }}>{t('plenary.console.tone')}</Button>
      <p id="console-tone" class="field__hint">{t('plenary.console.tone.hint', { hertz: unitText(TONE.hertz, 'Hz'), level: unitText(TONE.db, 'dBFS') })}</p>
    </>
  );
}

/** How what comes in sounds in one's headphones, and how loud it may become. */
export function Headphones() {
  const { headset } = useDesk();
  const { volume, bass, treble, ceiling, chime } = consolePreferences.value;
  const db = (place: number): string => unitText(decibels(place), 'dB');
  return (
    <details class="details">
      <summary class="console__name">{t('plenary.console.headphones')}</summary>
      <div class="stack">
        <Slider label={t('plenary.console.volume')} value={volume} max={2} valueText={formatPercent(volume, shownLanguage.value)} onInput={(value) => { changeConsolePreferences({ volume: value }); }} />
        <Slider label={t('plenary.console.bass')} value={bass} max={1} valueText={db(bass)} onInput={(value) => { changeConsolePreferences({ bass: value }); }} />
        <Slider label={t('plenary.console.treble')} value={treble} max={1} valueText={db(treble)} onInput={(value) => { changeConsolePreferences({ treble: value }); }} />
        <Segments legend={t('plenary.console.limiter')} value={ceiling} choices={CEILINGS.map((value) => ({ value, text: unitText(Number(value), 'dBFS') }))} onChange={(value) => { changeConsolePreferences({ ceiling: value }); }} />
        <p class="field__hint">{t(headset?.guarded.value === true ? 'plenary.console.limiter.hint' : 'plenary.console.limiter.only')}</p>
        <ToneButton />
        <Switch label={t('plenary.console.chime')} hint={t('plenary.console.chime.hint')} checked={chime} onChange={(on) => { changeConsolePreferences({ chime: on }); }} />
        <Switch label={t('plenary.console.original')} hint={t('plenary.console.original.hint')} checked={settings.value.originalSound} onChange={(on) => { changeSettings({ originalSound: on }); }} />
      </div>
    </details>
  );
}
