import { useLayoutEffect, useState } from 'preact/hooks';
import { store } from '../../app/store.ts';
import { Button, IconButton } from '../components/Button.tsx';
import { useActions } from '../deps.ts';
import { Progress } from '../entry/WaitingPage.tsx';
import { t } from '../i18n.ts';
import { closePanel, openPanel } from '../state.ts';
import { inShownLanguage } from './texts.ts';

/** Notches of the wheel of one press. */
const ZOOM_STEP = 2;

/** Whether Escape belongs to something that is open over the view. */
function escapeIsTaken(): boolean {
  return openPanel.peek() !== null || document.querySelector('dialog[open], .popup__list') !== null;
}

function useEscape(leave: () => void): void {
  useLayoutEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      if (event.key !== 'Escape' || event.defaultPrevented || escapeIsTaken()) return;
      event.preventDefault();
      leave();
    };
    // Before the page's own Escape has closed the panel that it belongs to.
    document.addEventListener('keydown', onKey, true);
    return () => { document.removeEventListener('keydown', onKey, true); };
  }, []);
}

/** The keyboard goes to the view, so that the arrows look around at once, and comes back to it afterwards. The list that led here is done with. */
function useViewFocus(): void {
  useLayoutEffect(() => {
    closePanel();
    const focus = (): void => { document.querySelector<HTMLElement>('.canvas-host canvas')?.focus({ preventScroll: true }); };
    focus();
    return focus;
  }, []);
}

function Failed({ id }: { readonly id: string }) {
  const actions = useActions();
  return (
    <div class="panorama__card" role="alert">
      <p class="banner__title">{t('panorama.failed')}</p>
      <p>{t('panorama.failedText')}</p>
      <Button size="small" icon="refresh" onClick={() => { actions.visit({ kind: 'panorama', id }); }}>{t('common.tryAgain')}</Button>
    </div>
  );
}

/** The controls of a 360-degree stand, at the top, where no panel covers them: out of it, always; nearer and wider; what there is to see in words. */
export function PanoramaBar() {
  const panorama = store.panorama.value;
  return panorama === null ? null : <OpenPanorama key={panorama.id} id={panorama.id} />;
}

function OpenPanorama({ id }: { readonly id: string }) {
  const actions = useActions();
  const [told, setTold] = useState(false);
  useEscape(() => { actions.leavePanorama(); });
  useViewFocus();
  const panorama = store.panorama.value;
  const texts = store.scene.value?.venue.panoramas?.[id];
  if (panorama === null || texts === undefined) return null;
  const { stage, playing } = panorama;
  const name = inShownLanguage(texts.title);
  return (
    <section class="panorama" aria-label={t('panorama.region', { name })}>
      <div class="panorama__bar">
        <span class="panorama__name">{name}</span>
        {stage.kind === 'shown' && playing !== null && (
          <IconButton icon={playing ? 'pause' : 'play'} label={playing ? t('panorama.pause') : t('panorama.play')} onClick={() => { actions.playPanorama(!playing); }} />
        )}
        {stage.kind === 'shown' && (
          <>
            <IconButton icon="minus" label={t('panorama.zoomOut')} onClick={() => { actions.zoomPanorama(ZOOM_STEP); }} />
            <IconButton icon="plus" label={t('panorama.zoomIn')} onClick={() => { actions.zoomPanorama(-ZOOM_STEP); }} />
          </>
        )}
        <IconButton icon="text" label={t('panorama.describe')} expanded={told} onClick={() => { setTold(!told); }} />
        <Button tone="primary" icon="leave" onClick={() => { actions.leavePanorama(); }}>{t('panorama.stepOut')}</Button>
      </div>
      {stage.kind === 'shown' && !told && <p class="panorama__hint">{t('panorama.hint')}</p>}
      {stage.kind === 'loading' && (
        <div class="panorama__card">
          <p>{t('panorama.loading')}</p>
          <Progress fraction={stage.fraction} label={t('panorama.loading')} />
        </div>
      )}
      {stage.kind === 'failed' && <Failed id={id} />}
      {(told || stage.kind === 'failed') && <p class="panorama__card panorama__text" tabIndex={0}>{inShownLanguage(texts.text)}</p>}
    </section>
  );
}
