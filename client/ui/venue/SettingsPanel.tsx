import type { ComponentChildren } from 'preact';
import { LANGUAGES } from '../../../shared/protocol/vocabulary.ts';
import type { Settings } from '../../app/contracts.ts';
import { settings } from '../../app/settings.ts';
import { me, store } from '../../app/store.ts';
import { AppearancePicker } from '../components/AppearancePicker.tsx';
import { Button } from '../components/Button.tsx';
import { Segments, Select, Slider, Switch } from '../components/fields.tsx';
import { LANGUAGE_NAMES } from '../components/LanguageMenu.tsx';
import { useActions, useDeps } from '../deps.ts';
import { deviceChoices, MicProblemNote } from '../entry/MicrophoneCheck.tsx';
import { formatPercent } from '../format.ts';
import { shownLanguage, t } from '../i18n.ts';
import { micProblem, showPanel } from '../state.ts';
import { HeadsetSettings } from './HeadsetSettings.tsx';
import { Panel } from './Panel.tsx';

function Section({ title, children, open = false }: { readonly title: string; readonly children: ComponentChildren; readonly open?: boolean }) {
  return (
    <details class="details" open={open}>
      <summary>{title}</summary>
      <div class="stack">{children}</div>
    </details>
  );
}

/** Setter of one setting. */
function useChange(): <K extends keyof Settings>(key: K) => (value: Settings[K]) => void {
  const actions = useActions();
  return (key) => (value) => { actions.changeSettings({ [key]: value }); };
}

function DisplaySection() {
  const change = useChange();
  const { language, theme, contrast, motion } = settings.value;
  return (
    <Section title={t('settings.display')} open>
      <Select label={t('settings.language')} value={language} choices={LANGUAGES.map((value) => ({ value, text: LANGUAGE_NAMES[value] }))} onChange={change('language')} />
      <Segments
        legend={t('settings.theme')}
        value={theme}
        choices={[{ value: 'system', text: t('settings.system') }, { value: 'light', text: t('settings.light') }, { value: 'dark', text: t('settings.dark') }]}
        onChange={change('theme')}
      />
      <Switch label={t('settings.contrast')} hint={t('settings.contrastHint')} checked={contrast === 'high'} onChange={(on) => { change('contrast')(on ? 'high' : 'system'); }} />
      <Switch label={t('settings.motion')} hint={t('settings.motionHint')} checked={motion === 'reduced'} onChange={(on) => { change('motion')(on ? 'reduced' : 'system'); }} />
    </Section>
  );
}

function ViewSection() {
  const change = useChange();
  const { names, view, quality, textOnly } = settings.value;
  return (
    <Section title={t('settings.view')} open>
      <Segments
        legend={t('settings.camera')}
        value={view}
        choices={[{ value: 'third', text: t('settings.thirdPerson') }, { value: 'first', text: t('settings.firstPerson') }]}
        onChange={change('view')}
      />
      <Switch label={t('settings.names')} hint={t('settings.namesHint')} checked={names} onChange={change('names')} />
      <Segments
        legend={t('settings.quality')}
        value={quality}
        choices={(['auto', 'low', 'medium', 'high'] as const).map((value) => ({ value, text: t(`settings.quality.${value}`) }))}
        onChange={change('quality')}
      />
      <Switch label={t('settings.textOnly')} hint={t('settings.textOnlyHint')} checked={textOnly} onChange={change('textOnly')} />
    </Section>
  );
}

function SoundSection() {
  const change = useChange();
  const { deviceCheck } = useDeps();
  const { microphone, speaker, originalSound, volume, surroundings } = settings.value;
  const problem = micProblem.value;
  const speakers = deviceCheck.speakers.value;
  return (
    <Section title={t('settings.sound')} open>
      {problem !== null && <MicProblemNote problem={problem} />}
      <Slider label={t('settings.volume')} value={volume} max={1} valueText={formatPercent(volume, shownLanguage.value)} onInput={change('volume')} />
      <Slider label={t('settings.surroundings')} value={surroundings} max={1} valueText={formatPercent(surroundings, shownLanguage.value)} onInput={change('surroundings')} />
      <p class="field__hint">{t('settings.surroundingsHint')}</p>
      <Select label={t('device.microphone')} value={microphone} choices={deviceChoices(deviceCheck.microphones.value)} onChange={change('microphone')} />
      {speakers.length > 0 && <Select label={t('device.speaker')} value={speaker} choices={deviceChoices(speakers)} onChange={change('speaker')} />}
      <Switch label={t('settings.originalSound')} hint={t('settings.originalSoundHint')} checked={originalSound} onChange={change('originalSound')} />
    </Section>
  );
}

function AccessSection() {
  const change = useChange();
  const { shortcuts, announcements } = settings.value;
  return (
    <Section title={t('settings.access')}>
      <Segments
        legend={t('settings.announcements')}
        value={announcements}
        choices={(['none', 'essential', 'all'] as const).map((value) => ({ value, text: t(`settings.announcements.${value}`) }))}
        onChange={change('announcements')}
      />
      <p class="field__hint">{t('settings.announcementsHint')}</p>
      <Switch label={t('settings.shortcuts')} hint={t('settings.shortcutsHint')} checked={shortcuts} onChange={change('shortcuts')} />
    </Section>
  );
}

export function SettingsPanel() {
  const actions = useActions();
  const appearance = me.value?.appearance;
  return (
    <Panel name="settings" title={t('settings.title')}>
      <SoundSection />
      <DisplaySection />
      <ViewSection />
      {store.headset.value.kind !== 'none' && <Section title={t('settings.headset')}><HeadsetSettings /></Section>}
      <AccessSection />
      {appearance !== undefined && (
        <Section title={t('entry.appearance')}>
          <AppearancePicker value={appearance} onChange={(next) => { actions.changeAppearance(next); }} />
        </Section>
      )}
      <Button icon="info" onClick={() => { showPanel('credits'); }}>{t('credits.title')}</Button>
    </Panel>
  );
}
