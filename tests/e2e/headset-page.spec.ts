/** The headset over the real hall, by the page of `npm run bench:xr`: both eyes in one pass show what two passes show, and what is taken off leaves nothing behind. */
import { expect, test, type Browser, type Page } from '@playwright/test';
import { buildPage, servePage, type PageServer } from '../bench/client/serve.ts';
import { launchChromium } from '../support/chromium.ts';
import { headsetScript } from '../support/headset.ts';

const PAGE = new URL('../bench/xr', import.meta.url).pathname;
/** What takes time is pixels. */
const WINDOW = { width: 160, height: 80 };
/** At the hall's podium, the faces before one. */
const STANDING = { x: 0, y: 0.5, z: 29.5, yaw: Math.PI };
const CROWD = { people: 40, appearances: ['suit-short', 'robe', 'sari', 'dress-afro'], seated: 1, space: 'hall', floor: { x: [-12, 12] as const, z: [1.5, 3.4] as const, y: 0 } };

/** Keeps a list of listeners on what outlives a headset, and of audio nodes that were made. */
const LEDGER = `
  const heard = new Map();
  const name = (target) => (target === window ? 'window' : target === document ? 'document' : target === document.fonts ? 'fonts' : target instanceof HTMLCanvasElement && target.isConnected ? 'canvas' : null);
  const key = (type, options) => type + (options === true || options?.capture === true ? ' capturing' : '');
  const { addEventListener, removeEventListener } = EventTarget.prototype;
  EventTarget.prototype.addEventListener = function (type, listener, options) {
    const target = name(this ?? window);
    if (target !== null && listener && options?.once !== true) {
      const at = target + ' ' + key(type, options);
      heard.set(at, (heard.get(at) ?? new Set()).add(listener));
    }
    return addEventListener.call(this ?? window, type, listener, options);
  };
  EventTarget.prototype.removeEventListener = function (type, listener, options) {
    const target = name(this ?? window);
    if (target !== null) heard.get(target + ' ' + key(type, options))?.delete(listener);
    return removeEventListener.call(this ?? window, type, listener, options);
  };
  let nodes = 0;
  for (const made of Object.getOwnPropertyNames(BaseAudioContext.prototype).filter((each) => each.startsWith('create'))) {
    const create = BaseAudioContext.prototype[made];
    BaseAudioContext.prototype[made] = function (...args) {
      nodes += 1;
      return create.apply(this, args);
    };
  }
  window.ledger = () => ({ audioNodes: nodes, ...Object.fromEntries([...heard].map(([at, all]) => [at, all.size]).filter(([, count]) => count > 0)) });
`;

let server: PageServer;
let browser: Browser;
let page: Page;

interface Picture {
  readonly width: number;
  readonly height: number;
  readonly pixels: readonly number[];
}

const picture = (): Promise<Picture> => page.evaluate(() => window.xrStage.picture());

/** All that scene, engine and page hold now. */
const held = (): Promise<Record<string, number>> => page.evaluate(() => ({ ...window.xrStage.held(), ...(window as unknown as { ledger(): Record<string, number> }).ledger() }));

/** One eye's half of a picture. */
function eye({ width, pixels }: Picture, side: 'left' | 'right'): readonly number[] {
  return pixels.filter((_value, index) => (Math.floor(index / 3) % width < width / 2) === (side === 'left'));
}

/** Mean difference of two pictures, 0..255. */
function difference(one: readonly number[], other: readonly number[]): number {
  return one.reduce((sum, value, index) => sum + Math.abs(value - (other[index] ?? 0)), 0) / one.length;
}

test.beforeAll(async () => {
  await buildPage(PAGE);
  server = await servePage(PAGE);
  browser = await launchChromium();
  page = await browser.newPage({ viewport: WINDOW });
  await page.addInitScript(LEDGER);
  await page.addInitScript(headsetScript(2, true));
});
test.afterAll(async () => {
  await browser.close();
  await server.close();
});

test('both eyes are drawn in one pass as in two, and three times on and off leave nothing', async () => {
  const faults: string[] = [];
  page.on('pageerror', (error) => faults.push(String(error)));
  page.on('console', (message) => {
    // The page serves no models of controllers: the hands are drawn without, as when a download fails.
    if (message.location().url.includes('/controllers/')) return;
    if (message.type() === 'error' || message.text().includes('GL_INVALID')) faults.push(message.text());
  });
  await page.goto(server.url);
  await page.evaluate((crowd) => window.xrStage.open(crowd), CROWD);
  await page.evaluate((pose) => { window.xrStage.place(pose); }, STANDING);
  const pictures: Picture[] = [];
  for (const layers of [true, false]) {
    await page.evaluate((both) => window.xrStage.putOn(both), layers);
    expect((await page.evaluate(() => window.xrStage.facts())).multiview).toBe(layers);
    pictures.push(await picture());
    await page.evaluate(() => window.xrStage.takeOff());
  }
  // What is made once and stays has been made by now: the material of those who fade when they come near, the buffer of both eyes' matrices.
  const before = await held();
  for (const layers of [true, false, true]) {
    await page.evaluate((both) => window.xrStage.putOn(both), layers);
    await page.evaluate(() => window.xrStage.takeOff());
    expect(await held()).toEqual(before);
  }
  expect(faults).toEqual([]);
  const [one, two] = pictures;
  if (one === undefined || two === undefined) throw new Error('two pictures were taken');
  for (const side of ['left', 'right'] as const) {
    const other = side === 'left' ? 'right' : 'left';
    const own = difference(eye(one, side), eye(two, side));
    // What stands near is not where the other eye sees it.
    expect(own).toBeLessThan(difference(eye(one, side), eye(two, other)) / 3);
  }
});
