import { useState } from 'preact/hooks';
import type { RecordEntry } from '../../../../shared/protocol/plenary/state.ts';
import { RECORD_MAX_LENGTH } from '../../../../shared/protocol/plenary/vocabulary.ts';
import { inOrder } from '../../../../shared/rules/plenary/change.ts';
import { Button, IconButton } from '../../../ui/components/Button.tsx';
import { Question } from '../../../ui/components/Question.tsx';
import { formatTime } from '../../../ui/format.ts';
import { shownLanguage, t } from '../../../ui/i18n.ts';
import { perform, usePress, useSession } from '../context.ts';
import { Chip } from '../parts/Chip.tsx';
import { TextBox } from '../parts/TextBox.tsx';
import { ExportMenu } from './ExportMenu.tsx';
import { recordText } from './facts.ts';

interface EditingProps {
  /** Null: a new entry at the end. */
  readonly entry: RecordEntry | null;
  /** The one after which a new entry stands. */
  readonly after: string | null;
  readonly onClose: () => void;
}

/** Words an entry, or writes one between others. */
function Editing({ entry, after, onClose }: EditingProps) {
  const { plenary } = useSession();
  const [text, setText] = useState(entry === null ? '' : recordText(entry));
  const act = async (): Promise<void> => {
    const words = text.trim();
    if (entry !== null) await perform(plenary, { kind: 'word', entry: entry.id, text: words });
    else if (words !== '') await perform(plenary, { kind: 'write', after, text: words });
  };
  return (
    <Question title={t(entry === null ? 'plenary.record.write' : 'plenary.record.word')} confirm={t('plenary.save')} act={act} onClose={onClose}>
      <TextBox label={t('plenary.record.text')} value={text} most={RECORD_MAX_LENGTH} rows={8} onInput={setText} {...(entry === null ? {} : { hint: t('plenary.record.wordHint') })} />
    </Question>
  );
}

function EntryRow({ entry, onEdit }: { readonly entry: RecordEntry; readonly onEdit: (what: 'word' | 'write') => void }) {
  const { me } = useSession();
  const press = usePress();
  const edits = me.role === 'secretariat';
  if (entry.hidden && !edits) return null;
  return (
    <li class={`record ${entry.hidden ? 'record--struck' : ''}`}>
      <time class="record__time" dateTime={new Date(entry.at).toISOString()}>{formatTime(entry.at, shownLanguage.value)}</time>
      <div class="record__body">
        <p class="record__text" dir="auto">{entry.hidden ? <s>{recordText(entry)}</s> : recordText(entry)}</p>
        {entry.closed && <Chip tone="private" icon="lock">{t('plenary.closed.mark')}</Chip>}
      </div>
      {edits && (
        <span class="record__deeds">
          <IconButton icon="pen" label={t('plenary.record.word')} onClick={() => { onEdit('word'); }} />
          <IconButton icon="plus" label={t('plenary.record.writeAfter')} onClick={() => { onEdit('write'); }} />
          <IconButton icon={entry.hidden ? 'refresh' : 'close'} label={t(entry.hidden ? 'plenary.record.restore' : 'plenary.record.strike')} onClick={() => { press({ kind: 'strike', entry: entry.id, on: !entry.hidden }); }} />
        </span>
      )}
    </li>
  );
}

/** The summary record as it grows. The secretariat words, adds and strikes. */
export function RecordPanel() {
  const { state, me } = useSession();
  const [editing, edit] = useState<{ readonly entry: RecordEntry; readonly what: 'word' | 'write' } | 'end' | null>(null);
  const entries = inOrder(state.record);
  const close = (): void => { edit(null); };
  return (
    <>
      <p class="field__hint">{t('plenary.record.hint')}</p>
      {entries.length > 0 && <ExportMenu />}
      {entries.length === 0 && <p class="empty">{t('plenary.record.empty')}</p>}
      <ol class="records">{entries.map((entry) => <EntryRow key={entry.id} entry={entry} onEdit={(what) => { edit({ entry, what }); }} />)}</ol>
      {me.role === 'secretariat' && <Button icon="plus" onClick={() => { edit('end'); }}>{t('plenary.record.write')}</Button>}
      {editing === 'end' && <Editing entry={null} after={entries.at(-1)?.id ?? null} onClose={close} />}
      {editing !== null && editing !== 'end' && <Editing entry={editing.what === 'word' ? editing.entry : null} after={editing.entry.id} onClose={close} />}
    </>
  );
}
