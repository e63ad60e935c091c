import { store } from '../../app/store.ts';
import { Page } from '../components/Page.tsx';
import { formatPercent } from '../format.ts';
import { shownLanguage, t } from '../i18n.ts';

/** A bar for a known fraction 0..1, or a moving one where nothing is known (null). */
export function Progress({ fraction, label }: { readonly fraction: number | null; readonly label: string }) {
  const shown = fraction === null ? undefined : Math.round(fraction * 100) / 100;
  return (
    <div
      class={`progress ${fraction === null ? 'progress--unknown' : ''}`}
      role="progressbar"
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={1}
      aria-valuenow={shown}
      aria-valuetext={shown === undefined ? undefined : formatPercent(shown, shownLanguage.value)}
      style={{ '--fraction': shown ?? 0 }}
    >
      <div class="progress__bar" />
    </div>
  );
}

/** Between the pages: the session is being fetched, or the way in is being opened. */
export function WaitingPage({ entering }: { readonly entering: boolean }) {
  const world = store.world.value;
  const title = entering ? t('entering.title') : t('loading.title');
  return (
    <Page title={title} busy>
      <section class="card card--message">
        <p class="lead">{entering ? t('entering.text') : t('loading.text')}</p>
        <Progress fraction={world.kind === 'loading' ? world.fraction : null} label={title} />
      </section>
    </Page>
  );
}
