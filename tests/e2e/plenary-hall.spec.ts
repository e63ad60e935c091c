/** A formal session from within the 3D hall: it is offered when it opens, seen on its screens, and goes on whichever view is shown. */
import { fileURLToPath } from 'node:url';
import { expect, test } from '@playwright/test';
import type { Browser, Page } from '@playwright/test';
import type { PlenaryClient } from '../../client/plenary/client.ts';
import { DIST } from '../../scripts/bundle/build.ts';
import { launchChromium } from '../support/chromium.ts';
import { BrowserPerson } from '../support/person.ts';
import { PlenaryTestClient, createSession } from '../support/plenary-client.ts';
import { startTestServer } from '../support/server.ts';
import type { TestServer } from '../support/server.ts';
import { SessionPage } from '../support/session-page.ts';

const ASSETS = fileURLToPath(new URL('../../assets', import.meta.url));
const TONE = 1102;
/** Longer than the concealment of a lost packet or two. */
const GAP_MS = 100;

let browser: Browser;
let server: TestServer;
let visitor: BrowserPerson;

interface SessionWindow {
  plenum: { session(): PlenaryClient | null };
  ears?: { stop(): Promise<number> };
}

/** In the page: listens to the session without a break. `stop` says how long the longest silence was, ms. */
function listen(): void {
  const page = window as unknown as SessionWindow;
  const sound = page.plenum.session()?.sound as unknown as { output: AudioNode };
  const { context } = sound.output;
  // 0.68 s are kept: enough for the page to be busy in between.
  const analyser = new AnalyserNode(context, { fftSize: 32_768 });
  sound.output.connect(analyser);
  const window_ = new Float32Array(analyser.fftSize);
  const step = Math.round(context.sampleRate / 100);
  let heardUntil = context.currentTime;
  let longest = 0;
  const look = (): void => {
    const now = context.currentTime;
    analyser.getFloatTimeDomainData(window_);
    for (let at = 0; at + step <= window_.length; at += step) {
      const time = now - (window_.length - at) / context.sampleRate;
      if (time <= heardUntil) continue;
      let energy = 0;
      for (let i = at; i < at + step; i += 1) energy += (window_[i] as number) ** 2;
      if (Math.sqrt(energy / step) < 0.01) continue;
      longest = Math.max(longest, time - heardUntil);
      heardUntil = time;
    }
  };
  const timer = setInterval(look, 200);
  page.ears = { stop: async () => {
    await new Promise((resolve) => { setTimeout(resolve, 700); });
    clearInterval(timer);
    look();
    return Math.round(1000 * Math.max(longest, context.currentTime - heardUntil));
  } };
}

async function longestSilence(page: Page, during: () => Promise<void>): Promise<number> {
  await page.evaluate(listen);
  await during();
  return page.evaluate(() => (window as unknown as SessionWindow).ears?.stop() ?? Promise.resolve(Infinity));
}

test.beforeAll(async () => {
  browser = await launchChromium({ withoutGl: true });
  server = await startTestServer({ client: DIST, assets: ASSETS });
});
test.afterAll(async () => {
  expect([...visitor.foreignRequests, ...visitor.forbidden]).toEqual([]);
  await visitor.close();
  await browser.close();
  await server.stop();
});

test('a session is offered in the hall, changes its view in a moment, and is heard all the while', async () => {
  const { pass } = await server.invite({ entity: 'Secretariat', entityType: 'secretariat', role: 'secretariat' });
  const { token } = await server.openSession(pass);
  const session = await createSession(server.url, token, 'First plenary meeting');
  const secretary = await PlenaryTestClient.join({ port: server.port, session, token });
  const guest = await server.invite({ name: 'Grace Otieno', entity: 'Kenya', country: 'ke' });
  visitor = await BrowserPerson.open(guest.link, { settings: { textOnly: false, language: 'en' } });
  await visitor.enter(false);
  await visitor.seesView();
  const { page } = visitor;
  await expect(page.getByText('The session “First plenary meeting” is open.')).toHaveCount(0);

  const chair = await SessionPage.enter(browser, server, session, { who: { name: 'Amélie Rochat', entity: 'Switzerland', country: 'ch', role: 'chair' }, hertz: TONE });
  await chair.button('Take the chair').click();
  await chair.button('Open the session').first().click();
  await page.getByRole('button', { name: 'From my place' }).click();
  await expect(page.getByRole('button', { name: 'Raise nameplate' })).toBeVisible();
  await chair.button('Speak from the chair').click();
  await expect(page.getByText('Switzerland has the floor: Amélie Rochat')).toBeVisible();
  await expect.poll(() => page.evaluate(() => (window as unknown as SessionWindow).plenum.session()?.sound.level('floor') ?? 0), { message: 'the floor is heard in the hall' }).toBeGreaterThan(0.1);

  // The nameplate is raised in the hall, and stays raised in the other view, which takes a moment.
  await page.getByRole('button', { name: 'Raise nameplate' }).click();
  await expect.poll(() => secretary.state?.list.entries.length, { message: 'the nameplate is raised' }).toBe(1);
  let took = 0;
  const silence = await longestSilence(page, async () => {
    const began = Date.now();
    await page.getByRole('button', { name: 'Videoconference view' }).click();
    await page.locator('.plenary').waitFor();
    took = Date.now() - began;
    await expect(page.getByText('Raised · number 1 on the list')).toBeVisible();
    const back = Date.now();
    await page.getByRole('button', { name: 'Back to the hall' }).click();
    await page.getByRole('button', { name: 'Videoconference view' }).waitFor();
    took = Math.max(took, Date.now() - back);
  });
  test.info().annotations.push({ type: 'views', description: `changed in ${took} ms, longest silence ${silence} ms` });
  console.log(`views: changed in ${took} ms at most, longest silence ${silence} ms`);
  expect(silence, 'longest silence while the view changes, ms').toBeLessThan(GAP_MS);
  expect(secretary.state?.list.entries.length, 'list position kept').toBe(1);

  // The graphics context is lost for good: the session goes on in the standard view, with the place in the list.
  await page.evaluate(() => {
    const canvas = document.querySelector('canvas');
    const context = canvas?.getContext('webgl2') ?? canvas?.getContext('webgl');
    context?.getExtension('WEBGL_lose_context')?.loseContext();
  });
  await expect(page.locator('.plenary')).toBeVisible({ timeout: 60_000 });
  await expect(page.getByText('Raised · number 1 on the list')).toBeVisible();
  expect(secretary.state?.list.entries.length, 'list position kept').toBe(1);
  secretary.cut();
});
