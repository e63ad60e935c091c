/** What an interpreter is told by themselves: by ear for those who see, in words for screen readers. */
import { effect, untracked } from '@preact/signals';
import { announce } from '../../ui/announcer.tsx';
import { t } from '../../ui/i18n.ts';
import { channelText, durationText } from '../view/texts.ts';
import { handOverFor } from './desk.ts';
import type { ConsoleDesk, HandOverState, Place } from './desk.ts';
import { consolePreferences } from './preferences.ts';
import { HINT_MS } from './turn.ts';

/** The words for a request that concerns me. */
export function askedText({ other, mine }: Extract<HandOverState, { kind: 'asked' }>): string {
  return t(mine ? 'plenary.console.handOver.wanted' : 'plenary.console.handOver.offered', { name: other.name });
}

function chime(desk: ConsoleDesk, kind: 'asked' | 'done'): void {
  if (consolePreferences.peek().chime) desk.headset?.chime(kind);
}

function tellMicrophone(desk: ConsoleDesk, before: Place, after: Place): void {
  const language = channelText(after.me.outgoing);
  if (before.me.live !== after.me.live) {
    announce(t(after.me.live ? 'plenary.console.mic.nowOpen' : 'plenary.console.mic.nowClosed', { language }), 'assertive');
    // Opened or closed by a colleague's answer, not by a key of mine.
    if (before.manned.handOver !== null && after.manned.handOver === null) chime(desk, 'done');
  } else if (before.me.outgoing !== after.me.outgoing) {
    announce(t('plenary.console.into', { language }), 'assertive');
  }
  const [was, is] = [before.colleagues.find(({ live }) => live), after.colleagues.find(({ live }) => live)];
  if (is !== undefined && was?.person !== is.person) announce(t('plenary.console.colleague.opened', { name: is.name }));
  else if (was !== undefined && is === undefined && !after.me.live) announce(t('plenary.console.colleague.closed', { name: was.name }), 'assertive');
}

function tellHandOver(desk: ConsoleDesk, before: Place, after: Place): void {
  const [was, is] = [handOverFor(before.manned.handOver, before), handOverFor(after.manned.handOver, after)];
  if (is.kind === 'asked' && was.kind !== 'asked') {
    announce(askedText(is), 'assertive');
    chime(desk, 'asked');
  }
  if (was.kind === 'waiting' && is.kind === 'none' && before.me.live === after.me.live) announce(t('plenary.console.handOver.declined'), 'assertive');
}

/** Follows a console until it is called back. */
export function observeConsole(desk: ConsoleDesk): () => void {
  let before: Place | null = null;
  let hinted = 0;
  const stopPlace = effect(() => {
    const after = desk.place.value;
    untracked(() => {
      if (before !== null && after !== null && before.booth.id === after.booth.id) {
        tellMicrophone(desk, before, after);
        tellHandOver(desk, before, after);
      }
      before = after;
    });
  });
  const stopTurn = effect(() => {
    const turn = desk.turn.value;
    if (turn === null || turn.startedAt === hinted || turn.lastLiveAt - turn.startedAt < HINT_MS) return;
    hinted = turn.startedAt;
    announce(t('plenary.console.turn.hint', { time: durationText(HINT_MS) }));
  });
  return () => {
    stopPlace();
    stopTurn();
  };
}
