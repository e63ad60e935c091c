import { NAMELESS_TALK } from '../../../shared/protocol/vocabulary.ts';
import type { PersonInfo } from '../../../shared/protocol/people.ts';
import { store } from '../../app/store.ts';
import { Button } from '../components/Button.tsx';
import { useActions } from '../deps.ts';
import { t } from '../i18n.ts';
import { Icon } from '../icons.tsx';

/** With somebody in a talk: ask to join. With others: invite them, into mine if I am in one. */
export function TalkButton({ person }: { readonly person: PersonInfo }) {
  const actions = useActions();
  const mine = store.talk.value;
  const { id, name, talk } = person;
  if (mine !== null && talk === mine.id) return null;
  if (mine === null && talk === NAMELESS_TALK) return null;
  if (mine === null && talk !== '') {
    return <Button size="small" icon="lock" label={t('talk.knockOf', { name })} onClick={() => { actions.knock(talk); }}>{t('talk.knock')}</Button>;
  }
  if (person.doNotDisturb || person.away || mine?.invited.some((each) => each.id === id) === true) return null;
  return (
    <Button size="small" icon="lock" onClick={() => { actions.inviteToTalk([id]); }}>{t(mine === null ? 'talk.invite' : 'talk.inviteInto')}</Button>
  );
}

/** Whether somebody can be spoken to now. */
export function TalkTags({ person }: { readonly person: PersonInfo }) {
  return (
    <>
      {person.talk !== '' && <span class="tag"><Icon name="lock" />{t('talk.inOne')}</span>}
      {person.doNotDisturb && <span class="tag"><Icon name="block" />{t('talk.busy')}</span>}
    </>
  );
}
