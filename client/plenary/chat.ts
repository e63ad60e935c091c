/** Conversations of a session. */
import type { Signal } from '@preact/signals';
import type { PlenaryChatTo, PlenaryServerMessages } from '../../shared/protocol/plenary/messages.ts';
import type { Reason } from '../../shared/protocol/reasons.ts';
import type { ChatThread, PlenaryChatEntry } from './contract.ts';

/** What is kept of all conversations together. */
const KEPT = 1000;

const SCOPES = ['everyone', 'podium', 'delegation', 'booth'] as const;

/** The conversation that a message belongs to, for `me`. */
export function threadOf(to: PlenaryChatTo, from: string, me: string): ChatThread {
  if (to.kind !== 'person') return to.kind;
  return from === me ? to.id : from;
}

/** To whom one writes in a conversation. */
export function recipientOf(thread: ChatThread): PlenaryChatTo {
  const scope = SCOPES.find((each) => each === thread);
  if (scope !== undefined) return { kind: scope };
  return { kind: 'person', id: thread };
}

/** Messages in the order in which they came. What one writes oneself is shown at once, and becomes the server's word when that comes. */
export class ChatBook {
  private readonly entries: Signal<readonly PlenaryChatEntry[]>;

  constructor(entries: Signal<readonly PlenaryChatEntry[]>) {
    this.entries = entries;
  }

  write(entry: Omit<PlenaryChatEntry, 'thread' | 'mine' | 'status'>): void {
    this.add({ ...entry, thread: threadOf(entry.to, entry.from, entry.from), mine: true, status: 'sending' });
  }

  receive({ id, from, fromName, fromEntity, to, text, at, nonce }: PlenaryServerMessages['chat'], me: string): void {
    const mine = from === me;
    const entry: PlenaryChatEntry = { key: mine && nonce !== '' ? nonce : id, thread: threadOf(to, from, me), to, from, fromName, fromEntity, text, at, mine, status: 'delivered' };
    if (this.find(entry.key) === undefined) this.add(entry);
    else this.replace(entry);
  }

  /** @returns whether it was a message of mine */
  refuse(key: string, reason: Reason): boolean {
    const entry = this.find(key);
    if (entry === undefined) return false;
    this.replace({ ...entry, status: { failed: reason } });
    return true;
  }

  /** To be sent again. @returns it, or undefined if there is nothing to repeat */
  revive(key: string): PlenaryChatEntry | undefined {
    const entry = this.find(key);
    if (entry === undefined || entry.status === 'delivered') return undefined;
    const again = { ...entry, status: 'sending' } as const;
    this.replace(again);
    return again;
  }

  /** Mine that nobody has confirmed. */
  unconfirmed(): readonly PlenaryChatEntry[] {
    return this.entries.peek().filter(({ status }) => status === 'sending');
  }

  private find(key: string): PlenaryChatEntry | undefined {
    return this.entries.peek().find((each) => each.key === key);
  }

  private add(entry: PlenaryChatEntry): void {
    this.entries.value = [...this.entries.peek(), entry].slice(-KEPT);
  }

  private replace(entry: PlenaryChatEntry): void {
    this.entries.value = this.entries.peek().map((each) => (each.key === entry.key ? entry : each));
  }
}
