import { randomUUID } from 'node:crypto';
import type { PlenaryChatTo, PlenaryServerMessages } from '../../shared/protocol/plenary/messages.ts';
import type { PlenaryState } from '../../shared/protocol/plenary/state.ts';
import type { Reason } from '../../shared/protocol/reasons.ts';
import { CHAT_MAX_LENGTH } from '../../shared/protocol/vocabulary.ts';
import { seatOf } from '../../shared/rules/plenary/booths.ts';
import type { Manning } from '../../shared/protocol/plenary/booths.ts';
import { isOfficer } from '../../shared/rules/plenary/rights.ts';
import type { Member } from './member.ts';
import { isIn, participantOf } from './member.ts';

type ChatMessage = PlenaryServerMessages['chat'];

/** What newcomers are shown of the chat with everybody. */
const KEPT = 200;

export interface ChatDeps {
  readonly state: () => PlenaryState;
  readonly manning: () => Manning;
  readonly members: () => Iterable<Member>;
  readonly now: () => number;
}

/** The chats of a session. In memory only: what is said there is no part of the record. */
export class PlenaryChat {
  private readonly deps: ChatDeps;
  private kept: { readonly message: ChatMessage; readonly closed: boolean }[] = [];
  private readonly sent = new Map<string, string>();

  constructor(deps: ChatDeps) {
    this.deps = deps;
  }

  /** @returns why it is not sent, or null */
  say(from: Member, to: PlenaryChatTo, text: string, nonce: string): Reason | null {
    const tidy = text.trim();
    if (tidy === '') return 'CHAT_EMPTY';
    if (tidy.length > CHAT_MAX_LENGTH) return 'CHAT_TOO_LONG';
    const state = this.deps.state();
    // The podium can always be reached by the podium, and a booth by its interpreters.
    if (to.kind !== 'booth' && !state.meeting.chat[to.kind] && !isOfficer(state, participantOf(from))) return 'CHAT_OFF';
    const receivers = [...this.deps.members()].filter((member) => isIn(member) && (member === from || this.reaches(member, from, to)));
    if (receivers.length < 2 && to.kind !== 'everyone') return 'CHAT_UNDELIVERABLE';
    // A repetition after a drop is shown to its sender and to nobody twice.
    const key = `${from.id} ${nonce}`;
    const again = this.sent.get(key);
    const message: ChatMessage = { id: again ?? randomUUID(), from: from.id, fromName: from.identity.name, fromEntity: from.identity.entity, to, text: tidy, at: this.deps.now(), nonce };
    if (again !== undefined) {
      from.line?.connection.send('chat', message);
      return null;
    }
    this.remember(key, message, state.meeting.closed);
    for (const member of receivers) member.line?.connection.send('chat', member === from ? message : { ...message, nonce: '' });
    return null;
  }

  /** What has been said to everybody so far, to somebody who comes in. What was said in a closed part is told there only. */
  history(to: Member): void {
    const { closed } = this.deps.state().meeting;
    for (const { message, closed: said } of this.kept) if (!said || closed) to.line?.connection.send('chat', message.from === to.id ? message : { ...message, nonce: '' });
  }

  private remember(key: string, message: ChatMessage, closed: boolean): void {
    this.sent.set(key, message.id);
    if (this.sent.size > KEPT) this.sent.delete(this.sent.keys().next().value ?? '');
    if (message.to.kind !== 'everyone') return;
    this.kept.push({ message, closed });
    if (this.kept.length > KEPT) this.kept.shift();
  }

  private reaches(member: Member, from: Member, to: PlenaryChatTo): boolean {
    switch (to.kind) {
      case 'everyone': return true;
      case 'podium': return isOfficer(this.deps.state(), participantOf(member));
      case 'delegation': return member.identity.entity === from.identity.entity;
      case 'person': return member.id === to.id;
      case 'booth': {
        const booth = seatOf(this.deps.manning(), from.id)?.booth.id;
        return booth !== undefined && seatOf(this.deps.manning(), member.id)?.booth.id === booth;
      }
    }
  }
}
