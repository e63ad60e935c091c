/** The secretariat publishes, replaces and withdraws a scene while somebody is inside: they are told, and stand where they stood. */
import { rm } from 'node:fs/promises';
import { expect, test } from '@playwright/test';
import type { Page } from '@playwright/test';
import type { BrowserPerson } from '../support/person.ts';
import { TEST_SCENE, writeTestAssets } from '../support/scene.ts';
import { scenePackage } from '../support/scene-package.ts';
import { startTestServer } from '../support/server.ts';
import type { TestServer } from '../support/server.ts';
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

async function comeIn(role: 'delegate' | 'secretariat'): Promise<BrowserPerson> {
  return visitors.comeIn((await server.invite({ role })).link);
}

/** Uploads a version of the pavilion, looks at it, and publishes it. @returns what the question before publishing said. */
async function publish(staff: Page, title: string): Promise<string> {
  await staff.locator('input[type=file]').setInputFiles({ name: `${title}.zip`, mimeType: 'application/zip', buffer: await scenePackage({ title }) });
  const card = staff.locator('[data-upload]').filter({ hasText: `${title}.zip` });
  const opening = staff.context().waitForEvent('page');
  await card.getByRole('button', { name: /^Look at it/ }).click({ timeout: 60_000 });
  await (await opening).close();
  await card.getByRole('button', { name: /^Publish/ }).click();
  const question = await staff.getByRole('dialog').innerText();
  await staff.getByRole('dialog').getByRole('button', { name: 'Publish' }).click();
  await expect(staff.getByRole('region', { name: 'In the venue now' }).getByRole('heading', { name: title })).toBeVisible();
  return question;
}

test('a scene is published, replaced and withdrawn under the feet of somebody', async () => {
  test.setTimeout(240_000);
  const secretary = await comeIn('secretariat');
  const delegate = await comeIn('delegate');
  await expect(delegate.page.getByRole('link', { name: /Staff page/ })).toHaveCount(0);

  // The tab that the link opens knows the pass of the tab that it came from.
  const opening = secretary.context.waitForEvent('page');
  await secretary.page.getByRole('link', { name: /Staff page/ }).click();
  const staff = await opening;
  await expect(staff.getByRole('heading', { name: 'In the venue now' })).toBeVisible();
  await expect(staff.getByText('Inside now: 2 people')).toBeVisible();

  expect(await publish(staff, 'Pavilion')).toContain('Everybody can go to this scene at once.');
  await delegate.page.getByRole('button', { name: 'Jump there: Pavilion', exact: true }).first().click();
  await delegate.isIn('pavilion');
  await delegate.page.getByRole('button', { name: 'Jump there: Podium (en)', exact: true }).first().click();
  await delegate.see(({ me }) => (me !== null && Math.hypot(me.x - 5, me.z) < 1.5 ? null : `at ${JSON.stringify(me)}`));
  const before = (await delegate.diagnostics()).me;

  await expect(staff.getByText('Inside now: 1 person').last()).toBeVisible();
  expect(await publish(staff, 'Pavilion in autumn')).toContain('In it now: 1 person. They are told');
  await expect(delegate.page.getByText('This scene has just been updated.').first()).toBeVisible();
  await expect(delegate.page.getByRole('heading', { level: 1 })).toHaveText('Pavilion in autumn');
  await delegate.isIn('pavilion');
  const after = (await delegate.diagnostics()).me;
  expect(Math.hypot((after?.x ?? 0) - (before?.x ?? 99), (after?.z ?? 0) - (before?.z ?? 99))).toBeLessThan(0.05);

  const now = staff.getByRole('region', { name: 'In the venue now' });
  await now.getByRole('button', { name: /^Publish the previous one again/ }).click();
  await staff.getByRole('dialog').getByRole('button', { name: 'Publish' }).click();
  await expect(delegate.page.getByRole('heading', { level: 1 })).toHaveText('Pavilion');

  await now.getByRole('button', { name: /^Withdraw/ }).click();
  await staff.getByRole('dialog').getByRole('button', { name: 'Withdraw' }).click();
  await delegate.isIn(TEST_SCENE);
  await expect(delegate.page.getByText('closed now').first()).toBeVisible();
  await expect(delegate.page.getByRole('button', { name: 'Jump there: Pavilion', exact: true })).toHaveCount(0);
});
