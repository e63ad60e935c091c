import type { Room } from '@colyseus/sdk';
import type { ClientMessages, ServerMessages } from '../../shared/protocol/messages.ts';
import type { Appearance } from '../../shared/protocol/people.ts';
import { BYTES, PROTOCOL_VERSION, VENUE_ROOM } from '../../shared/protocol/version.ts';
import { RoomLine, joinRoom } from './room-line.ts';
import type { HandlersOf, LineHandlers } from './room-line.ts';

export interface JoinRequest {
  readonly token: string;
  readonly appearance: Appearance;
  readonly tab: string;
  readonly takeOver: boolean;
  readonly slots: number;
}

export type MessageHandlers = HandlersOf<ServerMessages>;

export interface ConnectionHandlers extends LineHandlers<ServerMessages> {
  readonly poses: (frame: Uint8Array) => void;
}

/** One live connection to the venue room. */
export class VenueConnection extends RoomLine<typeof ClientMessages, ServerMessages> {
  private constructor(room: Room, handlers: ConnectionHandlers) {
    super(room, handlers);
    room.onMessage(BYTES.poses, (bytes: Uint8Array) => {
      this.heard();
      handlers.poses(bytes);
    });
  }

  /** Rejects with a `ReasonedError`: the server's reason, or `INTERNAL` for a failure of the network. */
  static async open({ token, ...request }: JoinRequest, handlers: ConnectionHandlers): Promise<VenueConnection> {
    return new VenueConnection(await joinRoom(VENUE_ROOM, token, { protocol: PROTOCOL_VERSION, ...request }), handlers);
  }

  sendWalk(bytes: Uint8Array): void {
    if (this.isOpen) this.room.sendBytes(BYTES.walk, bytes);
  }

  /** Head and hands, or no bytes: the headset is off. */
  sendBody(bytes: Uint8Array): void {
    if (this.isOpen) this.room.sendBytes(BYTES.body, bytes);
  }
}
