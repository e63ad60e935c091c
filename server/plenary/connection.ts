import { Protocol, getMessageBytes } from '@colyseus/core';
import type { Client, ClientPrivate } from '@colyseus/core';
import type { PlenaryServerMessageName, PlenaryServerMessages } from '../../shared/protocol/plenary/messages.ts';
import type { Reason } from '../../shared/protocol/reasons.ts';

/** Encodes a server message once, for any number of receivers. */
export type EncodePlenary = <K extends PlenaryServerMessageName>(name: K, message: PlenaryServerMessages[K]) => Uint8Array;

export const encodePlenary: EncodePlenary = (name, message) => getMessageBytes.raw(Protocol.ROOM_DATA, name, message);

/** One client's line, as a session sees it; Colyseus stands behind it in the real room. */
export interface PlenaryConnection {
  send<K extends PlenaryServerMessageName>(name: K, message: PlenaryServerMessages[K]): void;
  /** Sends what {@link EncodePlenary} made. The bytes must not change afterwards. */
  sendEncoded(bytes: Uint8Array): void;
  close(code: number, reason: Reason): void;
}

/** The line of a Colyseus client. */
export class ColyseusLine implements PlenaryConnection {
  private readonly client: Client & ClientPrivate;

  constructor(client: Client) {
    this.client = client as Client & ClientPrivate;
  }

  send<K extends PlenaryServerMessageName>(name: K, message: PlenaryServerMessages[K]): void {
    this.sendEncoded(encodePlenary(name, message));
  }

  sendEncoded(bytes: Uint8Array): void {
    this.client.enqueueRaw?.(bytes);
  }

  close(code: number, reason: Reason): void {
    this.client.leave(code, reason);
  }
}
