import { useState } from 'preact/hooks';
import type { TalkState } from '../../../shared/protocol/talks.ts';
import { store } from '../../app/store.ts';
import { Button } from '../components/Button.tsx';
import { Question } from '../components/Question.tsx';
import { Switch } from '../components/fields.tsx';
import { useActions } from '../deps.ts';
import { t } from '../i18n.ts';
import { Icon } from '../icons.tsx';
import { personName } from '../names.ts';
import { showThread } from '../state.ts';
import { DirectLine } from './DirectLine.tsx';
import { Inviting } from './Inviting.tsx';
import { Notes, NotesButton } from './Notes.tsx';
import { ScreenButton, ScreenHint } from './ScreenButton.tsx';
import { SealLine } from './SealLine.tsx';
import { talkTitle } from './texts.ts';
import { WhisperButton } from './WhisperButton.tsx';

function RemoveButton({ id }: { readonly id: string }) {
  const actions = useActions();
  const [asking, setAsking] = useState(false);
  const name = personName(id);
  return (
    <>
      <Button size="small" tone="quiet" label={t('talk.removeName', { name })} onClick={() => { setAsking(true); }}>{t('talk.remove')}</Button>
      {asking && (
        <Question danger title={t('talk.removeName', { name })} confirm={t('talk.remove')} act={() => { actions.removeFromTalk(id); }} onClose={() => { setAsking(false); }}>
          <p>{t('talk.removeText')}</p>
        </Question>
      )}
    </>
  );
}

function Member({ id, hand, talk }: { readonly id: string; readonly hand: number; readonly talk: TalkState }) {
  const actions = useActions();
  const mine = id === store.myId.value;
  const leads = talk.host === store.myId.value;
  const name = personName(id);
  return (
    <li class="talk-line">
      <span class="talk-line__text">
        <bdi>{name}</bdi>{mine && <span class="field__hint">{t('chat.me')}</span>}
        <span class="person__state">
          {talk.host === id && <span class="tag"><Icon name="award" />{t('talk.host')}</span>}
          {hand > 0 && <span class="tag"><Icon name="hand" />{t('talk.handUp', { place: hand })}</span>}
          {store.people.value.get(id)?.away === true && <span class="tag">{t('people.away')}</span>}
        </span>
      </span>
      {!mine && (
        <span class="button-row">
          <WhisperButton id={id} />
          {leads && <Button size="small" tone="quiet" label={t('talk.handOverName', { name })} onClick={() => { actions.handOverTalk(id); }}>{t('talk.handOver')}</Button>}
          {leads && <RemoveButton id={id} />}
        </span>
      )}
    </li>
  );
}

function Members({ talk }: { readonly talk: TalkState }) {
  return (
    <section class="talk-group">
      <h3 class="group-title">{t('talk.members')}</h3>
      <ul class="plain-list">{talk.members.map(({ id, hand }) => <Member key={id} id={id} hand={hand} talk={talk} />)}</ul>
    </section>
  );
}

function Asking({ knocking }: { readonly knocking: readonly string[] }) {
  const actions = useActions();
  if (knocking.length === 0) return null;
  return (
    <section class="talk-group">
      <h3 class="group-title">{t('talk.asking')}</h3>
      <ul class="plain-list">
        {knocking.map((id) => (
          <li key={id} class="talk-line">
            <span class="talk-line__text"><bdi>{personName(id)}</bdi></span>
            <span class="button-row">
              <Button size="small" tone="primary" label={t('talk.admitName', { name: personName(id) })} onClick={() => { actions.admitToTalk(id, true); }}>{t('talk.admit')}</Button>
              <Button size="small" label={`${t('talk.refuse')}: ${personName(id)}`} onClick={() => { actions.admitToTalk(id, false); }}>{t('talk.refuse')}</Button>
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}

function Invited({ invited }: Pick<TalkState, 'invited'>) {
  const actions = useActions();
  if (invited.length === 0) return null;
  return (
    <section class="talk-group">
      <h3 class="group-title">{t('talk.invited')}</h3>
      <ul class="plain-list">
        {invited.map(({ id, answer }) => (
          <li key={id} class="talk-line">
            <span class="talk-line__text"><bdi>{personName(id)}</bdi><span class="field__hint">{t(answer === 'later' ? 'talk.comesLater' : 'talk.noAnswer')}</span></span>
            <Button size="small" tone="quiet" label={t('talk.uninviteName', { name: personName(id) })} onClick={() => { actions.uninviteFromTalk(id); }}>{t('talk.uninvite')}</Button>
          </li>
        ))}
      </ul>
    </section>
  );
}

/** What a member sees and can do. */
export function InTalk({ talk }: { readonly talk: TalkState }) {
  const actions = useActions();
  const raised = talk.members.some(({ id, hand }) => id === store.myId.value && hand > 0);
  return (
    <>
      <div class="talk-private">
        <span class="tag talk-private__sign"><Icon name="lock" />{t('talk.private')}</span>
        <p class="lead-small">{talkTitle(talk)}</p>
        <p class="field__hint">{t('talk.onlyThey')}</p>
      </div>
      <SealLine />
      <DirectLine />
      <span class="button-row">
        <Button icon="chat" onClick={() => { showThread('talk'); }}>{t('talk.write')}</Button>
        <NotesButton />
        <ScreenButton />
        <Button icon="hand" pressed={raised} onClick={() => { actions.raiseTalkHand(!raised); }}>{t(raised ? 'talk.lower' : 'talk.raise')}</Button>
        <Button icon="leave" onClick={() => { actions.leaveTalk(); }}>{t('talk.leave')}</Button>
      </span>
      <ScreenHint />
      <Notes />
      <Asking knocking={talk.knocking} />
      <Members talk={talk} />
      <Invited invited={talk.invited} />
      {talk.kind === 'dome' && <Inviting />}
      <section class="talk-group">
        <h3 class="group-title">{t('talk.how')}</h3>
        {talk.kind === 'dome' && <Switch label={t('talk.lock')} hint={t('talk.lockHint')} checked={talk.locked} onChange={(on) => { actions.lockTalk(on); }} />}
        <Switch label={t('talk.names')} hint={t('talk.namesHint')} checked={talk.named} onChange={(on) => { actions.showTalkNames(on); }} />
        {talk.kind === 'dome' && <p class="field__hint">{t(talk.host === store.myId.value ? 'talk.goesAlong' : 'talk.staysHere')}</p>}
      </section>
    </>
  );
}
