import type { ServerMessages } from '../../../shared/protocol/messages.ts';
import type { MessageHandlers } from '../../net/connection.ts';
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

/** What the venue does with the server's words about meetings. */
export function meetingMessages(): Pick<MessageHandlers, 'bookings' | 'bookingDue' | 'roomNews' | 'closedSpaces'> {
  return {
    bookings: ({ bookings }) => {
      store.bookings.value = bookings;
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
  store.bookings.value = [];
  store.due.value = [];
  store.closedSpaces.value = { scene: '', spaces: [] };
}
