/** From one scene into another: together, by the link and by the list, through a failed download and a dropped line; and what a visit leaves behind. */
import { rm } from 'node:fs/promises';
import { expect, test } from '@playwright/test';
import { SCENE_FILES } from '../../shared/scene/files.ts';
import { TEST_ANNEX, TEST_SCENE, writeTestAssets } from '../support/scene.ts';
import { BrowserPerson, until } from '../support/person.ts';
import type { PersonOptions } from '../support/person.ts';
import { startTestServer } from '../support/server.ts';
import type { Guest, TestServer } from '../support/server.ts';
import { tone, writeWav } from '../support/sound.ts';
import { Visitors } from '../support/visitors.ts';

let assets: string;
let server: TestServer;
let visitors: Visitors;

test.beforeEach(async () => {
  assets = await writeTestAssets('real');
  server = await startTestServer({ assets, env: { PLENUM_SCENE: TEST_SCENE } });
  visitors = new Visitors();
});
test.afterEach(async () => {
  const unwanted = await visitors.close();
  await server.stop();
  await rm(assets, { recursive: true });
  expect(unwanted).toEqual([]);
});

async function comeIn(name: string, options: PersonOptions = {}): Promise<{ guest: Guest; person: BrowserPerson }> {
  const guest = await server.invite({ name });
  return { guest, person: await visitors.comeIn(guest.link, options) };
}

/** The places are always on the page of the text venue. */
function goAtOnce(person: BrowserPerson, name: string): Promise<void> {
  return person.page.getByRole('button', { name: `Jump there: ${name}`, exact: true }).first().click();
}

test('two people go through a link, one on foot and one by the list, see each other there and hear each other on the same connection', async () => {
  const anna = await comeIn('Anna Keller', { microphoneWav: writeWav('anna', tone(700)) });
  const ben = await comeIn('Ben Okafor', { microphoneWav: writeWav('ben', tone(1200)) });
  await anna.person.hears(ben.guest.person.id);
  await ben.person.hears(anna.guest.person.id);

  const { page } = anna.person;
  await page.getByRole('button', { name: 'Walk there: The annex (en)', exact: true }).click();
  await expect(page.getByRole('region', { name: 'Go to The annex (en)?' })).toBeVisible();
  await page.locator('#venue-title').focus();
  await page.keyboard.press('Enter');
  await anna.person.isIn(TEST_ANNEX);
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('The annex (en)');
  await ben.person.see((seen) => (seen.people.length === 0 && seen.slots.every(({ person }) => person === null) ? null : 'Ben still sees or hears Anna'));
  await ben.person.page.getByText('Elsewhere in the venue').click();
  await expect(ben.person.page.getByRole('button', { name: 'Jump there: Anna Keller' })).toBeVisible();

  await goAtOnce(ben.person, 'The annex (en)');
  await ben.person.isIn(TEST_ANNEX);
  for (const [one, other] of [[anna, ben], [ben, anna]] as const) {
    await one.person.see((seen) => (seen.people.some(({ id }) => id === other.guest.person.id) ? null : 'they do not see each other'));
    await one.person.hears(other.guest.person.id);
    expect((await one.person.diagnostics()).media).toBe('live');
  }
  // Walks there as anywhere: the server follows.
  await page.getByRole('button', { name: 'Walk there: west-centre (en)', exact: true }).click();
  const annaSeen = async (): Promise<{ x: number; z: number } | undefined> => (await ben.person.diagnostics()).people.find(({ id }) => id === anna.guest.person.id);
  await until(async () => {
    const at = await annaSeen();
    return at !== undefined && Math.hypot(at.x + 3, at.z) < 0.5 ? null : `Anna is seen at ${JSON.stringify(at)}`;
  });
});

test('staying hides the question until one has been elsewhere', async () => {
  const { person } = await comeIn('Anna Keller');
  const question = person.page.getByRole('region', { name: 'Go to The annex (en)?' });
  await person.page.getByRole('button', { name: 'Walk there: The annex (en)', exact: true }).click();
  // Whoever stands before a link has all of the next scene in their browser before they go, whether they do or not.
  const fetched = (): Promise<string[]> => person.page.evaluate((scene) => performance.getEntriesByType('resource')
    .map(({ name }) => new URL(name).pathname.split('/')).filter((path) => path.includes(scene)).map((path) => path.at(-1) ?? '').sort(), TEST_ANNEX);
  await expect.poll(fetched, { message: 'the next scene is not fetched ahead' }).toEqual(Object.values(SCENE_FILES).sort());
  await question.getByRole('button', { name: 'Stay' }).click();
  await expect(question).toBeHidden();
  await person.page.getByRole('button', { name: 'Walk there: west-centre (en)', exact: true }).click();
  await person.see((seen) => (seen.me !== null && Math.hypot(seen.me.x + 3, seen.me.z) < 0.3 ? null : 'not there yet'));
  await person.page.getByRole('button', { name: 'Walk there: The annex (en)', exact: true }).click();
  await expect(question).toBeVisible();
  await person.page.getByRole('button', { name: 'Walk there: west-centre (en)', exact: true }).click();
  await expect(question).toBeHidden();
});

test('a scene that cannot be downloaded is said so, with the way back and another try', async () => {
  const { person } = await comeIn('Anna Keller');
  const { page } = person;
  let broken = true;
  await page.route(`**/scenes/${TEST_ANNEX}/*/navmesh.bin`, (route) => (broken ? route.abort() : route.continue()));
  await goAtOnce(person, 'The annex (en)');
  await expect(page.getByText('The annex (en) could not be loaded')).toBeVisible();
  await page.getByRole('button', { name: 'Go back' }).click();
  await person.isIn(TEST_SCENE);

  await goAtOnce(person, 'The annex (en)');
  await expect(page.getByText('The annex (en) could not be loaded')).toBeVisible();
  broken = false;
  await page.getByRole('button', { name: 'Try again' }).click();
  await person.isIn(TEST_ANNEX);
});

test('a line that drops on the way ends in the right scene', async () => {
  const { person } = await comeIn('Anna Keller');
  const { page } = person;
  let release = (): void => undefined;
  const held = new Promise<void>((resolve) => { release = resolve; });
  await page.route(`**/scenes/${TEST_ANNEX}/*/navmesh.bin`, async (route) => {
    await held;
    await route.continue();
  });
  await goAtOnce(person, 'The annex (en)');
  await person.see((seen) => (seen.journey?.stage === 'files' ? null : 'not on the way'));
  await page.evaluate(() => { (window as unknown as { plenum: { dropConnection(): void } }).plenum.dropConnection(); });
  await person.see((seen) => (seen.connection === 'online' && seen.scene === TEST_ANNEX ? null : `${seen.connection} in ${seen.scene}`));
  release();
  await person.isIn(TEST_ANNEX);
  await page.getByRole('button', { name: 'Walk there: west-centre (en)', exact: true }).click();
  await person.see((seen) => (seen.me !== null && Math.hypot(seen.me.x + 3, seen.me.z) < 0.3 ? null : `at ${JSON.stringify(seen.me)}`));
});

test('in 3D one scene after the other is shown, and leaves nothing behind', async () => {
  const { person } = await comeIn('Anna Keller', { settings: { textOnly: false, quality: 'low' } });
  const { page } = person;
  await person.see((seen) => (seen.world === 'ready' ? null : `the world is ${seen.world}`), 60_000);
  const textures: number[] = [];
  for (const [scene, name] of [[TEST_ANNEX, 'The annex (en)'], [TEST_SCENE, 'The building (en)'], [TEST_ANNEX, 'The annex (en)'], [TEST_SCENE, 'The building (en)']] as const) {
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: 'Places', exact: true }).last().click();
    await goAtOnce(person, name);
    await person.see((seen) => (seen.scene === scene && seen.journey === null && seen.world === 'ready' ? null : `${seen.scene} ${JSON.stringify(seen.journey)} ${seen.world}`), 60_000);
    textures.push(((await person.diagnostics()).frame as { textures: number }).textures);
  }
  expect(textures[2]).toBe(textures[0]);
  expect(textures[3]).toBe(textures[1]);
});
