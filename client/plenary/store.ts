import { signal } from '@preact/signals';
import { LANGUAGES } from '../../shared/protocol/vocabulary.ts';
import type { Channels } from '../../shared/protocol/plenary/messages.ts';
import type { PlenaryStore } from './contract.ts';
import { storedPreferences } from './preferences.ts';

export const NOBODY = { people: [], delegations: [], inside: 0, statesPresent: 0, waiting: [] } as const;
export const NO_PICTURES = { speaker: null, chair: null, screen: null, sign: null } as const;
export const SILENT: Channels = { en: false, fr: false, es: false, ru: false, zh: false, ar: false } satisfies Record<(typeof LANGUAGES)[number], boolean>;

/** A session of which nothing is known yet, with what was chosen on this device last time. */
export function createPlenaryStore(): PlenaryStore {
  const { channel, under, captions } = storedPreferences();
  return {
    status: signal({ kind: 'connecting' }),
    session: signal(''),
    me: signal(null),
    state: signal(null),
    attendance: signal(NOBODY),
    channels: signal(SILENT),
    manning: signal({}),
    audio: signal({ floor: null, channel: null, fellBack: false }),
    listening: signal({ channel, under }),
    captions: signal({ language: captions, lines: [], live: null }),
    chat: signal([]),
    thread: signal('everyone'),
    seen: signal(new Map()),
    alert: signal(null),
    pictures: signal(NO_PICTURES),
    consent: signal(null),
    clockOffset: signal(0),
  };
}

/** Takes back what a closed part showed. */
export function forgetSession(store: PlenaryStore): void {
  store.state.value = null;
  store.attendance.value = NOBODY;
  store.manning.value = {};
  store.audio.value = { floor: null, channel: null, fellBack: false };
  store.captions.value = { ...store.captions.peek(), lines: [], live: null };
  store.alert.value = null;
}
