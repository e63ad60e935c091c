import { ClientMessages } from '../../shared/protocol/messages.ts';
import type { ClientMessage, ClientMessageName } from '../../shared/protocol/messages.ts';
import { CLOSE_CODES } from '../../shared/protocol/reasons.ts';
import type { Reason } from '../../shared/protocol/reasons.ts';
import { carriedBytes, frameKind, messageBody } from './inbound.ts';
import { Bodies } from './bodies.ts';
import type { FrameKind } from './inbound.ts';
import type { Presence } from './person.ts';
import type { Diagnostics } from './services.ts';
import { Walking } from './walking.ts';

/** Carries out one checked message. @returns why it is refused, or null; later, for what takes time. */
export type Handler<K extends ClientMessageName> = (presence: Presence, message: ClientMessage<K>) => Reason | null | Promise<Reason | null>;
export type Handlers = { readonly [K in ClientMessageName]: Handler<K> };

export interface DoorDeps {
  readonly walking: Walking;
  readonly handlers: Handlers;
  readonly diagnostics: Diagnostics;
  readonly clock: () => number;
  /** A walk step did not come to pass as proposed. */
  readonly correct: (presence: Presence, seq: number, reason: Reason) => void;
  /** A connection has sent too much that is refused: it is let go before it is closed. */
  readonly letGo: (presence: Presence) => void;
}

/**
 * Where everything that clients send comes in. In this order: size and rate by kind, decoding, shape, and only then what it asks for. Whatever does
 * not pass is refused with a reason; too much of it ends that one connection. Never throws for what a frame holds.
 */
export class Door {
  private readonly deps: DoorDeps;
  private readonly bodies = new Bodies();

  constructor(deps: DoorDeps) {
    this.deps = deps;
  }

  receive(presence: Presence, frame: Uint8Array): void {
    // Frames that were under way when the person's connection was replaced or given up.
    if (presence.person.presence !== presence) return;
    const kind = frameKind(frame, ClientMessages);
    const refused = presence.limits.admit(kind, frame.length, this.deps.clock());
    if (refused !== null) this.offend(presence, kind, refused);
    else if (kind === 'walk') this.walk(presence, carriedBytes(frame));
    else if (kind === 'body') this.body(presence, carriedBytes(frame));
    else if (kind === 'unknown') this.offend(presence, kind, 'MESSAGE_UNKNOWN');
    else this.message(presence, kind, frame);
  }

  private walk(presence: Presence, bytes: Uint8Array): void {
    const outcome = this.deps.walking.propose(presence.person, bytes, this.deps.clock());
    if (outcome === null) return;
    if (outcome.kind === 'invalid') {
      this.offend(presence, 'walk', 'MESSAGE_INVALID');
      return;
    }
    this.deps.diagnostics.refused('walk', outcome.reason);
    this.deps.correct(presence, outcome.seq, outcome.reason);
  }

  private body(presence: Presence, bytes: Uint8Array): void {
    if (!this.bodies.take(presence.person, bytes, this.deps.clock())) this.offend(presence, 'body', 'MESSAGE_INVALID');
  }

  private message(presence: Presence, kind: ClientMessageName, frame: Uint8Array): void {
    let body: unknown;
    try {
      body = messageBody(frame);
    } catch {
      this.offend(presence, kind, 'MESSAGE_INVALID');
      return;
    }
    this.dispatch(presence, kind, body);
  }

  private dispatch<K extends ClientMessageName>(presence: Presence, kind: K, body: unknown): void {
    const parsed = ClientMessages[kind].safeParse(body);
    if (!parsed.success) {
      this.offend(presence, kind, 'MESSAGE_INVALID');
      return;
    }
    const message = parsed.data as ClientMessage<K>;
    const nonce = 'nonce' in message ? message.nonce : undefined;
    // What a handler refuses is bad luck (a seat just taken) and no offence.
    const outcome = this.deps.handlers[kind](presence, message);
    if (outcome instanceof Promise) void outcome.then((reason) => this.answer(presence, kind, reason, nonce));
    else this.answer(presence, kind, outcome, nonce);
  }

  private answer(presence: Presence, kind: ClientMessageName, reason: Reason | null, nonce: string | undefined): void {
    if (reason !== null && presence.person.presence === presence) this.tell(presence, kind, reason, nonce);
  }

  /** Refuses what no honest client sends, and ends the connection when there is too much of it. */
  private offend(presence: Presence, what: FrameKind, reason: Reason): void {
    if (!presence.limits.offend(this.deps.clock())) {
      this.tell(presence, what, reason, undefined);
      return;
    }
    this.deps.diagnostics.refused(what, 'FLOOD');
    this.deps.letGo(presence);
    presence.connection.close(CLOSE_CODES.FLOOD, 'FLOOD');
  }

  private tell(presence: Presence, what: FrameKind, reason: Reason, nonce: string | undefined): void {
    this.deps.diagnostics.refused(what, reason);
    presence.connection.send('refused', nonce === undefined ? { what, reason } : { what, reason, nonce });
  }
}
