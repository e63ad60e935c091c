import type { PageProblem } from '../../app/contracts.ts';
import { Button } from '../components/Button.tsx';
import { Page } from '../components/Page.tsx';
import { useActions } from '../deps.ts';
import { t } from '../i18n.ts';
import { Icon } from '../icons.tsx';
import { problemTitle, worthRetrying } from './problems.ts';

/** Nobody can enter: what happened, and what to do about it. */
export function ProblemPage({ reason }: { readonly reason: PageProblem }) {
  const actions = useActions();
  return (
    <Page title={t(problemTitle(reason))}>
      <section class="card card--message">
        <span class="card__badge card__badge--warning"><Icon name={reason === 'UNREACHABLE' ? 'offline' : 'warning'} /></span>
        <p class="lead">{t(`reason.${reason}`)}</p>
        {worthRetrying(reason)
          ? <div class="actions"><Button tone="primary" size="large" icon="refresh" onClick={() => { actions.startOver(); }}>{t('common.tryAgain')}</Button></div>
          : <p class="muted">{t('problem.contact')}</p>}
        <p class="fine-print">{t('problem.code', { code: reason })}</p>
      </section>
    </Page>
  );
}
