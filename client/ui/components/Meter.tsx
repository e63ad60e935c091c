import type { ReadonlySignal } from '@preact/signals';
import { formatPercent } from '../format.ts';
import { shownLanguage } from '../i18n.ts';

/** Speech rarely exceeds a third of full scale: the square root spreads it over the bar as the ear does. */
function displayed(level: number): number {
  return Math.sqrt(Math.min(1, Math.max(0, level)));
}

/** A live level bar. Re-rendered with every change of `level` (about 20 a second), alone. */
export function LevelMeter({ level, label }: { readonly level: ReadonlySignal<number>; readonly label: string }) {
  const shown = displayed(level.value);
  // A screen reader that reads the meter should not be told of every flicker: tenths.
  const tenths = Math.round(shown * 10) / 10;
  return (
    <div
      class="meter"
      role="meter"
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={1}
      aria-valuenow={tenths}
      aria-valuetext={formatPercent(tenths, shownLanguage.value)}
      style={{ '--level': shown.toFixed(3) }}
    >
      <div class="meter__bar" />
    </div>
  );
}

/** The ring around the microphone button; `level` is read here, so that the level renders nothing else. Decorative: the button's own text says whether one is live. */
export function LevelRing({ level }: { readonly level: () => number }) {
  return <span class="level-ring" aria-hidden="true" style={{ '--level': displayed(level()).toFixed(2) }} />;
}
