// @vitest-environment happy-dom
import { beforeEach, describe, expect, it } from 'vitest';
import type { Booking } from '../../../shared/protocol/bookings.ts';
import { store } from '../store.ts';
import { dismissDue, forgetMeetings, meetingMessages } from './messages.ts';

const booking = (change: Partial<Booking> = {}): Booking => ({
  id: 'm', revision: 1, subject: 'Article 9', languages: [], start: 0, end: 60_000, zone: 'UTC', room: null, state: 'booked', delegations: [], people: [], mine: 'invited', answer: null, mayChange: false,
  organiser: { id: 'ann', name: 'Ann', entity: '', country: '' }, ...change,
});
const news = (): string[] => store.toasts.value.map(({ key }) => key);
const tell = (...bookings: Booking[]): void => meetingMessages().bookings({ bookings });

beforeEach(() => {
  forgetMeetings();
  store.toasts.value = [];
});

describe('the list of meetings', () => {
  it('is no news when it first comes; then invitations, other times and cancellations are', () => {
    tell(booking());
    expect(news()).toEqual([]);
    tell(booking(), booking({ id: 'n' }), booking({ id: 'mine', mine: 'organiser' }));
    expect(news()).toEqual(['toast.meeting.invited']);
    tell(booking({ start: 30_000 }), booking({ id: 'n', answer: 'accepted' }));
    expect(news()).toEqual(['toast.meeting.invited', 'toast.meeting.moved']);
    tell(booking({ start: 30_000, state: 'cancelled' }));
    tell(booking({ start: 30_000, state: 'cancelled' }));
    expect(news()).toEqual(['toast.meeting.invited', 'toast.meeting.moved', 'toast.meeting.cancelled']);
  });

  it('says that a meeting was handed over to me, not that I have booked one', () => {
    tell();
    tell(booking({ mine: 'organiser' }), booking({ id: 'n' }));
    tell(booking({ mine: 'organiser', revision: 2 }), booking({ id: 'n', mine: 'organiser', revision: 2 }), booking({ id: 'o', mine: 'organiser', revision: 3 }));
    expect(store.toasts.value.map(({ key }) => key)).toEqual(['toast.meeting.invited', 'toast.meeting.yours']);
    tell(booking({ mine: 'organiser', revision: 3 }));
    expect(news()).toHaveLength(2);
  });

  it('takes reminders away of what is cancelled, declined or gone', () => {
    const due = (): string[] => store.due.value.map(({ booking: id }) => id);
    tell(booking(), booking({ id: 'n' }), booking({ id: 'o' }));
    for (const id of ['m', 'n', 'o', 'm']) meetingMessages().bookingDue({ booking: id, minutes: 10 });
    expect(due()).toEqual(['n', 'o', 'm']);
    tell(booking(), booking({ id: 'n', answer: 'declined' }));
    expect(due()).toEqual(['m']);
    tell(booking({ state: 'cancelled' }));
    expect(due()).toEqual([]);
    meetingMessages().bookingDue({ booking: 'm', minutes: 1 });
    dismissDue('m');
    expect(due()).toEqual([]);
  });
});
