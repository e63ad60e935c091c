import { useEffect, useState } from 'preact/hooks';
import type { PlenaryDeed } from '../../../../shared/protocol/plenary/deeds.ts';
import { CHAT_SCOPES } from '../../../../shared/protocol/plenary/vocabulary.ts';
import { presides } from '../../../../shared/rules/plenary/rights.ts';
import { Button } from '../../../ui/components/Button.tsx';
import { Switch } from '../../../ui/components/fields.tsx';
import { GroupTitle } from '../../../ui/components/GroupTitle.tsx';
import { Question } from '../../../ui/components/Question.tsx';
import { t } from '../../../ui/i18n.ts';
import { perform, usePress, useSession } from '../context.ts';
import { Recordings } from '../recording/Recordings.tsx';
import { speakerText } from '../texts.ts';

type Asked = 'suspend' | 'close' | 'closedPart' | 'record';

/** Deeds that everybody feels are asked about. */
const DEEDS: Readonly<Record<Asked, PlenaryDeed>> = {
  suspend: { kind: 'status', status: 'suspended' },
  close: { kind: 'status', status: 'closed' },
  closedPart: { kind: 'closedPart', on: true },
  record: { kind: 'recording', on: true },
};

function AskedQuestion({ what, onClose }: { readonly what: Asked; readonly onClose: () => void }) {
  const { plenary } = useSession();
  return (
    <Question title={t(`plenary.ask.${what}`)} confirm={t(`plenary.ask.${what}.confirm`)} danger={what === 'close'} act={() => perform(plenary, DEEDS[what])} onClose={onClose}>
      <p>{t(`plenary.ask.${what}.text`)}</p>
    </Question>
  );
}

function ChairDeeds({ ask }: { readonly ask: (what: Asked) => void }) {
  const { state } = useSession();
  const press = usePress();
  const { status, closed } = state.meeting;
  return (
    <div class="button-row">
      {(status === 'planned' || status === 'suspended') && <Button tone="primary" icon="play" onClick={() => { press({ kind: 'status', status: 'open' }); }}>{t(status === 'planned' ? 'plenary.meeting.open' : 'plenary.meeting.resume')}</Button>}
      {status === 'open' && <Button icon="pause" onClick={() => { ask('suspend'); }}>{t('plenary.meeting.suspend')}</Button>}
      {(status === 'open' || status === 'suspended') && <Button tone="danger" onClick={() => { ask('close'); }}>{t('plenary.meeting.close')}</Button>}
      {status === 'open' && !closed && <Button icon="lock" onClick={() => { ask('closedPart'); }}>{t('plenary.closed.begin')}</Button>}
      {status === 'open' && closed && <Button icon="lock" onClick={() => { press({ kind: 'closedPart', on: false }); }}>{t('plenary.closed.end')}</Button>}
    </div>
  );
}

/** Who is admitted to a closed part, one by one. */
function Admission() {
  const { state, me, plenary } = useSession();
  const press = usePress();
  useEffect(() => {
    plenary.watchPeople(true);
    return () => { plenary.watchPeople(false); };
  }, [plenary]);
  const { admitted } = state.meeting;
  const { people, waiting } = plenary.store.attendance.value;
  const others = [...waiting, ...people.filter(({ id }) => admitted.includes(id))].toSorted((a, b) => a.entity.localeCompare(b.entity) || a.name.localeCompare(b.name));
  return (
    <fieldset class="stack">
      <legend class="field__label">{t('plenary.closed.admit')}</legend>
      {others.length === 0 && <p class="field__hint">{t('plenary.closed.nobody')}</p>}
      {others.map((person) => (
        presides(state, me)
          ? <Switch key={person.id} label={speakerText(person)} hint={t(`role.${person.role}`)} checked={admitted.includes(person.id)} onChange={(on) => { press({ kind: 'admit', person: person.id, on }); }} />
          : <p key={person.id}>{speakerText(person)}</p>
      ))}
    </fieldset>
  );
}

/** Status, closed part, quorum, recording, chat. */
export function MeetingDeeds() {
  const { state, me } = useSession();
  const press = usePress();
  const [asked, ask] = useState<Asked | null>(null);
  const { meeting } = state;
  return (
    <section class="stack" aria-labelledby="plenary-deeds">
      <GroupTitle level={3}><span id="plenary-deeds">{t('plenary.meeting.deeds')}</span></GroupTitle>
      {presides(state, me) && <ChairDeeds ask={ask} />}
      {meeting.closed && <Admission />}
      <div class="button-row">
        {meeting.status === 'open' && <Button icon="people" onClick={() => { press({ kind: 'callQuorum' }); }}>{t('plenary.quorum.call')}</Button>}
        {me.role === 'secretariat' && meeting.recordingSince === null && !meeting.closed && meeting.status !== 'closed' && <Button icon="play" onClick={() => { ask('record'); }}>{t('plenary.recording.start')}</Button>}
        {me.role === 'secretariat' && meeting.recordingSince !== null && <Button icon="pause" onClick={() => { press({ kind: 'recording', on: false }); }}>{t('plenary.recording.stop')}</Button>}
      </div>
      {me.role === 'secretariat' && <Recordings />}
      <fieldset class="stack">
        <legend class="field__label">{t('plenary.chat.switches')}</legend>
        {CHAT_SCOPES.map((scope) => <Switch key={scope} label={t(`plenary.scope.${scope}`)} checked={meeting.chat[scope]} onChange={(on) => { press({ kind: 'chatSwitch', scope, on }); }} />)}
      </fieldset>
      {asked !== null && <AskedQuestion what={asked} onClose={() => { ask(null); }} />}
    </section>
  );
}
