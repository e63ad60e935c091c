import type { Turn } from '../../../../shared/protocol/plenary/state.ts';
import { WARNING_SECONDS } from '../../../../shared/protocol/plenary/vocabulary.ts';
import { spokenMs } from '../../../../shared/rules/plenary/floor.ts';
import { shownLanguage, t } from '../../../ui/i18n.ts';
import { useNow } from '../context.ts';
import { clockText, durationText } from '../texts.ts';

/** Milliseconds of speaking time that are left; negative beyond it. */
export function leftMs(turn: Turn, now: number): number {
  return turn.allottedMs - spokenMs(turn, now);
}

const RADIUS = 42;
const ROUND = 2 * Math.PI * RADIUS;

/** The speaking time: a ring that empties, and what is left in figures. */
export function Clock({ turn }: { readonly turn: Turn }) {
  const left = leftMs(turn, useNow(250));
  const over = left < 0;
  const tone = over ? 'over' : left <= WARNING_SECONDS * 1000 ? 'warning' : 'running';
  const figures = over ? `+${clockText(-left, shownLanguage.value)}` : clockText(left + 999, shownLanguage.value);
  const spoken = over ? t('plenary.clock.over', { time: durationText(-left) }) : t('plenary.clock.left', { time: durationText(left) });
  return (
    <div class={`clock clock--${turn.runningSince === null ? 'paused' : tone}`} role="timer" aria-live="off" aria-label={spoken}>
      <svg class="clock__ring" viewBox="0 0 100 100" aria-hidden="true" focusable="false">
        <circle cx="50" cy="50" r={RADIUS} class="clock__track" />
        <circle cx="50" cy="50" r={RADIUS} class="clock__rest" stroke-dasharray={ROUND.toFixed(1)} stroke-dashoffset={(ROUND * (1 - Math.max(0, Math.min(1, left / turn.allottedMs)))).toFixed(1)} />
      </svg>
      <span class="clock__figures" aria-hidden="true">
        <span class="clock__time">{figures}</span>
        <span class="clock__of">{turn.runningSince === null ? t('plenary.clock.paused') : t('plenary.clock.of', { time: clockText(turn.allottedMs, shownLanguage.value) })}</span>
      </span>
    </div>
  );
}

/** The same in a line, for narrow places. */
export function ClockLine({ turn }: { readonly turn: Turn }) {
  const left = leftMs(turn, useNow(250));
  const tone = left < 0 ? 'bad' : left <= WARNING_SECONDS * 1000 ? 'warn' : 'plain';
  return <span class={`clock-line clock-line--${tone}`} aria-hidden="true">{left < 0 ? `+${clockText(-left, shownLanguage.value)}` : clockText(left + 999, shownLanguage.value)}</span>;
}
