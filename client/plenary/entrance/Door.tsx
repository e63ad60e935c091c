import { changeSettings, settings } from '../../app/settings.ts';
import { Button } from '../../ui/components/Button.tsx';
import { Select } from '../../ui/components/fields.tsx';
import { EntityLine } from '../../ui/components/Identity.tsx';
import { LevelMeter } from '../../ui/components/Meter.tsx';
import { Question } from '../../ui/components/Question.tsx';
import { MicProblemNote, deviceChoices } from '../../ui/entry/MicrophoneCheck.tsx';
import { t, textOf } from '../../ui/i18n.ts';
import { useEntrance } from './context.ts';
import type { EntrancePhase } from './desk.ts';

function MicrophonePart() {
  const { check } = useEntrance();
  const state = check.state.value;
  if (typeof state === 'object') return <MicProblemNote problem={state.problem}><Button size="small" icon="refresh" onClick={() => { void check.start(); }}>{t('common.tryAgain')}</Button></MicProblemNote>;
  if (state !== 'listening') {
    return (
      <>
        <p class="muted">{state === 'asking' ? t('device.asking') : t('plenary.door.microphone')}</p>
        <Button icon="mic" busy={state === 'asking'} disabled={state === 'asking'} onClick={() => { void check.start(); }}>{t('device.check')}</Button>
      </>
    );
  }
  return (
    <>
      <Select
        label={t('device.microphone')} value={settings.value.microphone} choices={deviceChoices(check.microphones.value)}
        onChange={(microphone) => {
          changeSettings({ microphone });
          void check.start();
        }}
      />
      <LevelMeter level={check.level} label={t('device.level')} />
      <p class="field__hint">{t('device.speakNow')}</p>
    </>
  );
}

/** Before one goes in: who one is there, and a sound check that nobody needs who only listens. */
export function Door({ phase }: { readonly phase: Extract<EntrancePhase, { kind: 'door' }> }) {
  const entrance = useEntrance();
  const { session, entering, takeOver, failure } = phase;
  const person = entrance.person.value;
  return (
    <>
      {failure !== null && <p class="note note--warning" role="alert">{textOf(failure)}</p>}
      <div class="card entrance__card stack">
        <p class="lead-small"><bdi>{session.title}</bdi></p>
        {person !== null && <p><bdi>{person.name}</bdi> · {t(`role.${person.role}`)}<br /><EntityLine person={person} /></p>}
        <hr class="rule" />
        <MicrophonePart />
        <Button icon="play" onClick={() => { void entrance.check.playTestSound(); }}>{t('device.testSound')}</Button>
      </div>
      <div class="button-row">
        <Button tone="primary" size="large" icon="next" busy={entering} disabled={entering} onClick={() => { void entrance.enter(session, false); }}>{t('plenary.door.enter')}</Button>
        <Button size="large" icon="back" onClick={() => { entrance.showList(); }}>{t('plenary.door.others')}</Button>
      </div>
      <p class="field__hint">{t('plenary.door.hint')}</p>
      {takeOver && (
        <Question title={t('takeOver.title')} refuse={t('takeOver.stay')} confirm={t('takeOver.confirm')} act={() => { void entrance.enter(session, true); }} onClose={() => { entrance.choose(session); }}>
          <p>{t('plenary.door.elsewhere')}</p>
        </Question>
      )}
    </>
  );
}
