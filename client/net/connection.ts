import { ColyseusSDK, type Room } from '@colyseus/sdk';
import type { ClientMessage, ClientMessageName, ServerMessageName, ServerMessages } from '../../shared/protocol/messages.ts';
import type { Appearance } from '../../shared/protocol/people.ts';
import type { Reason } from '../../shared/protocol/reasons.ts';
import { CLOSE_CODES, ReasonedError } from '../../shared/protocol/reasons.ts';
import { BYTES, PROTOCOL_VERSION, VENUE_ROOM } from '../../shared/protocol/version.ts';
import { LineWatch, PING_MS } from './line-watch.ts';
import { isReason } from './session.ts';

export interface JoinRequest {
  readonly token: string;
  readonly appearance: Appearance;
  readonly tab: string;
  readonly takeOver: boolean;
  readonly slots: number;
}

export type MessageHandlers = { [K in ServerMessageName]: (message: ServerMessages[K]) => void };

export interface ConnectionHandlers {
  readonly messages: MessageHandlers;
  readonly poses: (frame: Uint8Array) => void;
  /** Ended. `reason` is set if the server ended it on purpose; null is a drop, worth another try. */
  readonly closed: (reason: Reason | null) => void;
}


function closeReason(code: number): Reason | null {
  for (const [reason, value] of Object.entries(CLOSE_CODES)) if (value === code) return reason as Reason;
  return null;
}

/** Reads the reason that the server put into a refused join. A failure without one is a drop. */
function joinError(cause: unknown): ReasonedError {
  const message = cause instanceof Error ? cause.message : '';
  const reason = REASON_PATTERN.exec(message)?.[0];
  return new ReasonedError(isReason(reason) ? reason : 'INTERNAL', 'joining the room failed', { cause });
}
const REASON_PATTERN = /[A-Z]+(_[A-Z]+)+|FLOOD|REMOVED|INTERNAL/;

/** One live connection to the venue room. It never reconnects by itself: `Reconnector` makes a new one. */
export class VenueConnection {
  private readonly room: Room;
  private readonly handlers: ConnectionHandlers;
  private readonly pinger: ReturnType<typeof setInterval>;
  private readonly watch = new LineWatch(performance.now());
  private roundTrip = 0;
  private over = false;

  private constructor(room: Room, handlers: ConnectionHandlers) {
    this.room = room;
    this.handlers = handlers;
    room.reconnection.enabled = false;
    this.listen();
    this.pinger = setInterval(() => this.checkLine(), PING_MS);
  }

  /** @throws ReasonedError: the server's reason, or `INTERNAL` for a failure of the network. */
  static async open(request: JoinRequest, handlers: ConnectionHandlers): Promise<VenueConnection> {
    const sdk = new ColyseusSDK(`${location.protocol === 'https:' ? 'wss' : 'ws'}://${location.host}`);
    // Set on the HTTP part, because the SDK's auth module would keep the token in localStorage.
    sdk.http.authToken = request.token;
    try {
      const room = await sdk.joinOrCreate(VENUE_ROOM, {
        protocol: PROTOCOL_VERSION,
        appearance: request.appearance,
        tab: request.tab,
        takeOver: request.takeOver,
        slots: request.slots,
      });
      return new VenueConnection(room, handlers);
    } catch (cause) {
      throw joinError(cause);
    }
  }

  /** Milliseconds of the last ping, 0 before the first. */
  get roundTripMs(): number {
    return this.roundTrip;
  }

  send<K extends ClientMessageName>(name: K, message: ClientMessage<K>): void {
    if (!this.over && this.room.connection.isOpen) this.room.send(name, message);
  }

  sendWalk(bytes: Uint8Array): void {
    if (!this.over && this.room.connection.isOpen) this.room.sendBytes(BYTES.walk, bytes);
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

  private listen(): void {
    const names = Object.keys(this.handlers.messages) as ServerMessageName[];
    for (const name of names) this.listenTo(name);
    this.room.onMessage(BYTES.poses, (bytes: Uint8Array) => {
      this.watch.heard(performance.now());
      this.handlers.poses(bytes);
    });
    this.room.onLeave((code) => {
      if (this.over) return;
      this.finish();
      this.handlers.closed(closeReason(code));
    });
    this.room.onError(() => undefined);
  }

  private listenTo<K extends ServerMessageName>(name: K): void {
    this.room.onMessage(name, (message: ServerMessages[K]) => {
      this.watch.heard(performance.now());
      if (name === 'pong') this.roundTrip = performance.now() - (message as ServerMessages['pong']).at;
      this.handlers.messages[name](message);
    });
  }

  private checkLine(): void {
    const now = performance.now();
    if (this.watch.isDead(now)) this.drop();
    else this.send('ping', { at: now });
  }

  private finish(): void {
    this.over = true;
    clearInterval(this.pinger);
  }
}
