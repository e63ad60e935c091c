import { useEffect, useRef } from 'preact/hooks';
import { store } from '../app/store.ts';
import { useDeps } from './deps.ts';
import { t } from './i18n.ts';
import { showsTextAlone } from './state.ts';

const given = new WeakSet<HTMLElement>();

/** Where the 3D canvas lives. Rendered from the start and only hidden outside the venue, so that the canvas outlives the screens. */
export function CanvasRegion() {
  const { canvasHost } = useDeps();
  const host = useRef<HTMLDivElement>(null);
  const phase = store.phase.value.kind;
  const world = store.world.value.kind;
  const shown = phase === 'venue' && !showsTextAlone.value;
  const label = t('canvas.label');
  useEffect(() => {
    // The app puts the canvas here whenever the world is (re)loaded; what a screen reader is told of it is ours.
    const canvas = host.current?.querySelector('canvas');
    canvas?.setAttribute('role', 'application');
    canvas?.setAttribute('aria-label', label);
    canvas?.setAttribute('aria-describedby', 'canvas-keys');
  }, [label, world, phase]);
  return (
    <section class="canvas-region" hidden={!shown} aria-label={t('canvas.region')}>
      <div
        class="canvas-host"
        ref={(element) => {
          host.current = element;
          if (element === null || given.has(element)) return;
          given.add(element);
          canvasHost(element);
        }}
      />
      <p id="canvas-keys" class="visually-hidden">{t('canvas.keys')}</p>
    </section>
  );
}
