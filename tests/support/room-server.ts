/** The venue room on a real Colyseus server in the test's own process, without the rest of the server. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { LocalDriver, LocalPresence, Server, matchMaker } from '@colyseus/core';
import { WebSocketTransport } from '@colyseus/ws-transport';
import { MAX_FRAME_BYTES } from '../../server/rooms/limits.ts';
import { VenueRoom } from '../../server/rooms/venue-room.ts';
import { VENUE_ROOM } from '../../shared/protocol/version.ts';
import { roomServices } from './venue.ts';
import type { RoomServices } from './venue.ts';

/** Colyseus logs what strangers provoke; the tests look at what they are answered. */
const quiet = (): void => undefined;
const SILENT = { trace: quiet, debug: quiet, info: quiet, warn: quiet, error: quiet };

export interface RoomServer {
  readonly port: number;
  readonly services: RoomServices;
  stop(): Promise<void>;
}

/** Starts a Colyseus server with the venue room on a free port. One at a time a process: Colyseus' match maker is global. */
export async function startRoomServer(services: RoomServices = roomServices()): Promise<RoomServer> {
  const http = createServer();
  const transport = new WebSocketTransport({ server: http, maxPayload: MAX_FRAME_BYTES });
  const server = new Server({ transport, greet: false, gracefullyShutdown: false, logger: SILENT, driver: new LocalDriver(), presence: new LocalPresence() });
  server.define(VENUE_ROOM, VenueRoom, { services });
  await server.listen(0, '127.0.0.1');
  return {
    port: (http.address() as AddressInfo).port,
    services,
    stop: async () => {
      await server.gracefullyShutdown(false);
      await new Promise<void>((resolve) => {
        http.closeAllConnections();
        http.close(() => resolve());
      });
      await matchMaker.driver.clear();
    },
  };
}
