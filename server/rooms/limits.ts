import { SDP_MAX_LENGTH } from '../../shared/protocol/messages.ts';
import type { ClientMessageName } from '../../shared/protocol/messages.ts';
import type { Reason } from '../../shared/protocol/reasons.ts';
import { CHAT_MAX_LENGTH, PARCEL_MAX_LENGTH } from '../../shared/protocol/vocabulary.ts';

export type MessageKind = ClientMessageName | 'walk' | 'body' | 'unknown';

export interface Limit {
  readonly perSecond: number;
  /** So many may come at once: a person's haste, or what the network held back. */
  readonly burst: number;
  /** Largest message, bytes on the wire. */
  readonly bytes: number;
}

export const SMALL = 512;
export const person = (perSecond: number, burst: number, bytes = SMALL): Limit => ({ perSecond, burst, bytes });

const VENUE: Readonly<Record<MessageKind, Limit>> = {
  // 20 a second by design; a line that stood still for ten seconds delivers 200 at once.
  walk: person(40, 256),
  body: person(40, 256),
  jump: person(1, 5),
  // As often as a thumb lets the stick go.
  teleport: person(2, 6),
  arrived: person(1, 8),
  tour: person(1, 8),
  // A pointer that moves, ten times a second.
  point: person(12, 24),
  // A tile every 150 ms, and a few at once where the line held them back.
  mosaic: person(1000 / 150, 6),
  watchActivity: person(2, 8),
  attend: person(1, 5),
  sit: person(2, 6),
  stand: person(2, 6),
  gesture: person(2, 8),
  appearance: person(1, 5),
  mic: person(4, 12),
  talk: person(2, 12),
  // Held and let go, as often as a key can be.
  whisper: person(4, 12),
  // Typing of one who writes fast, and a round of keys when somebody comes or goes.
  parcel: person(12, 60, PARCEL_MAX_LENGTH + SMALL),
  doNotDisturb: person(1, 6),
  deafen: person(4, 12),
  block: person(2, 10),
  // Four bytes for each UTF-16 unit is more than UTF-8 needs.
  chat: person(1, 6, CHAT_MAX_LENGTH * 4 + SMALL),
  mediaOffer: person(0.5, 5, SDP_MAX_LENGTH + SMALL),
  // Somebody who shows, stops, and shows another window; each time everybody else offers once.
  screen: person(0.5, 6),
  screenOffer: person(0.5, 8, SDP_MAX_LENGTH + SMALL),
  mediaLeave: person(0.5, 5),
  watchHearers: person(2, 6),
  ping: person(4, 12),
  unknown: person(1, 5),
};

/** Offences are forgotten at this rate a second, and this many at once end the connection. */
const FORGIVEN_PER_SECOND = 1;
const OFFENCES = 40;

/** The largest frame that the transport has to let through (`maxPayload`); a larger one ends the connection with close code 1009. */
export const MAX_FRAME_BYTES = SDP_MAX_LENGTH + 1024;

/** What a room allows of each kind, numbered through once for all its connections. */
export class LimitTable<K extends string> {
  readonly limits: readonly Limit[];
  private readonly numbers: ReadonlyMap<K, number>;

  constructor(limits: Readonly<Record<K, Limit>>) {
    const kinds = Object.keys(limits) as K[];
    this.limits = kinds.map((kind) => limits[kind]);
    this.numbers = new Map(kinds.map((kind, number) => [kind, number]));
  }

  numberOf(kind: K): number {
    return this.numbers.get(kind) as number;
  }
}

/** Of the venue's room. */
export const VENUE_LIMITS = new LimitTable(VENUE);

/** Token buckets of one connection: one a message kind, and one of offences. */
export class MessageLimits<K extends string> {
  private readonly table: LimitTable<K>;
  private readonly tokens: Float64Array;
  private readonly filledAt: Float64Array;
  private offences = 0;
  private forgivenAt: number;

  constructor(table: LimitTable<K>, now: number) {
    this.table = table;
    this.tokens = Float64Array.from(table.limits, ({ burst }) => burst);
    this.filledAt = new Float64Array(table.limits.length).fill(now);
    this.forgivenAt = now;
  }

  /** Counts a message of `bytes` on the wire at `now` ms. @returns why it may not pass, or null. Allocates nothing. */
  admit(kind: K, bytes: number, now: number): Reason | null {
    const number = this.table.numberOf(kind);
    const limit = this.table.limits[number] as Limit;
    const gained = ((now - (this.filledAt[number] as number)) / 1000) * limit.perSecond;
    const tokens = Math.min(limit.burst, (this.tokens[number] as number) + gained);
    this.filledAt[number] = now;
    this.tokens[number] = tokens < 1 ? tokens : tokens - 1;
    if (tokens < 1) return 'RATE_LIMITED';
    return bytes > limit.bytes ? 'MESSAGE_TOO_LARGE' : null;
  }

  /** Counts something refused at `now` ms. @returns true when it is one too many. */
  offend(now: number): boolean {
    this.offences = Math.max(0, this.offences - ((now - this.forgivenAt) / 1000) * FORGIVEN_PER_SECOND) + 1;
    this.forgivenAt = now;
    return this.offences > OFFENCES;
  }
}
