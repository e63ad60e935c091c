import { useEffect } from 'preact/hooks';
import { store } from '../../app/store.ts';
import { announce } from '../announcer.tsx';
import { Button } from '../components/Button.tsx';
import { Prompt } from '../components/Prompt.tsx';
import { useActions } from '../deps.ts';
import { t } from '../i18n.ts';
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
    <Prompt icon="tour" question={question} hint={hint} kind="tour-invitation">
      <Button tone="primary" onClick={() => { actions.joinTour(guide); }}>{t('tour.accept')}</Button>
      <Button onClick={() => { actions.declineTour(guide); }}>{t('tour.decline')}</Button>
    </Prompt>
  );
}

/** Asks whether I come along, without being in the way: the latest invitation whose guide still guides. */
export function TourInvitation() {
  const guide = store.tourInvitations.value.findLast((id) => store.people.value.get(id)?.guide === id);
  return guide === undefined ? null : <Invitation key={guide} guide={guide} />;
}
