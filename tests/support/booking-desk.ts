/** The bookings' side of the server alone, over real HTTP: store, identity, meetings and their routes, with the rooms of the Geneva scene. */
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { Writable } from 'node:stream';
import express from 'express';
import { openBookings } from '../../server/bookings/index.ts';
import { bookingRoutes, calendarRoutes } from '../../server/http/bookings.ts';
import { errorHandler, notFound } from '../../server/http/problems.ts';
import { issuePasses } from '../../server/identity/passes.ts';
import { newPerson } from '../../server/identity/people.ts';
import { startIdentity } from '../../server/identity/service.ts';
import { createLog } from '../../server/log.ts';
import { openStore } from '../../server/store/open.ts';
import type { RosterEntry } from '../../server/store/store.ts';

const GENEVA = resolve(import.meta.dirname, '../../assets/scenes/geneva');
const NAMES = { en: 'Geneva', fr: 'Genève', es: 'Ginebra', ru: 'Женева', zh: '日内瓦', ar: 'جنيف' };

export interface BookingAnswer {
  readonly status: number;
  readonly body: unknown;
  readonly text: string;
  readonly headers: Headers;
}

export interface SignedIn {
  readonly id: string;
  readonly token: string;
}

export interface BookingDesk {
  readonly store: ReturnType<typeof openStore>;
  readonly clock: { now: number };
  signIn(change?: Partial<RosterEntry>): Promise<SignedIn>;
  /** One call below `/api`: `POST /bookings`. */
  call(who: SignedIn | null, what: string, body?: unknown): Promise<BookingAnswer>;
  logText(): string;
  close(keep?: boolean): Promise<void>;
  readonly dataFolder: string;
}

class Lines extends Writable {
  text = '';

  override _write(chunk: Buffer, _encoding: string, done: () => void): void {
    this.text += chunk.toString();
    done();
  }
}

export async function openBookingDesk(start: number, earlier?: string): Promise<BookingDesk> {
  const dataFolder = earlier ?? await mkdtemp(join(tmpdir(), 'plenum-bookings-'));
  const lines = new Lines();
  const log = createLog({ level: 'debug', destination: lines });
  const store = openStore(dataFolder);
  const clock = { now: start };
  const identity = await startIdentity({ store, tokenMinutes: 10, log, pollMs: 20 });
  const library = { list: () => [{ id: 'geneva', revision: 'r1', names: NAMES }], folderOf: () => GENEVA };
  const open = await openBookings({ store, library, identity, keepDays: 7, zone: 'Europe/Zurich', now: () => clock.now, log });
  const app = express();
  app.use('/api/bookings', bookingRoutes({ identity, store, open, publicUrl: null }));
  app.use('/api/calendar', calendarRoutes({ identity, store, open, publicUrl: null }));
  app.use(notFound, errorHandler(log));
  const web = createServer(app);
  await new Promise<void>((done) => web.listen(0, '127.0.0.1', done));
  const url = `http://127.0.0.1:${(web.address() as AddressInfo).port}`;
  return {
    store, clock, dataFolder,
    signIn: async (change = {}) => {
      const person = newPerson({ name: 'Zuleika Quartermain', entity: 'Ghana', entityType: 'member-state', country: 'gh', role: 'delegate', language: 'en', email: '', ...change }, 0);
      await store.people.saveAll([person]);
      const [pass] = await issuePasses(store.passes, [person.id], { days: 3650, now: Date.now() });
      return { id: person.id, token: (await identity.openSession(pass?.pass ?? '')).token };
    },
    call: async (who, what, body) => {
      const [method = '', path = ''] = what.split(' ');
      const response = await fetch(`${url}/api${path}`, {
        method, headers: { ...(who === null ? {} : { authorization: `Bearer ${who.token}` }), ...(body === undefined ? {} : { 'content-type': 'application/json' }) }, ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      });
      const text = await response.text();
      const isJson = response.headers.get('content-type')?.includes('json') === true;
      return { status: response.status, text, headers: response.headers, body: isJson ? JSON.parse(text) as unknown : null };
    },
    logText: () => lines.text,
    close: async (keep = false) => {
      open.stop();
      identity.stop();
      web.closeAllConnections();
      await new Promise((done) => web.close(done));
      await store.close();
      if (!keep) await rm(dataFolder, { recursive: true, force: true });
    },
  };
}
