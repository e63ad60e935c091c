import { useLayoutEffect } from 'preact/hooks';
import { store } from '../../app/store.ts';
import { useActions } from '../deps.ts';
import { t } from '../i18n.ts';
import { Icon } from '../icons.tsx';
import { SIGHT_ICONS, sightName } from './texts.ts';

/** Where Enter is nobody else's: the 3D view, and a page on which nothing has the focus. */
function isFree(target: EventTarget | null): boolean {
  return target === document.body || target instanceof HTMLCanvasElement;
}

/** What is within reach, at the bottom: one press away, and not in the way. */
export function SightPrompt() {
  const actions = useActions();
  const near = store.sightNearby.value;
  const open = store.sight.value;
  const shown = near !== null && store.panorama.value === null && !(open?.kind === near.kind && open.id === near.id) ? near : null;
  useLayoutEffect(() => {
    if (shown === null) return;
    const onKey = (event: KeyboardEvent): void => {
      if (event.key !== 'Enter' || event.defaultPrevented || event.repeat || event.ctrlKey || event.altKey || event.metaKey || !isFree(event.target)) return;
      // Before the 3D view takes it for a click in the middle of the picture.
      event.preventDefault();
      actions.visit(shown);
    };
    document.addEventListener('keydown', onKey);
    return () => { document.removeEventListener('keydown', onKey); };
  }, [shown?.kind, shown?.id]);
  if (shown === null) return null;
  return (
    <button type="button" class="sight-prompt" aria-keyshortcuts="Enter" onClick={() => { actions.visit(shown); }}>
      <Icon name={SIGHT_ICONS[shown.kind]} />
      <span class="sight-prompt__name">{sightName(shown)}</span>
      <span class="sight-prompt__action">{t(`sight.open.${shown.kind}`)}</span>
      <kbd class="sight-prompt__key" aria-hidden="true">Enter</kbd>
    </button>
  );
}
