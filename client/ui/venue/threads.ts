import { computed, signal } from '@preact/signals';
import type { ChatEntry } from '../../app/contracts.ts';
import type { ChatScope } from '../../../shared/protocol/messages.ts';
import { store } from '../../app/store.ts';

/** `near`, `venue`, `talk` (my private one), or the public id of the other person. */
export type ThreadId = string;

/** Which conversation a message belongs to. */
export function threadOf(entry: Pick<ChatEntry, 'to' | 'from' | 'mine'>): ThreadId {
  if (entry.to.kind !== 'person') return entry.to.kind;
  return entry.mine ? entry.to.id : entry.from;
}

export function scopeOf(thread: ThreadId): ChatScope {
  return thread === 'near' || thread === 'venue' || thread === 'talk' ? { kind: thread } : { kind: 'person', id: thread };
}

/** Keys of the newest message seen in each conversation. */
const seen = signal<ReadonlyMap<ThreadId, string>>(new Map());

/** Messages of others after the last one seen. */
export function countUnread(entries: readonly ChatEntry[], lastSeen: string | undefined): number {
  const from = lastSeen === undefined ? 0 : entries.findIndex((entry) => entry.key === lastSeen) + 1;
  return entries.slice(from).filter((entry) => !entry.mine).length;
}

/** Conversations in the order in which they are offered: my talk, nearby, everybody, then people by their first message. */
export const threads = computed<ReadonlyMap<ThreadId, readonly ChatEntry[]>>(() => {
  const map = new Map<ThreadId, ChatEntry[]>([...(store.talk.value === null ? [] : [['talk', []] as [ThreadId, ChatEntry[]]]), ['near', []], ['venue', []]]);
  for (const entry of store.chat.value) {
    const thread = threadOf(entry);
    const list = map.get(thread);
    if (list === undefined) map.set(thread, [entry]);
    else list.push(entry);
  }
  return map;
});

export const unread = computed<ReadonlyMap<ThreadId, number>>(
  () => new Map([...threads.value].map(([thread, entries]) => [thread, countUnread(entries, seen.value.get(thread))])),
);

export const totalUnread = computed(() => [...unread.value.values()].reduce((sum, count) => sum + count, 0));

/** The newest message of the conversation is on the screen. */
export function markSeen(thread: ThreadId): void {
  const newest = threads.peek().get(thread)?.at(-1)?.key;
  if (newest === undefined || seen.peek().get(thread) === newest) return;
  seen.value = new Map([...seen.peek(), [thread, newest]]);
}
