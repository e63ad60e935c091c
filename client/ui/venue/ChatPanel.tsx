import { useEffect, useLayoutEffect, useRef } from 'preact/hooks';
import type { ChatEntry } from '../../app/contracts.ts';
import { store } from '../../app/store.ts';
import { useActions } from '../deps.ts';
import { formatTime } from '../format.ts';
import { shownLanguage, t } from '../i18n.ts';
import type { PlainKey } from '../i18n.ts';
import { personName } from '../names.ts';
import { chatThread } from '../state.ts';
import { Composer } from './Composer.tsx';
import { Panel } from './Panel.tsx';
import { markSeen, threads, unread } from './threads.ts';
import type { ThreadId } from './threads.ts';

const GROUPS: ReadonlyMap<ThreadId, { readonly title: PlainKey; readonly hint: PlainKey }> = new Map([
  ['near', { title: 'chat.near', hint: 'chat.nearHint' }],
  ['venue', { title: 'chat.venue', hint: 'chat.venueHint' }],
  ['talk', { title: 'chat.talk', hint: 'chat.talkHint' }],
]);

export function threadTitle(thread: ThreadId): string {
  const group = GROUPS.get(thread);
  return group === undefined ? personName(thread) : t(group.title);
}

function Tab({ thread, index, ids }: { readonly thread: ThreadId; readonly index: number; readonly ids: readonly ThreadId[] }) {
  const selected = chatThread.value === thread;
  const count = unread.value.get(thread) ?? 0;
  const move = (event: KeyboardEvent): void => {
    const forward = document.documentElement.dir === 'rtl' ? 'ArrowLeft' : 'ArrowRight';
    const step = event.key === forward ? 1 : event.key === 'ArrowLeft' || event.key === 'ArrowRight' ? -1 : 0;
    const next = step === 0 ? undefined : ids[(index + step + ids.length) % ids.length];
    if (next === undefined) return;
    event.preventDefault();
    chatThread.value = next;
    document.getElementById(`tab-${next}`)?.focus();
  };
  return (
    <button
      type="button"
      role="tab"
      id={`tab-${thread}`}
      class="tab"
      aria-selected={selected}
      aria-controls="chat-thread"
      tabIndex={selected ? 0 : -1}
      onClick={() => { chatThread.value = thread; }}
      onKeyDown={move}
    >
      <bdi>{threadTitle(thread)}</bdi>
      {count > 0 && (
        <span class="badge badge--inline">
          <span aria-hidden="true">{count}</span>
          <span class="visually-hidden">{t('chat.unread', { count })}</span>
        </span>
      )}
    </button>
  );
}

function Message({ entry }: { readonly entry: ChatEntry }) {
  const actions = useActions();
  const failed = typeof entry.status === 'object' ? entry.status.failed : null;
  return (
    <li class={`message ${entry.mine ? 'message--mine' : ''} ${failed === null ? '' : 'message--failed'}`}>
      <p class="message__head">
        <span class="message__from">{entry.mine ? t('chat.me') : <bdi>{entry.fromName}</bdi>}</span>
        <time class="message__time" dateTime={new Date(entry.at).toISOString()}>{formatTime(entry.at, shownLanguage.value)}</time>
      </p>
      <p class="message__text" dir="auto">{entry.text}</p>
      {entry.status === 'sending' && <p class="message__status">{t('chat.sending')}</p>}
      {failed !== null && (
        <p class="message__status message__status--failed">
          {t('chat.failed')} {t(`reason.${failed}`)}{' '}
          <button type="button" class="link" onClick={() => { actions.resend(entry.key); }}>{t('chat.resend')}</button>
        </p>
      )}
    </li>
  );
}

function hint(thread: ThreadId): string {
  const group = GROUPS.get(thread);
  return group === undefined ? t('chat.personHint', { name: personName(thread) }) : t(group.hint);
}

/** The messages of one conversation. Keyed by it, so that switching is not read out as a flood of new messages. */
function Messages({ thread, entries }: { readonly thread: ThreadId; readonly entries: readonly ChatEntry[] }) {
  const list = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    const element = list.current;
    if (element !== null) element.scrollTop = element.scrollHeight;
  }, [entries.length]);
  useEffect(() => { markSeen(thread); }, [thread, entries.length]);
  return (
    <div class="messages" ref={list} tabIndex={0} role="log" aria-live="polite" aria-label={t('chat.log', { thread: threadTitle(thread) })}>
      {entries.length === 0 && <p class="empty">{hint(thread)}</p>}
      <ol class="plain-list">{entries.map((entry) => <Message key={entry.key} entry={entry} />)}</ol>
    </div>
  );
}

/** Text chat: nearby, everybody, and one to one. */
export function ChatPanel() {
  // The group's own thread goes with the talk.
  const current = chatThread.value === 'talk' && store.talk.value === null ? 'near' : chatThread.value;
  const known = threads.value;
  const ids = [...known.keys(), ...(known.has(current) ? [] : [current])];
  const here = current === 'near' || current === 'venue' || current === 'talk' || store.people.value.has(current);
  return (
    <Panel name="chat" title={t('chat.title')}>
      <div class="tabs" role="tablist" aria-label={t('chat.threads')}>
        {ids.map((thread, index) => <Tab key={thread} thread={thread} index={index} ids={ids} />)}
      </div>
      <div id="chat-thread" class="chat" role="tabpanel" aria-labelledby={`tab-${current}`}>
        <Messages key={current} thread={current} entries={known.get(current) ?? []} />
        {here ? <Composer key={`to-${current}`} thread={current} hint={hint(current)} /> : <p class="note">{t('chat.gone')}</p>}
      </div>
    </Panel>
  );
}
