import { store } from '../../app/store.ts';
import type { Journey } from '../../app/contracts.ts';
import { Button } from '../components/Button.tsx';
import { useActions } from '../deps.ts';
import { Progress } from '../entry/WaitingPage.tsx';
import { t } from '../i18n.ts';
import { personName, sceneName } from '../names.ts';

/** Of the bar, what layout and ground make up before the picture comes. */
const FILES_SHARE = 0.1;

function Failed({ journey }: { readonly journey: Journey }) {
  const actions = useActions();
  const canTurnBack = journey.from !== '' && journey.from !== journey.to && store.scenes.value.some(({ id }) => id === journey.from);
  return (
    <div role="alert">
      <h2 class="veil__title">{t('scenes.failed.title', { scene: sceneName(journey.to) })}</h2>
      <p>{t('scenes.failed.text')}</p>
      <span class="button-row">
        <Button tone="primary" icon="refresh" onClick={() => { actions.retryJourney(); }}>{t('common.tryAgain')}</Button>
        {canTurnBack && <Button icon="back" onClick={() => { actions.turnBack(); }}>{t('scenes.back')}</Button>}
      </span>
    </div>
  );
}

/** Hangs before the view while one is on the way into another scene, and says where to. Talking goes on behind it, and so do all panels. */
export function Veil() {
  const journey = store.journey.value;
  const world = store.world.value;
  if (journey === null) return null;
  const title = t('scenes.travelling', { scene: sceneName(journey.to) });
  const seen = journey.stage === 'world' && world.kind === 'loading' ? world.fraction : 0;
  return (
    <div class="veil">
      <section class="veil__card" aria-label={title}>
        {journey.stage === 'failed' ? <Failed journey={journey} /> : (
          <>
            <h2 class="veil__title">{title}</h2>
            {journey.by !== '' && <p>{t('scenes.withGuide', { name: personName(journey.by) })}</p>}
            <Progress fraction={FILES_SHARE + (1 - FILES_SHARE) * seen} label={title} />
            <p class="veil__hint">{t('scenes.voicesGoOn')}</p>
          </>
        )}
      </section>
    </div>
  );
}
