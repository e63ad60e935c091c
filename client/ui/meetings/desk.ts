/** What the panel of meetings knows and does. The meetings themselves come over the room's connection, all else over HTTP. */
import { signal } from '@preact/signals';
import type { Booking, BookingClash, BookingSaved, BusyRooms, CalendarFeed, FoundPeople, MeetingRoom, MyBookings } from '../../../shared/protocol/bookings.ts';
import { ReasonedError } from '../../../shared/protocol/reasons.ts';
import type { BookingAnswer } from '../../../shared/protocol/vocabulary.ts';
import type { Interval } from '../../../shared/rules/bookings.ts';
import { ClashProblem, calendarFile, callMeetings } from '../../app/meetings/api.ts';
import { announce } from '../announcer.tsx';
import { shownLanguage, t } from '../i18n.ts';
import { raiseToast } from '../toasts.ts';
import { fieldsOf, newDraft } from './draft.ts';
import type { Draft } from './draft.ts';

/** The rooms that can be booked, and the event's time zone; null while they are not there. */
export const facts = signal<Pick<MyBookings, 'rooms' | 'zone'> | null>(null);
/** What is being entered, or null. */
export const draft = signal<Draft | null>(null);
export const clash = signal<BookingClash | null>(null);
/** Who has something else at the time of the meeting that was saved last. */
export const saved = signal<BookingSaved | null>(null);
/** Everybody's meetings, for the secretariat; null: only one's own are shown. */
export const everybody = signal<readonly Booking[] | null>(null);
export const working = signal(false);

/** Does something with the server; a refusal is told. @returns whether it was done */
async function attempt(work: () => Promise<void>): Promise<boolean> {
  working.value = true;
  try {
    await work();
    return true;
  } catch (error) {
    raiseToast({ key: `reason.${error instanceof ReasonedError ? error.reason : 'INTERNAL'}`, tone: 'warning' });
    return false;
  } finally {
    working.value = false;
  }
}

export async function loadFacts(): Promise<void> {
  if (facts.peek() !== null) return;
  await attempt(async () => { facts.value = await callMeetings<MyBookings>('GET', '/bookings'); });
}

export async function showEverybody(on: boolean): Promise<void> {
  if (!on) everybody.value = null;
  else await attempt(async () => { everybody.value = (await callMeetings<MyBookings>('GET', '/bookings?all')).bookings; });
}

export async function beginDraft(): Promise<void> {
  await loadFacts();
  if (facts.peek() === null) return;
  saved.value = null;
  clash.value = null;
  const [room] = facts.peek()?.rooms ?? [];
  draft.value = newDraft(room === undefined ? null : { scene: room.scene, space: room.space }, shownLanguage.peek(), Date.now());
}

export function editDraft(change: Draft): void {
  clash.value = null;
  draft.value = change;
}

export function endDraft(): void {
  draft.value = null;
  clash.value = null;
}

/** Books, or saves the change. What is free instead is in `clash` if the room is taken. */
export async function submit(entered: Draft): Promise<void> {
  const fields = fieldsOf(entered);
  if (fields === null) return;
  const { booking } = entered;
  await attempt(async () => {
    try {
      const answer = booking === null
        ? await callMeetings<BookingSaved>('POST', '/bookings', fields)
        : await callMeetings<BookingSaved>('PUT', `/bookings/${booking.id}`, { fields, revision: booking.revision });
      endDraft();
      saved.value = answer.busyCount > 0 ? answer : null;
      done(t(booking === null ? 'meetings.booked' : 'meetings.saved'));
    } catch (error) {
      if (!(error instanceof ClashProblem)) throw error;
      clash.value = error.clash;
    }
  });
}

export async function cancel({ id, revision }: Booking): Promise<void> {
  if (await attempt(async () => { await callMeetings('POST', `/bookings/${id}/cancel`, { revision }); })) done(t('meetings.cancelledDone'));
}

export async function handOver({ id, revision }: Booking, person: { readonly id: string; readonly name: string }): Promise<void> {
  if (await attempt(async () => { await callMeetings('POST', `/bookings/${id}/hand-over`, { person: person.id, revision }); })) done(t('meetings.handedOver', { name: person.name }));
}

export async function answer({ id }: Booking, said: BookingAnswer): Promise<void> {
  if (await attempt(async () => { await callMeetings('POST', `/bookings/${id}/answer`, { answer: said }); })) announce(t(said === 'accepted' ? 'meetings.accepted' : 'meetings.declined'));
}

/** When the rooms are taken within a day; an empty list if the server does not say. */
export async function busyWithin({ start, end }: Interval): Promise<BusyRooms['rooms']> {
  try {
    return (await callMeetings<BusyRooms>('GET', `/bookings/busy?from=${start}&to=${end}`)).rooms;
  } catch {
    // Booking says so too.
    return [];
  }
}

/** Null if the server does not answer. */
export async function findPeople(search: string): Promise<FoundPeople | null> {
  let found: FoundPeople | null = null;
  await attempt(async () => { found = await callMeetings<FoundPeople>('GET', `/bookings/people?search=${encodeURIComponent(search)}`); });
  return found;
}

/** Address of one's own calendar, with the venue's. Null if the server does not answer. */
export async function calendarAddress(renew: boolean): Promise<string | null> {
  let address: string | null = null;
  await attempt(async () => { address = location.origin + (await callMeetings<CalendarFeed>(renew ? 'POST' : 'GET', '/calendar')).path; });
  return address;
}

/** Gives the browser the file of a meeting to keep. */
export async function download({ id, subject }: Booking): Promise<void> {
  await attempt(async () => {
    const link = document.createElement('a');
    link.href = URL.createObjectURL(await calendarFile(id));
    link.download = `${subject.replaceAll(/[^\p{L}\p{N} -]+/gu, '').trim() || 'meeting'}.ics`;
    link.click();
    URL.revokeObjectURL(link.href);
  });
}

export function roomOf({ room }: Pick<Booking, 'room'>): MeetingRoom | null {
  return facts.value?.rooms.find((each) => each.scene === room?.scene && each.space === room.space) ?? null;
}

function done(text: string): void {
  announce(text);
  // The list of everybody's is not told of changes.
  if (everybody.peek() !== null) void showEverybody(true);
}
