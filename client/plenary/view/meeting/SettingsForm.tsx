import { useState } from 'preact/hooks';
import { SPEAKING_MAX_SECONDS, SPEAKING_MIN_SECONDS, TITLE_MAX_LENGTH, WINDOW_MAX_SECONDS, WINDOW_MIN_SECONDS } from '../../../../shared/protocol/plenary/vocabulary.ts';
import { Question } from '../../../ui/components/Question.tsx';
import { t } from '../../../ui/i18n.ts';
import { perform, useSession } from '../context.ts';
import { fromLocal, toLocal } from '../../local-time.ts';
import { LineBox } from '../parts/TextBox.tsx';

function whole(text: string, least: number, most: number): number {
  return Math.max(least, Math.min(most, Math.round(Number(text)) || least));
}

/** Title, times, limits, quorum, and whom to ask for help. */
export function SettingsForm({ onClose }: { readonly onClose: () => void }) {
  const { plenary, state } = useSession();
  const { meeting } = state;
  const [draft, setDraft] = useState({
    title: meeting.title, start: toLocal(meeting.plannedStart), end: toLocal(meeting.plannedEnd), seats: String(meeting.activeSeats), speaking: String(meeting.speakingSeconds),
    window: String(meeting.windowSeconds), quorum: String(meeting.quorum), support: meeting.support,
  });
  const enter = (field: keyof typeof draft) => (value: string): void => { setDraft((before) => ({ ...before, [field]: value })); };
  const act = async (): Promise<void> => {
    if (draft.title.trim() === '') return;
    await perform(plenary, {
      kind: 'settings', title: draft.title.trim(), activeSeats: whole(draft.seats, 1, 20), speakingSeconds: whole(draft.speaking, SPEAKING_MIN_SECONDS, SPEAKING_MAX_SECONDS),
      windowSeconds: whole(draft.window, WINDOW_MIN_SECONDS, WINDOW_MAX_SECONDS), quorum: whole(draft.quorum, 0, 300), support: draft.support.trim(), plannedStart: fromLocal(draft.start), plannedEnd: fromLocal(draft.end),
    });
  };
  return (
    <Question title={t('plenary.settings.title')} confirm={t('plenary.save')} act={act} onClose={onClose}>
      <LineBox label={t('plenary.item.title')} value={draft.title} most={TITLE_MAX_LENGTH} onInput={enter('title')} required />
      <LineBox label={t('plenary.meeting.start')} type="datetime-local" most={16} value={draft.start} onInput={enter('start')} />
      <LineBox label={t('plenary.meeting.end')} type="datetime-local" most={16} value={draft.end} onInput={enter('end')} />
      <LineBox label={t('plenary.settings.seats')} type="number" most={2} value={draft.seats} onInput={enter('seats')} />
      <LineBox label={t('plenary.settings.speaking')} type="number" most={4} value={draft.speaking} onInput={enter('speaking')} />
      <LineBox label={t('plenary.settings.window')} type="number" most={4} value={draft.window} onInput={enter('window')} />
      <LineBox label={t('plenary.settings.quorum')} hint={t('plenary.settings.quorumHint')} type="number" most={3} value={draft.quorum} onInput={enter('quorum')} />
      <LineBox label={t('plenary.settings.support')} hint={t('plenary.settings.supportHint')} most={200} value={draft.support} onInput={enter('support')} />
    </Question>
  );
}
