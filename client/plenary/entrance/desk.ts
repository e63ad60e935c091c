/** What the page knows before one is inside: who one is, which sessions there are, and the session that one is in. */
import { effect, signal } from '@preact/signals';
import type { NewSession, SessionSummary } from '../../../shared/protocol/plenary/messages.ts';
import type { Reason } from '../../../shared/protocol/reasons.ts';
import type { SessionResponse } from '../../../shared/protocol/session.ts';
import type { Language } from '../../../shared/protocol/vocabulary.ts';
import { settings } from '../../app/settings.ts';
import { wakeAudio } from '../../audio/context.ts';
import { BrowserDeviceCheck } from '../../audio/device-check.ts';
import { tabKey } from '../../net/session.ts';
import { raiseToast } from '../../ui/toasts.ts';
import { SessionsApi } from '../api.ts';
import { PlenaryAudio } from '../audio.ts';
import { PlenaryClient } from '../client.ts';
import { reasonKey, reasonOf } from '../reasons.ts';

/** The list is asked for anew so often while it is shown. */
const POLL_MS = 5000;

export type EntrancePhase =
  | { readonly kind: 'loading' }
  | { readonly kind: 'sign-in'; readonly reason: Reason | null }
  | { readonly kind: 'list' }
  | { readonly kind: 'door'; readonly session: SessionSummary; readonly entering: boolean; readonly takeOver: boolean; readonly failure: string | null }
  | { readonly kind: 'inside'; readonly client: PlenaryClient }
  | { readonly kind: 'left'; readonly session: SessionSummary; readonly reason: Reason | null };

export class Entrance {
  readonly phase = signal<EntrancePhase>({ kind: 'loading' });
  readonly sessions = signal<readonly SessionSummary[]>([]);
  readonly person = signal<SessionResponse['person'] | null>(null);
  readonly check = new BrowserDeviceCheck(() => settings.peek());
  private readonly suggestLanguage: (language: Language) => void;
  private api: SessionsApi | null = null;
  private timer: ReturnType<typeof setTimeout> | undefined;

  constructor(suggestLanguage: (language: Language) => void) {
    this.suggestLanguage = suggestLanguage;
  }

  /** `wanted`: a session to go to at once, from the address; empty for the list. */
  async signIn(pass: string, wanted: string): Promise<void> {
    clearTimeout(this.timer);
    this.phase.value = { kind: 'loading' };
    try {
      this.api = await SessionsApi.open(pass);
      this.person.value = this.api.person;
      this.suggestLanguage(this.api.person.language);
      this.sessions.value = await this.api.list();
      const session = this.sessions.value.find(({ id }) => id === wanted);
      if (session === undefined) this.showList();
      else this.choose(session);
    } catch (error) {
      this.api = null;
      this.phase.value = { kind: 'sign-in', reason: pass === '' ? null : reasonOf(error) };
    }
  }

  showList(): void {
    this.check.stop();
    history.replaceState(null, '', location.pathname);
    this.phase.value = { kind: 'list' };
    void this.look();
  }

  choose(session: SessionSummary): void {
    clearTimeout(this.timer);
    history.replaceState(null, '', `?session=${session.id}`);
    this.phase.value = { kind: 'door', session, entering: false, takeOver: false, failure: null };
  }

  /** From within a press, so that the browser lets sound begin. */
  async enter(session: SessionSummary, takeOver: boolean): Promise<void> {
    const { api } = this;
    if (api === null) return;
    this.phase.value = { kind: 'door', session, entering: true, takeOver: false, failure: null };
    void wakeAudio();
    const client = this.makeClient(api, session.id, takeOver);
    try {
      await client.join();
      const { store } = client;
      this.phase.value = { kind: 'inside', client };
      const stop = effect(() => {
        const status = store.status.value;
        if (status.kind !== 'ended') return;
        queueMicrotask(() => { stop(); });
        this.phase.value = { kind: 'left', session, reason: status.reason };
      });
    } catch (error) {
      const reason = reasonOf(error);
      this.phase.value = { kind: 'door', session, entering: false, takeOver: reason === 'ALREADY_HERE', failure: reason === 'ALREADY_HERE' ? null : reasonKey(error) };
    }
  }

  /** By the secretariat. @returns whether it was done; what went wrong is shown */
  async create(session: NewSession): Promise<boolean> {
    return this.change((api) => api.create(session));
  }

  async remove(session: SessionSummary): Promise<boolean> {
    return this.change((api) => api.remove(session.id));
  }

  private async change(call: (api: SessionsApi) => Promise<unknown>): Promise<boolean> {
    try {
      if (this.api === null) return false;
      await call(this.api);
      this.sessions.value = await this.api.list();
      return true;
    } catch (error) {
      raiseToast({ key: reasonKey(error), tone: 'warning' });
      return false;
    }
  }

  private makeClient(api: SessionsApi, session: string, takeOver: boolean): PlenaryClient {
    const microphone = this.check.take();
    return new PlenaryClient({
      session, takeOver, tab: tabKey(), identify: api.identify,
      sound: ({ store, offer }) => {
        const audio = new PlenaryAudio({ store, offer, settings, iceServers: api.iceServers });
        if (microphone !== null) audio.adopt(microphone);
        return audio;
      },
    });
  }

  /** Keeps the list fresh while it is shown. */
  private async look(): Promise<void> {
    clearTimeout(this.timer);
    if (this.api === null || this.phase.peek().kind !== 'list') return;
    try {
      this.sessions.value = await this.api.list();
    } catch {
      // The next look may succeed; what is shown is at most a little old.
    }
    this.timer = setTimeout(() => { void this.look(); }, POLL_MS);
  }
}
