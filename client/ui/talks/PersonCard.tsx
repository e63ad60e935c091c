import { useLayoutEffect } from 'preact/hooks';
import type { PersonInfo } from '../../../shared/protocol/people.ts';
import { Button, IconButton } from '../components/Button.tsx';
import { EntityLine, Portrait } from '../components/Identity.tsx';
import { useActions } from '../deps.ts';
import { t } from '../i18n.ts';
import { openPanel, showThread } from '../state.ts';
import { TalkButton, TalkTags } from './TalkButton.tsx';
import { WhisperButton } from './WhisperButton.tsx';

/** Whom I clicked in the view, and what I can do with them. */
export function PersonCard({ person }: { readonly person: PersonInfo }) {
  const actions = useActions();
  const close = (): void => { actions.showPerson(null); };
  useLayoutEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      if (event.key !== 'Escape' || event.defaultPrevented || openPanel.peek() !== null || document.querySelector('dialog[open], .popup__list') !== null) return;
      event.preventDefault();
      close();
    };
    document.addEventListener('keydown', onKey);
    return () => { document.removeEventListener('keydown', onKey); };
  }, []);
  return (
    <section class="prompt person-card" aria-label={t('person.card', { name: person.name })}>
      <Portrait key={person.appearance.id} appearance={person.appearance.id} name={person.name} />
      <div class="prompt__text">
        <p class="prompt__title"><bdi>{person.name}</bdi></p>
        <EntityLine person={person} />
        <TalkTags person={person} />
      </div>
      <IconButton icon="close" label={t('common.close')} onClick={close} />
      <span class="button-row person-card__deeds">
        <TalkButton person={person} />
        <WhisperButton id={person.id} />
        <Button size="small" icon="chat" onClick={() => { showThread(person.id); close(); }}>{t('action.message')}</Button>
      </span>
    </section>
  );
}
