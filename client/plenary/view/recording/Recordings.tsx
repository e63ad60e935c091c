import { useEffect, useState } from 'preact/hooks';
import type { RecordingSummary } from '../../../../shared/protocol/plenary/messages.ts';
import { LANGUAGES } from '../../../../shared/protocol/vocabulary.ts';
import { Button } from '../../../ui/components/Button.tsx';
import { GroupTitle } from '../../../ui/components/GroupTitle.tsx';
import { Question } from '../../../ui/components/Question.tsx';
import { shownLanguage, t } from '../../../ui/i18n.ts';
import { raiseToast } from '../../../ui/toasts.ts';
import { listRecordings, removeRecording, saveRecording } from '../../recording.ts';
import { failureKey, useSession } from '../context.ts';
import { channelText, momentText } from '../texts.ts';

/** "fr-2.ogg": French, part 2. */
function fileText(name: string): string {
  const [channel = '', part = '1'] = name.replace('.ogg', '').split('-');
  const language = LANGUAGES.find((each) => each === channel);
  const text = channelText(language ?? 'floor');
  return part === '1' ? text : `${text} (${part})`;
}

function RecordingRow({ recording, onRemove }: { readonly recording: RecordingSummary; readonly onRemove: () => void }) {
  const { plenary } = useSession();
  const { start, files, running } = recording;
  const when = momentText(start, shownLanguage.value);
  const save = async (name: string): Promise<void> => {
    try {
      await saveRecording(plenary, `/${start}/${name}`, `${when} ${fileText(name)}.ogg`);
    } catch (error) {
      raiseToast({ key: failureKey(error), tone: 'warning' });
    }
  };
  return (
    <li class="entry entry--block">
      <p>{when}</p>
      <div class="button-row native-names">
        {files.map(({ name }) => <Button key={name} size="small" icon="download" label={`${fileText(name)}: ${when}`} onClick={() => { void save(name); }}>{fileText(name)}</Button>)}
        {!running && <Button size="small" tone="danger" label={`${t('plenary.recording.remove')}: ${when}`} onClick={onRemove}>{t('plenary.recording.remove')}</Button>}
      </div>
    </li>
  );
}

/** What has been recorded of this session. For the secretariat. */
export function Recordings() {
  const { plenary, state } = useSession();
  const [recordings, show] = useState<readonly RecordingSummary[]>([]);
  const [removing, ask] = useState<RecordingSummary | null>(null);
  const [changes, setChanges] = useState(0);
  const since = state.meeting.recordingSince;
  useEffect(() => {
    let wanted = true;
    listRecordings(plenary).then((found) => { if (wanted) show(found); }, (error: unknown) => { if (wanted) raiseToast({ key: failureKey(error), tone: 'warning' }); });
    return () => { wanted = false; };
  }, [plenary, since, changes]);
  const remove = async (start: number): Promise<void> => {
    try {
      await removeRecording(plenary, start);
    } catch (error) {
      raiseToast({ key: failureKey(error), tone: 'warning' });
    }
    setChanges((count) => count + 1);
  };
  if (recordings.length === 0) return null;
  return (
    <section class="stack" aria-labelledby="plenary-recordings">
      <GroupTitle level={3}><span id="plenary-recordings">{t('plenary.recording.list')}</span></GroupTitle>
      <p class="field__hint">{t('plenary.recording.listHint')}</p>
      <ul class="entries">{recordings.map((each) => <RecordingRow key={each.start} recording={each} onRemove={() => { ask(each); }} />)}</ul>
      {removing !== null && (
        <Question title={t('plenary.recording.removeTitle')} confirm={t('plenary.recording.remove')} danger act={() => remove(removing.start)} onClose={() => { ask(null); }}>
          <p>{t('plenary.recording.removeText', { when: momentText(removing.start, shownLanguage.value) })}</p>
        </Question>
      )}
    </section>
  );
}
