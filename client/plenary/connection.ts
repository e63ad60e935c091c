import type { PlenaryClientMessages, PlenaryJoinOptions, PlenaryServerMessages } from '../../shared/protocol/plenary/messages.ts';
import { PLENARY_ROOM, PROTOCOL_VERSION } from '../../shared/protocol/version.ts';
import { RoomLine, joinRoom } from '../net/room-line.ts';
import type { HandlersOf, LineHandlers } from '../net/room-line.ts';

export type PlenaryHandlers = HandlersOf<PlenaryServerMessages>;
export type PlenaryLineHandlers = LineHandlers<PlenaryServerMessages>;

export interface PlenaryJoin extends Omit<PlenaryJoinOptions, 'protocol'> {
  readonly token: string;
}

/** What a client needs of its line; tests have one of their own. */
export type PlenaryLine = Pick<RoomLine<typeof PlenaryClientMessages, PlenaryServerMessages>, 'send' | 'leave' | 'drop'>;

export type OpenLine = (join: PlenaryJoin, handlers: PlenaryLineHandlers) => Promise<PlenaryLine>;

/** One live connection to a formal session. Rejects with a `ReasonedError`: the server's reason, or `INTERNAL` for a failure of the network. */
export const openPlenaryLine: OpenLine = async ({ token, ...request }, handlers) => {
  const options: PlenaryJoinOptions = { protocol: PROTOCOL_VERSION, ...request };
  return new RoomLine<typeof PlenaryClientMessages, PlenaryServerMessages>(await joinRoom(PLENARY_ROOM, token, options), handlers);
};
