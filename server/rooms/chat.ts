import type { ClientMessage, ServerMessages } from '../../shared/protocol/messages.ts';
import type { Reason } from '../../shared/protocol/reasons.ts';
import { CHAT_MAX_LENGTH } from '../../shared/protocol/vocabulary.ts';
import { HEARING_RANGE } from '../../shared/rules/audibility.ts';
import { isBlocked } from './person.ts';
import type { Person } from './person.ts';
import type { Roster } from './roster.ts';
import type { Encode } from './services.ts';

/** Control characters but for the line feed, and the marks that turn the direction of the text around them (they can disguise a name). */
const UNWANTED = /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069\ufeff]/g;

/** A text without any of these (letters, digits, marks, punctuation, symbols) shows nothing. */
const VISIBLE = /[\p{L}\p{N}\p{P}\p{S}]/u;

/** What is left of a text that may be shown to others. */
export function cleanText(text: string): string {
  return text.replace(/\r\n?/g, '\n').replace(UNWANTED, '').trim();
}

/** Delivers text, with the privacy of speech: never across a block. Nothing is kept. */
export class Chat {
  private readonly roster: Roster;
  private readonly encode: Encode;
  private sent = 0;

  constructor(roster: Roster, encode: Encode) {
    this.roster = roster;
    this.encode = encode;
  }

  /** Delivers to all whom the message is for, and back to the sender as the receipt. @param at milliseconds since the epoch. @returns why not, or null. */
  say(from: Person, message: ClientMessage<'chat'>, at: number): Reason | null {
    const text = cleanText(message.text);
    if (!VISIBLE.test(text)) return 'CHAT_EMPTY';
    if (text.length > CHAT_MAX_LENGTH) return 'CHAT_TOO_LONG';
    const { to, nonce } = message;
    if (to.kind === 'talk' && from.talk === null) return 'NOT_IN_TALK';
    if (to.kind === 'person') {
      const other = this.roster.get(to.id);
      // Whoever is blocked gets the same answer as if the other were not there.
      if (other === undefined || other === from || other.presence === null || isBlocked(from, other)) return 'CHAT_UNDELIVERABLE';
    }
    this.sent += 1;
    const delivery: ServerMessages['chat'] = { id: `${at.toString(36)}-${this.sent}`, from: from.id, fromName: from.identity.name, to, text, at, nonce };
    const bytes = this.encode('chat', delivery);
    for (const receiver of this.roster) {
      if (receiver === from || this.reaches(from, to, receiver)) receiver.presence?.connection.sendEncoded(bytes);
    }
    return null;
  }

  private reaches(from: Person, to: ClientMessage<'chat'>['to'], receiver: Person): boolean {
    if (isBlocked(from, receiver)) return false;
    if (to.kind === 'venue') return true;
    if (to.kind === 'person') return receiver.id === to.id;
    // Text goes where speech goes: nobody outside reads what is said in a talk.
    return from.talk === receiver.talk && (to.kind === 'talk' || this.isNear(from, receiver));
  }

  private isNear(one: Person, other: Person): boolean {
    const a = one.footing;
    const b = other.footing;
    if (Math.hypot(a.x - b.x, a.y - b.y, a.z - b.z) > HEARING_RANGE) return false;
    // Numbers of spaces are unique in the venue, so this is also whether they are in one scene.
    return one.scene.spaces.at(a.x, a.y, a.z) === other.scene.spaces.at(b.x, b.y, b.z);
  }
}
