import { useEffect, useId, useLayoutEffect, useRef, useState } from 'preact/hooks';
import { CHAT_MAX_LENGTH } from '../../../../shared/protocol/vocabulary.ts';
import { IconButton } from '../../../ui/components/Button.tsx';
import { formatTime } from '../../../ui/format.ts';
import { shownLanguage, t } from '../../../ui/i18n.ts';
import { recipientOf } from '../../chat.ts';
import type { ChatThread, PlenaryChatEntry, PlenaryStore } from '../../contract.ts';
import { usePlenary, useSession } from '../context.ts';

/** Conversations that are always there; those with one person are added as they begin. */
const SCOPES = ['everyone', 'podium', 'delegation'] as const;

function received(entries: readonly PlenaryChatEntry[], thread: ChatThread): number {
  return entries.filter((entry) => entry.thread === thread && !entry.mine).length;
}

/** Messages that nobody has looked at yet; those of interpreters' booths are at their console. */
export function unreadCount({ chat, seen }: Pick<PlenaryStore, 'chat' | 'seen'>, thread?: ChatThread): number {
  const entries = chat.value;
  const threads = thread === undefined ? new Set(entries.map((entry) => entry.thread)) : [thread];
  let count = 0;
  for (const each of threads) if (each !== 'booth') count += Math.max(0, received(entries, each) - (seen.value.get(each) ?? 0));
  return count;
}

function isScope(thread: ChatThread): thread is (typeof SCOPES)[number] {
  return (SCOPES as readonly string[]).includes(thread);
}

function useThreadName(): (thread: ChatThread) => string {
  const plenary = usePlenary();
  const people = plenary.store.attendance.value.people;
  const entries = plenary.store.chat.value;
  return (thread) => {
    if (isScope(thread)) return t(`plenary.scope.${thread}`);
    return people.find(({ id }) => id === thread)?.name ?? entries.find((entry) => entry.from === thread)?.fromName ?? t('people.someone');
  };
}

function Message({ entry }: { readonly entry: PlenaryChatEntry }) {
  const plenary = usePlenary();
  const failed = typeof entry.status === 'object' ? entry.status.failed : null;
  return (
    <li class={`message ${entry.mine ? 'message--mine' : ''} ${failed === null ? '' : 'message--failed'}`}>
      <p class="message__head">
        <span class="message__from">{entry.mine ? t('chat.me') : <><bdi>{entry.fromName}</bdi> · <bdi>{entry.fromEntity}</bdi></>}</span>
        <time class="message__time" dateTime={new Date(entry.at).toISOString()}>{formatTime(entry.at, shownLanguage.value)}</time>
      </p>
      <p class="message__text" dir="auto">{entry.text}</p>
      {entry.status === 'sending' && <p class="message__status">{t('chat.sending')}</p>}
      {failed !== null && <p class="message__status message__status--failed">{t('chat.failed')} {t(`reason.${failed}`)} <button type="button" class="link" onClick={() => { plenary.resend(entry.key); }}>{t('chat.resend')}</button></p>}
    </li>
  );
}

function Composer({ thread }: { readonly thread: ChatThread }) {
  const plenary = usePlenary();
  const id = useId();
  const [text, setText] = useState('');
  const send = (): void => {
    if (text.trim() === '') return;
    plenary.say(recipientOf(thread), text.trim());
    setText('');
  };
  return (
    <form class="composer" onSubmit={(event) => { event.preventDefault(); send(); }}>
      <label class="visually-hidden" for={id}>{t('chat.write')}</label>
      <textarea
        id={id} class="composer__text" rows={2} dir="auto" maxLength={CHAT_MAX_LENGTH} value={text} placeholder={t('chat.write')} onInput={(event) => { setText(event.currentTarget.value); }}
        onKeyDown={(event) => {
          if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return;
          event.preventDefault();
          send();
        }}
      />
      <IconButton icon="send" class="icon-button--primary" label={t('chat.send')} onClick={send} disabled={text.trim() === ''} />
    </form>
  );
}

function Thread({ thread }: { readonly thread: ChatThread }) {
  const { plenary, state } = useSession();
  const name = useThreadName();
  const entries = plenary.store.chat.value.filter((entry) => entry.thread === thread);
  const count = received(entries, thread);
  const box = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => { if (box.current !== null) box.current.scrollTop = box.current.scrollHeight; }, [entries.length]);
  useEffect(() => {
    const { seen } = plenary.store;
    seen.value = new Map([...seen.peek(), [thread, count]]);
  }, [plenary, thread, count]);
  const scope = isScope(thread) ? thread : 'person';
  return (
    <div class="chat">
      <div class="messages" ref={box} tabIndex={0} role="log" aria-live="polite" aria-label={t('chat.log', { thread: name(thread) })}>
        {entries.length === 0 && <p class="empty">{t(`plenary.scopeHint.${scope}`)}</p>}
        <ol class="plain-list">{entries.map((entry) => <Message key={entry.key} entry={entry} />)}</ol>
      </div>
      {state.meeting.chat[scope] ? <Composer key={thread} thread={thread} /> : <p class="note">{t('reason.CHAT_OFF')}</p>}
    </div>
  );
}

/** Conversations: with everyone, the podium, one's delegation, one person. */
export function ChatPanel() {
  const { plenary, me } = useSession();
  const name = useThreadName();
  const id = useId();
  const entries = plenary.store.chat.value;
  const current = plenary.store.thread.value;
  const people = [...new Set([...entries.map(({ thread }) => thread), current])].filter((thread) => !isScope(thread) && thread !== 'booth');
  const scopes = SCOPES.filter((scope) => scope !== 'delegation' || me.role === 'delegate' || me.role === 'observer');
  const label = (thread: ChatThread): string => {
    const unread = unreadCount(plenary.store, thread);
    return unread > 0 ? `${name(thread)} (${t('chat.unread', { count: unread })})` : name(thread);
  };
  return (
    <div class="chat-panel">
      <div class="field">
        <label class="field__label" for={id}>{t('plenary.chat.with')}</label>
        <select id={id} class="select" value={current} onChange={(event) => { plenary.store.thread.value = event.currentTarget.value; }}>
          {[...scopes, ...people].map((thread) => <option key={thread} value={thread} selected={thread === current}>{label(thread)}</option>)}
        </select>
      </div>
      <Thread key={current} thread={current} />
    </div>
  );
}
