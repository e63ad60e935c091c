import { useEffect } from 'preact/hooks';
import { store } from '../../app/store.ts';
import { announce } from '../announcer.tsx';
import { Button } from '../components/Button.tsx';
import { Prompt } from '../components/Prompt.tsx';
import { useActions } from '../deps.ts';
import { t } from '../i18n.ts';
import { personName } from '../names.ts';
import { DirectQuestion, isDirectAsking } from './DirectLine.tsx';
import { PersonCard } from './PersonCard.tsx';
import { SealQuestion } from './SealLine.tsx';
import { sealStatus } from '../../app/talks/seal-status.ts';

interface InvitationProps {
  readonly talk: string;
  readonly by: string;
  readonly count: number;
}

function Invitation({ talk, by, count }: InvitationProps) {
  const actions = useActions();
  const question = t('talk.invitation', { name: personName(by) });
  const hint = t('talk.invitationHint', { count });
  // A question to me, so told whatever the settings are.
  useEffect(() => { announce(`${question}. ${hint}`); }, [talk]);
  return (
    <Prompt icon="lock" question={question} hint={hint} kind="talk-question">
      <Button tone="primary" onClick={() => { actions.answerTalk(talk, 'accept'); }}>{t('talk.accept')}</Button>
      <Button onClick={() => { actions.answerTalk(talk, 'later'); }}>{t('talk.later')}</Button>
      <Button onClick={() => { actions.answerTalk(talk, 'decline'); }}>{t('talk.decline')}</Button>
    </Prompt>
  );
}

function Knock({ person }: { readonly person: string }) {
  const actions = useActions();
  const name = personName(person);
  const question = t('talk.knocked', { name });
  useEffect(() => { announce(`${question}. ${t('talk.knockedHint')}`); }, [person]);
  return (
    <Prompt icon="hand" question={question} hint={t('talk.knockedHint')} kind="talk-question">
      <Button tone="primary" label={t('talk.admitName', { name })} onClick={() => { actions.admitToTalk(person, true); }}>{t('talk.admit')}</Button>
      <Button onClick={() => { actions.admitToTalk(person, false); }}>{t('talk.refuse')}</Button>
    </Prompt>
  );
}

/** One question at a time, without being in the way: who knocks, who invites me, and the card of whom I clicked. */
export function TalkQuestions() {
  if (isDirectAsking()) return <DirectQuestion />;
  if (sealStatus.value?.held === true) return <SealQuestion />;
  const knock = store.talk.value?.knocking[0];
  if (knock !== undefined) return <Knock key={knock} person={knock} />;
  const invitation = store.talkOffers.value.invitations.findLast(({ later }) => !later);
  if (invitation !== undefined) return <Invitation key={invitation.talk} {...invitation} />;
  const person = store.people.value.get(store.person.value ?? '');
  return person === undefined ? null : <PersonCard key={person.id} person={person} />;
}
