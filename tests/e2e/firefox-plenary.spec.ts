/** A formal session in a real Firefox: it hears the chair, has the floor and is heard, and reads captions. */
import { expect, test } from '@playwright/test';
import type { Browser } from '@playwright/test';
import { DIST } from '../../scripts/bundle/build.ts';
import { launchChromium } from '../support/chromium.ts';
import { FirefoxMachine, findFirefox } from '../support/firefox.ts';
import { PLAIN } from '../support/person.ts';
import { PATIENCE_MS } from '../support/patience.ts';
import { PlenaryTestClient, createSession } from '../support/plenary-client.ts';
import { startTestServer } from '../support/server.ts';
import type { TestServer } from '../support/server.ts';
import { SessionPage } from '../support/session-page.ts';

const CHAIR_HERTZ = 703;
/** Levels of a tone that is sent, and of none, 0..1. */
const LOUD = 0.1;
const QUIET = 0.02;

let server: TestServer;
let chromium: Browser;
let firefox: FirefoxMachine | null = null;

test.beforeAll(async () => {
  server = await startTestServer({ client: DIST });
  chromium = await launchChromium();
});
test.afterAll(async () => {
  await firefox?.stop();
  await chromium.close();
  await server.stop();
});

/** Presses a button of the page that has this name. */
async function press({ page }: FirefoxMachine, name: string): Promise<void> {
  const button = await page.waitForSelector(`::-p-aria([name="${name}"][role="button"])`, { timeout: PATIENCE_MS });
  await button?.click();
}

interface PlenaryWindow {
  plenaryEntrance: { phase: { peek(): { client?: { sound: { level(of: 'floor'): number } } } } };
}

/** Loudness of the floor in somebody's page, 0..1. */
function floorIn({ page }: { readonly page: { evaluate(look: () => number): Promise<number> } }): Promise<number> {
  return page.evaluate(() => (window as unknown as PlenaryWindow).plenaryEntrance.phase.peek().client?.sound.level('floor') ?? 0);
}

const textOf = ({ page }: FirefoxMachine, selector: string): Promise<string> => page.$eval(selector, (element) => element.textContent ?? '').catch(() => '');

test('a delegate with Firefox hears the chair, has the floor, and reads captions', async () => {
  const executable = findFirefox();
  test.skip(executable === undefined, 'no Firefox with a display and a sound server could be installed');
  const staff = await server.openSession((await server.invite({ role: 'secretariat', entity: 'ITU', entityType: 'secretariat' })).pass);
  const session = await createSession(server.url, staff.token, 'Council 2027');
  const captioner = await PlenaryTestClient.join({ port: server.port, session, token: (await server.openSession((await server.invite({ role: 'captioner', entity: 'ITU', entityType: 'secretariat' })).pass)).token });
  const chair = await SessionPage.enter(chromium, server, session, { who: { name: 'Aigul', entity: 'Kazakhstan', role: 'chair' }, hertz: CHAIR_HERTZ });
  await chair.button('Take the chair').click();
  await chair.button('Open the session').first().click();

  firefox = await FirefoxMachine.start(executable ?? '');
  const fox = firefox;
  const { pass } = await server.invite({ name: 'Amina Diallo', entity: 'Senegal', country: 'sn' });
  await fox.page.goto(`${server.url}/plenary/`);
  await fox.page.evaluate((settings, preferences) => {
    localStorage.setItem('plenum.settings', settings);
    localStorage.setItem('plenum.plenary', preferences);
  }, JSON.stringify({ ...PLAIN, originalSound: true }), JSON.stringify({ captions: 'en' }));
  await fox.page.goto(`${server.url}/plenary/?diagnostics&session=${session}#pass=${pass}`);
  await fox.page.reload();
  await press(fox, 'Enter the session');

  await chair.button('Speak from the chair').click();
  await expect.poll(() => floorIn(fox), { message: 'Firefox hears the chair' }).toBeGreaterThan(LOUD);
  await expect.poll(() => textOf(fox, '.speaker__entity')).toBe('Kazakhstan');
  await chair.button('I have finished').click();
  await expect.poll(() => floorIn(fox), { message: 'and nothing after that' }).toBeLessThan(QUIET);

  await press(fox, 'Raise nameplate');
  await chair.button('Give the floor to Senegal').click();
  await expect.poll(() => floorIn(chair), { message: 'Firefox is heard' }).toBeGreaterThan(LOUD);
  captioner.send('caption', { language: 'en', text: 'Thank you, Madam Chair.', final: true });
  await expect.poll(() => textOf(fox, '.plenary__main'), { message: 'Firefox shows captions' }).toContain('Thank you, Madam Chair.');
  await press(fox, 'I have finished');
  await expect.poll(() => floorIn(chair), { message: 'and not without the floor' }).toBeLessThan(QUIET);
  captioner.cut();
});
