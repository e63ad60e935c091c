/** One's part in a formal session: line, state, voices. It outlives the views that show it. */
import { effect } from '@preact/signals';
import type { ConsoleDeed } from '../../shared/protocol/plenary/booths.ts';
import type { PlenaryDeed } from '../../shared/protocol/plenary/deeds.ts';
import type { PlenaryChatTo, PlenaryServerMessages } from '../../shared/protocol/plenary/messages.ts';
import { merge } from '../../shared/protocol/plenary/state.ts';
import type { Reason } from '../../shared/protocol/reasons.ts';
import { ReasonedError } from '../../shared/protocol/reasons.ts';
import type { SessionResponse } from '../../shared/protocol/session.ts';
import type { Language } from '../../shared/protocol/vocabulary.ts';
import { seatOf } from '../../shared/rules/plenary/booths.ts';
import { openMicrophone } from '../../shared/rules/plenary/rights.ts';
import { Reconnector, isFinal } from '../net/reconnector.ts';
import { Answers } from './answers.ts';
import { attended } from './attendance.ts';
import { withLine } from './captions.ts';
import { ChatBook } from './chat.ts';
import { openPlenaryLine } from './connection.ts';
import { raiseToast } from '../ui/toasts.ts';
import type { OpenLine, PlenaryHandlers, PlenaryJoin, PlenaryLine, PlenaryLineHandlers } from './connection.ts';
import type { Listening, Plenary, PlenarySound } from './contract.ts';
import { OfflineError } from './errors.ts';
import { NOBODY_SEEN, PlenaryPictures } from './pictures.ts';
import { changePreferences } from './preferences.ts';
import { mayBeRecorded } from './recording.ts';
import { createPlenaryStore, forgetSession } from './store.ts';

/** While a closed part keeps one outside, one asks again so often. */
const OUTSIDE_MS = 5000;
/** An interpreter's word is shown so long. */
const ALERT_MS = 12_000;
/** Reasons that no other try mends, besides those of the venue. */
const ENDS: ReadonlySet<Reason> = new Set<Reason>(['SESSION_UNKNOWN', 'SESSION_FULL']);

/** The part of `PlenaryAudio` that the client drives; tests have another. */
export interface DrivenSound extends PlenarySound {
  readonly link: { start(): void; pause(): void; answer(sdp: string): void; reset(): void };
  setOpen(open: boolean): void;
  setHushed(on: boolean): void;
  close(): void;
}

export interface PlenaryClientDeps {
  readonly session: string;
  /** A pass exchanged for a fresh token; rejects with a `ReasonedError`. */
  readonly identify: () => Promise<SessionResponse>;
  readonly tab: string;
  readonly takeOver: boolean;
  /** Makes the voices once it is known who one is. */
  readonly sound: (deps: { readonly store: Plenary['store']; readonly offer: (sdp: string) => void }) => DrivenSound;
  readonly openLine?: OpenLine;
}

export class PlenaryClient implements Plenary {
  readonly store = createPlenaryStore();
  readonly sound: DrivenSound;
  readonly images: PlenaryPictures;
  private readonly deps: PlenaryClientDeps;
  private readonly openLine: OpenLine;
  private readonly reconnector: Reconnector;
  private readonly answers: Answers;
  private readonly chat = new ChatBook(this.store.chat);
  private line: PlenaryLine | null = null;
  private iceServers: SessionResponse['iceServers'] = [];
  private seq = 0;
  private tries = 0;
  private takeOver: boolean;
  /** Views that ask for everybody by name. */
  private watchers = 0;
  private alerts = 0;
  private alertTimer: ReturnType<typeof setTimeout> | undefined;
  private outsideTimer: ReturnType<typeof setTimeout> | undefined;
  private readonly stopFollowing: () => void;

  constructor(deps: PlenaryClientDeps) {
    this.deps = deps;
    this.openLine = deps.openLine ?? openPlenaryLine;
    this.takeOver = deps.takeOver;
    this.answers = new Answers(`${crypto.randomUUID().slice(0, 8)}-`);
    this.sound = deps.sound({ store: this.store, offer: (sdp) => { this.line?.send('mediaOffer', { sdp }); } });
    this.images = new PlenaryPictures({ store: this.store, iceServers: () => this.iceServers, send: (name, message) => { this.line?.send(name, message); } });
    this.reconnector = new Reconnector({
      connect: () => this.connect(),
      onStatus: (status) => { if (status.kind === 'reconnecting' || this.store.status.peek().kind === 'reconnecting') this.store.status.value = status; },
      onEnd: (reason) => { this.end(reason); },
    });
    this.stopFollowing = effect(() => { this.sound.setOpen(this.mayBeHeard()); });
  }

  /**
   * Joins. Rejects with a `ReasonedError` if the first try fails, so that it can be told at the door (`ALREADY_HERE`: ask, and make a client that takes over); later drops mend themselves.
   */
  async join(): Promise<void> {
    try {
      await this.connect();
    } catch (error) {
      this.end(error instanceof ReasonedError ? error.reason : 'INTERNAL');
      throw error;
    }
  }

  now(): number {
    return Date.now() + this.store.clockOffset.peek();
  }

  act(deed: PlenaryDeed): Promise<void> {
    return this.post((line, nonce) => { line.send('deed', { deed, nonce }); });
  }

  console(deed: ConsoleDeed): Promise<void> {
    // What one coughs is silent with the press, not with the answer.
    if (deed.kind === 'cough') this.sound.setHushed(deed.on);
    return this.post((line, nonce) => { line.send('console', { deed, nonce }); });
  }

  listen(change: Partial<Listening>): void {
    const before = this.store.listening.peek();
    const listening = { ...before, ...change };
    this.store.listening.value = listening;
    changePreferences(listening);
    if (listening.channel !== before.channel || (listening.under > 0) !== (before.under > 0)) this.sendListening();
  }

  readCaptions(language: Language | null): void {
    this.store.captions.value = { language, lines: [], live: null };
    changePreferences({ captions: language });
    this.line?.send('readCaptions', { language });
  }

  caption(language: Language, text: string, final: boolean): void {
    this.line?.send('caption', { language, text, final });
  }

  say(to: PlenaryChatTo, text: string): void {
    const me = this.store.me.peek();
    if (me === null) return;
    const key = this.answers.nonce();
    this.chat.write({ key, to, from: me.person, fromName: me.name, fromEntity: me.entity, text, at: this.now() });
    this.line?.send('chat', { to, text, nonce: key });
  }

  resend(key: string): void {
    const entry = this.chat.revive(key);
    if (entry !== undefined) this.line?.send('chat', { to: entry.to, text: entry.text, nonce: key });
  }

  watchPeople(on: boolean): void {
    this.watchers += on ? 1 : -1;
    if (this.watchers === (on ? 1 : 0)) this.line?.send('watchPeople', { on });
  }

  reconnectNow(): void {
    this.reconnector.retryNow();
  }

  leave(): void {
    this.end(null);
  }

  identify(): Promise<SessionResponse> {
    return this.deps.identify();
  }

  /** Ends the line as a drop. For tests of what follows. */
  dropLine(): void {
    this.line?.drop();
  }

  private post(send: (line: PlenaryLine, nonce: string) => void): Promise<void> {
    if (this.line === null || this.store.status.peek().kind !== 'online') return Promise.reject(new OfflineError(false));
    const nonce = this.answers.nonce();
    return this.answers.wait(nonce, performance.now(), () => { if (this.line !== null) send(this.line, nonce); });
  }

  /** My microphone is open: by the floor, or at an interpreter's console. Without a line nothing is known, so nothing is sent. */
  private mayBeHeard(): boolean {
    const { status, state, me, manning } = this.store;
    if (status.value.kind !== 'online' || state.value === null || me.value === null || !mayBeRecorded(this.store)) return false;
    const { person } = me.value;
    const member = seatOf(manning.value, person)?.member;
    return openMicrophone(state.value) === person || (member !== undefined && member.live && !member.coughing);
  }

  private async connect(): Promise<void> {
    const { token, person, iceServers } = await this.deps.identify();
    this.iceServers = iceServers;
    this.tries += 1;
    const attempt = this.tries;
    let arrived: () => void = () => undefined;
    let failed: (error: ReasonedError) => void = () => undefined;
    let inside = false;
    const arrival = new Promise<void>((resolve, reject) => {
      arrived = resolve;
      failed = reject;
    });
    const settled = (): void => {
      inside = true;
      arrived();
    };
    const closed = (reason: Reason | null): void => {
      if (attempt !== this.tries) return;
      this.line = null;
      if (inside) this.lost(reason);
      else failed(new ReasonedError(reason ?? 'INTERNAL', 'the line went before the welcome'));
    };
    await this.open({ token, session: this.deps.session, tab: this.deps.tab, takeOver: this.takeOver }, { messages: this.handlers({ ...person, person: person.id }, settled), closed }, attempt);
    if (this.line === null) return;
    if (inside) this.introduce();
    await arrival;
  }

  /** Opens a line, unless a closed part keeps one outside. */
  private async open(join: PlenaryJoin, handlers: PlenaryLineHandlers, attempt: number): Promise<void> {
    try {
      const line = await this.openLine(join, handlers);
      if (attempt !== this.tries || this.store.status.peek().kind === 'ended') {
        line.leave();
        throw new ReasonedError('INTERNAL', 'another try was faster');
      }
      this.line = line;
      // One was asked once; who then goes to another window takes it from here.
      this.takeOver = false;
    } catch (error) {
      const reason = error instanceof ReasonedError ? error.reason : 'INTERNAL';
      if (ENDS.has(reason)) this.end(reason);
      if (reason !== 'SESSION_CLOSED') throw error;
      this.waitOutside();
    }
  }

  private lost(reason: Reason | null): void {
    if (this.store.status.peek().kind === 'ended') return;
    if (reason !== null && isFinal(reason)) this.end(reason);
    else this.reconnector.start();
  }

  private end(reason: Reason | null): void {
    if (this.store.status.peek().kind === 'ended') return;
    this.store.status.value = { kind: 'ended', reason };
    this.reconnector.stop();
    this.answers.end();
    clearTimeout(this.alertTimer);
    clearTimeout(this.outsideTimer);
    this.line?.leave();
    this.line = null;
    this.stopFollowing();
    this.images.close();
    this.sound.close();
  }

  private waitOutside(): void {
    this.store.status.value = { kind: 'outside' };
    forgetSession(this.store);
    this.images.seen(NOBODY_SEEN);
    this.sound.link.pause();
    clearTimeout(this.outsideTimer);
    this.outsideTimer = setTimeout(() => {
      if (this.store.status.peek().kind !== 'outside' || this.line !== null) return;
      this.connect().catch(() => { this.reconnector.start(); });
    }, OUTSIDE_MS);
  }

  private handlers(me: NonNullable<Plenary['store']['me']['value']>, settled: () => void): PlenaryHandlers {
    const { store, answers, sound, images } = this;
    return {
      welcome: (message) => {
        this.welcomed(message, { ...me, person: message.id });
        settled();
      },
      patch: (message) => { this.patched(message); },
      attendance: (message) => { store.attendance.value = attended(store.attendance.peek(), message); },
      channels: ({ channels }) => { store.channels.value = channels; },
      manning: ({ manning }) => { store.manning.value = manning; },
      audio: (message) => { store.audio.value = message; },
      alert: (message) => { this.alerted(message); },
      chat: (message) => { this.chat.receive(message, store.me.peek()?.person ?? ''); },
      caption: (line) => { store.captions.value = withLine(store.captions.peek(), line); },
      transcript: ({ language, lines }) => { if (language === store.captions.peek().language) store.captions.value = { ...store.captions.peek(), lines }; },
      mediaAnswer: ({ sdp }) => { sound.link.answer(sdp); },
      mediaReset: () => { sound.link.reset(); },
      stage: (message) => { images.seen(message); },
      pictureAnswer: (message) => { images.answer(message); },
      pictureReset: ({ line }) => { images.reset(line); },
      pictureWanted: ({ line, wanted }) => { images.wanted(line, wanted); },
      done: ({ nonce }) => { answers.done(nonce); },
      refused: ({ what, reason, nonce }) => {
        if (what === 'mediaOffer') sound.link.reset();
        else if (what === 'chat') this.chat.refuse(nonce, reason);
        else answers.refused(nonce, reason);
      },
      outside: () => {
        this.waitOutside();
        settled();
      },
      notice: ({ kind }) => { if (kind === 'recordingFailed') raiseToast({ key: 'plenary.recording.failed', tone: 'warning' }); },
      pong: ({ at, now }) => { store.clockOffset.value = now + (performance.now() - at) / 2 - Date.now(); },
    };
  }

  private welcomed({ session, state, seq, now }: PlenaryServerMessages['welcome'], me: NonNullable<Plenary['store']['me']['value']>): void {
    const { store } = this;
    clearTimeout(this.outsideTimer);
    this.seq = seq;
    store.clockOffset.value = now - Date.now();
    store.session.value = session;
    store.me.value = me;
    store.state.value = state;
    store.status.value = { kind: 'online' };
    if (this.line !== null) this.introduce();
  }

  /** Tells a new line what the server has to know. */
  private introduce(): void {
    if (this.line === null) return;
    this.sendListening();
    const { language } = this.store.captions.peek();
    if (language !== null) this.line.send('readCaptions', { language });
    if (this.watchers > 0) this.line.send('watchPeople', { on: true });
    this.sound.link.start();
    this.images.introduce();
    this.answers.repeat(performance.now());
    for (const { to, text, key } of this.chat.unconfirmed()) this.line.send('chat', { to, text, nonce: key });
  }

  private patched({ seq, patch }: PlenaryServerMessages['patch']): void {
    const { state } = this.store;
    const before = state.peek();
    if (before === null || seq <= this.seq) return;
    if (seq !== this.seq + 1) {
      // Something was missed: a new line brings the whole state.
      this.line?.drop();
      return;
    }
    this.seq = seq;
    state.value = merge(before, patch);
  }

  private alerted({ what, channel }: PlenaryServerMessages['alert']): void {
    this.alerts += 1;
    this.store.alert.value = { id: this.alerts, what, channel };
    clearTimeout(this.alertTimer);
    this.alertTimer = setTimeout(() => { this.store.alert.value = null; }, ALERT_MS);
  }

  private sendListening(): void {
    const { channel, under } = this.store.listening.peek();
    this.line?.send('listen', { channel, under: under > 0 });
  }
}
