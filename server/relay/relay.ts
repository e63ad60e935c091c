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

/** What was forwarded on somebody's connection for pictures since they joined with it. */
export interface PictureCounters {
  readonly peer: string;
  readonly connected: boolean;
  readonly packetsIn: number;
  readonly packetsOut: number;
  /** Packets sent, by who shows: the proof of who was shown what. */
  readonly packetsFrom: Readonly<Record<string, number>>;
}

/** Pictures of screens. Everybody has a connection for them besides that for voices, while they show one or watch one. */
export interface PictureRelay {
  /** Answers an SDP offer of one line of video, `sendonly` (shows) or `recvonly` (watches). A second one of the same peer replaces the first. Rejects with a `RelayError`. */
  join(peer: string, offer: string): Promise<{ answer: string; role: 'shows' | 'watches' }>;
  leave(peer: string): void;
  /** What `peer` shows goes to these and to nobody else, from this call on. Those who are not joined get it when they join. Outlives losses and restarts; ends with `leave` of either. */
  show(peer: string, viewers: readonly string[]): void;
  counters(): Promise<readonly PictureCounters[]>;
  /** A connection is down for good. Not told after the relay's `restarted`, which is the end of all. @returns how to stop listening */
  onLost(listener: (peer: string) => void): () => void;
}

export interface RelayEvents {
  /** About 10 times a second while anybody's level changes; only peers with news. */
  activity(batch: readonly Activity[]): void;
  /** A peer's media connection came up or went down for good; after `lost` the peer must join again. */
  connected(peer: string): void;
  lost(peer: string): void;
  /** The relay process died and has been started again: nobody is joined any more. */
  restarted(): void;
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
