/** A room that I may not enter now, because others have booked it. Metres. */
export interface ClosedRoom {
  /** Corners, x and z. */
  readonly outline: readonly (readonly [number, number])[];
  /** Height of its floor. */
  readonly floor: number;
}
