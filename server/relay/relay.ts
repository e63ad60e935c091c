/**
 * The media relay as the rest of the server sees it: join with an offer, leave, set routes, activity out. The embedded relay (a child
 * process) and any external media server stand behind this interface; whoever decides who hears whom never speaks to them directly.
 */

/** Who feeds one slot of one listener. `speaker: null` empties the slot: from then on no packet is sent on it. */
export interface Route {
  readonly listener: string;
  /** Order of the receive m-lines of the listener's offer, from 0. */
  readonly slot: number;
  readonly speaker: string | null;
}

/** What was heard from a peer's microphone since the last report. `level`, from RFC 6464 levels: 0 at -60 dBov and below, 1 at full scale, linear in decibels. */
export interface Activity {
  readonly peer: string;
  readonly level: number;
}

export interface PeerCounters {
  readonly peer: string;
  readonly connected: boolean;
  /** RTP packets received from the microphone since the join. */
  readonly packetsIn: number;
  /** RTP packets sent to each slot since the join. */
  readonly packetsOut: readonly number[];
  /** Packets sent, by speaker, since the join: the proof of who was forwarded to whom. */
  readonly packetsFrom: Readonly<Record<string, number>>;
}

/** What was forwarded on one line for pictures since it was joined. */
export interface PictureCounters {
  readonly peer: string;
  readonly connected: boolean;
  readonly packetsIn: number;
  readonly packetsOut: number;
  /** Packets sent, by the line that they came in on: the proof of who was shown what, and in which layer. */
  readonly packetsFrom: Readonly<Record<string, number>>;
}

/** What comes in on a line that shows: a screen, or one of the two sizes of a camera. Sets how many bits a second are wanted of it. */
export const PICTURE_LAYERS = ['screen', 'high', 'low'] as const;
export type PictureLayer = (typeof PICTURE_LAYERS)[number];

/** The most that a viewer has use for. */
export const PICTURE_SIZES = ['high', 'low', 'none'] as const;
export type PictureSize = (typeof PICTURE_SIZES)[number];

export interface PictureLineOptions {
  /** Of a line that shows; `screen` if absent. */
  readonly layer?: PictureLayer;
  /** Of a line that watches: the same person's connection for voices, as `Relay.join` knows it. While voices are lost on it, the picture gives way. */
  readonly voice?: string;
}

/**
 * Pictures: screens, cameras, interpreters of sign language. Each is carried by lines: connections of one line of video that shows or watches, with names that the caller chooses, the same for pictures and
 * for lines that show (somebody's id, or `ann/camera/high`). A person may have several. A picture has one layer, or two, of which every viewer gets what fits.
 */
export interface PictureRelay {
  /** Answers an SDP offer of one line of video, `sendonly` (shows) or `recvonly` (watches). A second one of the same line replaces the first. Rejects with a `RelayError`. */
  join(line: string, offer: string, options?: PictureLineOptions): Promise<{ answer: string; role: 'shows' | 'watches' }>;
  /** Ends a line, and what it showed or was shown, whether or not it is joined. */
  leave(line: string): void;
  /**
   * A picture goes to these lines and to nobody else, from this call on. A line watches one picture at a time, that of the last call that names it, and may go over to another without a new
   * connection. Those who are not joined get it when they join. Outlives losses and restarts; ends with an empty list, or with `leave` of all its layers.
   *
   * @param layers lines that show it, the largest first; absent: the line of the picture's own name
   */
  show(picture: string, viewers: readonly string[], layers?: readonly string[]): void;
  /** What a viewer's line is of use for at most: `high` until something else is said. Outlives losses and restarts; ends with `leave`. */
  setSize(line: string, size: PictureSize): void;
  counters(): Promise<readonly PictureCounters[]>;
  /** A line is down for good. Not told after the relay's `restarted`, which is the end of all. @returns how to stop listening */
  onLost(listener: (line: string) => void): () => void;
  /** Whether anybody is to be sent what comes in on a line. Told within a second of every join of a line that shows, and whenever it changes: what nobody wants need not be sent. */
  onWanted(listener: (line: string, wanted: boolean) => void): () => void;
}

export interface RelayEvents {
  /** About 10 times a second while anybody's level changes; only peers with news. */
  activity(batch: readonly Activity[]): void;
  /** A peer's media connection came up or went down for good; after `lost` the peer must join again. */
  connected(peer: string): void;
  lost(peer: string): void;
  /** The relay process died and has been started again: nobody is joined any more. */
  restarted(): void;
  /** A recording could not be written, and has ended. */
  recordFailed(name: string, why: string): void;
}

/** One file of a recording. */
export interface RecordOrder {
  /** Chosen by the caller, unique among those that run. */
  readonly name: string;
  /** Absolute path where nothing is yet; an Ogg Opus file. */
  readonly file: string;
  /** Whose microphone goes into it, whoever else hears it; null: nobody's, which is silence. */
  readonly speaker: string | null;
  /** Second 0 of the file, milliseconds since the epoch: files of the same beginning run in step. */
  readonly startedAt: number;
}

export interface Relay {
  /** Starts, resolves when ready to take peers. Rejects with a `RelayError`. */
  start(): Promise<void>;
  /** Answers an SDP offer of one sendonly (or inactive) audio m-line and K recvonly ones. A second join of the same peer replaces the first. */
  join(peer: string, offer: string): Promise<{ answer: string; slots: number }>;
  leave(peer: string): void;
  /**
   * Applies changes in order. Routes that name a peer which is not joined are kept; they take effect when it joins, outlive its losses and
   * restarts of the relay, and end when it leaves.
   */
  route(changes: readonly Route[]): void;
  /** Begins to write a file, or goes on with another speaker. Valid up to the last second at any moment; ends with `endRecord`, a failure, or the relay's `restarted`. */
  record(order: RecordOrder): void;
  endRecord(name: string): void;
  counters(): Promise<readonly PeerCounters[]>;
  readonly pictures: PictureRelay;
  on<K extends keyof RelayEvents>(event: K, listener: RelayEvents[K]): () => void;
  stop(): Promise<void>;
}

export const RELAY_REASONS = ['OFFER_INVALID', 'UNAVAILABLE', 'TIMEOUT'] as const;
export type RelayReason = (typeof RELAY_REASONS)[number];

export class RelayError extends Error {
  readonly reason: RelayReason;

  constructor(reason: RelayReason, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'RelayError';
    this.reason = reason;
  }
}
