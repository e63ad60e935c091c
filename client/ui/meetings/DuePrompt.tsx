import { useEffect } from 'preact/hooks';
import type { Booking } from '../../../shared/protocol/bookings.ts';
import { store } from '../../app/store.ts';
import { announce } from '../announcer.tsx';
import { Button } from '../components/Button.tsx';
import { Prompt } from '../components/Prompt.tsx';
import { useActions } from '../deps.ts';
import { t } from '../i18n.ts';
import { roomName } from './names.ts';
import { spanText, useNow } from './times.ts';

const MINUTE_MS = 60_000;

/** `told`: minutes, when the server last said so. What is shown is what it is now. */
function Due({ booking, told }: { readonly booking: Booking; readonly told: number }) {
  const now = useNow();
  const actions = useActions();
  const { id, subject, room, start, end } = booking;
  const minutes = Math.max(0, Math.ceil((start - now) / MINUTE_MS));
  const question = minutes === 0 ? t('meetings.dueNow', { subject }) : t('meetings.due', { count: minutes, subject });
  const hint = `${roomName(room)}, ${spanText(booking)}`;
  // A question to me, so told whatever the settings are.
  useEffect(() => { announce(`${question}. ${hint}`, 'assertive'); }, [id, told]);
  if (now >= end) return null;
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
  return due === undefined || booking === undefined ? null : <Due key={booking.id} booking={booking} told={due.minutes} />;
}
