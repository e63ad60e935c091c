import { signal } from '@preact/signals';
import type { ComponentType } from 'preact';
import { useEffect } from 'preact/hooks';
import { store } from '../app/store.ts';
import { LiveRegions } from './announcer.tsx';
import { CanvasRegion } from './CanvasRegion.tsx';
import { Toasts } from './components/Toasts.tsx';
import { EntryPage } from './entry/EntryPage.tsx';
import { LeftPage } from './entry/LeftPage.tsx';
import { ProblemPage } from './entry/ProblemPage.tsx';
import { WaitingPage } from './entry/WaitingPage.tsx';

/** The venue's own UI is not needed for the entry page: it comes while the person reads that. */
const venue = signal<{ readonly Component: ComponentType } | null>(null);

async function loadVenue(): Promise<void> {
  const { Venue } = await import('./venue/Venue.tsx');
  venue.value = { Component: Venue };
}

function Screen() {
  const phase = store.phase.value;
  const session = store.session.value;
  useEffect(() => {
    if (phase.kind === 'device-check' || phase.kind === 'entering' || phase.kind === 'venue') void loadVenue();
  }, [phase.kind]);
  switch (phase.kind) {
    case 'loading': return <WaitingPage key="loading" entering={false} />;
    case 'problem': return <ProblemPage key={phase.reason} reason={phase.reason} />;
    case 'device-check':
    case 'ask-take-over':
      return session === null ? <WaitingPage key="loading" entering={false} /> : <EntryPage key={phase.kind} session={session} askTakeOver={phase.kind === 'ask-take-over'} />;
    case 'entering': return <WaitingPage key="entering" entering />;
    case 'venue': return venue.value === null ? <WaitingPage key="entering" entering /> : <venue.value.Component />;
    case 'left': return <LeftPage key="left" reason={phase.reason} />;
  }
}

export function App() {
  return (
    <>
      <CanvasRegion />
      <Screen />
      <Toasts />
      <LiveRegions />
    </>
  );
}
