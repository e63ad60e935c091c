/** What an interpreter does at the console, apart from what is shown. */
import { computed, effect, signal, untracked } from '@preact/signals';
import { createContext } from 'preact';
import { useContext } from 'preact/hooks';
import type { ConsoleDeed, HandOver, Interpreter, MannedBooth } from '../../../shared/protocol/plenary/booths.ts';
import type { Booth } from '../../../shared/protocol/plenary/booths.ts';
import type { Channel } from '../../../shared/protocol/plenary/vocabulary.ts';
import { seatOf } from '../../../shared/rules/plenary/booths.ts';
import { raiseToast } from '../../ui/toasts.ts';
import type { Plenary } from '../contract.ts';
import { reasonOf } from '../reasons.ts';
import { failureKey } from '../view/context.ts';
import { LineCheck } from './check/line-check.ts';
import { consolePreferences } from './preferences.ts';
import type { Headset } from './sound/headset.ts';
import { followTurn } from './turn.ts';
import type { TurnAtMicrophone } from './turn.ts';

/** Where one sits. */
export interface Place {
  /** As the session has it: name and languages. */
  readonly booth: Booth;
  readonly manned: MannedBooth;
  readonly me: Interpreter;
  /** The others in the booth. */
  readonly colleagues: readonly Interpreter[];
}

/** How a hand-over stands, for me. */
export type HandOverState =
  | { readonly kind: 'none' }
  /** I am asked: for my microphone, or to take it. */
  | { readonly kind: 'asked'; readonly other: Interpreter; readonly mine: boolean }
  | { readonly kind: 'waiting'; readonly other: Interpreter; readonly mine: boolean }
  /** Between two others. */
  | { readonly kind: 'others' };

export function handOverFor(handOver: HandOver | null, { me, manned }: Place): HandOverState {
  if (handOver === null) return { kind: 'none' };
  const mine = handOver.from === me.person;
  const other = manned.members.find(({ person }) => person === (mine ? handOver.to : handOver.from));
  if (other === undefined || (!mine && handOver.to !== me.person)) return { kind: 'others' };
  const asker = handOver.askedBy === 'from' ? handOver.from : handOver.to;
  return { kind: asker === me.person ? 'waiting' : 'asked', other, mine };
}

export class ConsoleDesk {
  readonly plenary: Plenary;
  /** Null where there is no sound: in tests of components. */
  readonly headset: Headset | null;
  readonly turn = signal<TurnAtMicrophone | null>(null);
  /** My microphone stayed closed because somebody else's is open: the hand-over is offered instead. */
  readonly taken = signal(false);
  readonly place = computed<Place | null>(() => this.findPlace());
  /** The line that comes in. */
  readonly speakerCheck = new LineCheck(() => this.plenary.sound.tap(this.incomingLine()));
  readonly ownCheck = new LineCheck(() => this.plenary.sound.tap('microphone'));
  private readonly ends: (() => void)[];

  constructor(plenary: Plenary, headset: Headset | null) {
    this.plenary = plenary;
    this.headset = headset;
    const timer = setInterval(() => { this.follow(); }, 1000);
    this.ends = [
      () => { clearInterval(timer); },
      effect(() => { headset?.turn(consolePreferences.value); }),
      effect(() => { if (this.place.value?.me.live === true || this.holder() === null) this.taken.value = false; }),
      this.keepChannelsTogether(),
    ];
  }

  close(): void {
    for (const end of this.ends) end();
    this.speakerCheck.stop();
    this.ownCheck.stop();
    this.headset?.close();
  }

  /** Does something, and says so if it is refused. @returns whether it was done */
  async press(deed: ConsoleDeed): Promise<boolean> {
    try {
      await this.plenary.console(deed);
      return true;
    } catch (error) {
      if (deed.kind === 'microphone' && reasonOf(error) === 'MICROPHONE_TAKEN') this.taken.value = true;
      else raiseToast({ key: failureKey(error), tone: 'warning' });
      return false;
    }
  }

  /** From within a press: then the browser may ask for the microphone and let sound begin. */
  enter(booth: string): void {
    const { sound } = this.plenary;
    sound.unlock();
    if (!sound.mic.peek().captured) void sound.addMicrophone();
    void this.press({ kind: 'enter', booth });
  }

  toggleMicrophone(): void {
    const place = this.place.peek();
    if (place !== null) void this.press({ kind: 'microphone', on: !place.me.live });
  }

  cough(on: boolean): void {
    if (on && this.place.peek()?.me.live === true) void this.press({ kind: 'cough', on });
    // The end of a cough must reach the microphone here in any case; a server that does not take it has closed the microphone.
    if (!on) this.plenary.console({ kind: 'cough', on }).catch(() => undefined);
  }

  /** Into the next language of the booth: in a booth of two, the other direction. */
  swap(): void {
    const place = this.place.peek();
    if (place === null) return;
    const { languages } = place.booth;
    const next = languages[(languages.indexOf(place.me.outgoing) + 1) % languages.length];
    if (next !== undefined && next !== place.me.outgoing) void this.press({ kind: 'outgoing', language: next });
  }

  /** What one key does about the microphone between colleagues: accept, call back, offer or ask. */
  handOver(): void {
    const place = this.place.peek();
    if (place === null) return;
    const state = handOverFor(place.manned.handOver, place);
    const [colleague] = place.colleagues.filter(({ connected }) => connected);
    if (state.kind === 'asked') void this.press({ kind: 'answerHandOver', accept: true });
    else if (state.kind === 'waiting') void this.press({ kind: 'cancelHandOver' });
    else if (place.colleagues.some(({ live }) => live)) void this.press({ kind: 'takeOver' });
    else if (place.me.live && colleague !== undefined) void this.press({ kind: 'handOver', to: colleague.person });
  }

  async alert(what: 'slower' | 'noSound'): Promise<void> {
    if (await this.press({ kind: 'alert', what })) raiseToast({ key: `plenary.console.alert.${what}.sent`, tone: 'success' });
  }

  /** Whose open microphone keeps mine closed: a colleague's, or one of another booth in the same language. */
  holder(): Interpreter | null {
    const place = this.place.value;
    if (place === null) return null;
    const everybody = Object.values(this.plenary.store.manning.value).flatMap(({ members }) => members);
    return place.colleagues.find(({ live }) => live) ?? everybody.find(({ live, outgoing, person }) => live && outgoing === place.me.outgoing && person !== place.me.person) ?? null;
  }

  /** In which slot of the relay comes in what one hears. */
  incomingLine(): 'floor' | 'language' {
    const { channel, fellBack } = this.plenary.store.audio.value;
    return channel === null || fellBack ? 'floor' : 'language';
  }

  private findPlace(): Place | null {
    const { store } = this.plenary;
    const person = store.me.value?.person ?? '';
    const seat = seatOf(store.manning.value, person);
    const booth = seat === null ? undefined : store.state.value?.booths[seat.booth.id];
    if (seat === null || booth === undefined) return null;
    return { booth, manned: seat.booth, me: seat.member, colleagues: seat.booth.members.filter((member) => member.person !== person) };
  }

  private follow(): void {
    const place = this.place.peek();
    const seen = { live: place?.me.live ?? false, colleagueLive: place?.colleagues.some(({ live }) => live) ?? false, now: this.plenary.now() };
    this.turn.value = followTurn(this.turn.peek(), seen);
  }

  /** In a booth, what one listens to is the incoming channel of the console, wherever in the view it is chosen. */
  private keepChannelsTogether(): () => void {
    const { store } = this.plenary;
    let incoming: Channel | null = null;
    let chosen = store.listening.peek().channel;
    return effect(() => {
      const [nowIncoming, nowChosen] = [this.place.value?.me.incoming ?? null, store.listening.value.channel];
      untracked(() => {
        if (nowIncoming !== null && nowIncoming !== incoming && nowIncoming !== nowChosen) this.plenary.listen({ channel: nowIncoming });
        else if (nowIncoming !== null && nowChosen !== chosen && nowChosen !== nowIncoming) void this.tune(nowChosen, nowIncoming);
        incoming = nowIncoming;
        chosen = store.listening.peek().channel;
      });
    });
  }

  private async tune(channel: Channel, before: Channel): Promise<void> {
    if (!await this.press({ kind: 'incoming', channel })) this.plenary.listen({ channel: before });
  }
}

export const DeskContext = createContext<ConsoleDesk | null>(null);

/** Throws Error outside the console (a programming mistake). */
export function useDesk(): ConsoleDesk {
  const desk = useContext(DeskContext);
  if (desk === null) throw new Error('parts of the console must be rendered inside DeskContext');
  return desk;
}

/** For parts that are only rendered in a booth. Throws Error elsewhere. */
export function usePlace(): Place & { readonly desk: ConsoleDesk } {
  const desk = useDesk();
  const place = desk.place.value;
  if (place === null) throw new Error('there is no booth');
  return { ...place, desk };
}
