import { changeSettings } from '../app/settings.ts';
import { LiveRegions } from '../ui/announcer.tsx';
import { LanguageSelect } from '../ui/components/LanguageMenu.tsx';
import { Brand } from '../ui/components/Page.tsx';
import { Toasts } from '../ui/components/Toasts.tsx';
import { t } from '../ui/i18n.ts';
import { useEffect, useLayoutEffect, useRef } from 'preact/hooks';
import { useDesk } from './context.ts';
import { SECTIONS } from './sections.ts';
import { SignIn } from './SignIn.tsx';
import { Tabs } from './Tabs.tsx';

function Header() {
  const phase = useDesk().phase.value;
  return (
    <header class="page__header">
      <Brand />
      <div class="staff__tools">
        {phase.kind === 'ready' && <span class="staff__person">{t('staff.signedIn', { name: phase.person.name })}</span>}
        <a class="link" href="/">{t('staff.toVenue')}</a>
        <LanguageSelect onChange={(language) => { changeSettings({ language }); }} />
      </div>
    </header>
  );
}

function Content() {
  const phase = useDesk().phase.value;
  switch (phase.kind) {
    case 'loading': return <p class="muted" role="status">{t('common.loading')}</p>;
    case 'sign-in': return <SignIn reason={phase.reason} />;
    case 'ready': return <Tabs sections={SECTIONS} />;
  }
}

/** The whole page. */
export function StaffApp() {
  const { kind } = useDesk().phase.value;
  const heading = useRef<HTMLHeadingElement>(null);
  const title = t('staff.title');
  useLayoutEffect(() => { heading.current?.focus({ preventScroll: true }); }, [kind]);
  useEffect(() => { document.title = `${title} · Plenum`; }, [title]);
  return (
    <>
      <div class="page staff">
        <Header />
        <main class="staff__main" aria-busy={kind === 'loading'}>
          <h1 class="page__title" tabIndex={-1} ref={heading}>{title}</h1>
          <Content />
        </main>
      </div>
      <Toasts />
      <LiveRegions />
    </>
  );
}
