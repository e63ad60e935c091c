import { computed } from '@preact/signals';
import { store } from '../../app/store.ts';
import { t } from '../i18n.ts';
import { createPart } from '../part.tsx';
import { openPanel } from '../state.ts';
import { Panel } from '../venue/Panel.tsx';

const part = createPart(() => import('./meeting-ui.ts'));

/** Invitations that wait for an answer. */
export const unanswered = computed(() => store.bookings.value.filter(({ mine, answer, state, end }) => mine === 'invited' && answer === null && state === 'booked' && end > Date.now()).length);

/** See `DuePrompt`: at the bottom. */
export function MeetingQuestion() {
  const { length } = store.due.value;
  const ui = part.use(length > 0);
  return ui === null || length === 0 ? null : <ui.DuePrompt />;
}

export function MeetingPanel() {
  const ui = part.use(openPanel.value === 'meetings');
  return ui === null ? <Panel name="meetings" title={t('meetings.title')}><part.Missing /></Panel> : <ui.MeetingPanel />;
}
