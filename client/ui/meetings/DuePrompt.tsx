import { useEffect } from 'preact/hooks';
import type { Booking } from '../../../shared/protocol/bookings.ts';
import { store } from '../../app/store.ts';
import { announce } from '../announcer.tsx';
import { Button } from '../components/Button.tsx';
import { Prompt } from '../components/Prompt.tsx';
import { useActions } from '../deps.ts';
import { t } from '../i18n.ts';
import { roomName } from './names.ts';
import { spanText } from './times.ts';

function Due({ booking, minutes }: { readonly booking: Booking; readonly minutes: number }) {
  const actions = useActions();
  const { id, subject, room } = booking;
  const question = minutes === 0 ? t('meetings.dueNow', { subject }) : t('meetings.due', { count: minutes, subject });
  const hint = `${roomName(room)}, ${spanText(booking)}`;
  // A question to me, so told whatever the settings are.
  useEffect(() => { announce(`${question}. ${hint}`, 'assertive'); }, [id, minutes]);
  return (
    <Prompt icon="calendar" question={question} hint={hint} kind="meeting-due">
      <Button tone="primary" icon="jump" onClick={() => { actions.attend(id); }}>{t('meetings.attend')}</Button>
      <Button onClick={() => { actions.dismissDue(id); }}>{t('meetings.later')}</Button>
    </Prompt>
  );
}

/** Reminds of the meeting that begins next, and takes one there. Not in the way of anything. */
export function DuePrompt() {
  const due = store.due.value.findLast(({ booking }) => store.talk.value?.booking !== booking);
  const booking = store.bookings.value.find(({ id }) => id === due?.booking);
  return due === undefined || booking === undefined ? null : <Due key={booking.id} booking={booking} minutes={due.minutes} />;
}
