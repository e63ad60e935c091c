/** The videoconference view of a formal session on a phone and in Arabic, against the real server: what a screen reader is told, axe, nothing beside the screen. By keyboard: `plenary-keyboard.spec.ts`. */
import { expect, test } from '@playwright/test';
import type { Browser, BrowserContextOptions, Page } from '@playwright/test';
import type { Settings } from '../../client/app/contracts.ts';
import { DIST } from '../../scripts/bundle/build.ts';
import type { RosterEntry } from '../../server/store/store.ts';
import { accessibilityFaults } from '../support/accessibility.ts';
import { launchChromium } from '../support/chromium.ts';
import { PATIENCE_MS } from '../support/patience.ts';
import { createSession } from '../support/plenary-client.ts';
import { startTestServer } from '../support/server.ts';
import type { TestServer } from '../support/server.ts';

const PHONE = { viewport: { width: 390, height: 780 }, hasTouch: true, isMobile: true } as const;
const CHAIR = { name: 'Светлана Иванова', entity: 'Kazakhstan', country: 'kz', role: 'chair' } as const;
const SENEGAL = { name: 'Amina Diallo', entity: 'Senegal', country: 'sn', language: 'en' } as const;

let browser: Browser;
let server: TestServer;
let session: string;
let secretariat: string;
const failures: string[] = [];

interface Visitor {
  readonly who: Partial<RosterEntry>;
  readonly options?: BrowserContextOptions;
  readonly settings?: Partial<Settings>;
}

/** Comes in by the link of a pass, and goes into the session. */
async function enter({ who, options = {}, settings = {} }: Visitor): Promise<Page> {
  const { pass } = await server.invite(who);
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, reducedMotion: 'reduce', locale: 'en', permissions: ['microphone', 'camera'], ...options });
  await context.addInitScript((stored) => { localStorage.setItem('plenum.settings', JSON.stringify(stored)); }, { language: 'en', ...settings });
  const page = await context.newPage();
  page.setDefaultTimeout(PATIENCE_MS);
  page.on('pageerror', (error) => failures.push(error.message));
  page.on('request', (request) => { if (/babylon|world\//i.test(request.url())) failures.push(`3D was loaded: ${request.url()}`); });
  await page.goto(`${server.url}/plenary/?session=${session}#pass=${pass}`);
  await page.locator('.entrance .button--primary').press('Enter');
  await page.locator('.plenary').waitFor();
  return page;
}

/** Keeps everything that a screen reader is told. */
async function listenToReader(page: Page): Promise<() => Promise<string>> {
  await page.evaluate(() => {
    const told: string[] = [];
    for (const region of document.querySelectorAll('[data-live]')) {
      new MutationObserver((changes) => {
        for (const { addedNodes } of changes) for (const node of addedNodes) told.push(`${region.getAttribute('data-live') ?? ''}: ${node.textContent ?? ''}`);
      }).observe(region, { childList: true });
    }
    Object.assign(window, { told });
  });
  return () => page.evaluate(() => (window as unknown as { told: string[] }).told.join('\n'));
}

test.beforeAll(async () => {
  browser = await launchChromium({ withoutGl: true });
  server = await startTestServer({ client: DIST });
  const secretary = await server.invite({ role: 'secretariat', entity: 'ITU', entityType: 'secretariat' });
  secretariat = (await server.openSession(secretary.pass)).token;
});
test.beforeEach(async () => {
  session = await createSession(server.url, secretariat, 'Council 2027');
});
test.afterAll(async () => {
  await browser.close();
  await server.stop();
});
test.afterEach(async () => {
  await Promise.all(browser.contexts().map((context) => context.close()));
  expect(failures).toEqual([]);
});

test('a conclusion is put, one state objects, and the item is deferred', async () => {
  const chair = await enter({ who: CHAIR });
  await chair.getByRole('button', { name: 'Take the chair' }).click();
  await chair.getByRole('button', { name: 'Open the session' }).first().click();
  await chair.getByRole('tab', { name: 'Agenda' }).click();
  await chair.getByRole('button', { name: 'Add an item' }).click();
  await chair.getByRole('textbox', { name: 'Number' }).fill('PL-1.1');
  await chair.getByRole('textbox', { name: 'Title', exact: true }).fill('Connecting every school');
  await chair.getByRole('button', { name: 'Save' }).click();

  const phone = await enter({ who: { ...SENEGAL, name: 'Fatou Sarr' }, options: PHONE });
  const phoneHears = await listenToReader(phone);
  await chair.locator('.item__summary').filter({ hasText: 'PL-1.1' }).click();
  await chair.getByRole('button', { name: 'Put a conclusion' }).click();
  await chair.getByRole('textbox', { name: 'Text' }).fill('The Council endorses the plan.');
  await chair.getByRole('button', { name: 'Put to the meeting' }).click();
  await expect.poll(phoneHears).toContain('assertive: A conclusion on PL-1.1 is proposed.');

  expect(await accessibilityFaults(phone)).toEqual([]);
  expect(await phone.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)).toBe(0);
  await phone.getByRole('button', { name: 'Object', exact: true }).click();
  const question = phone.getByRole('dialog');
  await expect(question).toContainText('One state is enough: PL-1.1 goes to the next physical session, and Senegal is named in the record.');
  await question.getByRole('button', { name: 'Object' }).click();
  await expect.poll(phoneHears).toContain('PL-1.1: Objected to: deferred to the physical session');
  await expect(chair.locator('.item').filter({ hasText: 'PL-1.1' })).toContainText('Deferred to the physical session');
});

test('in Arabic, from right to left, on a phone in the dark, and back after a reload', async () => {
  const page = await enter({ who: { ...SENEGAL, name: 'Awa Ndiaye', language: 'ar' }, options: { ...PHONE, colorScheme: 'dark' }, settings: { language: 'ar' } });
  await expect(page.locator('html')).toHaveAttribute('dir', 'rtl');
  await expect(page.locator('.plate__name')).toHaveText('Senegal');
  expect(await accessibilityFaults(page)).toEqual([]);
  expect(await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)).toBe(0);
  const small = await page.locator('.dock button, .rail__tab').evaluateAll((buttons) => buttons.filter((button) => button.getBoundingClientRect().height < 44).map((button) => button.textContent));
  expect(small).toEqual([]);
  await page.reload();
  await page.locator('.entrance .button--primary').click();
  await expect(page.locator('.plenary')).toBeVisible();
});
