/** What a person can do about meetings by appointment in the venue itself, for the UI. */
export interface MeetingActions {
  /** Goes to a meeting of mine: into its room, wherever that is, or its virtual talk. */
  attend(booking: string): void;
  /** I know that it is about to begin. */
  dismissDue(booking: string): void;
}
