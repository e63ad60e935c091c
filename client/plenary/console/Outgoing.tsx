import { useEffect, useRef, useState } from 'preact/hooks';
import { Button, IconButton } from '../../ui/components/Button.tsx';
import { Segments } from '../../ui/components/fields.tsx';
import { shownLanguage, t } from '../../ui/i18n.ts';
import { Icon } from '../../ui/icons.tsx';
import { channelText, clockText } from '../view/texts.ts';
import { Level } from './Level.tsx';
import { usePlace } from './desk.ts';
import type { ConsoleDesk } from './desk.ts';
import { HINT_MS } from './turn.ts';

/** Held down: nothing is sent meanwhile. Let go in whatever way, it ends. */
function CoughButton() {
  const { me, desk } = usePlace();
  const [held, setHeld] = useState(false);
  const holding = useRef(false);
  const hold = (on: boolean): void => {
    if (holding.current === on) return;
    holding.current = on;
    setHeld(on);
    desk.cough(on);
  };
  useEffect(() => {
    const release = (): void => { hold(false); };
    addEventListener('blur', release);
    document.addEventListener('visibilitychange', release);
    return () => {
      removeEventListener('blur', release);
      document.removeEventListener('visibilitychange', release);
      release();
    };
  }, [desk]);
  const isHoldKey = ({ key }: KeyboardEvent): boolean => key === ' ' || key === 'Enter';
  return (
    <button
      type="button" class={`cough ${held || me.coughing ? 'cough--held' : ''}`} aria-disabled={!me.live} aria-pressed={held || me.coughing} aria-describedby="console-cough-hint"
      onPointerDown={(event) => { event.currentTarget.setPointerCapture(event.pointerId); hold(me.live); }}
      onPointerUp={() => { hold(false); }} onPointerCancel={() => { hold(false); }} onLostPointerCapture={() => { hold(false); }} onBlur={() => { hold(false); }}
      onContextMenu={(event) => { event.preventDefault(); }}
      onKeyDown={(event) => { if (isHoldKey(event)) { event.preventDefault(); hold(me.live); } }}
      onKeyUp={(event) => { if (isHoldKey(event)) { event.preventDefault(); hold(false); } }}
    >
      <Icon name="micOff" /><span>{t('plenary.console.cough')}</span>
      <span id="console-cough-hint" class="cough__hint">{t('plenary.console.cough.hint')}</span>
    </button>
  );
}

/** The microphone is somebody else's: the hand-over is offered instead. */
function Taken({ desk }: { readonly desk: ConsoleDesk }) {
  const { colleagues, me } = usePlace();
  const holder = desk.holder();
  if (!desk.taken.value || holder === null) return null;
  const beside = colleagues.some(({ person }) => person === holder.person);
  return (
    <div class="bar bar--warn" role="alert">
      <Icon name="warning" />
      <p>{t(beside ? 'plenary.console.taken.colleague' : 'plenary.console.taken.booth', { name: holder.name, language: channelText(me.outgoing) })}</p>
      {beside && <Button size="small" tone="primary" onClick={() => { desk.taken.value = false; void desk.press({ kind: 'takeOver' }); }}>{t('plenary.console.handOver.ask')}</Button>}
    </div>
  );
}

function TurnClock({ desk }: { readonly desk: ConsoleDesk }) {
  const turn = desk.turn.value;
  if (turn === null) return null;
  const ms = turn.lastLiveAt - turn.startedAt;
  const late = ms >= HINT_MS;
  return (
    <p class={`console__turn ${late ? 'console__turn--late' : ''}`}>
      <Icon name="clock" /><span>{t('plenary.console.turn.time', { time: clockText(ms, shownLanguage.value) })}</span>
      {late && <span>{t('plenary.console.turn.change')}</span>}
    </p>
  );
}

type MicState = 'closed' | 'open' | 'cough' | 'missing';

function MicrophoneButton() {
  const { me, desk } = usePlace();
  const { captured, problem } = desk.plenary.sound.mic.value;
  const state: MicState = !me.live ? 'closed' : me.coughing ? 'cough' : captured ? 'open' : 'missing';
  return (
    <>
      <button type="button" class={`console-mic console-mic--${state}`} aria-pressed={me.live} onClick={() => { desk.toggleMicrophone(); }}>
        <Icon name={state === 'open' ? 'mic' : 'micOff'} />
        <span class="console-mic__name">{t('plenary.console.mic')}</span>
        <span class="console-mic__state">{t(`plenary.console.mic.${state}`, { language: channelText(me.outgoing) })}</span>
      </button>
      {!captured && (
        <div class="bar bar--warn">
          <Icon name="micOff" /><p>{problem === null ? t('plenary.console.mic.none') : t(`mic.problem.${problem}.title`)}</p>
          <Button size="small" icon="mic" onClick={() => { void desk.plenary.sound.addMicrophone(); }}>{t('device.check')}</Button>
        </div>
      )}
    </>
  );
}

/** Whither one speaks: language, microphone, cough button, level, and how long already. */
export function Outgoing() {
  const { booth, me, desk } = usePlace();
  return (
    <section class="console__part console__part--mic" aria-labelledby="console-outgoing">
      <h3 id="console-outgoing" class="console__name">{t('plenary.console.outgoing')}</h3>
      <div class="console__into native-names">
        <Segments legend={t('plenary.console.outgoing.language')} value={me.outgoing} choices={booth.languages.map((value) => ({ value, text: channelText(value) }))} onChange={(language) => { void desk.press({ kind: 'outgoing', language }); }} />
        {booth.languages.length > 1 && <IconButton icon="refresh" class="console__swap" label={t('plenary.console.swap')} onClick={() => { desk.swap(); }} />}
      </div>
      <MicrophoneButton />
      <Taken desk={desk} />
      <CoughButton />
      <Level of="microphone" label={t('plenary.console.level.own')} />
      <TurnClock desk={desk} />
    </section>
  );
}
