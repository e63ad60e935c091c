import { useEffect, useMemo } from 'preact/hooks';
import { changeSettings, settings } from '../../../app/settings.ts';
import { DeviceList } from '../../../audio/microphone.ts';
import { deviceChoices } from '../../../ui/entry/MicrophoneCheck.tsx';
import { Segments, Select, Slider, Switch } from '../../../ui/components/fields.tsx';
import { GroupTitle } from '../../../ui/components/GroupTitle.tsx';
import { formatPercent } from '../../../ui/format.ts';
import { shownLanguage, t } from '../../../ui/i18n.ts';
import { CaptionSettings } from '../captions/CaptionSettings.tsx';

/** What one sets for oneself, on this device. */
export function DeviceSettings() {
  const devices = useMemo(() => new DeviceList(), []);
  useEffect(() => { devices.refresh(); }, [devices]);
  const { microphone, speaker, volume, theme, contrast } = settings.value;
  return (
    <section class="stack" aria-labelledby="plenary-device">
      <GroupTitle level={3}><span id="plenary-device">{t('plenary.device.title')}</span></GroupTitle>
      <Slider label={t('plenary.device.volume')} value={volume} max={1} valueText={formatPercent(volume, shownLanguage.value)} onInput={(value) => { changeSettings({ volume: value }); }} />
      <Select label={t('device.microphone')} value={microphone} choices={deviceChoices(devices.microphones.value)} onChange={(value) => { changeSettings({ microphone: value }); }} />
      {devices.speakers.value.length > 0 && <Select label={t('device.speaker')} value={speaker} choices={deviceChoices(devices.speakers.value)} onChange={(value) => { changeSettings({ speaker: value }); }} />}
      <CaptionSettings />
      <Segments legend={t('settings.theme')} value={theme} choices={[{ value: 'system', text: t('settings.system') }, { value: 'light', text: t('settings.light') }, { value: 'dark', text: t('settings.dark') }]} onChange={(value) => { changeSettings({ theme: value }); }} />
      <Switch label={t('settings.contrast')} hint={t('settings.contrastHint')} checked={contrast === 'high'} onChange={(on) => { changeSettings({ contrast: on ? 'high' : 'system' }); }} />
    </section>
  );
}
