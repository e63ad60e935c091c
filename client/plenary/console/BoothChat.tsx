import { useId, useLayoutEffect, useRef, useState } from 'preact/hooks';
import { CHAT_MAX_LENGTH } from '../../../shared/protocol/vocabulary.ts';
import { IconButton } from '../../ui/components/Button.tsx';
import { formatTime } from '../../ui/format.ts';
import { shownLanguage, t } from '../../ui/i18n.ts';
import { useDesk } from './desk.ts';

/** Written between those in the booth: a figure, a name, a term. Enter sends. */
export function BoothChat() {
  const { plenary } = useDesk();
  const id = useId();
  const [text, setText] = useState('');
  const entries = plenary.store.chat.value.filter(({ thread }) => thread === 'booth');
  const box = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => { if (box.current !== null) box.current.scrollTop = box.current.scrollHeight; }, [entries.length]);
  const send = (): void => {
    if (text.trim() === '') return;
    plenary.say({ kind: 'booth' }, text.trim());
    setText('');
  };
  return (
    <section class="console__part" aria-labelledby={`${id}-title`}>
      <h3 id={`${id}-title`} class="console__name">{t('plenary.console.chat')}</h3>
      <div class="booth-chat" ref={box} role="log" aria-live="polite" tabIndex={0} aria-labelledby={`${id}-title`}>
        {entries.length === 0 && <p class="empty">{t('plenary.console.chat.hint')}</p>}
        <ol class="plain-list">
          {entries.map((entry) => (
            <li key={entry.key} class="booth-chat__line">
              <span class="field__hint">{formatTime(entry.at, shownLanguage.value)} {entry.mine ? t('chat.me') : <bdi>{entry.fromName}</bdi>}</span>
              <span dir="auto">{entry.text}</span>
              {typeof entry.status === 'object' && <button type="button" class="link" onClick={() => { plenary.resend(entry.key); }}>{t('chat.resend')}</button>}
            </li>
          ))}
        </ol>
      </div>
      <form class="composer" onSubmit={(event) => { event.preventDefault(); send(); }}>
        <label class="visually-hidden" for={id}>{t('chat.write')}</label>
        <input id={id} class="text-field" dir="auto" maxLength={CHAT_MAX_LENGTH} autocomplete="off" value={text} placeholder={t('chat.write')} onInput={(event) => { setText(event.currentTarget.value); }} />
        <IconButton icon="send" class="icon-button--primary" label={t('chat.send')} onClick={send} disabled={text.trim() === ''} />
      </form>
    </section>
  );
}
