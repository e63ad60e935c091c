import { ColyseusSDK, type Room } from '@colyseus/sdk';
import type { z } from 'zod';
import type { Reason } from '../../shared/protocol/reasons.ts';
import { CLOSE_CODES, ReasonedError } from '../../shared/protocol/reasons.ts';
import { LineWatch, PING_MS } from './line-watch.ts';
import { isReason } from './session.ts';

/** What is done with each message of a room, by its name. */
export type HandlersOf<Incoming> = { readonly [K in keyof Incoming]: (message: Incoming[K]) => void };

export interface LineHandlers<Incoming> {
  readonly messages: HandlersOf<Incoming>;
  /** Ended. `reason` is set if the server ended it on purpose; null is a drop, worth another try. */
  readonly closed: (reason: Reason | null) => void;
}

const REASON_PATTERN = /[A-Z]+(_[A-Z]+)+|FLOOD|REMOVED|INTERNAL/;

function closeReason(code: number): Reason | null {
  for (const [reason, value] of Object.entries(CLOSE_CODES)) if (value === code) return reason as Reason;
  return null;
}

/** Reads the reason that the server put into a refused join. A failure without one is a drop. */
function joinError(cause: unknown): ReasonedError {
  const reason = REASON_PATTERN.exec(cause instanceof Error ? cause.message : '')?.[0];
  return new ReasonedError(isReason(reason) ? reason : 'INTERNAL', 'joining the room failed', { cause });
}

/** Joins a room of our server. Rejects with a `ReasonedError`: the server's reason, or `INTERNAL` for a failure of the network. */
export async function joinRoom(name: string, token: string, options: object): Promise<Room> {
  const sdk = new ColyseusSDK(`${location.protocol === 'https:' ? 'wss' : 'ws'}://${location.host}`);
  // Set on the HTTP part, because the SDK's auth module would keep the token in localStorage.
  sdk.http.authToken = token;
  try {
    return await sdk.joinOrCreate(name, options);
  } catch (cause) {
    throw joinError(cause);
  }
}

/**
 * One live connection to a room, which takes messages of the schemas `Outgoing` and sends those of `Incoming`, by name; it answers `ping` with `pong`. It never reconnects by itself: `Reconnector` makes a new one.
 */
export class RoomLine<Outgoing extends Readonly<Record<string, z.ZodType>>, Incoming extends object> {
  protected readonly room: Room;
  private readonly handlers: LineHandlers<Incoming>;
  private readonly pinger: ReturnType<typeof setInterval>;
  private readonly watch = new LineWatch(performance.now());
  private roundTrip = 0;
  private over = false;

  constructor(room: Room, handlers: LineHandlers<Incoming>) {
    this.room = room;
    this.handlers = handlers;
    room.reconnection.enabled = false;
    for (const name of Object.keys(handlers.messages) as (keyof Incoming & string)[]) this.listenTo(name);
    room.onLeave((code) => {
      if (this.over) return;
      this.finish();
      handlers.closed(closeReason(code));
    });
    room.onError(() => undefined);
    this.pinger = setInterval(() => this.checkLine(), PING_MS);
  }

  /** Milliseconds of the last ping, 0 before the first. */
  get roundTripMs(): number {
    return this.roundTrip;
  }

  send<K extends keyof Outgoing & string>(name: K, message: z.infer<Outgoing[K]>): void {
    if (this.isOpen) this.room.send(name, message);
  }

  /** Leaves for good; `closed` is not called. */
  leave(): void {
    if (this.over) return;
    this.finish();
    void this.room.leave(true).catch(() => undefined);
  }

  /** Ends the socket as a drop: `closed(null)` is called at once. */
  drop(): void {
    if (this.over) return;
    this.finish();
    this.room.connection.close();
    this.handlers.closed(null);
  }

  protected get isOpen(): boolean {
    return !this.over && this.room.connection.isOpen;
  }

  /** The server has been heard: the line is not dead. */
  protected heard(): void {
    this.watch.heard(performance.now());
  }

  private listenTo<K extends keyof Incoming & string>(name: K): void {
    this.room.onMessage(name, (message: Incoming[K]) => {
      this.heard();
      if (name === 'pong') this.roundTrip = performance.now() - (message as { readonly at: number }).at;
      this.handlers.messages[name](message);
    });
  }

  private checkLine(): void {
    const now = performance.now();
    if (this.watch.isDead(now)) this.drop();
    else if (this.isOpen) this.room.send('ping', { at: now });
  }

  private finish(): void {
    this.over = true;
    clearInterval(this.pinger);
  }
}
