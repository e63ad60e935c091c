import { effect } from '@preact/signals';
import { useEffect, useLayoutEffect } from 'preact/hooks';
import { audience, store } from '../../app/store.ts';
import { startAnnouncements } from '../companion/announcements.ts';
import { Companion, Summary } from '../companion/Companion.tsx';
import { Question } from '../components/Question.tsx';
import { useActions } from '../deps.ts';
import { t } from '../i18n.ts';
import { sceneText } from '../names.ts';
import { PrivacyPanel } from '../privacy/PrivacyParts.tsx';
import { CreditsPanel } from '../sights/CreditsPanel.tsx';
import { MeetingPanel, MeetingQuestion } from '../meetings/MeetingParts.tsx';
import { PlenaryBar, PlenaryOver, PlenaryQuestion, coversVenue } from '../plenary/PlenaryParts.tsx';
import { PanoramaBar } from '../sights/PanoramaBar.tsx';
import { SightPanel } from '../sights/SightPanel.tsx';
import { SightPrompt } from '../sights/SightPrompt.tsx';
import { startSightAnnouncements } from '../sights/announcements.ts';
import { SponsorsPanel } from '../sponsors/SponsorsPanel.tsx';
import { closePanel, confirmingLeave, openPanel, showPanel, showsTextAlone } from '../state.ts';
import { ConnectionBanner, MicHint, SpeakingNow, WorldLoading, WorldNote } from './Banners.tsx';
import { ChatPanel } from './ChatPanel.tsx';
import { HearersPanel } from './HearersPanel.tsx';
import { HelpPanel } from './HelpPanel.tsx';
import { Joystick } from './Joystick.tsx';
import { LinkPrompt } from './LinkPrompt.tsx';
import { Panel } from './Panel.tsx';
import { PeoplePanel } from './PeoplePanel.tsx';
import { PlacesPanel } from './PlacesPanel.tsx';
import { SettingsPanel } from './SettingsPanel.tsx';
import { TalkPanel, TalkQuestion, TalkTop, usePrivacyAnnouncements } from '../talks/TalkParts.tsx';
import { TourPanel, TourQuestion, TourTop } from '../tours/TourParts.tsx';
import { listenForShortcuts } from './shortcuts.ts';
import { listenForWhispers } from './whisper-key.ts';
import { Toolbar } from './Toolbar.tsx';
import { TopBar } from './TopBar.tsx';
import { Veil } from './Veil.tsx';
import '../styles/venue.css';

function LeaveQuestion() {
  const actions = useActions();
  return (
    <Question danger title={t('leave.title')} refuse={t('leave.stay')} confirm={t('command.leave')} act={() => { actions.leave(); }} onClose={() => { confirmingLeave.value = false; }}>
      <p>{t('leave.text')}</p>
    </Question>
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
    case 'sight': return <SightPanel />;
    case 'credits': return <CreditsPanel />;
    case 'privacy': return <PrivacyPanel />;
    case 'tour': return <TourPanel />;
    case 'talk': return <TalkPanel />;
    case 'meetings': return <MeetingPanel />;
    case 'sponsors': return <SponsorsPanel />;
    case 'text': return <Panel name="text" title={t('text.title')}><Companion level={3} /></Panel>;
  }
}

/** The panel of a sight is open exactly while one is: whichever of the two changes, the other follows. @returns how to stop */
function pairSightAndPanel(leaveSight: () => void): () => void {
  const stops = [
    effect(() => {
      if (store.sight.value !== null) showPanel('sight');
      else if (openPanel.peek() === 'sight') closePanel();
    }),
    effect(() => { if (openPanel.value !== 'sight' && store.sight.peek() !== null) leaveSight(); }),
  ];
  return () => { for (const stop of stops) stop(); };
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
  useLayoutEffect(() => {
    document.getElementById('venue-title')?.focus({ preventScroll: true });
    const stops = [listenForShortcuts(actions), listenForWhispers(actions), startAnnouncements(), startSightAnnouncements(), pairSightAndPanel(() => { actions.leaveSight(); })];
    return () => {
      for (const stop of stops) stop();
      openPanel.value = null;
    };
  }, []);
  usePrivacyAnnouncements();
  const title = sceneText('scene');
  useEffect(() => { document.title = `${title} · Plenum`; }, [title]);
  if (coversVenue.value) return <PlenaryOver />;
  return (
    <div class={`venue ${openPanel.value === null ? '' : 'venue--panel'} ${showsTextAlone.value ? 'venue--text' : ''} ${audience.value === '' ? '' : 'venue--private'}`}>
      {!showsTextAlone.value && <button type="button" class="skip-link" onClick={() => { showPanel('text'); }}>{t('text.open')}</button>}
      <Veil />
      <TopBar />
      <PanoramaBar />
      <TalkTop />
      <TourTop />
      <ConnectionBanner />
      <SpeakingNow />
      <MainContent />
      <WorldLoading />
      <section class="venue__bottom" aria-label={t('toolbar.label')}>
        <TalkQuestion />
        <TourQuestion />
        <MeetingQuestion />
        <PlenaryQuestion />
        <PlenaryBar />
        <LinkPrompt />
        <SightPrompt />
        <MicHint />
        <Toolbar />
      </section>
      {!showsTextAlone.value && store.panorama.value === null && <Joystick />}
      <OpenPanel />
      {confirmingLeave.value && <LeaveQuestion />}
    </div>
  );
}
