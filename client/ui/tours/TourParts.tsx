import { store, tour } from '../../app/store.ts';
import { t } from '../i18n.ts';
import { createPart } from '../part.tsx';
import { openPanel } from '../state.ts';
import { Panel } from '../venue/Panel.tsx';

const part = createPart(() => import('./tour-ui.ts'));

/** See `TourBar`: at the top. */
export function TourTop() {
  const ui = part.use(tour.value !== null);
  return ui === null || tour.value === null ? null : <ui.TourBar />;
}

/** See `TourInvitation`: at the bottom. */
export function TourQuestion() {
  const { length } = store.tourInvitations.value;
  const ui = part.use(length > 0);
  return ui === null || length === 0 ? null : <ui.TourInvitation />;
}

export function TourPanel() {
  const ui = part.use(openPanel.value === 'tour');
  return ui === null ? <Panel name="tour" title={t('tour.title')}><part.Missing /></Panel> : <ui.TourPanel />;
}
