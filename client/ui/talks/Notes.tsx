import { signal } from '@preact/signals';
import { useEffect, useId, useRef } from 'preact/hooks';
import { store } from '../../app/store.ts';
import { NOTES_MAX_LENGTH, notesStatus } from '../../app/talks/notes-status.ts';
import type { NotesPad } from '../../app/talks/notes-status.ts';
import { sealStatus } from '../../app/talks/seal-status.ts';
import { Button } from '../components/Button.tsx';
import { useActions } from '../deps.ts';
import { t } from '../i18n.ts';

/** From here on, the field says how much fits. */
const NEARLY_FULL = 0.9;
const REVOKED_MS = 60_000;

/** Id of the talk whose notes are shown, or empty. */
const shown = signal('');

function fileName(): string {
  const now = new Date();
  const two = (value: number): string => String(value).padStart(2, '0');
  return `${t('talk.notes.title')} ${now.getFullYear()}-${two(now.getMonth() + 1)}-${two(now.getDate())} ${two(now.getHours())}.${two(now.getMinutes())}.txt`;
}

function save(text: string): void {
  const address = URL.createObjectURL(new Blob([text], { type: 'text/plain;charset=utf-8' }));
  const link = document.createElement('a');
  link.href = address;
  link.download = fileName();
  link.click();
  // The browser reads it after the click has returned.
  setTimeout(() => { URL.revokeObjectURL(address); }, REVOKED_MS);
}

function Field({ pad }: { readonly pad: NotesPad }) {
  const id = useId();
  const field = useRef<HTMLTextAreaElement>(null);
  useEffect(() => (field.current === null ? undefined : pad.bind(field.current)), [pad]);
  const length = pad.length.value;
  const full = pad.full.value;
  return (
    <section class="talk-group talk-notes">
      <label class="group-title" for={id}>{t('talk.notes.title')}</label>
      <textarea ref={field} id={id} class="talk-notes__field" rows={10} dir="auto" aria-describedby={`${id}-hint`} />
      <p role="status" class={full ? 'talk-notes__full' : 'visually-hidden'}>{full && t('talk.notes.full', { most: NOTES_MAX_LENGTH })}</p>
      {length > NOTES_MAX_LENGTH * NEARLY_FULL && <p class="field__hint">{t('talk.notes.length', { length, most: NOTES_MAX_LENGTH })}</p>}
      <Button icon="download" tone="primary" disabled={length === 0} onClick={() => { save(pad.text()); }}>{t('talk.notes.export')}</Button>
      <p id={`${id}-hint`} class="field__hint">{t('talk.notes.hint')}{sealStatus.value?.state === 'sealed' && ` ${t('talk.notes.unsealed')}`}</p>
    </section>
  );
}

/** Opens and closes the notes. */
export function NotesButton() {
  const actions = useActions();
  const talk = store.talk.value?.id ?? '';
  const isShown = shown.value === talk;
  return (
    <Button
      icon="text"
      expanded={isShown}
      onClick={() => {
        shown.value = isShown ? '' : talk;
        if (!isShown) actions.openTalkNotes();
      }}
    >
      {t('talk.notes.title')}
    </Button>
  );
}

/** The shared notes of the talk, while they are opened. */
export function Notes() {
  const actions = useActions();
  const status = notesStatus.value;
  const isShown = shown.value === (store.talk.value?.id ?? '');
  const isWritten = status.state === 'ready' && status.pad.length.value > 0;
  if (!isShown) return isWritten ? <p class="field__hint">{t('talk.notes.written')}</p> : null;
  if (status.state === 'ready') return <Field pad={status.pad} />;
  return status.state === 'failed'
    ? <p class="empty">{t('common.failed')} <Button size="small" onClick={() => { actions.openTalkNotes(); }}>{t('common.tryAgain')}</Button></p>
    : <p class="empty">{t('common.loading')}</p>;
}
