import { useId, useState } from 'preact/hooks';
import { settings } from '../../app/settings.ts';
import { store } from '../../app/store.ts';
import { Button } from '../components/Button.tsx';
import { Select, Switch } from '../components/fields.tsx';
import { useActions } from '../deps.ts';
import { formatFactor } from '../format.ts';
import { shownLanguage, t } from '../i18n.ts';

const SPEEDS = [0.75, 1, 1.25, 1.5, 2] as const;
/** Seconds of one press of an arrow key. */
const STEP = 5;

/** `m:ss`, as clocks of recordings are written in all six languages. */
export function clockText(seconds: number): string {
  const whole = Math.max(0, Math.floor(seconds));
  return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, '0')}`;
}

function Position({ time, duration }: { readonly time: number; readonly duration: number }) {
  const actions = useActions();
  const id = useId();
  const text = t('guide.time', { time: clockText(time), duration: clockText(duration) });
  return (
    <div class="field">
      <div class="field__line">
        <label class="field__label" for={id}>{t('guide.position')}</label>
        <output class="field__value" for={id}>{text}</output>
      </div>
      <input
        id={id}
        class="slider"
        type="range"
        min={0}
        max={Math.max(1, Math.floor(duration))}
        step={STEP}
        value={time}
        disabled={duration === 0}
        style={{ '--fill': duration === 0 ? 0 : time / duration }}
        aria-valuetext={text}
        onInput={(event) => { actions.seekGuide(event.currentTarget.valueAsNumber); }}
      />
    </div>
  );
}

/** The recording of an exhibit, which only the person hears. The text below it is what it says. */
export function GuidePlayer({ exhibit }: { readonly exhibit: string }) {
  const actions = useActions();
  const [speed, setSpeed] = useState('1');
  const guide = store.guide.value;
  const mine = guide?.id === exhibit ? guide : null;
  const playing = mine?.state === 'playing' || mine?.state === 'loading';
  return (
    <section class="guide" aria-label={t('guide.title')}>
      <div class="guide__line">
        <Button icon={playing ? 'pause' : 'play'} tone="primary" onClick={() => { if (playing) actions.pauseGuide(); else actions.playGuide(exhibit); }}>
          {playing ? t('guide.pause') : t('guide.play')}
        </Button>
        <Select
          label={t('guide.speed')}
          value={speed}
          choices={SPEEDS.map((value) => ({ value: String(value), text: formatFactor(value, shownLanguage.value) }))}
          onChange={(value) => {
            setSpeed(value);
            actions.setGuideSpeed(Number(value));
          }}
        />
      </div>
      {mine?.state === 'failed' && <p class="note note--warning" role="alert">{t('guide.failed')}</p>}
      <Position time={mine?.time ?? 0} duration={mine?.duration ?? 0} />
      <Switch label={t('guide.lower')} hint={t('guide.own')} checked={settings.value.guideLowersVoices} onChange={(on) => { actions.changeSettings({ guideLowersVoices: on }); }} />
    </section>
  );
}
