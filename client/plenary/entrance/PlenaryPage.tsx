import { useEffect, useLayoutEffect, useRef } from 'preact/hooks';
import { changeSettings } from '../../app/settings.ts';
import { LiveRegions } from '../../ui/announcer.tsx';
import { Button } from '../../ui/components/Button.tsx';
import { LanguageSelect } from '../../ui/components/LanguageMenu.tsx';
import { Brand } from '../../ui/components/Page.tsx';
import { Toasts } from '../../ui/components/Toasts.tsx';
import { t } from '../../ui/i18n.ts';
import type { PlenaryClient } from '../client.ts';
import { mountPlenary } from '../view/index.tsx';
import { useEntrance } from './context.ts';
import type { EntrancePhase } from './desk.ts';
import { Door } from './Door.tsx';
import { SessionList } from './SessionList.tsx';
import { SignIn } from './SignIn.tsx';

/** The view of the session, mounted as any other page mounts it. */
function Inside({ client }: { readonly client: PlenaryClient }) {
  const root = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    if (root.current === null) return;
    const unmount = mountPlenary(root.current, client, { extra: <a class="link plenary-top__word" href="/">{t('staff.toVenue')}</a> });
    root.current.querySelector<HTMLElement>('h1')?.focus({ preventScroll: true });
    return unmount;
  }, [client]);
  const title = client.store.state.value?.meeting.title ?? t('plenary.title');
  useEffect(() => { document.title = `${title} · Plenum`; }, [title]);
  return <div ref={root} class="plenary-root" />;
}

function Left({ phase }: { readonly phase: Extract<EntrancePhase, { kind: 'left' }> }) {
  const entrance = useEntrance();
  return (
    <div class="card entrance__card stack">
      <p>{phase.reason === null ? t('plenary.left.text') : t(`reason.${phase.reason}`)}</p>
      <div class="button-row">
        <Button tone="primary" onClick={() => { entrance.choose(phase.session); }}>{t('plenary.left.again')}</Button>
        <Button icon="back" onClick={() => { entrance.showList(); }}>{t('plenary.door.others')}</Button>
      </div>
    </div>
  );
}

function Content({ phase }: { readonly phase: Exclude<EntrancePhase, { kind: 'inside' }> }) {
  switch (phase.kind) {
    case 'loading': return <p class="muted" role="status">{t('common.loading')}</p>;
    case 'sign-in': return <SignIn reason={phase.reason} />;
    case 'list': return <SessionList />;
    case 'door': return <Door phase={phase} />;
    case 'left': return <Left phase={phase} />;
  }
}

const TITLES = { 'loading': 'plenary.title', 'sign-in': 'plenary.title', 'list': 'plenary.title', 'door': 'plenary.door.title', 'left': 'plenary.left.title' } as const;

function OutsidePage({ phase }: { readonly phase: Exclude<EntrancePhase, { kind: 'inside' }> }) {
  const heading = useRef<HTMLHeadingElement>(null);
  const { kind } = phase;
  const title = t(TITLES[kind]);
  useLayoutEffect(() => { heading.current?.focus({ preventScroll: true }); }, [kind]);
  useEffect(() => { document.title = `${title} · Plenum`; }, [title]);
  return (
    <div class="page">
      <header class="page__header">
        <Brand />
        <div class="entrance__tools">
          <a class="link" href="/">{t('staff.toVenue')}</a>
          <LanguageSelect onChange={(language) => { changeSettings({ language }); }} />
        </div>
      </header>
      <main class="entrance" aria-busy={kind === 'loading'}>
        <h1 class="page__title" tabIndex={-1} ref={heading}>{title}</h1>
        <Content phase={phase} />
      </main>
    </div>
  );
}

/** The whole page. */
export function PlenaryPage() {
  const phase = useEntrance().phase.value;
  return (
    <>
      {phase.kind === 'inside' ? <Inside client={phase.client} /> : <OutsidePage phase={phase} />}
      <Toasts />
      <LiveRegions />
    </>
  );
}
