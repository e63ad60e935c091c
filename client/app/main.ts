import { mountUi } from '../ui/index.tsx';
import { openSession, takePass } from '../net/session.ts';
import { ReasonedError } from '../../shared/protocol/reasons.ts';
import type { Reason } from '../../shared/protocol/reasons.ts';
import { makeActions } from './actions.ts';
import type { Doors } from './actions.ts';
import { askForHeadset, forgetSession, lookForHeadset } from './headset/door.ts';
import { BrowserDeviceCheck } from '../audio/device-check.ts';
import { installDiagnostics } from './diagnostics.ts';
import { settings, suggestLanguage } from './settings.ts';
import { store } from './store.ts';
import type { VenueActions } from './contracts.ts';
import type { Venue } from './venue.ts';

/** The device check comes first: what it shows should not compete with what is only needed inside. */
const PREFETCH_AFTER_MS = 1500;

let pass = takePass();
let venue: Venue | null = null;
let canvasHost: HTMLElement | null = null;
const deviceCheck = new BrowserDeviceCheck(() => settings.peek());

function reasonOf(error: unknown): Reason {
  return error instanceof ReasonedError ? error.reason : 'INTERNAL';
}

/** From a link or a reload to the device check, or to a page that says what is wrong with the pass. */
async function startOver(): Promise<void> {
  store.phase.value = { kind: 'loading' };
  try {
    const session = await openSession(pass);
    store.session.value = session;
    suggestLanguage(session.person.language);
    store.phase.value = { kind: 'device-check' };
    // Fetched while people check their sound, so that entering does not wait for it.
    setTimeout(() => void import('./venue.ts').catch(() => undefined), PREFETCH_AFTER_MS);
  } catch (error) {
    const reason = reasonOf(error);
    store.phase.value = { kind: 'problem', reason: reason === 'INTERNAL' ? 'UNREACHABLE' : reason };
  }
}

const enter: Doors['enter'] = (options) => {
  const session = store.session.peek();
  if (session === null || canvasHost === null || venue !== null || store.phase.peek().kind === 'entering') return;
  const host = canvasHost;
  if (options.headset === true) askForHeadset();
  store.phase.value = { kind: 'entering' };
  const microphone = options.listenOnly ? null : deviceCheck.take();
  deviceCheck.stop();
  void (async () => {
    try {
      const { Venue } = await import('./venue.ts');
      venue = await Venue.enter(
        { pass, canvasHost: host, appearance: options.appearance, microphone, actions, onEnd: (reason) => end(reason) },
        session.scene,
        options.takeOver,
      );
      // Not checked beforehand: ask for it now, inside, where listening goes on whatever the answer is.
      if (!options.listenOnly && microphone === null) void venue.voice.addMicrophone();
    } catch (error) {
      microphone?.close();
      refusedEntry(reasonOf(error));
    }
  })();
};

function refusedEntry(reason: Reason): void {
  forgetSession();
  if (reason === 'ALREADY_HERE') store.phase.value = { kind: 'ask-take-over' };
  else store.phase.value = { kind: 'problem', reason: reason === 'INTERNAL' ? 'UNREACHABLE' : reason };
}

function end(reason: Reason | null): void {
  forgetSession();
  venue?.close(reason === null);
  venue = null;
  store.phase.value = { kind: 'left', reason };
}

const actions: VenueActions = makeActions(() => venue, { enter, leave: () => end(null), startOver: () => void startOver() });

addEventListener('hashchange', () => {
  // A second link opened in the same tab.
  const next = takePass();
  if (next === pass) return;
  if (venue !== null) end(null);
  pass = next;
  void startOver();
});
// Closing the tab keeps the place for a moment (a reload comes back to it), but the microphone is released at once.
addEventListener('pagehide', (event) => {
  if (!event.persisted) deviceCheck.stop();
});

const root = document.getElementById('app');
if (root !== null) {
  mountUi(root, {
    actions,
    deviceCheck,
    canvasHost: (element) => {
      canvasHost = element;
    },
    onJoystick: (forward, right) => venue?.walker.setIntent(forward, right, Math.hypot(forward, right) > 0.9),
  });
  installDiagnostics(() => venue);
  void lookForHeadset();
  void startOver();
}
