import { useEffect } from 'preact/hooks';
import { store } from '../../app/store.ts';
import { announce } from '../announcer.tsx';
import { Button } from '../components/Button.tsx';
import { useActions } from '../deps.ts';
import { t } from '../i18n.ts';
import { Icon } from '../icons.tsx';
import { personName, sceneName } from '../names.ts';

function Invitation({ guide }: { readonly guide: string }) {
  const actions = useActions();
  const name = personName(guide);
  const scene = store.people.value.get(guide)?.scene ?? store.here.value;
  const question = t('tour.invitation', { name });
  const hint = scene === store.here.value ? t('tour.invitationHint') : t('tour.invitationFar', { scene: sceneName(scene) });
  // A question to me, so told whatever the settings are.
  useEffect(() => { announce(`${question}. ${hint}`); }, [guide]);
  return (
    <section class="link-prompt tour-invitation" aria-label={question}>
      <span class="link-prompt__sign"><Icon name="tour" /></span>
      <div class="link-prompt__text">
        <p class="link-prompt__title">{question}</p>
        <p class="link-prompt__hint">{hint}</p>
      </div>
      <span class="button-row">
        <Button tone="primary" onClick={() => { actions.joinTour(guide); }}>{t('tour.accept')}</Button>
        <Button onClick={() => { actions.declineTour(guide); }}>{t('tour.decline')}</Button>
      </span>
    </section>
  );
}

/** Asks whether I come along, without being in the way: the latest invitation whose guide still guides. */
export function TourInvitation() {
  const guide = store.tourInvitations.value.findLast((id) => store.people.value.get(id)?.guide === id);
  return guide === undefined ? null : <Invitation key={guide} guide={guide} />;
}
