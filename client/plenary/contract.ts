/** What the views of a formal session know of it: they read the signals of `PlenaryStore` and press the deeds of `Plenary`. Nothing here knows the network. */
import type { ReadonlySignal, Signal } from '@preact/signals';
import type { ConsoleDeed, Manning } from '../../shared/protocol/plenary/booths.ts';
import type { PlenaryDeed } from '../../shared/protocol/plenary/deeds.ts';
import type { Attendee, CaptionLine, Channels, Delegation, PlenaryChatTo, PlenaryServerMessages } from '../../shared/protocol/plenary/messages.ts';
import type { PlenaryState, Speaker } from '../../shared/protocol/plenary/state.ts';
import type { Channel } from '../../shared/protocol/plenary/vocabulary.ts';
import type { Reason } from '../../shared/protocol/reasons.ts';
import type { SessionResponse } from '../../shared/protocol/session.ts';
import type { Language } from '../../shared/protocol/vocabulary.ts';
import type { ConnectionStatus, MediaStatus, MicProblem } from '../app/contracts.ts';

/** How one stands to the session. */
export type PlenaryStatus =
  | { readonly kind: 'connecting' }
  | ConnectionStatus
  /** A closed part has begun for which one is not admitted. */
  | { readonly kind: 'outside' }
  /** For good. `reason` null: by one's own will. */
  | { readonly kind: 'ended'; readonly reason: Reason | null };

/** Who is inside: of people those who take part, of delegations all, in the order of the French alphabet. */
export interface Attendance {
  readonly people: readonly Attendee[];
  readonly delegations: readonly Delegation[];
  readonly inside: number;
  readonly statesPresent: number;
  /** Who waits outside a closed part, as chair and secretariat know it. */
  readonly waiting: readonly Attendee[];
}

/** A conversation: one of the scopes, or the id of a person. */
export type ChatThread = 'everyone' | 'podium' | 'delegation' | 'booth' | (string & {});

export interface PlenaryChatEntry {
  readonly key: string;
  readonly thread: ChatThread;
  readonly to: PlenaryChatTo;
  readonly from: string;
  readonly fromName: string;
  readonly fromEntity: string;
  readonly text: string;
  readonly at: number;
  readonly mine: boolean;
  readonly status: 'sending' | 'delivered' | { readonly failed: Reason };
}

/** Captions of the language that one reads. */
export interface Captions {
  /** Null: none are sent. */
  readonly language: Language | null;
  /** What is kept, in its order. */
  readonly lines: readonly CaptionLine[];
  /** What is being written now, not final yet. */
  readonly live: CaptionLine | null;
}

/** An interpreter's word to the speaker and the chair. */
export interface Alert {
  readonly id: number;
  readonly what: 'slower' | 'noSound';
  readonly channel: Language;
}

/** Pictures to be shown. Whoever carries them puts them here; null: there is none. */
export interface Pictures {
  readonly speaker: MediaStream | null;
  readonly chair: MediaStream | null;
  readonly screen: MediaStream | null;
  readonly sign: MediaStream | null;
}

/** What one has chosen to hear. `under`: of the floor beneath a language, 0..1. */
export interface Listening {
  readonly channel: Channel;
  readonly under: number;
}

export interface PlenaryStore {
  readonly status: Signal<PlenaryStatus>;
  /** Id of the session; empty before the first welcome. */
  readonly session: Signal<string>;
  readonly me: Signal<Speaker | null>;
  readonly state: Signal<PlenaryState | null>;
  readonly attendance: Signal<Attendance>;
  readonly channels: Signal<Channels>;
  readonly manning: Signal<Manning>;
  readonly audio: Signal<PlenaryServerMessages['audio']>;
  readonly listening: Signal<Listening>;
  readonly captions: Signal<Captions>;
  readonly chat: Signal<readonly PlenaryChatEntry[]>;
  /** The conversation that is shown, kept while other panels are. */
  readonly thread: Signal<ChatThread>;
  /** How many messages of each conversation have been seen. */
  readonly seen: Signal<ReadonlyMap<ChatThread, number>>;
  /** The last one that is still to be seen. */
  readonly alert: Signal<Alert | null>;
  readonly pictures: Signal<Pictures>;
  /** What one has answered to the recording that began then; null: nothing yet. */
  readonly consent: Signal<{ readonly since: number; readonly agreed: boolean } | null>;
  /** The server's clock less ours, milliseconds. */
  readonly clockOffset: Signal<number>;
}

/** Nodes of a console that all goes through which is heard. */
export interface SoundChain {
  readonly input: AudioNode;
  readonly output: AudioNode;
}

/** The voices of a session. */
export interface PlenarySound {
  readonly media: ReadonlySignal<MediaStatus>;
  readonly mic: ReadonlySignal<{ readonly captured: boolean; readonly sending: boolean; readonly problem: MicProblem | null }>;
  /** The browser plays nothing until something is pressed. */
  readonly locked: ReadonlySignal<boolean>;
  /** Loudness 0..1 now. Allocates nothing. */
  level(of: 'floor' | 'language' | 'microphone'): number;
  /** Asks for the microphone; what goes wrong is in `mic`. */
  addMicrophone(): Promise<void>;
  /** From within a press. */
  unlock(): void;
  /** For consoles that measure: what comes in, before any volume, or what the microphone captures. Null while there is none; another node after a reconnection. */
  tap(of: 'floor' | 'language' | 'microphone'): AudioNode | null;
  /** For consoles: the last nodes before the loudspeaker; null: none. */
  insert(chain: SoundChain | null): void;
}

/** What one shows of oneself. It is sent to the others only while it is to be seen. */
export interface PlenaryImages {
  readonly camera: ReadonlySignal<'off' | 'asking' | 'on' | 'failed'>;
  readonly sharing: ReadonlySignal<boolean>;
  /** `sign`: as an interpreter into sign language. From within a press, as the browser asks. */
  setCamera(on: boolean, sign: boolean): Promise<void>;
  setScreen(on: boolean): Promise<void>;
}

/** A formal session, as its views have it. */
export interface Plenary {
  readonly store: PlenaryStore;
  readonly sound: PlenarySound;
  readonly images: PlenaryImages;
  /** The server's clock now, milliseconds since the epoch. */
  now(): number;
  /** Resolves when it is done and written down. Rejects with a `ReasonedError`; an `OfflineError` without a line. */
  act(deed: PlenaryDeed): Promise<void>;
  /** The same for what interpreters do. */
  console(deed: ConsoleDeed): Promise<void>;
  listen(listening: Partial<Listening>): void;
  readCaptions(language: Language | null): void;
  /** A captioner's line. */
  caption(language: Language, text: string, final: boolean): void;
  say(to: PlenaryChatTo, text: string): void;
  resend(key: string): void;
  /** While on for anybody who asked, everybody inside is known by name. Each call with `true` is to be followed by one with `false`. */
  watchPeople(on: boolean): void;
  reconnectNow(): void;
  leave(): void;
  /** Who one is, with a token for what is asked over HTTP. Rejects with a `ReasonedError`. */
  identify(): Promise<SessionResponse>;
}
