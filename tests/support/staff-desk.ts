/** The secretariat's side of the server alone, over real HTTP: store, identity, publication and its routes, with a library that only remembers. */
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Writable } from 'node:stream';
import express from 'express';
import { issuePasses } from '../../server/identity/passes.ts';
import { newPerson } from '../../server/identity/people.ts';
import { startIdentity } from '../../server/identity/service.ts';
import { errorHandler, notFound } from '../../server/http/problems.ts';
import { securityHeaders } from '../../server/http/security.ts';
import { serveFiles } from '../../server/http/files.ts';
import { sessionRoutes } from '../../server/http/session.ts';
import { logoFiles, sponsorRoutes } from '../../server/http/sponsors.ts';
import { staffRoutes } from '../../server/http/staff.ts';
import { createLog } from '../../server/log.ts';
import { openPublication } from '../../server/publication/index.ts';
import type { OpenOptions } from '../../server/publication/index.ts';
import type { LiveScenes, PublishedScene } from '../../server/publication/live-scenes.ts';
import { openSponsors } from '../../server/sponsors/index.ts';
import type { Sponsors } from '../../server/sponsors/sponsors.ts';
import { openStore } from '../../server/store/open.ts';
import type { SceneNames, StaffOverview, StaffUpload } from '../../shared/protocol/staff.ts';
import type { Role } from '../../shared/protocol/vocabulary.ts';

const NAMES: SceneNames = { en: 'Geneva', fr: 'Genève', es: 'Ginebra', ru: 'Женева', zh: '日内瓦', ar: 'جنيف' };

/** Remembers what is shown, and what was done. */
export class MemoryLibrary implements LiveScenes {
  readonly shown = new Map<string, { scene: PublishedScene; folder: string | null }>();
  readonly told: string[] = [];

  constructor(builtIn: boolean) {
    if (builtIn) this.shown.set('geneva', { scene: { id: 'geneva', revision: 'built-in', names: NAMES }, folder: null });
  }

  list(): readonly PublishedScene[] {
    return [...this.shown.values()].map(({ scene }) => scene);
  }

  find(id: string): PublishedScene | null {
    return this.shown.get(id)?.scene ?? null;
  }

  folderOf(id: string): string | null {
    return this.shown.get(id)?.folder ?? null; // None for the one that is only a name here.
  }

  publish(scene: PublishedScene, folder: string): void {
    this.shown.set(scene.id, { scene, folder });
    this.told.push(`publish ${scene.id} ${scene.revision}`);
  }

  withdraw(id: string): boolean {
    this.told.push(`withdraw ${id}`);
    return this.shown.delete(id);
  }
}

export interface DeskOptions extends Partial<Pick<OpenOptions, 'megabytes' | 'checkTool' | 'checkLimits' | 'freeBytes'>> {
  /** To open again what an earlier desk left. */
  readonly dataFolder?: string;
  /** Whether a scene, geneva, came with the venue; it did unless said otherwise. */
  readonly builtIn?: boolean;
  /** Folder of the built client, to open the page in a browser. */
  readonly client?: string;
  /** How many people are in a scene. */
  readonly census?: ReadonlyMap<string, number>;
}

export interface Desk {
  readonly url: string;
  readonly dataFolder: string;
  readonly library: MemoryLibrary;
  readonly store: ReturnType<typeof openStore>;
  readonly sponsors: Sponsors;
  /** A new person with the role, a pass, and a token for them. `now`: when the token was made. */
  signIn(role?: Role, now?: number): Promise<{ token: string; person: string; pass: string }>;
  logText(): string;
  /** Ends everything; the data folder stays if `keep`. */
  close(keep?: boolean): Promise<void>;
}

class Lines extends Writable {
  text = '';

  override _write(chunk: Buffer, _encoding: string, done: () => void): void {
    this.text += chunk.toString();
    done();
  }
}

export async function openDesk(options: DeskOptions = {}): Promise<Desk> {
  const dataFolder = options.dataFolder ?? await mkdtemp(join(tmpdir(), 'plenum-desk-'));
  await mkdir(dataFolder, { recursive: true });
  const lines = new Lines();
  const log = createLog({ level: 'debug', destination: lines });
  const store = openStore(dataFolder);
  const library = new MemoryLibrary(options.builtIn ?? true);
  const identity = await startIdentity({ store, tokenMinutes: 10, log });
  const publication = await openPublication({
    megabytes: 8, ...options, dataFolder, store, library, log,
    census: () => options.census ?? new Map(), entrance: () => (library.find('geneva') === null ? null : 'geneva'),
  });
  const thanks = await openSponsors({ dataFolder, store: store.sponsors, library, log });
  const app = express();
  app.use(securityHeaders({ strictTransport: false }));
  app.use('/api/staff/sponsors', sponsorRoutes({ identity, sponsors: thanks.sponsors }));
  app.use('/logos', logoFiles(thanks.logoFolder));
  app.use('/api/staff', staffRoutes({ identity, publication }));
  app.use('/api', sessionRoutes({ identity, store, isHere: () => false, sceneFor: () => ({ id: 'geneva', revision: 'r1' }), turn: null, log }));
  if (options.client !== undefined) app.use(serveFiles(options.client, { immutable: 'assets' }));
  app.use(notFound, errorHandler(log));
  const web = createServer(app);
  await new Promise<void>((resolve) => web.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(web.address() as AddressInfo).port}`, dataFolder, library, store, sponsors: thanks.sponsors,
    signIn: async (role = 'secretariat', now = Date.now()) => {
      const person = newPerson({ name: 'Zuleika Quartermain', entity: 'ITU', entityType: 'secretariat', country: '', role, language: 'en', email: '' }, Date.now());
      await store.people.saveAll([person]);
      const [pass] = await issuePasses(store.passes, [person.id], { days: 1, now: Date.now() });
      if (pass === undefined) throw new Error('no pass');
      const past = await startIdentity({ store, tokenMinutes: 10, log, now: () => now });
      const { token } = await past.openSession(pass.pass);
      past.stop();
      return { token, person: person.id, pass: pass.pass };
    },
    logText: () => lines.text,
    close: async (keep = false) => {
      await publication.stop();
      thanks.stop();
      identity.stop();
      web.closeAllConnections();
      await new Promise((resolve) => web.close(resolve));
      await store.close();
      if (!keep) await rm(dataFolder, { recursive: true, force: true });
    },
  };
}

export interface Answer {
  readonly status: number;
  readonly body: unknown;
}

/** One call with a token, `POST /scenes` say; the body as JSON unless it is bytes. */
export async function call(desk: Desk, token: string, what: string, body?: unknown): Promise<Answer> {
  const [method = '', path = ''] = what.split(' ');
  const bytes = body instanceof Uint8Array;
  const response = await fetch(`${desk.url}/api/staff${path}`, {
    method,
    headers: { ...(token === '' ? {} : { authorization: `Bearer ${token}` }), ...(body === undefined ? {} : { 'content-type': bytes ? 'application/zip' : 'application/json' }) },
    ...(body === undefined ? {} : { body: bytes ? Buffer.from(body) : JSON.stringify(body) }),
  });
  const text = await response.text();
  return { status: response.status, body: text === '' ? null : JSON.parse(text) as unknown };
}

export async function seen(desk: Desk, token: string): Promise<StaffOverview> {
  return (await call(desk, token, 'GET /scenes')).body as StaffOverview;
}

/** Uploads a package. @returns its id. Rejects if it is not received. */
export async function upload(desk: Desk, token: string, bytes: Uint8Array, name = 'scene.zip'): Promise<string> {
  const { status, body } = await call(desk, token, `POST /scenes?name=${encodeURIComponent(name)}`, bytes);
  if (status !== 202) throw new Error(`not received: ${status} ${JSON.stringify(body)}`);
  return (body as { id: string }).id;
}

/** The upload as the page sees it, once it is not in work any more. */
export async function settled(desk: Desk, token: string, id: string): Promise<StaffUpload> {
  for (;;) {
    const found = (await seen(desk, token)).uploads.find((each) => each.id === id);
    if (found === undefined) throw new Error(`the upload ${id} is gone`);
    if (!['receiving', 'unpacking', 'waiting', 'checking'].includes(found.state)) return found;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
