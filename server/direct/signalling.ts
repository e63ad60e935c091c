import { randomBytes, timingSafeEqual } from 'node:crypto';
import type { IncomingMessage, Server } from 'node:http';
import type { Duplex } from 'node:stream';
import express from 'express';
import { ExpressPeerServer } from 'peer';
import { WebSocket, WebSocketServer } from 'ws';
import { DIRECT_KEY, DIRECT_PATH } from '../../shared/protocol/direct-path.ts';
import { originAllowed } from '../http/origins.ts';
import type { Log } from '../log.ts';
import type { DirectGrant, DirectPair, DirectSignalling } from './direct.ts';
import { MAX_MESSAGE_BYTES, MessageGuard } from './message-guard.ts';

const ID_BYTES = 18;
/** Close codes of RFC 6455 section 7.4.1. */
const NORMAL = 1000;
const POLICY_VIOLATION = 1008;

/** An id that was given out, and who is connected under it. */
interface Granted extends DirectGrant {
  readonly partner: string;
  readonly sockets: Set<WebSocket>;
}

/** A WebSocket whose messages PeerJS' server gets to see only if the guard has admitted them. */
class GuardedSocket extends WebSocket {
  guard: MessageGuard | null = null;

  override emit(event: string | symbol, ...args: unknown[]): boolean {
    if (event === 'message' && this.guard?.admits(args[0], performance.now()) !== true) {
      this.close(POLICY_VIOLATION);
      return false;
    }
    return super.emit(event, ...args);
  }
}

export interface SignallingOptions {
  readonly web: Server;
  readonly allowedOrigins: readonly string[];
  readonly log: Log;
}

/**
 * PeerJS' own server behind our door: nobody gets as far as it without an id and ticket that a room has given out, and who is in writes to
 * their partner only. Of it only the WebSocket is used; its HTTP routes are not mounted.
 */
export class Signalling implements DirectSignalling {
  private readonly options: SignallingOptions;
  private readonly granted = new Map<string, Granted>();
  private sockets: WebSocketServer | null = null;
  private readonly onUpgrade: (request: IncomingMessage, socket: Duplex, head: Buffer) => void;

  constructor(options: SignallingOptions) {
    this.options = options;
    this.onUpgrade = (request, socket, head) => {
      if (isSignalling(request)) this.upgrade(request, socket, head);
    };
    options.web.on('upgrade', this.onUpgrade);
  }

  pair(): DirectPair {
    this.start();
    const [first, second] = [newGrant(), newGrant()];
    const both: Granted[] = [{ ...first, partner: second.id, sockets: new Set() }, { ...second, partner: first.id, sockets: new Set() }];
    for (const granted of both) this.granted.set(granted.id, granted);
    return { first, second, revoke: () => both.forEach((granted) => this.revoke(granted)) };
  }

  /** How many ids are valid now. */
  get size(): number {
    return this.granted.size;
  }

  stop(): void {
    this.options.web.off('upgrade', this.onUpgrade);
    for (const granted of [...this.granted.values()]) this.revoke(granted);
    this.sockets?.close();
  }

  /** PeerJS' server polls on timers that never end, so it is there only from the first call on. */
  private start(): void {
    if (this.sockets !== null) return;
    const sockets = new WebSocketServer({ noServer: true, maxPayload: MAX_MESSAGE_BYTES, perMessageDeflate: false, WebSocket: GuardedSocket });
    const server = ExpressPeerServer(this.options.web, { path: '/', key: DIRECT_KEY, allow_discovery: false, createWebSocketServer: () => sockets });
    // Errors of sockets are strangers' doing; unheard they would end the process.
    server.on('error', () => this.options.log.debug('a signalling connection failed'));
    // It begins to work when it is mounted; on an application that serves nothing.
    express().use(DIRECT_PATH, server as unknown as express.Express);
    this.sockets = sockets;
  }

  private upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    socket.on('error', () => socket.destroy());
    const granted = originAllowed(request.headers, this.options.allowedOrigins) ? this.find(request) : null;
    if (granted === null || this.sockets === null) {
      socket.end('HTTP/1.1 401 Unauthorized\r\nConnection: close\r\nContent-Length: 0\r\n\r\n');
      return;
    }
    const { sockets } = this;
    sockets.handleUpgrade(request, socket, head, (connection) => {
      // Revoked while hands were shaken.
      if (this.granted.get(granted.id) !== granted) {
        connection.close(NORMAL);
        return;
      }
      if (connection instanceof GuardedSocket) connection.guard = new MessageGuard(granted.partner, performance.now());
      granted.sockets.add(connection);
      connection.on('close', () => granted.sockets.delete(connection));
      sockets.emit('connection', connection, request);
    });
  }

  private find(request: IncomingMessage): Granted | null {
    const { pathname, searchParams } = new URL(request.url ?? '/', 'http://server');
    if (pathname !== `${DIRECT_PATH}/peerjs` || searchParams.get('key') !== DIRECT_KEY) return null;
    const granted = this.granted.get(searchParams.get('id') ?? '');
    if (granted === undefined) return null;
    const [given, right] = [Buffer.from(searchParams.get('token') ?? ''), Buffer.from(granted.ticket)];
    return given.length === right.length && timingSafeEqual(given, right) ? granted : null;
  }

  private revoke(granted: Granted): void {
    this.granted.delete(granted.id);
    for (const socket of granted.sockets) socket.close(NORMAL);
  }
}

/** Whether an upgrade request is for the signalling server, and not for rooms. */
export function isSignalling(request: IncomingMessage): boolean {
  return request.url?.startsWith(`${DIRECT_PATH}/`) === true;
}

/** PeerJS wants ids that begin and end with a letter or digit. */
function newGrant(): DirectGrant {
  return { id: randomBytes(ID_BYTES).toString('hex'), ticket: randomBytes(ID_BYTES).toString('hex') };
}
