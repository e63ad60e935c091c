import type { Reason } from '../../../shared/protocol/reasons.ts';
import { Button } from '../components/Button.tsx';
import { Page } from '../components/Page.tsx';
import { useActions } from '../deps.ts';
import { t } from '../i18n.ts';
import { Icon } from '../icons.tsx';
import { problemTitle, worthRetrying } from './problems.ts';

/** The visit is over: by the person's own wish (`reason` null) or not. */
export function LeftPage({ reason }: { readonly reason: Reason | null }) {
  const actions = useActions();
  const mayReturn = reason === null || worthRetrying(reason);
  return (
    <Page title={reason === null ? t('left.title') : t(problemTitle(reason))}>
      <section class="card card--message">
        <span class={`card__badge ${reason === null ? '' : 'card__badge--warning'}`}><Icon name={reason === null ? 'leave' : 'info'} /></span>
        <p class="lead">{reason === null ? t('left.text') : t(`reason.${reason}`)}</p>
        {mayReturn && (
          <div class="actions">
            <Button tone="primary" size="large" onClick={() => { actions.startOver(); }}>
              {reason === 'MOVED_ELSEWHERE' ? t('left.moveBack') : t('left.enterAgain')}
            </Button>
          </div>
        )}
        {reason !== null && !mayReturn && <p class="muted">{t('problem.contact')}</p>}
      </section>
    </Page>
  );
}
