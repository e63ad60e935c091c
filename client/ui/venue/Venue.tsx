import { useEffect } from 'preact/hooks';
import { startAnnouncements } from '../companion/announcements.ts';
import { Companion, Summary } from '../companion/Companion.tsx';
import { Button } from '../components/Button.tsx';
import { Dialog } from '../components/Dialog.tsx';
import { useActions } from '../deps.ts';
import { t } from '../i18n.ts';
import { sceneText } from '../names.ts';
import { confirmingLeave, openPanel, showPanel, showsTextAlone } from '../state.ts';
import { ConnectionBanner, MicHint, SpeakingNow, WorldLoading, WorldNote } from './Banners.tsx';
import { ChatPanel } from './ChatPanel.tsx';
import { HearersPanel } from './HearersPanel.tsx';
import { HelpPanel } from './HelpPanel.tsx';
import { Joystick } from './Joystick.tsx';
import { Panel } from './Panel.tsx';
import { PeoplePanel } from './PeoplePanel.tsx';
import { PlacesPanel } from './PlacesPanel.tsx';
import { SettingsPanel } from './SettingsPanel.tsx';
import { listenForShortcuts } from './shortcuts.ts';
import { Toolbar } from './Toolbar.tsx';
import { TopBar } from './TopBar.tsx';
import '../styles/venue.css';

function LeaveDialog() {
  const actions = useActions();
  const stay = (): void => { confirmingLeave.value = false; };
  return (
    <Dialog
      title={t('leave.title')}
      onClose={stay}
      footer={(
        <>
          <Button onClick={stay}>{t('leave.stay')}</Button>
          <Button tone="danger" onClick={() => { stay(); actions.leave(); }}>{t('command.leave')}</Button>
        </>
      )}
    >
      <p>{t('leave.text')}</p>
    </Dialog>
  );
}

function OpenPanel() {
  switch (openPanel.value) {
    case null: return null;
    case 'people': return <PeoplePanel />;
    case 'places': return <PlacesPanel />;
    case 'chat': return <ChatPanel />;
    case 'settings': return <SettingsPanel />;
    case 'help': return <HelpPanel />;
    case 'hearers': return <HearersPanel />;
    case 'text': return <Panel name="text" title={t('text.title')}><Companion level={3} /></Panel>;
  }
}

function MainContent() {
  if (!showsTextAlone.value) {
    return (
      <main class="visually-hidden">
        <h1 tabIndex={-1} id="venue-title">{sceneText('scene')}</h1>
        <Summary />
      </main>
    );
  }
  return (
    <main class="text-venue">
      <h1 class="page__title" tabIndex={-1} id="venue-title">{sceneText('scene')}</h1>
      <WorldNote />
      <Companion level={2} />
    </main>
  );
}

/** Everything over (or instead of) the 3D view. */
export function Venue() {
  const actions = useActions();
  useEffect(() => {
    document.getElementById('venue-title')?.focus({ preventScroll: true });
    const stops = [listenForShortcuts(actions), startAnnouncements()];
    return () => {
      for (const stop of stops) stop();
      openPanel.value = null;
    };
  }, []);
  const title = sceneText('scene');
  useEffect(() => { document.title = `${title} · Plenum`; }, [title]);
  return (
    <div class={`venue ${openPanel.value === null ? '' : 'venue--panel'} ${showsTextAlone.value ? 'venue--text' : ''}`}>
      {!showsTextAlone.value && <button type="button" class="skip-link" onClick={() => { showPanel('text'); }}>{t('text.open')}</button>}
      <TopBar />
      <ConnectionBanner />
      <SpeakingNow />
      <MainContent />
      <WorldLoading />
      <section class="venue__bottom" aria-label={t('toolbar.label')}>
        <MicHint />
        <Toolbar />
      </section>
      {!showsTextAlone.value && <Joystick />}
      <OpenPanel />
      {confirmingLeave.value && <LeaveDialog />}
    </div>
  );
}
