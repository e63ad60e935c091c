import type { ClientMessage, ServerMessages } from '../../../shared/protocol/messages.ts';
import type { TalkDeed } from '../../../shared/protocol/talks.ts';
import type { Voice } from '../../audio/voice.ts';
import { audience, store } from '../store.ts';
import { toast } from '../toasts.ts';
import { Parcels } from './parcels.ts';
import { Whispering } from './whispering.ts';

export interface TalkingDeps {
  readonly voice: Voice;
  readonly send: <K extends 'talk' | 'whisper' | 'mic' | 'doNotDisturb' | 'parcel'>(name: K, message: ClientMessage<K>) => void;
  /** I go my own way: no tour takes me along. */
  readonly strayed: () => void;
}

/** My part in private talks, as the server tells of it; and that my microphone is open for those only whom I know to hear me. One for the time in the venue. */
export class Talking {
  readonly whispering: Whispering;
  readonly parcels: Parcels;
  private readonly deps: TalkingDeps;
  /** On a new line, until the server has said what I am in: who heard me before. */
  private before: string | null = null;
  private wasLive = false;

  constructor(deps: TalkingDeps) {
    this.deps = deps;
    this.parcels = new Parcels((message) => deps.send('parcel', message));
    this.whispering = new Whispering({ voice: deps.voice, send: (message) => deps.send('whisper', message) });
  }

  /** A new line: the server knows nothing of my microphone, and I do not know who would hear it. */
  welcomed(): void {
    const { voice, send } = this.deps;
    this.before = audience.peek();
    this.wasLive = voice.mic.peek().state === 'live';
    this.whispering.forget();
    voice.setHushed(true);
    store.whisper.value = { to: '', from: [] };
    store.domes.value = { scene: '', domes: [] };
    if (!this.wasLive) send('mic', { state: voice.mic.peek().state, audience: '' });
    if (store.doNotDisturb.peek()) send('doNotDisturb', { on: true });
  }

  talk({ talk, why }: ServerMessages['talk']): void {
    const earlier = store.talk.peek();
    store.talk.value = talk;
    if (this.before !== null) this.resume();
    this.deps.voice.mixer.setGroup(new Set(talk?.members.map(({ id }) => id)));
    if (earlier?.id === talk?.id) return;
    // What a group wrote is its own.
    store.chat.value = store.chat.peek().filter(({ to }) => to.kind !== 'talk');
    if (talk !== null) this.deps.strayed();
    else if (earlier !== null) this.ended(why ?? 'lost');
  }

  news(news: ServerMessages['talkNews']): void {
    if (news.kind === 'notAdmitted' || news.kind === 'gone') {
      toast(`toast.talk.${news.kind}`, 'info');
      return;
    }
    const name = store.names.get(news.person);
    if (name !== undefined) toast(`toast.talk.${news.kind}`, news.kind === 'joined' ? 'warning' : 'info', { name });
  }

  whisper(message: ServerMessages['whisper']): void {
    const { from: heard, to: before } = store.whisper.peek();
    store.whisper.value = message;
    this.whispering.told(message.to, before);
    for (const id of message.from) {
      const name = store.names.get(id);
      if (!heard.includes(id) && name !== undefined) toast('toast.talk.whispers', 'info', { name });
    }
  }

  /** The server has muted me: others would hear me now than before. */
  muted({ why }: ServerMessages['muted']): void {
    this.deps.voice.setMuted(true);
    this.deps.voice.setHushed(false);
    // That a talk ended says so itself.
    if (why === 'whisper') toast('toast.talk.whisperOver', 'warning');
  }

  refused(what: 'talk' | 'whisper' | 'mic'): void {
    if (what === 'whisper') this.whispering.refused();
    if (what === 'mic') this.deps.voice.setMuted(true);
  }

  act(deed: TalkDeed): void {
    // Whoever leaves is silent from this moment, not from when the server has heard of it.
    if (deed.kind === 'leave') this.deps.voice.setMuted(true);
    this.deps.send('talk', deed);
  }

  setDoNotDisturb(on: boolean): void {
    store.doNotDisturb.value = on;
    this.deps.send('doNotDisturb', { on });
  }

  close(): void {
    this.whispering.forget();
    store.talk.value = null;
    store.talkOffers.value = { invitations: [], knocked: '' };
    store.domes.value = { scene: '', domes: [] };
    store.whisper.value = { to: '', from: [] };
    store.person.value = null;
    store.chat.value = store.chat.peek().filter(({ to }) => to.kind !== 'talk');
  }

  /** The first word about talks on a new line: the microphone goes on only if the same people hear it as before. */
  private resume(): void {
    const { voice, send } = this.deps;
    const same = this.before === audience.peek();
    this.before = null;
    if (this.wasLive && same) send('mic', { state: 'live', audience: audience.peek() });
    else if (this.wasLive) voice.setMuted(true);
    voice.setHushed(false);
  }

  private ended(why: NonNullable<ServerMessages['talk']['why']> | 'lost'): void {
    const { voice } = this.deps;
    if (voice.mic.peek().state === 'live') voice.setMuted(true);
    toast(`toast.talk.out.${why}`, why === 'left' ? 'info' : 'warning');
  }
}
