/** Captions of a provider over a WebSocket: one connection for a whole session, a line a message, each answered. */
import type { IncomingMessage, Server } from 'node:http';
import type { Duplex } from 'node:stream';
import type { WebSocket } from 'ws';
import { WebSocketServer } from 'ws';
import { z } from 'zod';
import { CAPTION_SOCKET_PATH, PushedCaption, SessionId } from '../../shared/protocol/plenary/messages.ts';
import type { CaptionAnswer } from '../../shared/protocol/plenary/messages.ts';
import { CAPTION_MAX_LENGTH } from '../../shared/protocol/plenary/vocabulary.ts';
import { ReasonedError } from '../../shared/protocol/reasons.ts';
import type { Reason } from '../../shared/protocol/reasons.ts';
import { LimitTable, MessageLimits, person } from '../rooms/limits.ts';
import { isCaptionKey } from './caption-key.ts';
import type { Plenary } from './plenary.ts';

/** Whoever has not shown the key by then is put out. */
const KEY_MS = 5000;
/** A connection on which a sign of life is not answered by the next one is dead. */
const PING_MS = 30_000;
/** Six languages, each with a connection in reserve. */
const MOST_OF_A_SESSION = 12;
/** Strangers who have not shown a key yet, all together. */
const MOST_STRANGERS = 50;
/** UTF-8 needs at most three bytes for a UTF-16 unit, JSON at most six characters. */
const MAX_BYTES = CAPTION_MAX_LENGTH * 6 + 512;
/** A close is answered within that, or not at all. */
const CLOSE_MS = 1000;
/** Close codes of RFC 6455 section 7.4.1. */
const GOING_AWAY = 1001;
const POLICY_VIOLATION = 1008;

/** Words of six languages as they are recognised, and what a slow line held back. */
const LIMITS = new LimitTable({ line: person(30, 120, MAX_BYTES) });
const Key = z.object({ key: z.string().max(200) });

export interface CaptionSocketOptions {
  readonly web: Server;
  readonly plenary: Plenary;
  readonly secret: Uint8Array;
}

/** One provider's connection. */
class Provider {
  readonly session: string;
  /** The key was right. */
  known = false;
  alive = true;
  private readonly socket: WebSocket;
  private readonly options: CaptionSocketOptions;
  private readonly limits = new MessageLimits(LIMITS, performance.now());
  private readonly timer: NodeJS.Timeout;
  /** Answers come in the order of the lines. */
  private turn: Promise<void> = Promise.resolve();

  constructor(socket: WebSocket, session: string, options: CaptionSocketOptions) {
    this.socket = socket;
    this.session = session;
    this.options = options;
    this.timer = setTimeout(() => { this.refuse('TOKEN_INVALID'); }, KEY_MS);
    socket.on('message', (data, binary) => { this.take(data as Buffer, binary); });
    socket.on('pong', () => { this.alive = true; });
    socket.on('close', () => { clearTimeout(this.timer); });
    // What strangers break is no error of ours; unheard it would end the process.
    socket.on('error', () => { socket.terminate(); });
  }

  /** Asks for a sign of life, or gives up a connection that gave none. */
  ping(): void {
    if (!this.alive) this.socket.terminate();
    this.alive = false;
    this.socket.ping();
  }

  refuse(reason: Reason): void {
    this.answer({ error: reason });
    this.socket.close(POLICY_VIOLATION, reason);
  }

  private take(data: Buffer, binary: boolean): void {
    const now = performance.now();
    const limited = this.limits.admit('line', data.length, now);
    const reason = limited ?? (binary ? 'MESSAGE_INVALID' : null);
    if (reason !== null) {
      if (this.limits.offend(now)) this.refuse('FLOOD');
      else this.answer({ error: reason });
      return;
    }
    const message = parsed(data);
    if (!this.known) this.authenticate(message);
    else this.turn = this.turn.then(() => this.caption(message));
  }

  private authenticate(message: unknown): void {
    const { success, data } = Key.safeParse(message);
    if (!success || !isCaptionKey(this.options.secret, this.session, data.key)) {
      this.refuse('TOKEN_INVALID');
      return;
    }
    this.known = true;
    clearTimeout(this.timer);
    this.answer({ ok: true });
  }

  private async caption(message: unknown): Promise<void> {
    const { success, data } = PushedCaption.safeParse(message);
    if (!success) {
      this.answer({ error: 'MESSAGE_INVALID' });
      return;
    }
    const { plenary } = this.options;
    try {
      // Deleted while the provider was connected.
      if (plenary.deps.sessions.get(this.session) === undefined) throw new ReasonedError('SESSION_UNKNOWN');
      (await plenary.open(this.session)).caption(data);
      this.answer({ ok: true });
    } catch (error) {
      const reason = error instanceof ReasonedError ? error.reason : 'INTERNAL';
      if (reason === 'SESSION_UNKNOWN') this.refuse(reason);
      else this.answer({ error: reason });
    }
  }

  private answer(answer: CaptionAnswer): void {
    if (this.socket.readyState === this.socket.OPEN) this.socket.send(JSON.stringify(answer));
  }
}

/** @returns undefined for what is no JSON */
function parsed(data: Buffer): unknown {
  try {
    return JSON.parse(data.toString()) as unknown;
  } catch {
    return undefined;
  }
}

/**
 * `ws(s)://host/captions?session=<id>`, described for providers in `captions-api.md`. Where a page comes from does not matter: nothing that a browser adds by itself lets anybody in, only the key.
 */
export class CaptionSocket {
  private readonly options: CaptionSocketOptions;
  private readonly sockets = new WebSocketServer({ noServer: true, maxPayload: 2 * MAX_BYTES, perMessageDeflate: false });
  private readonly providers = new Set<Provider>();
  private readonly timer: NodeJS.Timeout;
  private readonly onUpgrade: (request: IncomingMessage, socket: Duplex, head: Buffer) => void;

  constructor(options: CaptionSocketOptions) {
    this.options = options;
    this.onUpgrade = (request, socket, head) => { if (isCaptionSocket(request)) this.upgrade(request, socket, head); };
    options.web.on('upgrade', this.onUpgrade);
    this.timer = setInterval(() => { for (const provider of this.providers) provider.ping(); }, PING_MS);
    this.timer.unref();
  }

  /** How many are connected now. */
  get size(): number {
    return this.providers.size;
  }

  stop(): void {
    clearInterval(this.timer);
    this.options.web.off('upgrade', this.onUpgrade);
    for (const socket of this.sockets.clients) socket.close(GOING_AWAY);
    // Who does not answer the close must not hold up the end.
    setTimeout(() => { for (const socket of this.sockets.clients) socket.terminate(); }, CLOSE_MS).unref();
    this.sockets.close();
  }

  private upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    socket.on('error', () => socket.destroy());
    const { data: session } = SessionId.safeParse(new URL(request.url ?? '/', 'http://server').searchParams.get('session'));
    if (session === undefined || this.options.plenary.deps.sessions.get(session) === undefined) {
      socket.end('HTTP/1.1 404 Not Found\r\nConnection: close\r\nContent-Length: 0\r\n\r\n');
      return;
    }
    this.sockets.handleUpgrade(request, socket, head, (connection) => {
      const provider = new Provider(connection, session, this.options);
      if (this.isFull(session)) {
        provider.refuse('RATE_LIMITED');
        return;
      }
      this.providers.add(provider);
      connection.on('close', () => this.providers.delete(provider));
    });
  }

  private isFull(session: string): boolean {
    let [strangers, here] = [0, 0];
    for (const provider of this.providers) {
      if (!provider.known) strangers += 1;
      else if (provider.session === session) here += 1;
    }
    return strangers >= MOST_STRANGERS || here >= MOST_OF_A_SESSION;
  }
}

/** Whether an upgrade request is for captions, and not for rooms. */
export function isCaptionSocket(request: IncomingMessage): boolean {
  const { url } = request;
  return url === CAPTION_SOCKET_PATH || url?.startsWith(`${CAPTION_SOCKET_PATH}?`) === true;
}
