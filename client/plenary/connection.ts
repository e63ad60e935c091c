import { ColyseusSDK, type Room } from '@colyseus/sdk';
import type { PlenaryClientMessage, PlenaryClientMessageName, PlenaryJoinOptions, PlenaryServerMessageName, PlenaryServerMessages } from '../../shared/protocol/plenary/messages.ts';
import type { Reason } from '../../shared/protocol/reasons.ts';
import { CLOSE_CODES, ReasonedError } from '../../shared/protocol/reasons.ts';
import { PLENARY_ROOM, PROTOCOL_VERSION } from '../../shared/protocol/version.ts';
import { LineWatch, PING_MS } from '../net/line-watch.ts';
import { isReason } from '../net/session.ts';

export type PlenaryHandlers = { readonly [K in PlenaryServerMessageName]: (message: PlenaryServerMessages[K]) => void };

export interface PlenaryJoin extends Omit<PlenaryJoinOptions, 'protocol'> {
  readonly token: string;
}

export interface PlenaryLineHandlers {
  readonly messages: PlenaryHandlers;
  /** Ended. `reason` is set if the server ended it on purpose; null is a drop, worth another try. */
  readonly closed: (reason: Reason | null) => void;
}

/** What a client needs of its line; tests have one of their own. */
export interface PlenaryLine {
  send<K extends PlenaryClientMessageName>(name: K, message: PlenaryClientMessage<K>): void;
  /** For good; `closed` is not called. */
  leave(): void;
  /** As a drop: `closed(null)` is called at once. */
  drop(): void;
}

export type OpenLine = (join: PlenaryJoin, handlers: PlenaryLineHandlers) => Promise<PlenaryLine>;

const REASON_PATTERN = /[A-Z]+(_[A-Z]+)+|FLOOD|REMOVED|INTERNAL/;

function closeReason(code: number): Reason | null {
  for (const [reason, value] of Object.entries(CLOSE_CODES)) if (value === code) return reason as Reason;
  return null;
}

function joinError(cause: unknown): ReasonedError {
  const reason = REASON_PATTERN.exec(cause instanceof Error ? cause.message : '')?.[0];
  return new ReasonedError(isReason(reason) ? reason : 'INTERNAL', 'joining the session failed', { cause });
}

/** One live connection to a formal session. It never reconnects by itself: `Reconnector` makes a new one. */
class PlenaryConnection implements PlenaryLine {
  private readonly room: Room;
  private readonly handlers: PlenaryLineHandlers;
  private readonly pinger: ReturnType<typeof setInterval>;
  private readonly watch = new LineWatch(performance.now());
  private over = false;

  constructor(room: Room, handlers: PlenaryLineHandlers) {
    this.room = room;
    this.handlers = handlers;
    room.reconnection.enabled = false;
    for (const name of Object.keys(handlers.messages) as PlenaryServerMessageName[]) this.listenTo(name);
    room.onLeave((code) => {
      if (this.over) return;
      this.finish();
      handlers.closed(closeReason(code));
    });
    room.onError(() => undefined);
    this.pinger = setInterval(() => this.checkLine(), PING_MS);
  }

  send<K extends PlenaryClientMessageName>(name: K, message: PlenaryClientMessage<K>): void {
    if (!this.over && this.room.connection.isOpen) this.room.send(name, message);
  }

  leave(): void {
    if (this.over) return;
    this.finish();
    void this.room.leave(true).catch(() => undefined);
  }

  drop(): void {
    if (this.over) return;
    this.finish();
    this.room.connection.close();
    this.handlers.closed(null);
  }

  private listenTo<K extends PlenaryServerMessageName>(name: K): void {
    this.room.onMessage(name, (message: PlenaryServerMessages[K]) => {
      this.watch.heard(performance.now());
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

/** Rejects with a `ReasonedError`: the server's reason, or `INTERNAL` for a failure of the network. */
export const openPlenaryLine: OpenLine = async ({ token, session, tab, takeOver }, handlers) => {
  const sdk = new ColyseusSDK(`${location.protocol === 'https:' ? 'wss' : 'ws'}://${location.host}`);
  // Set on the HTTP part, because the SDK's auth module would keep the token in localStorage.
  sdk.http.authToken = token;
  try {
    const options: PlenaryJoinOptions = { protocol: PROTOCOL_VERSION, session, tab, takeOver };
    return new PlenaryConnection(await sdk.joinOrCreate(PLENARY_ROOM, options), handlers);
  } catch (cause) {
    throw joinError(cause);
  }
};
