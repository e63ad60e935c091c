import { useState } from 'preact/hooks';
import type { SessionSummary } from '../../../shared/protocol/plenary/messages.ts';
import { TITLE_MAX_LENGTH } from '../../../shared/protocol/plenary/vocabulary.ts';
import { Button } from '../../ui/components/Button.tsx';
import { Question } from '../../ui/components/Question.tsx';
import { shownLanguage, t } from '../../ui/i18n.ts';
import { fromLocal } from '../local-time.ts';
import { Chip } from '../view/parts/Chip.tsx';
import { LineBox } from '../view/parts/TextBox.tsx';
import { momentText } from '../view/texts.ts';
import { useEntrance } from './context.ts';

const TONES = { planned: 'plain', open: 'good', suspended: 'warn', closed: 'plain' } as const;

function whenText({ plannedStart, plannedEnd }: SessionSummary): string {
  const language = shownLanguage.value;
  if (plannedStart === null) return t('plenary.list.noTime');
  return plannedEnd === null ? momentText(plannedStart, language) : `${momentText(plannedStart, language)} – ${momentText(plannedEnd, language)}`;
}

function SessionCard({ session }: { readonly session: SessionSummary }) {
  const entrance = useEntrance();
  const [removing, setRemoving] = useState(false);
  const secretariat = entrance.person.value?.role === 'secretariat';
  const { title, kind, status } = session;
  return (
    <li class="card session">
      <div class="session__text">
        <h2 class="session__title"><bdi>{title}</bdi></h2>
        <p class="session__marks">
          <Chip tone={TONES[status]}>{t(`plenary.status.${status}`)}</Chip>
          {kind === 'rehearsal' && <Chip tone="warn">{t('plenary.kind.rehearsal')}</Chip>}
          {session.closed && <Chip tone="private" icon="lock">{t('plenary.closed.mark')}</Chip>}
        </p>
        <p class="muted">{whenText(session)} · {t('plenary.people.inside', { number: session.inside })}</p>
      </div>
      <div class="button-row">
        <Button tone={status === 'open' ? 'primary' : 'plain'} icon="next" label={`${t('plenary.list.enter')}: ${title}`} onClick={() => { entrance.choose(session); }}>{t('plenary.list.enter')}</Button>
        {secretariat && kind === 'plenary' && <Button label={`${t('plenary.list.rehearse')}: ${title}`} onClick={() => { void entrance.create({ kind: 'rehearsal', of: session.id }); }}>{t('plenary.list.rehearse')}</Button>}
        {secretariat && (kind === 'rehearsal' || status === 'planned') && <Button tone="danger" label={`${t('plenary.list.removeSession')}: ${title}`} onClick={() => { setRemoving(true); }}>{t('plenary.list.removeSession')}</Button>}
      </div>
      {removing && (
        <Question title={t('plenary.list.removeTitle', { title })} confirm={t('plenary.list.removeSession')} danger act={() => entrance.remove(session)} onClose={() => { setRemoving(false); }}>
          <p>{t('plenary.list.removeText')}</p>
        </Question>
      )}
    </li>
  );
}

function NewSessionForm({ onClose }: { readonly onClose: () => void }) {
  const entrance = useEntrance();
  const [title, setTitle] = useState('');
  const [start, setStart] = useState('');
  const [end, setEnd] = useState('');
  const act = async (): Promise<void> => {
    if (title.trim() !== '') await entrance.create({ kind: 'plenary', title: title.trim(), plannedStart: fromLocal(start), plannedEnd: fromLocal(end) });
  };
  return (
    <Question title={t('plenary.list.create')} confirm={t('plenary.list.createConfirm')} act={act} onClose={onClose}>
      <LineBox label={t('plenary.item.title')} value={title} most={TITLE_MAX_LENGTH} onInput={setTitle} required />
      <LineBox label={t('plenary.meeting.start')} type="datetime-local" most={16} value={start} onInput={setStart} />
      <LineBox label={t('plenary.meeting.end')} type="datetime-local" most={16} value={end} onInput={setEnd} />
    </Question>
  );
}

/** The formal sessions of the event. The secretariat adds one, or a rehearsal on a copy of its agenda. */
export function SessionList() {
  const entrance = useEntrance();
  const [creating, setCreating] = useState(false);
  const sessions = entrance.sessions.value;
  return (
    <>
      {entrance.person.value?.role === 'secretariat' && <div class="button-row"><Button icon="plus" onClick={() => { setCreating(true); }}>{t('plenary.list.create')}</Button></div>}
      {sessions.length === 0 && <p class="empty">{t('plenary.list.none')}</p>}
      <ul class="sessions">{sessions.map((session) => <SessionCard key={session.id} session={session} />)}</ul>
      {creating && <NewSessionForm onClose={() => { setCreating(false); }} />}
    </>
  );
}
