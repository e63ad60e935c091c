/** The authors' preview: a real command, a real browser; every save shows by itself, from the same point of view, and a broken one leaves the last good scene. */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import type { Browser, Page } from '@playwright/test';
import { EXPORT_FILE } from '../../tools/gltf/bake/baked-file.ts';
import { writeGlb } from '../../tools/gltf/io.ts';
import { goodScene, goodVenue, temporaryFolder, writeFolder } from '../../tools/gltf/testing.ts';
import type { SceneBuilder } from '../../tools/gltf/testing.ts';
import { accessibilityFaults } from '../support/accessibility.ts';
import { launchChromium } from '../support/chromium.ts';
import { runCommand } from '../support/command.ts';
import type { RunningCommand } from '../support/command.ts';

const PICTURES = 'tests/e2e/output/preview';
/** Without a GPU, on a busy machine, a scene takes its time to load. */
const PATIENCE = { timeout: 120_000 };

const WINDOW = { width: 1024, height: 576 };

let folder: Awaited<ReturnType<typeof temporaryFolder>>;
let command: RunningCommand;
let browser: Browser;
let page: Page;
let url: string;

test.describe.configure({ mode: 'serial' });
test.setTimeout(600_000);

test.beforeAll(async () => {
  test.setTimeout(600_000);
  folder = await temporaryFolder();
  await writeFolder(folder.path, await goodScene());
  command = runCommand('tools/gltf/cli.ts', ['preview', folder.path], {});
  // The page may have to be built first.
  await expect.poll(() => /http:\S+/.exec(command.text())?.[0], { ...PATIENCE, message: 'the command prints no address' }).toBeTruthy();
  url = /http:\S+/.exec(command.text())?.[0] ?? '';
  browser = await launchChromium();
  page = await (await browser.newContext({ viewport: WINDOW })).newPage();
});
test.afterAll(async () => {
  await browser.close();
  command.child.kill('SIGTERM');
  await command.exit;
  await folder[Symbol.asyncDispose]();
});

const status = (): ReturnType<Page['getByRole']> => page.getByRole('status');

async function save(scene: SceneBuilder): Promise<void> {
  await writeFile(join(folder.path, EXPORT_FILE), await writeGlb(scene.document));
}

/** Waits for what the full check says. It leaves the processors to whoever draws: without a GPU that is all of them, unless the window is small. */
async function afterTheCheck(said: () => Promise<unknown>): Promise<void> {
  await page.setViewportSize({ width: 160, height: 120 });
  await said();
  await page.setViewportSize(WINDOW);
}

/** Colours of the picture's middle, where nothing of the page lies over it. */
async function middle(): Promise<Buffer> {
  return page.screenshot({ clip: { x: 80, y: 130, width: 500, height: 250 }, ...PATIENCE });
}

test('shows the scene, its budget and what check finds, accessibly', async () => {
  const foreign: string[] = [];
  page.on('request', (request) => {
    if (!request.url().startsWith(new URL(url).origin) && !/^(data|blob):/.test(request.url())) foreign.push(request.url());
  });
  await page.goto(url);
  await expect(status()).toHaveText('Shows source/build/scene.glb', PATIENCE);
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Test (en)');
  await expect(page.getByText('Draw calls', { exact: true })).toBeVisible();
  // The full check comes later, with the wire size; only a packed scene has one.
  await afterTheCheck(() => expect(page.getByText(/MB of 8.00 MB/)).toBeVisible(PATIENCE));
  await expect(page.getByText('as published')).toBeVisible();
  expect(await accessibilityFaults(page)).toEqual([]);
  expect(foreign).toEqual([]);
});

test('overlays come and go by key and by button', async () => {
  const names = ['Floor', 'Seats', 'Spaces', 'Zones', 'Ways', 'Sights'];
  const plain = await middle();
  for (const [key, name] of names.entries()) {
    const button = page.getByRole('button', { name, exact: true });
    await expect(button).toHaveAttribute('aria-pressed', 'false');
    await page.keyboard.press(String(key + 1));
    await expect(button).toHaveAttribute('aria-pressed', 'true');
  }
  await expect.poll(async () => (await middle()).equals(plain), { ...PATIENCE, message: 'the picture shows no overlay' }).toBe(false);
  await expect(page.locator('.stage__label:not([hidden])').first()).toBeAttached();
  await page.screenshot({ path: `${PICTURES}/overlays.png`, ...PATIENCE });
  const covered = await middle();
  for (const name of names) {
    const button = page.getByRole('button', { name, exact: true });
    await button.click();
    await expect(button).toHaveAttribute('aria-pressed', 'false');
  }
  // Not compared with the first picture byte by byte: the resolution follows the machine's load.
  await expect.poll(async () => (await middle()).equals(covered), { ...PATIENCE, message: 'the overlays stay in the picture' }).toBe(false);
  await expect(page.locator('.stage__label:not([hidden])')).toHaveCount(0, PATIENCE);
});

test('a save shows by itself, from where one stands', async () => {
  await page.getByRole('button', { name: 'Podium (en)' }).click();
  const here = page.getByText(/You stand at x 5\.00, y -?0\.00, z -?0\.00/);
  await expect(here).toBeVisible(PATIENCE);
  const before = await middle();
  const scene = await goodScene();
  scene.node('new-block', { mesh: scene.box('new-block', [2, 3], [0, 2.5], [-1, 1]) });
  await save(scene);
  await expect(status()).toHaveText(/^Updated \d+\.\d s after the save of source\/build\/scene\.glb$/, PATIENCE);
  await expect(here).toBeVisible();
  await expect.poll(async () => (await middle()).equals(before), { ...PATIENCE, message: 'the picture is the old one' }).toBe(false);
});

test('many saves leave nothing behind on the graphics card', async () => {
  const held = page.getByText(/^The graphics card holds \d+ meshes/);
  const shown = page.getByText(/^In this picture/);
  let before: string | null = null;
  for (let round = 0; round < 8; round += 1) {
    const scene = await goodScene();
    scene.node('moving-block', { mesh: scene.box('moving-block', [2, 3], [0, 2.5 + round / 10], [-1, 1]) });
    const was = await page.locator('.stage').getAttribute('data-revision');
    await save(scene);
    await expect(page.locator('.stage')).not.toHaveAttribute('data-revision', was ?? '', PATIENCE);
    await expect(shown).toBeVisible();
    // The first of them differs from the scene before by its block.
    if (round === 0) {
      await expect.poll(async () => {
        const [last, now] = [before, await held.textContent()];
        before = now;
        return last === now;
      }, { ...PATIENCE, message: 'the figures do not come to rest' }).toBe(true);
    }
  }
  await expect(held).toHaveText(before ?? '', PATIENCE);
});

test('a broken save says why and leaves the last good scene; the next one recovers', async () => {
  const canvas = page.locator('canvas');
  await writeFile(join(folder.path, EXPORT_FILE), 'this is no glTF');
  await expect(status()).toHaveText('The last save cannot be shown. You see the one before it.', PATIENCE);
  await expect(page.getByRole('list', { name: 'What is wrong with the last save' })).toContainText('not a readable glTF binary');
  await expect(canvas).toBeVisible();
  await writeFile(join(folder.path, 'venue.json'), '{ "version": 1,');
  await expect(page.getByRole('list', { name: 'What is wrong with the last save' })).toContainText('venue.json', PATIENCE);
  await page.screenshot({ path: `${PICTURES}/broken.png`, ...PATIENCE });
  await writeFile(join(folder.path, 'venue.json'), JSON.stringify(goodVenue()));
  await save(await goodScene());
  await expect(status()).toHaveText(/^Updated/, PATIENCE);
  await expect(page.getByRole('list', { name: 'What is wrong with the last save' })).toHaveCount(0);
  await expect(canvas).toHaveCount(1);
});

test('findings name the node that they are about', async () => {
  const scene = await goodScene();
  scene.node('seat-in-the-air', { at: [4, 2.4, -2], venue: { kind: 'seat', id: 'lost' } });
  await save(scene);
  await afterTheCheck(() => expect(page.getByRole('region', { name: /^Findings/ })).toContainText('seat "lost"', PATIENCE));
});

test('a scene on the same server can be looked at by its address, and no other', async () => {
  const served = await page.evaluate(async () => (await fetch('/preview-events')).body?.getReader().read().then(({ value }) => new TextDecoder().decode(value)));
  const base = /"base":"([^"]+)"/.exec(served ?? '')?.[1] ?? '';
  await page.goto(`${url}?base=${encodeURIComponent(base)}`);
  await expect(status()).toHaveText('Shows scene.glb', PATIENCE);
  await page.goto(`${url}?base=${encodeURIComponent('https://elsewhere.example/')}`);
  await expect(status()).toContainText('must be the address of a folder on this server', PATIENCE);
});
