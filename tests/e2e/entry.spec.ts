/** The ways in: passes that do not work, a microphone that is refused, a second window, a language, a page that sleeps. */
import { fileURLToPath } from 'node:url';
import { expect, test } from '@playwright/test';
import type { DiagnosticsReport } from '../../client/app/diagnostics.ts';
import { BrowserPerson } from '../support/person.ts';
import { startTestServer } from '../support/server.ts';
import type { TestServer } from '../support/server.ts';

const ASSETS = fileURLToPath(new URL('../../assets', import.meta.url));
/** As long as a phone is looked away from. */
const ASLEEP_MS = 60_000;
/** Half a minute: time to enter on the busiest machine. */
const SHORT_PASS_DAYS = 30 / 86_400;

let server: TestServer;
/** Two who only wait, while the others are tested: a phone in the background, and somebody with a pass that soon expires. */
let sleeper: Sleeper;
let guest: BrowserPerson;
test.beforeAll(async () => {
  server = await startTestServer({ assets: ASSETS });
  guest = await BrowserPerson.open((await server.invite({}, SHORT_PASS_DAYS)).link);
  await guest.enter(false);
  sleeper = await fallAsleep((await server.invite()).link);
});
test.afterAll(async () => {
  await Promise.all([guest, sleeper?.person].map((person) => person?.close()));
  await server.stop();
});

/** Somebody whose page the browser has frozen. */
interface Sleeper {
  readonly person: BrowserPerson;
  readonly before: DiagnosticsReport['me'];
  /** When they may be woken, `Date.now()`. */
  readonly until: number;
  readonly wake: () => Promise<unknown>;
}

async function fallAsleep(link: string): Promise<Sleeper> {
  const person = await BrowserPerson.open(link);
  await person.enter(false);
  const before = (await person.diagnostics()).me;
  const lifecycle = await person.context.newCDPSession(person.page);
  await lifecycle.send('Page.setWebLifecycleState', { state: 'frozen' });
  return { person, before, until: Date.now() + ASLEEP_MS, wake: () => lifecycle.send('Page.setWebLifecycleState', { state: 'active' }) };
}

async function says(link: string, text: string): Promise<void> {
  const person = await BrowserPerson.open(link);
  try {
    await expect(person.page.getByText(text)).toBeVisible();
    await expect(person.page.getByText(/secretariat/).first()).toBeVisible();
  } finally {
    await person.close();
  }
}

test('no pass, a forged, an expired and a revoked one: a page that says so and what to do', async () => {
  const { person, link } = await server.invite();
  await says(`${server.url}/`, 'The address contains no pass.');
  await says(link.slice(0, -6), 'The link is damaged or incomplete.');
  await says(link.slice(0, -1) + (link.endsWith('0') ? '1' : '0'), 'The venue does not know this pass.');
  await says((await server.invite({}, -1)).link, 'The pass is no longer valid.');
  await server.store.passes.revokeAll(person.id, Date.now());
  await says(link, 'The pass has been withdrawn.');
});

test('a refused microphone: entering to listen works, and the microphone can be added later', async () => {
  const { link } = await server.invite();
  const person = await BrowserPerson.open(link, { permissions: [], browserArgs: ['--deny-permission-prompts'], fakePrompt: false });
  try {
    await person.page.getByRole('button', { name: 'Check microphone' }).click();
    await expect(person.page.getByText('The microphone is not allowed')).toBeVisible();
    await person.enter(false);
    await person.see((seen) => (seen.media === 'live' && seen.mic.state === 'off' ? null : `media ${seen.media}, microphone ${seen.mic.state}`));
    await person.context.grantPermissions(['microphone'], { origin: server.url });
    await person.page.getByRole('button', { name: 'Add microphone' }).last().click();
    await person.see((seen) => (seen.mic.state === 'live' ? null : `microphone ${JSON.stringify(seen.mic)}`));
  } finally {
    await person.close();
  }
});

test('the same pass in a second window moves the person there after asking', async () => {
  const { link } = await server.invite();
  const first = await BrowserPerson.open(link);
  const second = await BrowserPerson.open(link);
  try {
    await first.enter(false);
    const before = (await first.diagnostics()).me;
    await second.page.reload();
    await second.page.getByRole('button', { name: 'Enter and only listen' }).click();
    await second.page.getByRole('button', { name: 'Move here' }).click();
    await second.inVenue();
    const after = (await second.diagnostics()).me;
    expect(Math.hypot((after?.x ?? 0) - (before?.x ?? 9), (after?.z ?? 0) - (before?.z ?? 9))).toBeLessThan(0.1);
    await expect(first.page.getByText('You continued in another window')).toBeVisible();
  } finally {
    await Promise.all([first.close(), second.close()]);
  }
});

test('the language changes without a reload, and Arabic runs from right to left', async () => {
  const { link } = await server.invite();
  const person = await BrowserPerson.open(link);
  try {
    await person.page.evaluate(() => Object.assign(window, { sameDocument: true }));
    await person.page.getByRole('combobox', { name: /language/i }).selectOption('ar');
    await expect(person.page.locator('html')).toHaveAttribute('dir', 'rtl');
    await expect(person.page.locator('html')).toHaveAttribute('lang', 'ar');
    await person.page.getByRole('combobox').first().selectOption('fr');
    await expect(person.page.getByRole('button', { name: /micro/i }).first()).toBeVisible();
    expect(await person.page.evaluate(() => 'sameDocument' in window)).toBe(true);
  } finally {
    await person.close();
  }
});

test('a pass that expires inside: the person is told so on a page of its own', async () => {
  await guest.see(({ phase }) => (phase === 'left' ? null : `the phase is ${phase}`), 40_000);
  await expect(guest.page.getByText('The pass is no longer valid.')).toBeVisible();
  await expect(guest.page.getByText(/secretariat/).first()).toBeVisible();
  await expect(guest.page.getByRole('button', { name: 'Enter again' })).toHaveCount(0);
});

test('a phone that was in the background for a minute is back by itself, in the same place', async () => {
  const { person, before, until, wake } = sleeper;
  await expect.poll(() => Date.now(), { timeout: ASLEEP_MS + 5000 }).toBeGreaterThan(until);
  await wake();
  await person.see((seen) => (seen.connection === 'online' && seen.media === 'live' ? null : `connection ${seen.connection}, media ${seen.media}`), 10_000);
  const after = (await person.diagnostics()).me;
  expect(after?.id).toBe(before?.id);
  expect(Math.hypot((after?.x ?? 0) - (before?.x ?? 9), (after?.z ?? 0) - (before?.z ?? 9))).toBeLessThan(0.1);
});
