/** The composition root: wires the parts to each other and starts them in order. Nothing else knows which implementation stands behind an interface. */
import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Server as WebServer } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { loadWardrobe } from './avatars.ts';
import { meetingBook, openBookings } from './bookings/index.ts';
import type { OpenBookings } from './bookings/index.ts';
import type { Config } from './config.ts';
import type { RunningColyseus } from './colyseus.ts';
import { startColyseus } from './colyseus.ts';
import { Signalling } from './direct/signalling.ts';
import { StartError } from './errors.ts';
import { startHousekeeping } from './housekeeping.ts';
import { createApp } from './http/app.ts';
import { createWebServer, listen } from './http/listen.ts';
import type { Metrics } from './http/metrics.ts';
import { createMetrics } from './http/metrics.ts';
import type { RunningIdentityService } from './identity/service.ts';
import { startIdentity } from './identity/service.ts';
import type { Log } from './log.ts';
import { createLog } from './log.ts';
import { CaptionSocket } from './plenary/caption-socket.ts';
import { addressesOf } from './plenary/documents/access.ts';
import { DocumentShelf } from './plenary/documents/shelf.ts';
import { Plenary } from './plenary/plenary.ts';
import { RecordingShelf } from './plenary/recording/shelf.ts';
import { Sessions } from './plenary/sessions.ts';
import { openPublication } from './publication/index.ts';
import type { Publication } from './publication/publication.ts';
import { EmbeddedRelay } from './relay/embedded/embedded-relay.ts';
import type { Relay } from './relay/relay.ts';
import { RelayError } from './relay/relay.ts';
import { Attendance } from './rooms/attendance.ts';
import { entranceScene } from './rooms/scene-watch.ts';
import type { FolderLibrary } from './scenes/folder-library.ts';
import { openBuiltIn } from './scenes/folder-library.ts';
import { openSponsors } from './sponsors/index.ts';
import type { OpenSponsors } from './sponsors/index.ts';
import { openStore } from './store/open.ts';
import type { Store } from './store/store.ts';

/** Parts that tests and other deployments bring themselves. */
export interface Parts {
  readonly store?: Store;
  readonly relay?: Relay;
  readonly log?: Log;
  /** Milliseconds since the epoch, by which meetings begin and end; the system's clock if absent. */
  readonly now?: () => number;
}

export interface RunningServer {
  /** Address of the web server on this machine, without a slash at the end. */
  readonly url: string;
  readonly port: number;
  readonly store: Store;
  readonly identity: RunningIdentityService;
  readonly relay: Relay;
  /** The published scenes: what is published or withdrawn here takes effect at once. */
  readonly scenes: FolderLibrary;
  /** The formal sessions of the event. */
  readonly sessions: Sessions;
  readonly log: Log;
  /**
   * Tells everybody, gives them a few seconds to finish a sentence (unless `at-once`, after a failure), saves, and ends all parts.
   * A second call waits for the first.
   */
  stop(how?: 'at-once'): Promise<void>;
}

interface Services {
  readonly store: Store;
  readonly relay: Relay;
  readonly identity: RunningIdentityService;
  readonly attendance: Attendance;
  readonly scenes: FolderLibrary;
  readonly publication: Publication;
  readonly thanks: OpenSponsors;
  readonly meetings: OpenBookings;
  readonly plenary: Plenary;
  /** From which the keys of caption providers follow. */
  readonly captionSecret: Uint8Array;
  readonly documents: DocumentShelf;
  readonly recordings: RecordingShelf;
  readonly log: Log;
}

const { version } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')) as { version: string };

async function startRelay(config: Config, log: Log): Promise<Relay> {
  const { port, address } = config.media;
  const relay = new EmbeddedRelay({ port, mediaAddresses: address === null ? [] : [address], log });
  try {
    await relay.start();
  } catch (cause) {
    if (!(cause instanceof RelayError)) throw cause;
    throw new StartError(`The media relay cannot start: ${cause.message}`, `Is UDP port ${port} in use (is Plenum running already)? Choose another one: PLENUM_MEDIA_PORT=3478 npm start`, { cause });
  }
  return relay;
}

function makeApp(config: Config, services: Services, web: { metrics: Metrics; stopping: () => boolean; allowedOrigins: readonly string[] }): ReturnType<typeof createApp> {
  const { store, relay, identity, attendance, scenes, publication, thanks, meetings, plenary, log } = services;
  return createApp({
    config,
    session: {
      identity, store, turn: config.turn, log: log.child({ part: 'http' }),
      isHere: (person) => attendance.isHere(person),
      sceneFor: (person, last) => {
        const entrance = entranceScene(scenes, config.scene);
        return scenes.find(attendance.sceneOf(person) ?? last ?? '') ?? (entrance === null ? null : scenes.find(entrance));
      },
    },
    scenes,
    staff: { identity, publication },
    sponsors: { identity, ...thanks },
    bookings: { identity, store, open: meetings, publicUrl: config.publicUrl },
    sessions: { identity, plenary, captionSecret: services.captionSecret, documents: services.documents, recordings: services.recordings, zone: config.timeZone },
    health: { version, store, relay, stopping: web.stopping },
    metrics: web.metrics,
    matchmaking: { identity, allowedOrigins: web.allowedOrigins },
    log: log.child({ part: 'http' }),
  });
}

/** Opens the library with the scenes that came with the venue, and those that the secretariat has published. */
async function openScenes(config: Config, { store, attendance, log }: Pick<Services, 'store' | 'attendance' | 'log'>): Promise<Pick<Services, 'scenes' | 'publication'>> {
  const scenes = await openBuiltIn(join(config.files.assets, 'scenes'), (id, error) => log.error({ err: error, scene: id }, 'a built-in scene cannot be shown'));
  const publication = await openPublication({
    dataFolder: config.dataFolder, megabytes: config.uploadMegabytes, store, library: scenes, log: log.child({ part: 'publication' }),
    census: () => attendance.census(), entrance: () => entranceScene(scenes, config.scene),
  });
  if (scenes.find(config.scene) === null) log.warn({ scene: config.scene }, 'the first scene is not there: people enter another one, if there is any');
  return { scenes, publication };
}

function urlOf(config: Config, port: number): string {
  return `${config.https.kind === 'off' ? 'http' : 'https'}://localhost:${port}`;
}

function closeWeb(web: WebServer): Promise<void> {
  return new Promise((resolve) => {
    if (!web.listening) {
      resolve();
      return;
    }
    web.close(() => resolve());
    web.closeAllConnections();
  });
}

/** Runs the undo steps collected so far, last first; a failing step does not keep the others from running. */
class Undo {
  private readonly steps: (() => unknown)[] = [];

  add(step: () => unknown): void {
    this.steps.push(step);
  }

  async run(log: Log): Promise<void> {
    for (const step of this.steps.splice(0).reverse()) {
      try {
        await step();
      } catch (error) {
        log.error({ err: error }, 'a part did not stop cleanly');
      }
    }
  }
}

interface RunningParts extends Omit<RunningServer, 'stop'> {
  /** Tells everybody inside that the server is about to stop. @returns how many they are. */
  readonly announceStop: () => number;
}

async function startParts(config: Config, parts: Parts, undo: Undo): Promise<RunningParts> {
  const log = parts.log ?? createLog({ level: config.logLevel });
  for (const warning of config.warnings) log.warn(warning);
  const store = parts.store ?? openStore(config.dataFolder);
  undo.add(() => store.close());
  undo.add(await startHousekeeping(store, config.retentionDays, log));
  const attendance = new Attendance();
  const { scenes, publication } = await openScenes(config, { store, attendance, log });
  undo.add(() => publication.stop());
  const thanks = await openSponsors({ dataFolder: config.dataFolder, store: store.sponsors, library: scenes, log: log.child({ part: 'sponsors' }) });
  undo.add(() => thanks.stop());
  const wardrobe = await loadWardrobe(config.files.assets);
  const web = await createWebServer(config);
  const relay = parts.relay ?? await startRelay(config, log.child({ part: 'relay' }));
  undo.add(() => relay.stop());
  const identity = await startIdentity({ store, tokenMinutes: config.tokenMinutes, log: log.child({ part: 'identity' }) });
  undo.add(() => identity.stop());
  const now = parts.now ?? Date.now;
  const meetings = await openBookings({
    store, library: scenes, identity, keepDays: config.bookingDays, zone: config.timeZone, now, log: log.child({ part: 'bookings' }),
  });
  undo.add(() => meetings.stop());
  let colyseus: RunningColyseus | null = null;
  const metrics = createMetrics({ relay, rooms: () => colyseus?.rooms() ?? 0, connections: () => colyseus?.connections() ?? 0, present: () => attendance.present, census: () => attendance.census() });
  undo.add(() => metrics.stop());
  const allowedOrigins = [...config.extraOrigins, ...(config.publicUrl === null ? [] : [config.publicUrl])];
  const stopping = new AbortController();
  const recordings = new RecordingShelf(join(config.dataFolder, 'recordings'));
  await recordings.open();
  const plenary = new Plenary({
    identity, relay, recordings, store: store.plenary, sessions: await Sessions.open({ store: store.plenary, now }), diagnostics: metrics, stopping: stopping.signal, capacity: config.sessionCapacity, now, log: log.child({ part: 'plenary' }),
  });
  const documents = new DocumentShelf(join(config.dataFolder, 'documents'));
  await documents.open(addressesOf(plenary.deps.sessions.states()));
  undo.add(() => { documents.stop(); });
  const captionSecret = await store.secrets.getOrCreate('captions', () => randomBytes(32));
  web.on('request', makeApp(config, { store, relay, identity, attendance, scenes, publication, thanks, meetings, plenary, captionSecret, documents, recordings, log }, { metrics, allowedOrigins, stopping: () => stopping.signal.aborted }));
  undo.add(() => closeWeb(web));
  const direct = new Signalling({ web, allowedOrigins, log: log.child({ part: 'direct' }) });
  undo.add(() => direct.stop());
  const captionSocket = new CaptionSocket({ web, plenary, secret: captionSecret });
  undo.add(() => captionSocket.stop());
  colyseus = await startColyseus({
    web, allowedOrigins, plenary, log: log.child({ part: 'colyseus' }),
    services: {
      identity, relay, attendance, diagnostics: metrics, capacity: config.capacity, places: store.places, blocks: store.blocks, mosaics: store.mosaics,
      wardrobe, stopping: stopping.signal, scenes, sponsors: thanks.sponsors, sessions: plenary.deps.sessions, meetings: meetingBook(meetings), direct, firstScene: config.scene, log: log.child({ part: 'rooms' }),
    },
  });
  undo.add(() => colyseus?.stop());
  plenary.resume();
  const port = await listen(web, config);
  log.info({ port, version }, 'the server is up');
  const announceStop = (): number => {
    stopping.abort();
    return colyseus.connections();
  };
  return { url: urlOf(config, port), port, store, identity, relay, scenes, sessions: plenary.deps.sessions, log, announceStop };
}

/**
 * Starts a whole server. Colyseus is global to a process, so one server at a time.
 * Rejects with a `StartError` that says what to do, having ended whatever had been started.
 */
export async function startServer(config: Config, parts: Parts = {}): Promise<RunningServer> {
  const undo = new Undo();
  const log = parts.log ?? createLog({ level: config.logLevel });
  try {
    const { announceStop, ...running } = await startParts(config, { ...parts, log }, undo);
    let stopped: Promise<void> | null = null;
    const stop = async (how?: 'at-once'): Promise<void> => {
      log.info('the server is stopping');
      const people = announceStop();
      if (people > 0 && how !== 'at-once') await sleep(config.stopSeconds * 1000);
      await undo.run(log);
      log.info('the server has stopped');
    };
    return { ...running, stop: (how) => (stopped ??= stop(how)) };
  } catch (error) {
    await undo.run(log);
    throw error;
  }
}
