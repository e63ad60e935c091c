/** Issue figure 9: what people see, on the real product. The pictures go to tests/e2e/output/looks, to be looked at; axe finds nothing. */
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import type { Settings } from '../../client/app/contracts.ts';
import type { Placement } from '../../shared/protocol/messages.ts';
import type { Layout } from '../../shared/scene/layout.ts';
import { accessibilityFaults } from '../support/accessibility.ts';
import { Crowd } from '../support/crowd.ts';
import { BrowserPerson } from '../support/person.ts';
import type { PersonOptions } from '../support/person.ts';
import { startTestServer } from '../support/server.ts';
import type { TestServer } from '../support/server.ts';

const ASSETS = fileURLToPath(new URL('../../assets', import.meta.url));
const PICTURES = 'tests/e2e/output/looks';
/** Without a GPU a frame takes seconds: everything is drawn once more before a picture is taken. */
const DRAWN_MS = 90_000;

let server: TestServer;
let layout: Layout;

test.beforeAll(async () => {
  server = await startTestServer({ assets: ASSETS });
  await server.store.event.set({ name: 'Council 2027', demo: false });
  layout = JSON.parse(await readFile(join(ASSETS, 'scenes/geneva/layout.json'), 'utf8')) as Layout;
});
test.afterAll(() => server.stop());

async function comeTo(placement: Placement | null, settings: Partial<Settings>, options: PersonOptions = {}): Promise<BrowserPerson> {
  const who = { name: 'Elena Vásquez', entity: 'Costa Rica', country: 'cr' };
  const { link } = await (placement === null ? server.invite(who) : server.inviteTo('geneva', placement, who));
  return BrowserPerson.open(link, { viewport: { width: 1280, height: 720 }, ...options, settings });
}

function at(place: string, turn = 0): Placement {
  const found = layout.places.find((each) => each.id === place);
  if (found === undefined) throw new Error(`no place ${place}`);
  const [x, y, z] = found.position;
  return { x, y, z, yaw: found.yaw + turn };
}

async function isAccessible(person: BrowserPerson): Promise<void> {
  expect(await accessibilityFaults(person.page)).toEqual([]);
}

/** Waits for the 3D view with the avatars that should be in it, then takes the picture. */
async function picture(person: BrowserPerson, name: string, avatars: number): Promise<void> {
  await person.see((seen) => {
    if (seen.world !== 'ready') return `the world is ${seen.world}`;
    return seen.people.length >= avatars ? null : `${seen.people.length} of ${avatars} people are there`;
  }, DRAWN_MS);
  const frames = (): Promise<number> => person.page.evaluate(() => new Promise<number>((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))));
  for (let i = 0; i < 3; i += 1) await frames();
  await person.page.screenshot({ path: `${PICTURES}/${name}.png`, timeout: DRAWN_MS });
}

for (const [name, settings, viewport] of [
  ['entry', { language: 'en' }, { width: 1280, height: 800 }],
  ['entry-dark', { language: 'en', theme: 'dark' }, { width: 1280, height: 800 }],
  ['entry-phone-arabic', { language: 'ar' }, { width: 390, height: 844 }],
  ['entry-contrast', { language: 'fr', contrast: 'high' }, { width: 1280, height: 800 }],
] as const) {
  test(`${name} looks right and axe finds nothing`, async () => {
    const person = await comeTo(null, settings, { viewport });
    try {
      await expect(person.page.getByRole('radio').first()).toBeAttached();
      await isAccessible(person);
      await person.page.screenshot({ path: `${PICTURES}/${name}.png`, fullPage: true });
      expect([...person.foreignRequests, ...person.forbidden]).toEqual([]);
    } finally {
      await person.close();
    }
  });
}

test('the lounge, and the venue in words, look right and axe finds nothing', async () => {
  test.setTimeout(300_000);
  const person = await comeTo(at('lounge-centre'), { textOnly: false, quality: 'medium', view: 'third', language: 'en' });
  try {
    await person.enter(false);
    await picture(person, 'lounge', 0);
    await isAccessible(person);
    await person.page.getByRole('button', { name: 'People', exact: true }).last().click();
    await isAccessible(person);
    expect([...person.foreignRequests, ...person.forbidden]).toEqual([]);
  } finally {
    await person.close();
  }
});

test('the hall with a crowd, on a desktop and on a phone held upright', async () => {
  test.setTimeout(420_000);
  const crowd = await Crowd.seat(server, layout, 'hall', 120);
  const desktop = await comeTo(at('hall-podium'), { textOnly: false, quality: 'medium', view: 'first', language: 'en' });
  try {
    await desktop.enter(false);
    await picture(desktop, 'hall-crowd', 100);
    await isAccessible(desktop);
    await desktop.close();
    const phone = await comeTo(at('hall-entrance-west'), { textOnly: false, quality: 'low', view: 'third', language: 'ar' }, { viewport: { width: 390, height: 844 } });
    try {
      await phone.page.getByRole('button').filter({ hasText: 'للاستماع' }).first().click();
      await phone.inVenue();
      await picture(phone, 'phone-arabic', 100);
      await isAccessible(phone);
    } finally {
      await phone.close();
    }
  } finally {
    await desktop.close();
    crowd.close();
  }
});
