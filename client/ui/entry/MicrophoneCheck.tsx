import type { ComponentChildren } from 'preact';
import { useEffect } from 'preact/hooks';
import type { MicProblem } from '../../app/contracts.ts';
import { settings } from '../../app/settings.ts';
import { Button } from '../components/Button.tsx';
import { Select } from '../components/fields.tsx';
import { LevelMeter } from '../components/Meter.tsx';
import { useDeps } from '../deps.ts';
import { t } from '../i18n.ts';
import { Icon } from '../icons.tsx';

const DEFAULT_DEVICE = '';

/** Devices as a select offers them: the browser's default first. */
export function deviceChoices(devices: readonly { id: string; label: string }[]) {
  const named = devices
    .filter((device) => device.id !== DEFAULT_DEVICE && device.id !== 'default')
    .map((device, index) => ({ value: device.id, text: device.label === '' ? t('device.unnamed', { number: index + 1 }) : device.label }));
  return [{ value: DEFAULT_DEVICE, text: t('device.default') }, ...named];
}

/** What is the matter with the microphone and what to do; listening always remains. */
export function MicProblemNote({ problem, children }: { readonly problem: MicProblem; readonly children?: ComponentChildren }) {
  return (
    <div class="note note--warning" role="alert">
      <Icon name="micOff" />
      <div class="note__body">
        <p class="note__title">{t(`mic.problem.${problem}.title`)}</p>
        <p>{t(`mic.problem.${problem}.text`)}</p>
        {children}
      </div>
    </div>
  );
}

function MicrophoneSelect() {
  const { actions, deviceCheck } = useDeps();
  return (
    <Select
      label={t('device.microphone')}
      value={settings.value.microphone}
      choices={deviceChoices(deviceCheck.microphones.value)}
      onChange={(microphone) => {
        actions.changeSettings({ microphone });
        void deviceCheck.start();
      }}
    />
  );
}

function MicrophonePart() {
  const { deviceCheck } = useDeps();
  const state = deviceCheck.state.value;
  if (state === 'listening') {
    return (
      <>
        <MicrophoneSelect />
        <LevelMeter level={deviceCheck.level} label={t('device.level')} />
        <p class="field__hint">{t('device.speakNow')}</p>
      </>
    );
  }
  if (state === 'idle' || state === 'asking') {
    return (
      <>
        <p class="muted">{state === 'asking' ? t('device.asking') : t('device.idle')}</p>
        <Button icon="mic" busy={state === 'asking'} disabled={state === 'asking'} onClick={() => { void deviceCheck.start(); }}>{t('device.check')}</Button>
      </>
    );
  }
  return (
    <MicProblemNote problem={state.problem}>
      {state.problem !== 'unsupported' && <Button size="small" icon="refresh" onClick={() => { void deviceCheck.start(); }}>{t('common.tryAgain')}</Button>}
    </MicProblemNote>
  );
}

function SoundPart() {
  const { actions, deviceCheck } = useDeps();
  const speakers = deviceCheck.speakers.value;
  return (
    <div class="stack">
      {speakers.length > 0 && (
        <Select
          label={t('device.speaker')}
          value={settings.value.speaker}
          choices={deviceChoices(speakers)}
          onChange={(speaker) => { actions.changeSettings({ speaker }); }}
        />
      )}
      <Button icon="play" onClick={() => { void deviceCheck.playTestSound(); }}>{t('device.testSound')}</Button>
      <p class="field__hint">{t('device.headphones')}</p>
    </div>
  );
}

/** Microphone level and test sound, before entering. */
export function MicrophoneCheck() {
  const { deviceCheck } = useDeps();
  useEffect(() => () => { deviceCheck.stop(); }, []);
  return (
    <section class="card" aria-labelledby="sound-title">
      <h2 id="sound-title" class="card__title">{t('entry.sound')}</h2>
      <div class="stack"><MicrophonePart /></div>
      <hr class="rule" />
      <SoundPart />
    </section>
  );
}
