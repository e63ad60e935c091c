import { signal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { store, tour } from '../../app/store.ts';
import { t } from '../i18n.ts';
import { openPanel } from '../state.ts';
import { Panel } from '../venue/Panel.tsx';

type TourUi = typeof import('./tour-ui.ts');

const parts = signal<TourUi | null>(null);
let fetching = false;

/** Fetches what shows tours; another try follows with the next thing to show if it fails. */
function fetchParts(): void {
  if (fetching || parts.peek() !== null) return;
  fetching = true;
  void import('./tour-ui.ts').then((loaded) => { parts.value = loaded; }).catch(() => undefined).finally(() => { fetching = false; });
}

function useParts(wanted: boolean): TourUi | null {
  useEffect(() => { if (wanted) fetchParts(); }, [wanted]);
  return parts.value;
}

/** See `TourBar`: at the top. */
export function TourTop() {
  const ui = useParts(tour.value !== null);
  return ui === null || tour.value === null ? null : <ui.TourBar />;
}

/** See `TourInvitation`: at the bottom. */
export function TourQuestion() {
  const { length } = store.tourInvitations.value;
  const ui = useParts(length > 0);
  return ui === null || length === 0 ? null : <ui.TourInvitation />;
}

export function TourPanel() {
  const ui = useParts(openPanel.value === 'tour');
  if (ui === null) return <Panel name="tour" title={t('tour.title')}><p class="empty">{t('common.loading')}</p></Panel>;
  return <ui.TourPanel />;
}
