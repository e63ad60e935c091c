/** Interpreters at their consoles, in real browsers with real WebRTC: every channel carries what it should, the microphone goes from one colleague to the other and is never open twice, ears are protected. */
import { expect, test } from '@playwright/test';
import type { Browser } from '@playwright/test';
import type { PlenaryClient } from '../../client/plenary/client.ts';
import { DIST } from '../../scripts/bundle/build.ts';
import { accessibilityFaults } from '../support/accessibility.ts';
import { launchChromium } from '../support/chromium.ts';
import { PlenaryTestClient, createSession } from '../support/plenary-client.ts';
import { startTestServer } from '../support/server.ts';
import type { TestServer } from '../support/server.ts';
import { SessionPage, hearsOnlyOf } from '../support/session-page.ts';
import type { SessionGuest } from '../support/session-page.ts';

/** No multiples of each other. */
const TONES = { chair: 703, lea: 1102, marc: 1500, ivan: 2297 };
const ALL = Object.values(TONES);
const STAFF = { entity: 'Interpretation', entityType: 'secretariat', role: 'interpreter' } as const;
/** What the console allows unless told otherwise: -12 dBFS; samples are read in single precision. */
const CEILING = 10 ** (-12 / 20) + 1e-6;

let browser: Browser;
let server: TestServer;
let session: string;
let secretary: PlenaryTestClient;

const come = (guest: SessionGuest): Promise<SessionPage> => SessionPage.enter(browser, server, session, guest);

const hearsOnly = (listener: SessionPage, ...wanted: readonly number[]): Promise<void> => hearsOnlyOf(ALL, listener, wanted);

/** Largest sample that goes to the headphones in a second. */
function peakOf({ page }: SessionPage): Promise<number> {
  return page.evaluate(async () => {
    const { plenaryEntrance } = window as unknown as { plenaryEntrance: { phase: { peek(): { client: PlenaryClient } } } };
    const { output } = plenaryEntrance.phase.peek().client.sound as unknown as { output: AudioNode };
    const analyser = new AnalyserNode(output.context, { fftSize: 32_768 });
    output.connect(analyser);
    await new Promise((resolve) => { setTimeout(resolve, 1000); });
    const samples = new Float32Array(analyser.fftSize);
    analyser.getFloatTimeDomainData(samples);
    output.disconnect(analyser);
    return samples.reduce((most, sample) => Math.max(most, Math.abs(sample)), 0);
  });
}

/** In everything that the secretariat was ever told: booths with two open microphones, and languages with two. */
function doubles(): string[] {
  return secretary.all('manning').flatMap(({ manning }) => {
    const booths = Object.values(manning);
    const live = booths.flatMap(({ members }) => members).filter((member) => member.live);
    const languages = live.map(({ outgoing }) => outgoing);
    return [...booths.filter(({ members }) => members.filter((member) => member.live).length > 1).map(({ id }) => `booth ${id}`), ...(new Set(languages).size < languages.length ? [`languages ${languages.join()}`] : [])];
  });
}

test.beforeAll(async () => {
  browser = await launchChromium({ withoutGl: true });
  server = await startTestServer({ client: DIST });
  const { pass } = await server.invite({ role: 'secretariat', entity: 'Secretariat', entityType: 'secretariat' });
  const { token } = await server.openSession(pass);
  session = await createSession(server.url, token);
  secretary = await PlenaryTestClient.join({ port: server.port, session, token });
  await secretary.act({ kind: 'putBooth', booth: null, name: 'English booth', languages: ['en', 'fr'] });
  await secretary.act({ kind: 'putBooth', booth: null, name: 'Russian booth', languages: ['fr', 'ru'] });
});
test.afterAll(async () => {
  secretary.cut();
  await browser.close();
  await server.stop();
});

test('two booths at work: relay, hand-over, fall-back, protected ears', async () => {
  const [chair, lea, marc, ivan, listener] = await Promise.all([
    come({ who: { name: 'Amélie Rochat', entity: 'Switzerland', country: 'ch', role: 'chair', language: 'en' }, hertz: TONES.chair }),
    come({ who: { ...STAFF, name: 'Léa Moreau' }, hertz: TONES.lea }),
    come({ who: { ...STAFF, name: 'Marc Weber' }, hertz: TONES.marc }),
    come({ who: { ...STAFF, name: 'Ivan Petrov' }, hertz: TONES.ivan }),
    come({ who: { name: 'Ana Silva', entity: 'Observer', entityType: 'organisation', role: 'guest' } }),
  ]);
  const microphone = ({ page }: SessionPage) => page.locator('.console-mic');

  await test.step('booths are chosen, directions and channels set by single keys', async () => {
    await chair.button('Take the chair').click();
    await chair.button('Open the session').first().click();
    await chair.button('Speak from the chair').click();
    await lea.button('Enter the booth: English booth').click();
    await expect(lea.page.getByRole('heading', { name: 'English booth' })).toBeFocused();
    await lea.page.keyboard.press('x');
    await expect(lea.page.getByRole('radio', { name: 'Français', exact: true })).toBeChecked();
    await expect(microphone(lea)).toHaveAttribute('aria-pressed', 'false');
    await ivan.button('Enter the booth: Russian booth').click();
    await expect(ivan.page.getByRole('heading', { name: 'Russian booth' })).toBeFocused();
    await ivan.page.keyboard.press('x');
    await expect(ivan.page.getByRole('radio', { name: 'Русский', exact: true })).toBeChecked();
    await ivan.page.keyboard.press('2');
    await expect(ivan.page.getByRole('radio', { name: /^Français/, exact: false }).and(ivan.page.locator('[value=fr]:checked'))).toHaveCount(1);
    for (const each of [lea, ivan]) await each.page.keyboard.press('m');
    await expect(microphone(lea)).toContainText('ON AIR: Français');
    await expect(microphone(ivan)).toContainText('ON AIR: Русский');
    await expect(lea.page.getByText('Your microphone is closed.')).toHaveCount(0);
    // One never hears oneself as relay.
    await expect(lea.page.locator('.channel [value=fr]')).toBeDisabled();
  });

  await test.step('each hears what they should: interpreters their incoming channel, a listener the one that is chosen', async () => {
    await hearsOnly(lea, TONES.chair);
    await hearsOnly(ivan, TONES.lea);
    await hearsOnly(listener, TONES.chair);
    await listener.button(/What you hear/).click();
    await listener.page.locator('.channel').filter({ hasText: 'Русский' }).click();
    await listener.page.getByRole('slider', { name: 'Floor beneath the interpretation' }).fill('0');
    await hearsOnly(listener, TONES.ivan);
    await listener.page.locator('.channel').filter({ hasText: 'Français' }).click();
    await hearsOnly(listener, TONES.lea);
  });

  await test.step('no peak reaches the headphones above the limit, however loud they are set', async () => {
    await lea.page.getByText('My headphones').click();
    await lea.page.getByRole('slider', { name: 'Volume of the incoming channel' }).fill('2');
    await expect(lea.page.getByText('suddenly 12 dB louder')).toBeVisible();
    await expect.poll(() => peakOf(lea), { message: 'the tone is at the limit' }).toBeGreaterThan(0.2);
    const peak = await peakOf(lea);
    console.log(`peak in the interpreter's headphones: ${(20 * Math.log10(peak)).toFixed(2)} dBFS`);
    expect(peak).toBeLessThanOrEqual(CEILING);
    await lea.page.getByRole('slider', { name: 'Volume of the incoming channel' }).fill('1');
  });

  await test.step('a colleague asks for the microphone; it is handed over in one step', async () => {
    await marc.button('Enter the booth: English booth').click();
    await expect(marc.page.getByRole('heading', { name: 'English booth' })).toBeFocused();
    await marc.page.keyboard.press('x');
    await expect(marc.page.getByRole('radio', { name: 'Français', exact: true })).toBeChecked();
    await marc.page.keyboard.press('m');
    await expect(marc.page.getByText('Léa Moreau is on air. Only one microphone can be open in a booth.')).toBeVisible();
    await marc.page.getByRole('alert').filter({ hasText: 'Léa Moreau' }).getByRole('button', { name: 'Ask for the microphone' }).click();
    // Wherever the console has been scrolled to.
    await expect(lea.page.locator('.handover')).toBeInViewport({ ratio: 1 });
    await expect(lea.page.locator('.handover')).toContainText('Marc Weber asks for your microphone.');
    await expect(lea.page.locator('[data-live=assertive]')).toContainText('Marc Weber asks for your microphone.');
    expect(await accessibilityFaults(lea.page)).toEqual([]);
    await lea.page.keyboard.press('h');
    await expect(microphone(marc)).toContainText('ON AIR: Français');
    await expect(microphone(lea)).toHaveAttribute('aria-pressed', 'false');
    await hearsOnly(listener, TONES.marc);
    await hearsOnly(ivan, TONES.marc);
  });

  await test.step('while one coughs nothing is sent; a closed microphone is said to listeners, who hear the floor', async () => {
    await marc.page.keyboard.down('c');
    await expect(microphone(marc)).toContainText('Cough: nothing is sent');
    await hearsOnly(listener, TONES.chair);
    await marc.page.keyboard.up('c');
    await expect(microphone(marc)).toContainText('ON AIR');
    await marc.page.keyboard.press('m');
    await expect(listener.page.getByText('Français is silent: you hear the floor.').first()).toBeVisible();
    await hearsOnly(listener, TONES.chair);
    await expect(ivan.page.locator('.console').getByText('Français is silent: you hear the floor.')).toBeVisible();
  });

  await test.step('alerts reach the chair, booth chat the booth, and the sound check says what the line carries', async () => {
    await lea.page.getByText('Sound check').click();
    await lea.button('Check the incoming line').click();
    await lea.page.getByRole('textbox', { name: 'Write a message' }).first().fill('Chiffre : 2,4 milliards');
    await lea.page.keyboard.press('Enter');
    await expect(marc.page.getByText('Chiffre : 2,4 milliards')).toBeVisible();
    await expect(ivan.page.getByText('Chiffre : 2,4 milliards')).toHaveCount(0);
    await lea.button('Slow down').click();
    await expect(chair.page.getByText('The interpreters ask the speaker to slow down').first()).toBeVisible();
    // A tone of 703 Hz is narrower than any voice.
    await expect(lea.page.locator('.figure').filter({ hasText: 'Bandwidth' })).toContainText('Poor');
    console.log(`sound check of a tone: ${(await lea.page.locator('.figure__value').allTextContents()).join(' | ')}`);
  });

  await test.step('never two open microphones; nothing for axe to find', async () => {
    expect(doubles()).toEqual([]);
    expect(secretary.all('manning').some(({ manning }) => Object.values(manning).some(({ members }) => members.some(({ live }) => live)))).toBe(true);
    await lea.page.emulateMedia({ colorScheme: 'dark', reducedMotion: 'reduce' });
    expect(await accessibilityFaults(lea.page)).toEqual([]);
  });
});
