/** The secretariat's page in a browser: signing in, uploading, looking, publishing, undoing, withdrawing; by keyboard; in every language and size. */
import { expect, test } from '@playwright/test';
import type { Browser, BrowserContextOptions, Page } from '@playwright/test';
import type { Settings } from '../../client/app/contracts.ts';
import { DIST } from '../../scripts/bundle/build.ts';
import { accessibilityFaults } from '../support/accessibility.ts';
import { launchChromium } from '../support/chromium.ts';
import { asEntries, sceneFiles, scenePackage } from '../support/scene-package.ts';
import { openDesk } from '../support/staff-desk.ts';
import type { Desk } from '../support/staff-desk.ts';
import { zip } from '../support/zip.ts';

let browser: Browser;
let desk: Desk;
const census = new Map<string, number>();
const foreign: string[] = [];

test.beforeAll(async () => {
  browser = await launchChromium({ withoutGl: true });
});
test.afterAll(() => browser.close());
test.beforeEach(async () => {
  census.clear();
  foreign.length = 0;
  desk = await openDesk({ client: DIST, census });
});
test.afterEach(async () => {
  await Promise.all(browser.contexts().map((context) => context.close()));
  await desk.close();
  expect(foreign).toEqual([]);
});

async function openPage(address: string, options: BrowserContextOptions = {}, settings: Partial<Settings> = {}): Promise<Page> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, reducedMotion: 'reduce', locale: 'en', ...options });
  await context.addInitScript((stored) => { localStorage.setItem('plenum.settings', JSON.stringify(stored)); }, settings);
  await context.route((url) => url.origin !== desk.url, (route) => {
    foreign.push(route.request().url());
    return route.abort();
  });
  const page = await context.newPage();
  await page.goto(`${desk.url}${address}`);
  return page;
}

async function signedIn(options?: BrowserContextOptions, settings?: Partial<Settings>): Promise<Page> {
  const { pass } = await desk.signIn();
  const page = await openPage(`/staff/#pass=${pass}`, options, settings);
  await page.locator('.drop-zone').waitFor();
  return page;
}

async function choose(page: Page, buffer: Buffer, name = 'pavilion.zip'): Promise<void> {
  await page.locator('input[type=file]').setInputFiles({ name, mimeType: 'application/zip', buffer });
}

const card = (page: Page, text: string | RegExp) => page.locator('[data-upload]').filter({ hasText: text });

test('opened without a pass it asks for one, and lets only the secretariat in', async () => {
  const page = await openPage('/staff/');
  const field = page.getByRole('textbox', { name: 'Link of your pass' });
  await field.fill(`${desk.url}/#pass=nonsense`);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await expect(page.getByRole('alert').filter({ hasText: 'The link is damaged' })).toBeVisible();
  await field.fill(`${desk.url}/#pass=${(await desk.signIn('delegate')).pass}`);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await expect(page.getByRole('alert').filter({ hasText: 'This page is for the secretariat' })).toBeVisible();
  await field.fill(`${desk.url}/#pass=${(await desk.signIn()).pass}`);
  await field.press('Enter');
  await expect(page.getByText('Signed in: Zuleika Quartermain')).toBeVisible();
  expect(new URL(page.url()).hash).toBe('');
  await page.reload();
  await expect(page.getByRole('heading', { name: 'In the venue now' })).toBeVisible();
});

test('from the package to the venue and back, told at every step', async () => {
  const page = await signedIn();
  await choose(page, await scenePackage());
  await expect(page.locator('[data-live=polite]')).toContainText('pavilion.zip has arrived and is being checked.');
  await expect(card(page, 'Pavilion').getByText('Check passed')).toBeVisible({ timeout: 60_000 });
  await expect(page.locator('.toasts')).toContainText('pavilion.zip has passed the check.');
  await expect(card(page, 'Pavilion').getByRole('button', { name: 'Publish: Pavilion' })).toBeDisabled();

  const opening = page.context().waitForEvent('page');
  await card(page, 'Pavilion').getByRole('button', { name: 'Look at it: Pavilion' }).click();
  const tab = await opening;
  await tab.waitForURL(/\/preview\/\?base=%2Fapi%2Fstaff%2Fpreview%2F[A-Za-z0-9_-]{43}%2F$/);
  const venue = await tab.evaluate(async () => (await fetch(`${new URLSearchParams(location.search).get('base') ?? ''}venue.json`)).json() as Promise<{ id: string }>);
  expect(venue.id).toBe('pavilion');
  await tab.close();

  await card(page, 'Pavilion').getByRole('button', { name: 'Publish: Pavilion' }).click();
  await expect(page.getByRole('dialog')).toContainText('Everybody can go to this scene at once.');
  await page.getByRole('dialog').getByRole('button', { name: 'Publish' }).click();
  const now = page.getByRole('region', { name: 'In the venue now' });
  await expect(now.getByRole('heading', { name: /Pavilion/ })).toBeVisible();
  await expect(now).toContainText('Published by Zuleika Quartermain');

  census.set('pavilion', 12);
  await choose(page, await scenePackage({ title: 'Second pavilion' }), 'second.zip');
  const second = card(page, 'Second pavilion');
  await second.getByRole('button', { name: 'Look at it' }).click({ timeout: 60_000 });
  await second.getByRole('button', { name: 'Publish: Second pavilion' }).click();
  await expect(page.getByRole('dialog')).toContainText('It takes the place of Pavilion as it is shown now.');
  await expect(page.getByRole('dialog')).toContainText('In it now: 12 people. They are told');
  await page.getByRole('dialog').getByRole('button', { name: 'Publish' }).click();
  await expect(now.getByRole('heading', { name: /Second pavilion/ })).toBeVisible();

  await now.getByRole('button', { name: 'Publish the previous one again: Second pavilion' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Publish' }).click();
  await expect(now.getByRole('heading', { name: /^Pavilion/ })).toBeVisible();
  await now.getByRole('button', { name: 'Withdraw: Pavilion' }).click();
  await expect(page.getByRole('dialog')).toContainText('12 people. They are told and taken to where people enter');
  await page.getByRole('dialog').getByRole('button', { name: 'Withdraw' }).click();
  await expect(now.getByRole('heading', { name: /Pavilion/ })).toHaveCount(0);
  // The scene of the venue itself has neither.
  await expect(now.getByRole('button')).toHaveCount(0);
  expect(desk.library.told.length).toBe(4);
});

test('what is wrong with a package is said, in words and by the name of the thing', async () => {
  const page = await signedIn();
  const files = await sceneFiles();
  files.delete('navmesh.bin');
  await choose(page, zip(asEntries(files)), 'half.zip');
  await expect(card(page, 'half.zip').getByText('Has errors')).toBeVisible({ timeout: 60_000 });
  await expect(card(page, 'half.zip').locator('.finding--error').filter({ hasText: 'navmesh.bin' })).toBeVisible();
  await expect(card(page, 'half.zip').getByRole('button', { name: /Publish|Look/ })).toHaveCount(0);
  await choose(page, zip([{ name: 'scene/venue.json', data: Buffer.from('{}') }]), 'folder.zip');
  await expect(card(page, 'folder.zip')).toContainText('A package has no folders.');
  await choose(page, Buffer.from('hello'), 'scene.rar');
  await expect(page.locator('.toasts')).toContainText('scene.rar is no zip file.');
  await card(page, 'folder.zip').getByRole('button', { name: 'Remove: folder.zip' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Remove' }).click();
  await expect(card(page, 'folder.zip')).toHaveCount(0);
});

test('a package is dropped, its sending is shown and can be cancelled; a dead server is spoken of', async () => {
  const page = await signedIn();
  // The request is held, as on a slow line.
  await page.route('**/api/staff/scenes?name=*', () => undefined);
  const data = await page.evaluateHandle(() => {
    const transfer = new DataTransfer();
    transfer.items.add(new File(['PK'], 'slow.zip', { type: 'application/zip' }));
    return transfer;
  });
  await page.locator('.drop-zone').dispatchEvent('dragover', { dataTransfer: data });
  await expect(page.locator('.drop-zone--over')).toBeVisible();
  await page.locator('.drop-zone').dispatchEvent('drop', { dataTransfer: data });
  await expect(page.getByRole('progressbar', { name: /Uploading slow\.zip/ })).toBeVisible();
  await page.getByRole('button', { name: 'Cancel the upload of slow.zip' }).click();
  await expect(page.getByRole('progressbar')).toHaveCount(0);
  await page.unroute('**/api/staff/scenes?name=*');
  await page.route('**/api/staff/**', (route) => route.abort());
  await expect(page.getByText('The server does not answer just now.')).toBeVisible();
  await choose(page, Buffer.from('PK'));
  await expect(page.locator('.toasts')).toContainText('pavilion.zip was not uploaded. The server of the venue does not answer.');
  await page.unroute('**/api/staff/**');
  await expect(page.getByText('The server does not answer just now.')).toBeHidden();
});

test('by keyboard alone', async () => {
  const page = await signedIn();
  await choose(page, await scenePackage());
  const publish = page.getByRole('button', { name: 'Publish: Pavilion' });
  await page.getByRole('button', { name: 'Look at it: Pavilion' }).waitFor({ timeout: 60_000 });
  const tabTo = async (name: string): Promise<void> => {
    for (let step = 0; step < 40; step += 1) {
      await page.keyboard.press('Tab');
      const focused = await page.evaluate(() => document.activeElement?.getAttribute('aria-label') ?? document.activeElement?.textContent ?? '');
      if (focused === name) return;
    }
    throw new Error(`the keyboard does not reach "${name}"`);
  };
  await page.locator('.page__title').focus();
  await tabTo('Choose a file');
  await tabTo('Look at it: Pavilion');
  const opening = page.context().waitForEvent('page');
  await page.keyboard.press('Enter');
  await (await opening).close();
  await page.bringToFront();
  await expect(publish).toBeEnabled();
  await tabTo('Publish: Pavilion');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('dialog')).toBeVisible();
  await expect(page.getByRole('dialog').getByRole('button', { name: 'Cancel' })).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog')).toHaveCount(0);
  await expect(publish).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('dialog').getByRole('button', { name: 'Cancel' })).toBeFocused();
  await page.keyboard.press('Tab');
  await expect(page.getByRole('dialog').getByRole('button', { name: 'Publish' })).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('region', { name: 'In the venue now' }).getByRole('heading', { name: /Pavilion/ })).toBeVisible();
});

const PHONE = { viewport: { width: 320, height: 640 }, hasTouch: true, isMobile: true } as const;
/** The last says whether axe looks on: that takes seconds each, and the structure of a page is the same in every language. */
const MODES: readonly (readonly [string, BrowserContextOptions, Partial<Settings>, boolean])[] = [
  ['desktop-light-english', {}, { language: 'en' }, true],
  ['phone-dark-arabic', { ...PHONE, colorScheme: 'dark' }, { language: 'ar' }, true],
  ['zoomed-contrast-russian', { viewport: { width: 320, height: 400 } }, { contrast: 'high', language: 'ru' }, true],
  ...(['fr', 'es', 'zh'] as const).map((language) => [`desktop-dark-${language}`, { colorScheme: 'dark' }, { language }, false] as const),
];

/** What can be pressed and is smaller than 44 x 44 CSS pixels; links within a sentence are exempt (WCAG 2.5.8). */
function smallTargets(): string[] {
  return [...document.querySelectorAll<HTMLElement>('button, select, summary, [role=tab], input')].flatMap((element) => {
    if (!element.checkVisibility()) return [];
    const box = element.getBoundingClientRect();
    return box.width >= 43.5 && box.height >= 43.5 ? [] : [`${element.className} ${Math.round(box.width)}x${Math.round(box.height)} ${element.textContent.slice(0, 30)}`];
  });
}

test('looks right and is accessible in every language and size', async () => {
  test.setTimeout(300_000);
  const first = await signedIn();
  census.set('geneva', 43);
  await choose(first, await scenePackage());
  await card(first, 'Pavilion').getByRole('button', { name: 'Look at it' }).click({ timeout: 60_000 });
  await card(first, 'Pavilion').getByRole('button', { name: 'Publish: Pavilion' }).click();
  await first.getByRole('dialog').getByRole('button', { name: 'Publish' }).click();
  const files = await sceneFiles({ id: 'square', title: 'Square' });
  files.delete('navmesh.bin');
  files.set('layout.json', Buffer.from('{}'));
  await choose(first, zip(asEntries(files)), 'square.zip');
  await choose(first, zip([{ name: 'logo.svg', data: Buffer.from('<svg/>') }]), 'logos.zip');
  await choose(first, await scenePackage({ title: 'Pavilion by night' }), 'night.zip');
  await expect(card(first, 'Pavilion by night').getByText('Check passed')).toBeVisible({ timeout: 60_000 });
  await first.context().close();
  for (const [name, options, settings, axe] of MODES) {
    await test.step(name, async () => {
      const page = await signedIn(options, settings);
      await page.locator('.finding').first().waitFor();
      if (axe) expect.soft(await accessibilityFaults(page), name).toEqual([]);
      expect.soft(await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth), `${name}: wider than the window by`).toBeLessThanOrEqual(0);
      if (options.hasTouch === true) expect.soft(await page.evaluate(smallTargets), name).toEqual([]);
      await page.screenshot({ path: test.info().outputPath(`${name}.png`), fullPage: true });
      await page.locator('.scene-card .button--danger').first().click();
      await page.getByRole('dialog').waitFor();
      if (axe) expect.soft(await accessibilityFaults(page), `${name}, dialog`).toEqual([]);
      await page.screenshot({ path: test.info().outputPath(`${name}-dialog.png`) });
      await page.context().close();
    });
  }
  const outside = await openPage('/staff/', PHONE);
  await outside.getByRole('textbox').waitFor();
  expect.soft(await accessibilityFaults(outside)).toEqual([]);
  await outside.screenshot({ path: test.info().outputPath('sign-in.png') });
});
