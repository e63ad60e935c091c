/**
 * Why something was refused. One flat list for HTTP answers, room messages and close frames, so that every reason has exactly one
 * text in the catalogues (`reason.<CODE>`).
 */
export const REASONS = [
  // identity
  'PASS_MISSING', 'PASS_MALFORMED', 'PASS_UNKNOWN', 'PASS_EXPIRED', 'PASS_REVOKED', 'TOKEN_INVALID', 'TOKEN_EXPIRED',
  'ALREADY_HERE', 'MOVED_ELSEWHERE', 'REMOVED',
  // protocol
  'PROTOCOL_VERSION', 'MESSAGE_UNKNOWN', 'MESSAGE_INVALID', 'MESSAGE_TOO_LARGE', 'RATE_LIMITED', 'FLOOD', 'NOT_JOINED',
  // movement
  'TOO_FAST', 'NOT_WALKABLE', 'NOT_REACHABLE', 'SEAT_TAKEN', 'SEAT_UNKNOWN', 'SEATED', 'PLACE_UNKNOWN', 'PERSON_UNKNOWN',
  // scenes and what happens in them
  'SCENE_UNKNOWN', 'NOT_ARRIVED', 'TOUR_UNKNOWN', 'NOT_GUIDE', 'TOUR_GUIDING', 'TOUR_FULL', 'TOUR_CLOSED', 'TOUR_ROLE', 'TOUR_ASKED', 'ACTIVITY_UNKNOWN', 'CELL_UNKNOWN',
  // private talks
  'TALK_UNKNOWN', 'TALK_FULL', 'TALK_LOCKED', 'TALK_CLOSED', 'TALK_DIRECT', 'SCREEN_TAKEN', 'NOT_IN_TALK', 'NOT_HOST', 'TALK_ASKED', 'PERSON_BUSY', 'WHISPER_FAR', 'AUDIENCE_CHANGED',
  // meetings by appointment
  'BOOKING_UNKNOWN', 'BOOKING_CLASH', 'BOOKING_PAST', 'BOOKING_FAR', 'BOOKING_LENGTH', 'BOOKING_CHANGED', 'BOOKING_OVER', 'BOOKING_NOT_YOURS', 'BOOKING_PEOPLE', 'BOOKING_ROOM', 'BOOKINGS_FULL',
  'BOOKING_EARLY', 'ROOM_BOOKED', 'CALENDAR_UNKNOWN',
  // formal sessions
  'SESSION_UNKNOWN', 'SESSION_CLOSED', 'SESSION_STATE', 'NOT_CHAIR', 'NOT_OFFICER', 'NOT_ACTIVE', 'NOT_MEMBER_STATE', 'LIST_CLOSED', 'ON_LIST', 'ENTRY_UNKNOWN', 'NO_FLOOR',
  'CAPACITY_UNNAMED', 'MOTION_UNKNOWN', 'MOTION_PENDING', 'SEATS_FULL', 'SEAT_HELD', 'NOT_YOUR_DELEGATION', 'ITEM_UNKNOWN', 'ITEM_STATE', 'ITEM_GROUP', 'TEXT_TOO_LONG', 'SUBMISSION_UNKNOWN',
  'QUESTION_UNKNOWN', 'CONCLUSION_UNKNOWN', 'WINDOW_OVER', 'RECORD_UNKNOWN', 'CHAT_OFF', 'SESSION_FULL',
  'BOOTH_UNKNOWN', 'BOOTH_FULL', 'NOT_IN_BOOTH', 'BOOTH_LANGUAGE', 'MICROPHONE_TAKEN', 'HANDOVER_UNKNOWN', 'NOT_CAPTIONER',
  'DOCUMENT_UNKNOWN', 'DOCUMENT_KIND', 'DOCUMENT_DAMAGED', 'DOCUMENT_TOO_LARGE', 'RECORDING_UNKNOWN', 'RECORDING_RUNNING',
  // speech and text
  'CHAT_EMPTY', 'CHAT_TOO_LONG', 'CHAT_UNDELIVERABLE', 'MEDIA_OFFER_INVALID', 'MEDIA_UNAVAILABLE',
  // the secretariat's page
  'STAFF_ONLY', 'UPLOAD_TOO_LARGE', 'UPLOAD_BUSY', 'UPLOAD_STALLED', 'UPLOADS_FULL', 'UPLOAD_UNKNOWN', 'UPLOAD_STATE', 'SCENE_CHANGED', 'SCENE_NEEDED',
  'SCENE_UNUSABLE', 'DISK_FULL',
  'SPONSOR_UNKNOWN', 'SPONSOR_CHANGED', 'SPONSORS_FULL', 'BOOTH_TAKEN', 'LOGO_SVG', 'LOGO_KIND', 'LOGO_DAMAGED', 'LOGO_TOO_LARGE', 'LOGO_UNKNOWN',
  // the server
  'ROOM_FULL', 'SERVER_STOPPING', 'INTERNAL',
] as const;

export type Reason = (typeof REASONS)[number];

/** An error that a person can be told about: `reason` selects the text, `cause` is kept for the log. */
export class ReasonedError extends Error {
  readonly reason: Reason;

  constructor(reason: Reason, message?: string, options?: ErrorOptions) {
    super(message ?? reason, options);
    this.name = 'ReasonedError';
    this.reason = reason;
  }
}

/** WebSocket close codes of ours (4000-4999 are free for applications; Colyseus itself uses 4000-4010 and 4210-4217). */
export const CLOSE_CODES = {
  MOVED_ELSEWHERE: 4801,
  REMOVED: 4802,
  FLOOD: 4803,
  SERVER_STOPPING: 4804,
  PASS_REVOKED: 4805,
  PASS_EXPIRED: 4806,
} as const satisfies Partial<Record<Reason, number>>;
