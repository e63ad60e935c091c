/** People in real browsers in the lounge of the Geneva scene, side by side: what most tests of private talks begin with. */
import { fileURLToPath } from 'node:url';
import { expect, test } from '@playwright/test';
import type { Page } from '@playwright/test';
import type { Placement } from '../../shared/protocol/messages.ts';
import { PATIENCE_MS } from './patience.ts';
import type { BrowserPerson, PersonOptions } from './person.ts';
import { startTestServer } from './server.ts';
import type { Guest, TestServer } from './server.ts';
import { decibels, tone, toneAmplitude, writeWav } from './sound.ts';
import { Visitors } from './visitors.ts';

const ASSETS = fileURLToPath(new URL('../../assets', import.meta.url));
const HERE = 'geneva';
/** Where the lounge has room for a row of people, metres. */
const ROW_Z = -5.3;

/** dBFS: heard at all, and nothing but rounding. */
export const HEARD = -50;
export const SILENT = -75;

export interface Somebody {
  readonly name: string;
  /** The tone that their microphone plays; 0: they have none. */
  readonly hertz: number;
  readonly guest: Guest;
  readonly person: BrowserPerson;
  readonly page: Page;
}

export interface Lounge {
  readonly server: () => TestServer;
  /** Comes in at so many metres along the row, or elsewhere in the scene, with a microphone that plays a tone of its own unless `hertz` is 0. */
  readonly comeIn: (name: string, where: number | Placement, hertz?: number, options?: PersonOptions) => Promise<Somebody>;
}

/** Makes the lounge for the tests of the file that calls it. Each ends with its visitors, and fails if their pages asked for what they should not have. */
export function useLounge(): Lounge {
  let server: TestServer | null = null;
  let visitors = new Visitors();
  const running = (): TestServer => {
    if (server === null) throw new Error('the server has not been started');
    return server;
  };
  test.beforeAll(async () => { server = await startTestServer({ assets: ASSETS, env: { PLENUM_SCENE: HERE } }); });
  test.beforeEach(() => { visitors = new Visitors(); });
  test.afterEach(async () => { expect(await visitors.close()).toEqual([]); });
  test.afterAll(async () => { await server?.stop(); });
  return {
    server: running,
    comeIn: async (name, where, hertz = 0, options = {}) => {
      const placement = typeof where === 'number' ? { x: where, y: 0, z: ROW_Z, yaw: 0 } : where;
      const guest = await running().inviteTo(HERE, placement, { name });
      const person = await visitors.comeIn(guest.link, hertz === 0 ? options : { microphoneWav: writeWav('tone', tone(hertz, 0.12)), ...options });
      person.page.setDefaultTimeout(PATIENCE_MS);
      return { name, hertz, guest, person, page: person.page };
    },
  };
}

export const idOf = ({ guest }: Somebody): string => guest.person.id;

/** dBFS of each speaker's tone at the ears of `listener`, in one recording. */
export async function tonesAt({ person }: Somebody, speakers: readonly Somebody[]): Promise<number[]> {
  const { left, right, sampleRate } = await person.record();
  return speakers.map(({ hertz }) => Math.max(...[left, right].map((ear) => decibels(toneAmplitude(ear, hertz, sampleRate)))));
}
