/** Colyseus on our own web server: transport, rooms, and an orderly end. */
import type { Server as WebServer } from 'node:http';
import { Server, matchMaker } from '@colyseus/core';
import { setTransport } from '@colyseus/core/Transport';
import { WebSocketTransport } from '@colyseus/ws-transport';
import { PLENARY_ROOM, VENUE_ROOM } from '../shared/protocol/version.ts';
import { isSignalling } from './direct/signalling.ts';
import { originAllowed } from './http/origins.ts';
import type { Log } from './log.ts';
import { isCaptionSocket } from './plenary/caption-socket.ts';
import type { Plenary } from './plenary/plenary.ts';
import { PlenaryRoom } from './plenary/plenary-room.ts';
import { MAX_FRAME_BYTES } from './rooms/limits.ts';
import type { VenueServices } from './rooms/services.ts';
import { VenueRoom } from './rooms/venue-room.ts';

/** Rooms have this long to say goodbye and save; then the process stops without them. */
const STOP_TIMEOUT_MS = 5000;

export interface ColyseusOptions {
  readonly web: WebServer;
  readonly services: VenueServices;
  readonly plenary: Plenary;
  readonly allowedOrigins: readonly string[];
  readonly log: Log;
}

export interface RunningColyseus {
  rooms(): number;
  /** Live connections to rooms. */
  connections(): number;
  /** Tells all rooms to stop and waits for them to save. */
  stop(): Promise<void>;
}

/**
 * Colyseus logs whatever was thrown, also what a stranger provoked by a bad handshake: not an error of ours. It has no fields, only text, and the
 * text of errors is its own or a reason code.
 */
function quietly(log: Log): object {
  const at = (level: 'debug' | 'warn') => (...args: unknown[]) => log[level](args.map((part) => (part instanceof Error ? part.message : String(part))).join(' '));
  return { trace: at('debug'), debug: at('debug'), info: at('debug'), warn: at('warn'), error: at('debug') };
}

/**
 * Starts Colyseus behind `web`'s upgrade requests. Seat reservation is a route of our own application (`http/matchmaking.ts`), so Colyseus'
 * `listen()`, which would put its router and CORS headers before everything, is not called. Colyseus is global to the process: one at a time.
 */
export async function startColyseus({ web, services, plenary, allowedOrigins, log }: ColyseusOptions): Promise<RunningColyseus> {
  const transport = new WebSocketTransport({
    noServer: true,
    // What is longer ends the connection (close code 1009).
    maxPayload: MAX_FRAME_BYTES,
    beforeUpgrade: (_request, context) => {
      const headers = { origin: context.headers.get('origin') ?? undefined, host: context.headers.get('host') ?? undefined };
      return originAllowed(headers, allowedOrigins) ? undefined : new Response(null, { status: 403 });
    },
  });
  // Upgrades for the signalling server and for providers of captions are not ours.
  transport.attachToServer(web, { filter: (request) => !isSignalling(request) && !isCaptionSocket(request) });
  const server = new Server({ transport, greet: false, gracefullyShutdown: false, logger: quietly(log) });
  server.define(VENUE_ROOM, VenueRoom, { services });
  server.define(PLENARY_ROOM, PlenaryRoom, { plenary });
  setTransport(transport);
  await matchMaker.accept();
  // There from the start, so that the first two who come at the same moment do not each make one.
  await matchMaker.createRoom(VENUE_ROOM, {});
  await matchMaker.createRoom(PLENARY_ROOM, {});
  return {
    rooms: () => matchMaker.stats.local.roomCount,
    connections: () => matchMaker.stats.local.ccu,
    stop: async () => {
      let timer: NodeJS.Timeout | undefined;
      const late = new Promise<'late'>((resolve) => {
        timer = setTimeout(() => resolve('late'), STOP_TIMEOUT_MS);
      });
      const outcome = await Promise.race([server.gracefullyShutdown(false), late]);
      clearTimeout(timer);
      if (outcome === 'late') log.error('rooms did not stop in time');
    },
  };
}
