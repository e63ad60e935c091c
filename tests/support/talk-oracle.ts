/**
 * Who may hear whom, reckoned without the server's rules: from what each client was told and did. A voice may reach somebody only if both were told of the same talk, or of
 * none and stand in one room; if its owner has opened their microphone since they were told so; and if a whisper names the listener. Used to judge the routes of a relay.
 */
import type { ServerMessages } from '../../shared/protocol/messages.ts';
import type { TalkState } from '../../shared/protocol/talks.ts';
import type { Sent } from './fake-venue.ts';

/** What one client knows: nothing but the messages that it got, and what it said itself. */
export class Witness {
  readonly id: string;
  scene = '';
  talk: TalkState | null = null;
  offers: ServerMessages['talkOffers'] = { invitations: [], knocked: '' };
  whisper = '';
  /** It was told that its talk goes from browser to browser, or does until both agree otherwise: the relay has no part in it. */
  direct = false;
  /** It was told that its own screen is shown to its talk. */
  shows = false;
  /** The last share that it was told of. */
  share = 1;
  /** It has opened its microphone for its audience of now. */
  live = false;
  connected = true;
  refusals = 0;
  private micPending = false;

  constructor(id: string) {
    this.id = id;
  }

  get audience(): string {
    if (this.whisper !== '') return `whisper:${this.whisper}`;
    return this.talk === null ? '' : `talk:${this.talk.id}`;
  }

  /** It asks for its microphone to be opened; the refusal comes with the same messages, if it does. */
  opens(): void {
    this.live = true;
    this.micPending = true;
  }

  read(messages: readonly Sent[]): void {
    const before = this.audience;
    for (const { name, message } of messages) {
      if (name === 'welcome' || name === 'scene') this.scene = message.scene.id;
      else if (name === 'talk') this.talk = message.talk;
      else if (name === 'talkOffers') this.offers = message;
      else if (name === 'whisper') this.whisper = message.to;
      else if (name === 'direct') this.direct = message.direct !== null && message.direct.state !== 'asked';
      else if (name === 'screen') {
        this.shows = message.by === this.id;
        this.share = Math.max(1, message.share);
      }
      else if (name === 'muted') this.live = false;
      else if (name === 'refused') {
        this.refusals += 1;
        if (message.what === 'mic' && this.micPending) this.live = false;
      }
    }
    this.micPending = false;
    const now = this.audience;
    // What was said in public may be heard by a talk that one comes into; nothing else passes from one audience to another.
    if (now !== before && !(before === '' && now.startsWith('talk:'))) this.live = false;
  }
}

export interface Standing {
  readonly x: number;
  readonly blocks: ReadonlySet<string>;
  /** The route is tour business: the speaker guides the listener. */
  readonly guides?: boolean;
}

/** @returns why `speaker` must not be heard by `listener`, or null */
export function objection(listener: Witness, speaker: Witness, where: (id: string) => Standing): string | null {
  if (listener.id === speaker.id) return 'hears themselves';
  if (!listener.connected || !speaker.connected) return 'one of the two is not connected';
  if (where(listener.id).blocks.has(speaker.id) || where(speaker.id).blocks.has(listener.id)) return 'there is a block';
  if (listener.direct || speaker.direct) return 'the two talk without the relay';
  if (!speaker.live) return 'the microphone was not opened for these listeners';
  if (speaker.whisper !== '') return speaker.whisper === listener.id ? null : `whispers to ${speaker.whisper}`;
  if (listener.talk?.id !== speaker.talk?.id) return `one is in ${listener.talk?.id ?? 'none'}, the other in ${speaker.talk?.id ?? 'none'}`;
  if (listener.talk !== null && speaker.talk !== null) {
    const knows = (one: TalkState, id: string): boolean => one.members.some((member) => member.id === id);
    return knows(listener.talk, speaker.id) && knows(speaker.talk, listener.id) ? null : 'they were not told that both are members';
  }
  if (listener.scene !== speaker.scene) return 'they are in different scenes';
  return where(listener.id).x < 0 === where(speaker.id).x < 0 ? null : 'there is a wall between them';
}

/** @returns why `viewer` must not be sent the picture of `shower`'s screen, or null */
export function pictureObjection(viewer: Witness, shower: Witness, where: (id: string) => Standing): string | null {
  if (viewer.id === shower.id) return 'is shown their own screen';
  if (!viewer.connected || !shower.connected) return 'one of the two is not connected';
  if (!shower.shows) return 'nothing is shown';
  if (shower.talk === null || viewer.talk?.id !== shower.talk.id) return `one is in ${viewer.talk?.id ?? 'none'}, the other in ${shower.talk?.id ?? 'none'}`;
  if (viewer.direct || shower.direct) return 'the two talk without the relay';
  if (where(viewer.id).blocks.has(shower.id) || where(shower.id).blocks.has(viewer.id)) return 'there is a block';
  const knows = (one: TalkState, id: string): boolean => one.members.some((member) => member.id === id);
  return knows(shower.talk, viewer.id) ? null : 'whoever shows was not told that they are a member';
}

/** What somebody did in a step, as far as it can let anybody into a talk. */
export interface Consent {
  readonly actor: string;
  readonly deed: { readonly kind: string; readonly person?: string | undefined; readonly people?: readonly string[] | undefined; readonly on?: boolean | undefined } | null;
  /** Offers of all, and who was in which talk, before the step. */
  readonly invited: ReadonlySet<string>;
  readonly knocked: ReadonlySet<string>;
}

/** @returns why it is wrong that `id` is in a talk since this step, or null: nobody gets into one without their own word, nor without a member's */
export function trespass(id: string, { actor, deed, invited, knocked }: Consent): string | null {
  if (deed === null) return 'nobody did anything';
  if (actor === id) {
    if (deed.kind === 'invite') return null;
    return (deed.kind === 'answer' || deed.kind === 'knock') && invited.has(id) ? null : `came in by ${deed.kind} without an invitation`;
  }
  const admitted = (deed.kind === 'admit' && deed.person === id && deed.on === true) || (deed.kind === 'invite' && deed.people?.includes(id) === true);
  return admitted && knocked.has(id) ? null : `was brought in by ${deed.kind} of ${actor} without having asked`;
}
