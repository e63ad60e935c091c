/** What the parts of the client know of private talks, besides `client/app/contracts.ts`. */
import type { TalkDeed } from '../../../shared/protocol/talks.ts';

/** What a person can do about private talks, for the UI. */
export interface TalkActions {
  /** Asks people into my talk, or into one that begins with it. */
  inviteToTalk(people: readonly string[]): void;
  uninviteFromTalk(person: string): void;
  answerTalk(talk: string, answer: Extract<TalkDeed, { kind: 'answer' }>['answer']): void;
  /** Asks to be let into a talk. */
  knock(talk: string): void;
  stopKnocking(): void;
  /** Answers somebody who has knocked. */
  admitToTalk(person: string, on: boolean): void;
  leaveTalk(): void;
  lockTalk(on: boolean): void;
  showTalkNames(on: boolean): void;
  /** For the host. */
  removeFromTalk(person: string): void;
  /** For the host. */
  handOverTalk(person: string): void;
  raiseTalkHand(up: boolean): void;
  /** Asks the other one of a talk of two to talk from browser to browser, agrees, or tries again; off: would rather not, or no more. */
  talkDirectly(on: boolean): void;
  /** Agrees to go on over the relay. */
  talkOverRelay(): void;
  /** The talk cannot be sealed any more: I speak all the same. */
  speakUnsealed(): void;
  /** Fetches the notes of the talk, so that `notesStatus` has them. */
  openTalkNotes(): void;
  /** Asks what of my screen to show, and shows it to the talk. `over`: in place of what somebody else shows. */
  showScreen(over: boolean): void;
  stopScreen(): void;
  /** While somebody is given, only they hear me. */
  whisper(to: string | null): void;
  setDoNotDisturb(on: boolean): void;
  /** Shows the card of a person, or none. */
  showPerson(id: string | null): void;
}
