import { useId, useState } from 'preact/hooks';
import { CHAT_MAX_LENGTH } from '../../../shared/protocol/vocabulary.ts';
import { IconButton } from '../components/Button.tsx';
import { useActions } from '../deps.ts';
import { t } from '../i18n.ts';
import { scopeOf } from './threads.ts';
import type { ThreadId } from './threads.ts';

/** The counter appears when it starts to matter. */
const COUNT_FROM = CHAT_MAX_LENGTH * 0.8;

/** Where a message is written: Enter sends, Shift+Enter starts a new line; input methods that compose with Enter are left alone. */
export function Composer({ thread, hint }: { readonly thread: ThreadId; readonly hint: string }) {
  const actions = useActions();
  const id = useId();
  const [text, setText] = useState('');
  const send = (): void => {
    if (text.trim() === '') return;
    actions.say(scopeOf(thread), text.trim());
    setText('');
  };
  return (
    <form class="composer" onSubmit={(event) => { event.preventDefault(); send(); }}>
      <label class="visually-hidden" for={id}>{t('chat.write')}</label>
      <textarea
        id={id}
        class="composer__text"
        rows={2}
        dir="auto"
        maxLength={CHAT_MAX_LENGTH}
        value={text}
        placeholder={t('chat.write')}
        aria-describedby={`${id}-hint`}
        onInput={(event) => { setText(event.currentTarget.value); }}
        onKeyDown={(event) => {
          if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return;
          event.preventDefault();
          send();
        }}
      />
      <IconButton icon="send" class="icon-button--primary" label={t('chat.send')} onClick={send} disabled={text.trim() === ''} />
      <p id={`${id}-hint`} class="composer__hint">
        {text.length > COUNT_FROM ? t('chat.left', { count: CHAT_MAX_LENGTH - text.length }) : hint}
      </p>
    </form>
  );
}
