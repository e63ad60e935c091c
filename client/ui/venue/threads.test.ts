import { beforeEach, describe, expect, it } from 'vitest';
import type { ChatEntry } from '../../app/contracts.ts';
import { store } from '../../app/store.ts';
import { markSeen, scopeOf, threadOf, threads, totalUnread, unread } from './threads.ts';

let count = 0;
function entry(from: string, to: ChatEntry['to'], mine = false): ChatEntry {
  count += 1;
  return { key: `k${count}`, from, fromName: from, to, text: 'text', at: count, mine, status: 'delivered' };
}

beforeEach(() => { store.chat.value = []; });

describe('conversations', () => {
  it('file messages to and from one person together', () => {
    expect(threadOf(entry('ana', { kind: 'person', id: 'me' }))).toBe('ana');
    expect(threadOf(entry('me', { kind: 'person', id: 'ana' }, true))).toBe('ana');
    expect(threadOf(entry('ana', { kind: 'venue' }))).toBe('venue');
    expect(scopeOf('ana')).toEqual({ kind: 'person', id: 'ana' });
    expect(scopeOf('near')).toEqual({ kind: 'near' });
  });

  it('count what others wrote since one looked', () => {
    store.chat.value = [entry('ana', { kind: 'near' }), entry('me', { kind: 'near' }, true), entry('bo', { kind: 'person', id: 'me' })];
    expect([...threads.value.keys()]).toEqual(['near', 'venue', 'bo']);
    expect(unread.value.get('near')).toBe(1);
    expect(totalUnread.value).toBe(2);
    markSeen('near');
    expect(totalUnread.value).toBe(1);
    store.chat.value = [...store.chat.value, entry('ana', { kind: 'near' })];
    expect(unread.value.get('near')).toBe(1);
  });

  it('count again from the start when the page has forgotten the last one seen', () => {
    store.chat.value = [entry('ana', { kind: 'venue' })];
    markSeen('venue');
    store.chat.value = [entry('bo', { kind: 'venue' }), entry('cy', { kind: 'venue' })];
    expect(unread.value.get('venue')).toBe(2);
  });
});
