/** What a visitor meets inside a scene, in real browsers: exhibits with their guide, a 360-degree stand, the sounds of the place, with the 3D view and without it. */
import { rm } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { expect, test } from '@playwright/test';
import type { Page } from '@playwright/test';
import sharp from 'sharp';
import type { Placement } from '../../shared/protocol/messages.ts';
import type { Settings } from '../../client/app/contracts.ts';
import { accessibilityFaults } from '../support/accessibility.ts';
import { BrowserPerson, until } from '../support/person.ts';
import { FOUNTAIN_HERTZ, PANORAMA_COLOURS, SIGHT_SCENE, writeSightAssets } from '../support/sight-scene.ts';
import { decibels, toneAmplitude } from '../support/sound.ts';
import { startTestServer } from '../support/server.ts';
import type { TestServer } from '../support/server.ts';

const PICTURES = 'tests/e2e/output/sights';
/** Without a GPU the first picture takes a while. */
const DRAWN_MS = 90_000;
const [AHEAD, RIGHT] = PANORAMA_COLOURS;
const FILM = fileURLToPath(new URL('../support/film.webm', import.meta.url));
const FILM_COLOURS = ['#c03030', '#3050c0'] as const;

let assets: string;
let server: TestServer;

test.beforeAll(async () => {
  assets = await writeSightAssets();
});
test.afterAll(() => rm(assets, { recursive: true, force: true }));
// A server for each: who has closed their page stands there a while longer, and a click in the view would land on them.
test.beforeEach(async () => {
  server = await startTestServer({ assets, env: { PLENUM_SCENE: SIGHT_SCENE } });
  await server.store.event.set({ name: 'Council 2027', demo: false });
});
test.afterEach(() => server.stop());

async function comeTo(placement: Omit<Placement, 'y'>, settings: Partial<Settings> = {}): Promise<BrowserPerson> {
  const { link } = await server.inviteTo(SIGHT_SCENE, { ...placement, y: 0 });
  const visitor = await BrowserPerson.open(link, { viewport: { width: 1000, height: 650 }, settings: { motion: 'reduced', ...settings } });
  await visitor.enter(false);
  if (settings.textOnly === false) await visitor.seesView();
  return visitor;
}

const WITH_VIEW = { textOnly: false, quality: 'low', view: 'first' } as const;
const panel = (page: Page) => page.locator('.panel--sight');
const places = (page: Page) => page.getByRole('button', { name: 'Places', exact: true });

async function isAccessible(page: Page): Promise<void> {
  expect(await accessibilityFaults(page)).toEqual([]);
}

/** Colour in the upper middle of the window, where no control is. */
async function colourAhead(page: Page): Promise<readonly number[]> {
  const picture = await page.screenshot({ clip: { x: 600, y: 240, width: 20, height: 20 }, timeout: DRAWN_MS });
  const { data } = await sharp(picture).removeAlpha().raw().toBuffer({ resolveWithObject: true });
  return [data[0] ?? 0, data[1] ?? 0, data[2] ?? 0];
}

async function seesColour(page: Page, colour: string): Promise<void> {
  const wanted = [1, 3, 5].map((at) => Number.parseInt(colour.slice(at, at + 2), 16));
  await until(async () => {
    const seen = await colourAhead(page);
    return seen.every((value, index) => Math.abs(value - (wanted[index] ?? 0)) < 12) ? null : `sees ${seen.join(', ')} instead of ${wanted.join(', ')}`;
  }, DRAWN_MS);
}

test('an exhibit is come to, read by Enter, and explained by a recording that only its listener hears', async () => {
  const person = await comeTo({ x: -2.6, z: -1.2, yaw: 0 });
  const { page } = person;
  try {
    await page.getByRole('button', { name: 'Walk there: Clay vase (en)' }).click();
    await expect(page.locator('.sight-prompt')).toContainText('Clay vase (en)');
    await page.locator('.sight-prompt').press('Enter');
    await expect(panel(page).getByRole('heading', { name: 'Clay vase (en)' })).toBeFocused();
    await expect(panel(page).getByRole('img', { name: 'A red vase on a plinth (en)' })).toBeVisible();
    await expect(panel(page).getByText('It was thrown by hand.')).toBeVisible();
    await isAccessible(page);

    await panel(page).getByRole('button', { name: 'Play' }).click();
    const position = panel(page).getByRole('slider', { name: 'Position in the recording' });
    await expect.poll(async () => Number(await position.inputValue())).toBeGreaterThan(0);
    await expect(position).toHaveAttribute('aria-valuetext', /of 0:08$/);
    await position.fill('5');
    await expect(position).toHaveAttribute('aria-valuetext', /^0:0[5-8]/);
    await panel(page).getByRole('button', { name: 'Pause' }).click();
    await expect(panel(page).getByRole('button', { name: 'Play' })).toBeVisible();

    await panel(page).getByRole('button', { name: 'Next' }).click();
    await expect(panel(page).getByRole('heading', { name: 'Woven rug (en)' })).toBeFocused();
    await page.keyboard.press('Escape');
    await expect(panel(page)).toHaveCount(0);
    expect([...person.foreignRequests, ...person.forbidden]).toEqual([]);
  } finally {
    await person.close();
  }
});

test('without the 3D view a 360-degree stand is a picture with its description', async () => {
  const person = await comeTo({ x: 3, z: -3.2, yaw: Math.PI });
  const { page } = person;
  try {
    await expect(page.locator('.sight-prompt')).toContainText('Desert at dawn (en)');
    await page.locator('.sight-prompt').click();
    await expect(panel(page).getByRole('img')).toHaveJSProperty('naturalWidth', 1024);
    await expect(panel(page).getByText('Dunes all around, and a camp in the distance. (en)')).toBeVisible();
    await isAccessible(page);
  } finally {
    await person.close();
  }
});

test('the 3D view: a click opens an exhibit; a stand is stepped into, looked around in and left, and gives its memory back', async () => {
  test.setTimeout(300_000);
  const person = await comeTo({ x: -4, z: -1.5, yaw: Math.PI }, WITH_VIEW);
  const { page } = person;
  try {
    // The vase stands ahead, a little below the middle of the picture.
    const canvas = page.locator('canvas');
    const vase = { position: { x: 500, y: 430 } };
    await canvas.hover(vase);
    await expect(canvas).toHaveCSS('cursor', 'pointer', { timeout: DRAWN_MS });
    await canvas.click(vase);
    await expect(panel(page).getByRole('heading', { name: 'Clay vase (en)' })).toBeVisible({ timeout: DRAWN_MS });
    await page.keyboard.press('Escape');
    await page.screenshot({ path: `${PICTURES}/exhibit.png`, timeout: DRAWN_MS });
    const memory = async (): Promise<number> => ((await person.diagnostics()).frame as { textureMegabytes: number }).textureMegabytes;
    const before = await memory();

    await places(page).click();
    await page.getByRole('button', { name: 'Step in: Desert at dawn (en)' }).click();
    await seesColour(page, AHEAD);
    expect(await memory()).toBeGreaterThan(before + 2);
    await isAccessible(page);
    await page.screenshot({ path: `${PICTURES}/panorama.png`, timeout: DRAWN_MS });
    await page.keyboard.down('ArrowRight');
    await seesColour(page, RIGHT);
    await page.keyboard.up('ArrowRight');
    const { me } = await person.diagnostics();
    expect([me?.x, me?.z].map((value) => Math.round((value ?? 0) * 2) / 2)).toEqual([-4, -1.5]);

    await page.keyboard.press('Escape');
    await expect(page.getByRole('button', { name: 'Step out' })).toHaveCount(0);
    await until(async () => (Math.abs(await memory() - before) < 0.5 ? null : `${await memory()} MB of textures, ${before} before`), DRAWN_MS);
    expect([...person.foreignRequests, ...person.forbidden]).toEqual([]);
  } finally {
    await person.close();
  }
});

test('a picture that does not come has a way on: again, or out', async () => {
  test.setTimeout(240_000);
  const person = await comeTo({ x: 3, z: -3.2, yaw: Math.PI }, WITH_VIEW);
  const { page } = person;
  try {
    await page.route('**/desert.webp', (route) => route.abort());
    await page.locator('.sight-prompt').click();
    await expect(page.getByRole('alert').filter({ hasText: 'The picture could not be loaded' })).toBeVisible({ timeout: DRAWN_MS });
    await expect(page.getByText('Dunes all around, and a camp in the distance. (en)').first()).toBeVisible();
    await page.unroute('**/desert.webp');
    await page.getByRole('button', { name: 'Try again' }).click();
    await seesColour(page, AHEAD);
    await page.getByRole('button', { name: 'Step out' }).click();
    await expect(page.locator('.sight-prompt')).toBeVisible();
  } finally {
    await person.close();
  }
});

test('a 360-degree film stands still for those who asked for less motion, and plays when they wish', async () => {
  test.setTimeout(240_000);
  const { link } = await server.inviteTo(SIGHT_SCENE, { x: 3, y: 0, z: -3.2, yaw: Math.PI });
  const person = await BrowserPerson.open(link, { viewport: { width: 1000, height: 650 }, settings: { motion: 'reduced', ...WITH_VIEW } });
  const { page } = person;
  try {
    // Two seconds of red, two of blue (tests/support/film.webm), in the place of the picture.
    await page.route('**/venue.json', async (route) => {
      const response = await route.fetch();
      const venue = await response.json() as { panoramas: { desert: object } };
      await route.fulfill({ response, json: { ...venue, panoramas: { desert: { ...venue.panoramas.desert, kind: 'video', file: 'film.webm' } } } });
    });
    await page.route('**/film.webm', (route) => route.fulfill({ path: FILM, contentType: 'video/webm' }));
    await person.enter(false);
    await person.seesView();
    await page.locator('.sight-prompt').click();
    await seesColour(page, FILM_COLOURS[0]);
    await page.getByRole('button', { name: 'Play the film' }).click();
    for (const colour of [FILM_COLOURS[1], FILM_COLOURS[0]]) await seesColour(page, colour);
    expect([...person.foreignRequests, ...person.forbidden]).toEqual([]);
  } finally {
    await person.close();
  }
});

test('the water of a scene is heard where it runs, not in the next room, and not at all when it is switched off', async () => {
  test.setTimeout(240_000);
  const person = await comeTo({ x: -4.5, z: 4.6, yaw: Math.PI });
  const level = async (): Promise<number> => {
    const { left, right, sampleRate } = await person.record();
    return decibels(Math.max(toneAmplitude(left, FOUNTAIN_HERTZ, sampleRate), toneAmplitude(right, FOUNTAIN_HERTZ, sampleRate)));
  };
  try {
    await until(async () => ((await level()) > -60 ? null : `the fountain is at ${(await level()).toFixed(0)} dB`), 40_000);
    // However loud its author made it, it stays under a voice beside one.
    expect(await level()).toBeLessThan(-24);
    await person.page.getByRole('button', { name: 'Jump there: east-centre (en)' }).click();
    await until(async () => ((await level()) < -80 ? null : `next door the fountain is at ${(await level()).toFixed(0)} dB`), 40_000);
  } finally {
    await person.close();
  }
  const quiet = await comeTo({ x: -4.5, z: 4.6, yaw: Math.PI }, { surroundings: 0 });
  try {
    await quiet.see(({ space }) => (space === 'west' ? null : `in ${space}`));
    const fetched = await quiet.page.evaluate(() => performance.getEntriesByType('resource').map(({ name }) => name).filter((name) => name.endsWith('.wav')));
    expect(fetched).toEqual([]);
  } finally {
    await quiet.close();
  }
});

test('a mosaic is laid together: by keyboard, seen and told at once by the other, on its board in the 3D view, and still there for the next visitor', async () => {
  test.setTimeout(300_000);
  const ann = await comeTo({ x: -4.2, z: 0, yaw: -Math.PI / 2 });
  const ben = await comeTo({ x: -3.6, z: 0, yaw: -Math.PI / 2 }, WITH_VIEW);
  try {
    for (const { page } of [ann, ben]) {
      await page.locator('.sight-prompt').click();
      await expect(panel(page).getByRole('heading', { name: 'Star of the council (en)' })).toBeFocused();
    }
    await isAccessible(ann.page);
    await ann.page.getByRole('gridcell', { name: 'Row 1, column 1: empty' }).focus();
    for (const key of ['Enter', 'ArrowRight', 'ArrowDown', ' ']) await ann.page.keyboard.press(key);
    await ann.page.getByRole('radio', { name: 'green cross (en)' }).check({ force: true });
    await ann.page.getByRole('gridcell', { name: 'Row 3, column 3: empty' }).click();
    for (const { page } of [ann, ben]) {
      await expect(page.getByRole('gridcell', { name: 'Row 2, column 2: blue star (en)' })).toBeVisible();
      await expect(page.getByRole('gridcell', { name: 'Row 3, column 3: green cross (en)' })).toBeVisible();
      await expect(panel(page).getByText('3 of 24 laid')).toBeVisible();
    }
    await expect(ben.page.locator('[data-live="polite"]')).toContainText('laid a tile. Row 1, column 1: blue star (en).');
    await ben.page.getByRole('gridcell', { name: 'Row 1, column 1: blue star (en)' }).click();
    await expect(ann.page.getByRole('gridcell', { name: 'Row 1, column 1: empty' })).toBeVisible();
    await ben.page.keyboard.press('Escape');
    await ben.page.screenshot({ path: `${PICTURES}/mosaic.png`, timeout: DRAWN_MS });
    expect([...ann.foreignRequests, ...ben.foreignRequests, ...ann.forbidden, ...ben.forbidden]).toEqual([]);
  } finally {
    await ann.close();
    await ben.close();
  }
  const next = await comeTo({ x: -4.2, z: 0, yaw: -Math.PI / 2 });
  try {
    await next.page.locator('.sight-prompt').click();
    await expect(panel(next.page).getByText('2 of 24 laid')).toBeVisible();
  } finally {
    await next.close();
  }
});
