import type { ChatScope, ServerMessages } from '../../shared/protocol/messages.ts';
import type { Reason } from '../../shared/protocol/reasons.ts';
import type { ChatEntry } from './contracts.ts';
import { store } from './store.ts';

/** Nothing is stored anywhere: the page remembers this many messages, the oldest go. */
const KEPT = 500;
/** No word from the server about a message in this time: the person is told and can send it again. */
const UNANSWERED_MS = 8000;

function nonce(): string {
  return crypto.getRandomValues(new Uint32Array(2)).join('-');
}

function update(key: string, change: Partial<ChatEntry>): void {
  store.chat.value = store.chat.value.map((entry) => (entry.key === key ? { ...entry, ...change } : entry));
}

/** The conversation of this page. One's own messages are shown at once and marked when the server has delivered or refused them. */
export class ChatLog {
  private readonly send: (to: ChatScope, text: string, nonce: string) => void;

  constructor(send: (to: ChatScope, text: string, nonce: string) => void) {
    this.send = send;
  }

  say(to: ChatScope, text: string, me: { id: string; name: string }): void {
    const key = nonce();
    const entry: ChatEntry = { key, from: me.id, fromName: me.name, to, text, at: Date.now(), mine: true, status: 'sending' };
    store.chat.value = [...store.chat.value, entry].slice(-KEPT);
    this.transmit(entry);
  }

  resend(key: string): void {
    const entry = store.chat.value.find((each) => each.key === key && each.mine && each.status !== 'delivered');
    if (entry === undefined) return;
    update(key, { status: 'sending' });
    this.transmit(entry);
  }

  receive(message: ServerMessages['chat'], myId: string): void {
    const mine = message.from === myId;
    const key = mine ? message.nonce : message.id;
    if (mine && store.chat.value.some((entry) => entry.key === key)) {
      update(key, { status: 'delivered', at: message.at, text: message.text });
      return;
    }
    const { from, fromName, to, text, at } = message;
    store.chat.value = [...store.chat.value, { key, from, fromName, to, text, at, mine, status: 'delivered' as const }].slice(-KEPT);
  }

  refused(key: string, reason: Reason): void {
    update(key, { status: { failed: reason } });
  }

  private transmit(entry: ChatEntry): void {
    this.send(entry.to, entry.text, entry.key);
    setTimeout(() => {
      const now = store.chat.value.find((each) => each.key === entry.key);
      if (now?.status === 'sending') update(entry.key, { status: { failed: 'INTERNAL' } });
    }, UNANSWERED_MS);
  }
}
