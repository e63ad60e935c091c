import type { BookingClash, BookingFields, RoomRef } from '../../shared/protocol/bookings.ts';
import { ReasonedError } from '../../shared/protocol/reasons.ts';
import { freeTimes, isFree } from '../../shared/rules/bookings.ts';
import type { BookingRecord } from '../store/store.ts';

/** The room is taken then: BOOKING_CLASH, with what is free instead. */
export class ClashError extends ReasonedError {
  readonly clash: BookingClash;

  constructor(clash: BookingClash) {
    super('BOOKING_CLASH');
    this.name = 'ClashError';
    this.clash = clash;
  }
}

/** When the wished room is free, and which rooms are free at the wished time. `others`: the other meetings in rooms of scenes. */
export function clashOf(wished: BookingFields, known: { readonly others: readonly BookingRecord[]; readonly rooms: readonly RoomRef[]; readonly now: number }): BookingClash {
  const takenIn = ({ scene, space }: RoomRef): BookingRecord[] => known.others.filter(({ room }) => room?.scene === scene && room.space === space);
  return {
    reason: 'BOOKING_CLASH',
    free: wished.room === null ? [] : freeTimes(wished, takenIn(wished.room), known.now),
    rooms: known.rooms.filter((room) => isFree(wished, takenIn(room))).map(({ scene, space }) => ({ scene, space })),
  };
}
