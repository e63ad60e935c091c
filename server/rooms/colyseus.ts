import { ClientState, Protocol, getMessageBytes } from '@colyseus/core';
import type { Client, ClientPrivate } from '@colyseus/core';
import type { WebSocketClient } from '@colyseus/ws-transport';
import type { ServerMessageName, ServerMessages } from '../../shared/protocol/messages.ts';
import type { Reason } from '../../shared/protocol/reasons.ts';
import { BYTES } from '../../shared/protocol/version.ts';
import type { Connection, Diagnostics, Encode } from './services.ts';

export const encodeMessage: Encode = (name, message) => getMessageBytes.raw(Protocol.ROOM_DATA, name, message);

/** A `sendBytes` frame of type `BYTES.poses` starts so (numbers up to 127 are one byte). */
export const POSE_FRAME_PREFIX = Uint8Array.of(Protocol.ROOM_DATA_BYTES, BYTES.poses);

/** What of `ws` tells whether bytes are still unsent. */
type RoomClient = Client & ClientPrivate & Pick<WebSocketClient, 'ref'>;

/** The line of a Colyseus client over the `ws` transport. */
export class ColyseusConnection implements Connection {
  private readonly client: RoomClient;
  private readonly diagnostics: Diagnostics;

  constructor(client: Client, diagnostics: Diagnostics) {
    this.client = client as RoomClient;
    this.diagnostics = diagnostics;
  }

  get busy(): boolean {
    return this.client.state !== ClientState.JOINED || this.client.ref.bufferedAmount > 0;
  }

  send<K extends ServerMessageName>(name: K, message: ServerMessages[K]): void {
    this.sendEncoded(encodeMessage(name, message));
  }

  sendEncoded(bytes: Uint8Array): void {
    this.diagnostics.sent(bytes.length);
    this.client.enqueueRaw?.(bytes);
  }

  sendFrame(bytes: Uint8Array): boolean {
    this.client.raw(bytes);
    return this.client.ref.bufferedAmount === 0;
  }

  close(code: number, reason: Reason): void {
    this.client.leave(code, reason);
  }
}
