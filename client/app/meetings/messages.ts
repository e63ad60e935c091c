import type { Booking } from '../../../shared/protocol/bookings.ts';
import type { ServerMessages } from '../../../shared/protocol/messages.ts';
import type { MessageHandlers } from '../../net/connection.ts';
import { settings } from '../settings.ts';
import { store } from '../store.ts';
import { toast } from '../toasts.ts';

/** Walking against a closed door is one event, however many steps it has. */
const DOOR_MS = 8000;

const NEWS = { closing: 'toast.meeting.closing', ledOut: 'toast.meeting.ledOut', ending: 'toast.meeting.ending' } as const;

/** Reminders that nobody has to act on any more go by themselves. */
function keepDue(due: readonly ServerMessages['bookingDue'][]): void {
  const open = new Set(store.bookings.peek().filter(({ state, answer }) => state === 'booked' && answer !== 'declined').map(({ id }) => id));
  store.due.value = due.filter(({ booking }) => open.has(booking) && store.talk.peek()?.booking !== booking);
}

export function dismissDue(booking: string): void {
  store.due.value = store.due.peek().filter((other) => other.booking !== booking);
}

/** The list has come once: from then on what is new in it is news. */
let told = false;

function whenText(start: number): string {
  const { language } = settings.peek();
  return new Intl.DateTimeFormat(language === 'ar' ? 'ar-u-nu-latn' : language, { weekday: 'short', day: 'numeric', month: 'short', hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }).format(start);
}

/** Says what others have changed about a meeting of mine. */
function tellNews({ mine, state, subject, organiser, start, revision }: Booking, earlier: Booking | undefined): void {
  // What I have just booked is the first revision.
  if (mine === 'organiser' && state === 'booked' && revision > 1 && earlier?.mine !== 'organiser') toast('toast.meeting.yours', 'info', { subject });
  if (mine !== 'invited') return;
  const when = whenText(start);
  if (state === 'cancelled') {
    if (earlier?.state === 'booked') toast('toast.meeting.cancelled', 'warning', { subject });
  } else if (earlier === undefined) toast('toast.meeting.invited', 'info', { name: organiser.name, subject, when });
  else if (earlier.start !== start) toast('toast.meeting.moved', 'warning', { subject, when });
}

/** What the venue does with the server's words about meetings. */
export function meetingMessages(): Pick<MessageHandlers, 'bookings' | 'bookingDue' | 'roomNews' | 'closedSpaces'> {
  return {
    bookings: ({ bookings }) => {
      const earlier = told ? store.bookings.peek() : null;
      told = true;
      store.bookings.value = bookings;
      if (earlier !== null) for (const booking of bookings) tellNews(booking, earlier.find(({ id }) => id === booking.id));
      if (store.due.peek().length > 0) keepDue(store.due.peek());
    },
    bookingDue: (message) => { store.due.value = [...store.due.peek().filter(({ booking }) => booking !== message.booking), message]; },
    roomNews: ({ kind, minutes }) => toast(NEWS[kind], kind === 'ending' ? 'info' : 'warning', { count: minutes }),
    closedSpaces: (message) => { store.closedSpaces.value = message; },
  };
}

/** Says why one does not get through a door. */
export function doorToast(): () => void {
  let said = -Infinity;
  return () => {
    const now = performance.now();
    if (now - said < DOOR_MS) return;
    said = now;
    toast('reason.ROOM_BOOKED', 'warning');
  };
}

export function forgetMeetings(): void {
  told = false;
  store.bookings.value = [];
  store.due.value = [];
  store.closedSpaces.value = { scene: '', spaces: [] };
}
