import { useEffect, useLayoutEffect, useRef } from 'preact/hooks';
import type { Booking } from '../../../shared/protocol/bookings.ts';
import { store } from '../../app/store.ts';
import { Button, IconButton } from '../components/Button.tsx';
import { Switch } from '../components/fields.tsx';
import { formatList } from '../format.ts';
import { shownLanguage, t } from '../i18n.ts';
import { Icon } from '../icons.tsx';
import { Panel } from '../venue/Panel.tsx';
import { BookingForm } from './BookingForm.tsx';
import { CalendarFeed } from './CalendarFeed.tsx';
import { beginDraft, draft, everybody, loadFacts, saved, showEverybody } from './desk.ts';
import { MeetingCard } from './MeetingCard.tsx';
import { dayText, useNow } from './times.ts';

/** Who has something else, after saving: a fact to act on or not. */
function BusyNote() {
  const told = saved.value;
  if (told === null) return null;
  const names = formatList(told.busy.map(({ name }) => name), shownLanguage.value);
  return (
    <div class="note" role="status">
      <Icon name="warning" />
      <p>{t('meetings.busyPeople', { count: told.busyCount, names })}</p>
      <IconButton icon="close" label={t('common.dismiss')} onClick={() => { saved.value = null; }} />
    </div>
  );
}

function Days({ bookings }: { readonly bookings: readonly Booking[] }) {
  const now = useNow();
  if (bookings.length === 0) return <p class="empty">{t('meetings.none')}</p>;
  return (
    <>
      {[...Map.groupBy(bookings, ({ start }) => dayText(start))].map(([day, list]) => (
        <section key={day} class="meeting-day">
          <h3 class="group-title">{day}</h3>
          <ul class="plain-list meeting-list">{list.map((booking) => <MeetingCard key={booking.id} booking={booking} now={now} />)}</ul>
        </section>
      ))}
    </>
  );
}

function Mine() {
  const all = everybody.value;
  return (
    <>
      <p class="field__hint">{t('meetings.what')}</p>
      <Button tone="primary" icon="plus" onClick={() => void beginDraft()}>{t('meetings.book')}</Button>
      <BusyNote />
      {store.session.value?.person.role === 'secretariat' && <Switch label={t('meetings.all')} hint={t('meetings.allHint')} checked={all !== null} onChange={(on) => void showEverybody(on)} />}
      <Days bookings={all ?? store.bookings.value} />
      <CalendarFeed />
    </>
  );
}

/** My meetings, and booking one. */
export function MeetingPanel() {
  useEffect(() => { void loadFacts(); }, []);
  const entered = draft.value;
  const wasEntering = useRef(false);
  useLayoutEffect(() => {
    // The form is gone, and the focus with it.
    if (wasEntering.current && entered === null) document.querySelector<HTMLElement>('#panel-meetings .panel__title')?.focus();
    wasEntering.current = entered !== null;
  }, [entered === null]);
  return (
    <Panel name="meetings" title={t('meetings.title')}>
      {entered === null ? <Mine /> : <BookingForm key={entered.booking?.id ?? ''} draft={entered} />}
    </Panel>
  );
}
