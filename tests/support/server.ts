/** A real server in this process, on free ports, with a data folder of its own. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Writable } from 'node:stream';
import { passFromFragment } from '../../shared/protocol/links.ts';
import type { Placement } from '../../shared/protocol/messages.ts';
import type { SessionResponse } from '../../shared/protocol/session.ts';
import { loadConfig } from '../../server/config.ts';
import type { Config } from '../../server/config.ts';
import { printableLinks } from '../../server/identity/links.ts';
import { newPerson } from '../../server/identity/people.ts';
import { createLog } from '../../server/log.ts';
import type { LogLevel } from '../../server/log.ts';
import { startServer } from '../../server/main.ts';
import type { Parts, RunningServer } from '../../server/main.ts';
import type { PersonRecord, RosterEntry } from '../../server/store/store.ts';
import { TEST_SCENE, writeTestAssets } from './scene.ts';

export interface TestServerOptions {
  /** `PLENUM_` variables over those of the tests. */
  readonly env?: NodeJS.ProcessEnv;
  readonly parts?: Omit<Parts, 'log'>;
  /** Folder with `scenes/` and `avatars/`; absent: the small test building, whose scene is `TEST_SCENE`. */
  readonly assets?: string;
  /** Folder of the built client. */
  readonly client?: string;
  /** To start again on what an earlier server left; it is then not removed at the end. */
  readonly dataFolder?: string;
  readonly logLevel?: LogLevel;
}

export interface Guest {
  readonly person: PersonRecord;
  readonly pass: string;
  readonly link: string;
}

export interface TestServer extends RunningServer {
  readonly config: Config;
  /** Adds a person to the roster and issues a pass. */
  invite(change?: Partial<RosterEntry>, days?: number): Promise<Guest>;
  /** As `invite`, of somebody who left the venue there, and comes in there again. */
  inviteTo(scene: string, placement: Placement, change?: Partial<RosterEntry>): Promise<Guest>;
  /** Exchanges a pass over HTTP. Rejects if it is refused. */
  openSession(pass: string): Promise<SessionResponse>;
  /** Everything logged so far, one JSON object a line. */
  logText(): string;
}

/** Keeps log lines for `logText`, so that a test can search them. */
class Lines extends Writable {
  text = '';

  override _write(chunk: Buffer, _encoding: string, done: () => void): void {
    this.text += chunk.toString();
    done();
  }
}

const APPEARANCE = { id: 'suit-long', skin: 2, hair: 3, garment1: 2, garment2: 1 };

let invited = 0;

async function invite(server: RunningServer, change: Partial<RosterEntry>, days: number): Promise<Guest> {
  invited += 1;
  const person = newPerson({
    name: `Guest ${invited}`, entity: 'Switzerland', entityType: 'member-state', country: 'ch', role: 'delegate', language: 'en', email: '', ...change,
  }, Date.now());
  await server.store.people.saveAll([person]);
  const [made] = await printableLinks(server.store, [person], { base: server.url, days, now: Date.now() });
  const pass = made === undefined ? null : passFromFragment(new URL(made.link).hash);
  if (made === undefined || pass === null) throw new Error('no pass link was made');
  return { person, pass, link: made.link };
}

async function openSession(url: string, pass: string): Promise<SessionResponse> {
  const response = await fetch(`${url}/api/session`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ pass }) });
  if (!response.ok) throw new Error(`the pass was refused: ${response.status} ${await response.text()}`);
  return await response.json() as SessionResponse;
}

/** Starts a server on free ports. Colyseus is global to a process: stop one before starting the next. */
export async function startTestServer(options: TestServerOptions = {}): Promise<TestServer> {
  const dataFolder = options.dataFolder ?? await mkdtemp(join(tmpdir(), 'plenum-data-'));
  const assets = options.assets ?? await writeTestAssets();
  const env = { PLENUM_PORT: '0', PLENUM_MEDIA_PORT: '0', PLENUM_STOP_SECONDS: '0', PLENUM_DATA: dataFolder, ...(options.assets === undefined ? { PLENUM_SCENE: TEST_SCENE } : {}), ...options.env };
  const loaded = loadConfig(env);
  const config = { ...loaded, files: { client: options.client ?? loaded.files.client, assets } };
  const lines = new Lines();
  const running = await startServer(config, { ...options.parts, log: createLog({ level: options.logLevel ?? 'debug', destination: lines }) });
  return {
    ...running,
    config,
    invite: (change = {}, days = 1) => invite(running, change, days),
    inviteTo: async (scene, placement, change = {}) => {
      const guest = await invite(running, change, 1);
      await running.store.places.saveAll(new Map([[guest.person.id, { scene, placement, seat: '', appearance: APPEARANCE }]]), Date.now());
      return guest;
    },
    openSession: (pass) => openSession(running.url, pass),
    logText: () => lines.text,
    stop: async () => {
      await running.stop();
      if (options.dataFolder === undefined) await rm(dataFolder, { recursive: true, force: true });
      if (options.assets === undefined) await rm(assets, { recursive: true, force: true });
    },
  };
}
