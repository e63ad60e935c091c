import { Button } from '../../ui/components/Button.tsx';
import { t } from '../../ui/i18n.ts';
import { Chip } from '../view/parts/Chip.tsx';
import { WANTED_S } from './check/line-check.ts';
import type { LineCheck, LineCheckState } from './check/line-check.ts';
import { BAND } from './check/verdict.ts';
import type { Verdict } from './check/verdict.ts';
import { useDesk } from './desk.ts';
import { bandText, unitText } from './units.ts';

const TONES = { good: 'good', fair: 'warn', poor: 'bad' } as const;

interface FigureProps {
  readonly name: string;
  readonly figure: string;
  readonly verdict: Verdict;
}

function Figure({ name, figure, verdict }: FigureProps) {
  return (
    <div class="figure">
      <dt>{name}</dt>
      <dd>
        <p class="figure__line"><span class="figure__value">{figure}</span> <Chip tone={TONES[verdict.grade]}>{t(`plenary.console.grade.${verdict.grade}`)}</Chip></p>
        <p class="field__hint">{t(`plenary.console.check.${verdict.code}`)}</p>
      </dd>
    </div>
  );
}

const tens = (hertz: number): number => Math.round(hertz / 10) * 10;

function Findings({ state }: { readonly state: Extract<LineCheckState, { kind: 'done' }> }) {
  const { figures, verdicts } = state;
  return (
    <dl class="figures">
      <Figure name={t('plenary.console.check.bandwidth')} figure={bandText(tens(figures.lowHz), tens(figures.highHz))} verdict={verdicts.bandwidth} />
      <Figure name={t('plenary.console.check.level')} figure={unitText(Math.round(figures.levelDb), 'dBFS')} verdict={verdicts.level} />
      <Figure name={t('plenary.console.check.noise')} figure={figures.noiseDb === null ? '–' : unitText(Math.round(figures.noiseDb), 'dBFS')} verdict={verdicts.noise} />
    </dl>
  );
}

interface CheckProps {
  readonly check: LineCheck;
  readonly title: string;
  readonly hint: string;
}

function Check({ check, title, hint }: CheckProps) {
  const state = check.state.value;
  const listening = state.kind === 'listening';
  return (
    <div class="stack">
      <Button icon="ear" pressed={listening} onClick={() => { if (listening) check.stop(); else check.start(); }}>{title}</Button>
      <p class="field__hint">{hint}</p>
      <div role="status">
        {listening && <p>{t('plenary.console.check.listening', { seconds: Math.max(0, Math.ceil(WANTED_S - state.seconds)) })}</p>}
        {state.kind === 'silent' && <p>{t('plenary.console.check.silent')}</p>}
        {state.kind === 'done' && <Findings state={state} />}
      </div>
    </div>
  );
}

/** Measures the speaker's line as it comes in, and one's own before it goes out. Nothing is sent for it. */
export function SoundChecks() {
  const { speakerCheck, ownCheck } = useDesk();
  return (
    <details class="details">
      <summary class="console__name">{t('plenary.console.check.title')}</summary>
      <div class="stack">
        <p class="field__hint">{t('plenary.console.check.standard', { band: bandText(BAND.low, BAND.high) })}</p>
        <Check check={speakerCheck} title={t('plenary.console.check.speaker')} hint={t('plenary.console.check.speakerHint')} />
        <Check check={ownCheck} title={t('plenary.console.check.own')} hint={t('plenary.console.check.ownHint')} />
      </div>
    </details>
  );
}
