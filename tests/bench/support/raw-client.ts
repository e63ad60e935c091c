/** The lightest possible client of a Colyseus room: a bare socket, so that what it costs is little beside the server. */
import { randomBytes } from 'node:crypto';
import { connect } from 'node:net';
import type { Socket } from 'node:net';
import { unpack } from 'msgpackr';

/** Colyseus frame types (`@colyseus/shared-types` `Protocol`). */
const JOIN_ROOM = 10;
const ROOM_DATA = 13;
const BINARY = 0x82;
const PONG = 0x8a;
const MASKED = 0x80;
const MASK_BYTES = 4;
/** The server gives up on who is silent for 6 s. Pongs may come unasked (RFC 6455, 5.5.3), which spares reading the pings. */
const PONG_MS = 2000;

interface Reservation {
  readonly processId: string;
  readonly roomId: string;
  readonly sessionId: string;
}

/** Splits what a server sends into WebSocket messages. The server masks and fragments nothing. */
class Frames {
  private rest: Buffer = Buffer.alloc(0);

  push(chunk: Buffer, each: (payload: Buffer) => void): void {
    this.rest = this.rest.length === 0 ? chunk : Buffer.concat([this.rest, chunk]);
    for (;;) {
      const short = (this.rest[1] ?? 0) & 0x7f;
      const head = short === 127 ? 10 : short === 126 ? 4 : 2;
      if (this.rest.length < head) return;
      const length = short === 127 ? Number(this.rest.readBigUInt64BE(2)) : short === 126 ? this.rest.readUInt16BE(2) : short;
      if (this.rest.length < head + length) return;
      each(this.rest.subarray(head, head + length));
      this.rest = this.rest.subarray(head + length);
    }
  }
}

export interface RawClientOptions {
  readonly port: number;
  readonly room: string;
  readonly token: string;
  readonly options: object;
  /** Called with every message after the join until it returns true; from then on bytes are only counted. */
  readonly onMessage: (payload: Buffer) => boolean;
}

export class RawClient {
  private readonly socket: Socket;
  private readonly out: Buffer;
  private pongs: NodeJS.Timeout | undefined;

  private constructor(socket: Socket) {
    this.socket = socket;
    this.out = Buffer.alloc(2 + MASK_BYTES + 125);
  }

  static async join(options: RawClientOptions): Promise<RawClient> {
    const seat = await reserve(options);
    const socket = connect({ port: options.port, host: '127.0.0.1', noDelay: true });
    const path = `/${seat.processId}/${seat.roomId}?sessionId=${seat.sessionId}&_authToken=${options.token}`;
    socket.write([
      `GET ${path} HTTP/1.1`, `Host: 127.0.0.1:${options.port}`, 'Upgrade: websocket', 'Connection: Upgrade',
      `Sec-WebSocket-Key: ${randomBytes(16).toString('base64')}`, 'Sec-WebSocket-Version: 13', '', '',
    ].join('\r\n'));
    const client = new RawClient(socket);
    await client.open(options.onMessage);
    return client;
  }

  /** Bytes received on the socket so far, WebSocket framing included. */
  get received(): number {
    return this.socket.bytesRead;
  }

  /** Sends one binary message of at most 125 bytes. */
  send(payload: Uint8Array): void {
    const { out } = this;
    out[0] = BINARY;
    out[1] = MASKED | payload.length;
    for (let i = 0; i < MASK_BYTES; i += 1) out[2 + i] = 0x11 * (i + 1);
    for (let i = 0; i < payload.length; i += 1) out[2 + MASK_BYTES + i] = (payload[i] as number) ^ (0x11 * ((i % MASK_BYTES) + 1));
    this.socket.write(Buffer.from(out.subarray(0, 2 + MASK_BYTES + payload.length)));
  }

  close(): void {
    clearInterval(this.pongs);
    this.socket.destroy();
  }

  private open(onMessage: (payload: Buffer) => boolean): Promise<void> {
    this.pongs = setInterval(() => this.socket.write(Uint8Array.of(PONG, MASKED, 0, 0, 0, 0)), PONG_MS);
    return new Promise((resolve, reject) => {
      const frames = new Frames();
      let upgraded = false;
      let joined = false;
      let counting = false;
      const message = (payload: Buffer): void => {
        if (!joined && payload[0] === JOIN_ROOM) {
          joined = true;
          this.send(Uint8Array.of(JOIN_ROOM));
          resolve();
        // A ping is empty.
        } else if (!joined && payload.length > 0) reject(new Error(`the join was refused: ${payload.toString('latin1')}`));
        else if (payload.length > 0) counting ||= onMessage(payload);
      };
      this.socket.on('data', (chunk) => {
        if (counting) return;
        const end = upgraded ? -4 : chunk.indexOf('\r\n\r\n');
        upgraded = true;
        frames.push(chunk.subarray(end + 4), message);
      });
      this.socket.once('error', reject);
      this.socket.once('close', () => reject(new Error('the server closed the connection')));
    });
  }
}

async function reserve({ port, room, token, options }: RawClientOptions): Promise<Reservation> {
  const response = await fetch(`http://127.0.0.1:${port}/matchmake/joinOrCreate/${room}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
    body: JSON.stringify(options),
  });
  if (!response.ok) throw new Error(`no seat: ${response.status} ${await response.text()}`);
  return await response.json() as Reservation;
}

/** Name and body of a message that carries an object, or null for another frame. */
export function objectMessage(payload: Buffer): { readonly name: string; readonly body: unknown } | null {
  if (payload[0] !== ROOM_DATA) return null;
  const length = (payload[1] ?? 0) & 0x1f;
  return { name: payload.toString('latin1', 2, 2 + length), body: unpack(payload.subarray(2 + length)) };
}
