import { WHISPER_RANGE } from '../../../shared/protocol/vocabulary.ts';
import { store } from '../../app/store.ts';
import { Button } from '../components/Button.tsx';
import { useActions } from '../deps.ts';
import { t } from '../i18n.ts';
import { personName } from '../names.ts';

/** Who can be whispered to: whoever stands beside me, or is in my talk, and has a line. */
export function canWhisperTo(id: string): boolean {
  if (store.people.value.get(id)?.away !== false) return false;
  const mine = store.talk.value;
  if (mine !== null) return mine.members.some((member) => member.id === id);
  const near = store.nearby.value.find(({ person }) => person.id === id);
  return near !== undefined && near.distance <= WHISPER_RANGE && near.person.talk === '' && near.space === store.where.value.space;
}

/** Begins and ends a whisper; by key it lasts as long as the key is held. */
export function WhisperButton({ id }: { readonly id: string }) {
  const actions = useActions();
  const on = store.whisper.value.to === id;
  if (!on && !canWhisperTo(id)) return null;
  return (
    <Button
      size="small" icon="whisper" tone={on ? 'primary' : 'plain'} label={on ? t('talk.whisperStop') : t('talk.whisperTo', { name: personName(id) })}
      onClick={() => { actions.whisper(on ? null : id); }}
    >
      {on ? t('talk.whisperStop') : t('talk.whisper')}
    </Button>
  );
}
