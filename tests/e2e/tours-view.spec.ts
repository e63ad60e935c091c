/** What a guide points at, in the 3D view: a ring and a beam for the group, a click for the guide. */
import { rm } from 'node:fs/promises';
import { expect, test } from '@playwright/test';
import type { Page } from '@playwright/test';
import sharp from 'sharp';
import type { Settings } from '../../client/app/contracts.ts';
import type { Placement } from '../../shared/protocol/messages.ts';
import { BrowserPerson, until } from '../support/person.ts';
import { SIGHT_SCENE, writeSightAssets } from '../support/sight-scene.ts';
import { startTestServer } from '../support/server.ts';
import type { TestServer } from '../support/server.ts';

const PICTURES = 'tests/e2e/output/tours';
/** Without a GPU the first picture takes a while. */
const DRAWN_MS = 90_000;
const WITH_VIEW = { textOnly: false, quality: 'low', view: 'first', names: false } as const;

let assets: string;
let server: TestServer;

test.beforeAll(async () => {
  assets = await writeSightAssets();
  server = await startTestServer({ assets, env: { PLENUM_SCENE: SIGHT_SCENE } });
});
test.afterAll(async () => {
  await server.stop();
  await rm(assets, { recursive: true, force: true });
});

async function comeTo(name: string, placement: Omit<Placement, 'y'>, settings: Partial<Settings> = {}): Promise<BrowserPerson> {
  const { link } = await server.inviteTo(SIGHT_SCENE, { ...placement, y: 0 }, { name });
  const visitor = await BrowserPerson.open(link, { viewport: { width: 1000, height: 650 }, settings: { motion: 'reduced', ...settings } });
  await visitor.enter(false);
  if (settings.textOnly === false) await visitor.seesView();
  return visitor;
}

/** Pixels of that colour without a beam (the scene has some), and with one. */
const [FEW, MANY] = [60, 150];

/** Pixels in the light of the beam, in the middle of the window where no control is. */
async function lit(page: Page): Promise<number> {
  const picture = await page.screenshot({ clip: { x: 200, y: 200, width: 600, height: 300 }, timeout: DRAWN_MS });
  const { data, info } = await sharp(picture).removeAlpha().raw().toBuffer({ resolveWithObject: true });
  let count = 0;
  for (let at = 0; at < data.length; at += info.channels) if ((data[at + 2] ?? 0) > 200 && (data[at + 1] ?? 0) > 170 && (data[at] ?? 0) < 160) count += 1;
  return count;
}

const bar = (page: Page) => page.getByRole('region', { name: 'Guided tour' });
const panel = (page: Page) => page.getByRole('complementary');

async function openTours(page: Page): Promise<void> {
  const title = panel(page).getByRole('heading', { name: 'Guided tour' });
  if (!await title.isVisible()) await page.keyboard.press('j');
  await expect(title).toBeVisible();
}

async function startTour(page: Page): Promise<void> {
  await openTours(page);
  await panel(page).getByRole('button', { name: 'Start a tour' }).click();
  await expect(bar(page)).toContainText('nobody with you yet');
}

async function joinTour(page: Page, guide: string): Promise<void> {
  await openTours(page);
  await panel(page).getByRole('button', { name: `Join the tour: ${guide}` }).click();
  await expect(bar(page)).toContainText(`Tour with ${guide}`);
  await page.keyboard.press('Escape');
}

test('the group sees light where its guide points, and a guide shows by clicking', async () => {
  test.setTimeout(300_000);
  const viewer = await comeTo('Vera Lind', { x: -4, z: -1.5, yaw: Math.PI }, WITH_VIEW);
  const reader = await comeTo('Rita Sand', { x: -2.6, z: -2.4, yaw: Math.PI });
  try {
    await startTour(reader.page);
    await joinTour(viewer.page, 'Rita Sand');
    expect(await lit(viewer.page)).toBeLessThan(FEW);
    await panel(reader.page).getByRole('button', { name: 'Point at it: Clay vase (en)', exact: true }).click();
    await expect(bar(viewer.page)).toContainText('points at: Clay vase (en)');
    await until(async () => (await lit(viewer.page) > MANY ? null : 'no light is seen'), DRAWN_MS);
    await viewer.page.screenshot({ path: `${PICTURES}/member.png`, timeout: DRAWN_MS });
    await panel(reader.page).getByRole('button', { name: 'Stop pointing' }).first().click();
    await until(async () => (await lit(viewer.page) < FEW ? null : 'light is still seen'), DRAWN_MS);

    // The other way round: a click in the view, and words for who has no view.
    await panel(reader.page).getByRole('button', { name: 'End the tour' }).click();
    await reader.page.getByRole('dialog').getByRole('button', { name: 'End the tour' }).click();
    await expect(bar(viewer.page)).toBeHidden();
    await startTour(viewer.page);
    await viewer.page.keyboard.press('Escape');
    await joinTour(reader.page, 'Vera Lind');
    await viewer.page.keyboard.press('i');
    await expect(bar(viewer.page)).toContainText('Click in the view');
    await viewer.page.locator('canvas').click({ position: { x: 500, y: 430 } });
    await expect(bar(reader.page)).toContainText('points at: Clay vase (en)');
    await expect(bar(viewer.page)).toContainText('You point at: Clay vase (en)');
    await expect(viewer.page.locator('.panel--sight'), 'a click that shows opens nothing').toHaveCount(0);
    await until(async () => (await lit(viewer.page) > MANY ? null : 'the guide does not see it'), DRAWN_MS);
    await viewer.page.screenshot({ path: `${PICTURES}/guide.png`, timeout: DRAWN_MS });
    for (const { foreignRequests, forbidden } of [viewer, reader]) expect([...foreignRequests, ...forbidden]).toEqual([]);
  } finally {
    await Promise.all([viewer.close(), reader.close()]);
  }
});
