/** Sponsors and donors, from the secretariat's page to the panel and the walls of the venue: added, edited, ordered and removed while somebody looks. */
import { rm } from 'node:fs/promises';
import { expect, test } from '@playwright/test';
import type { Browser, BrowserContextOptions, Page } from '@playwright/test';
import sharp from 'sharp';
import type { Settings } from '../../client/app/contracts.ts';
import { DIST } from '../../scripts/bundle/build.ts';
import { LANGUAGES } from '../../shared/protocol/vocabulary.ts';
import type { Language } from '../../shared/protocol/vocabulary.ts';
import { accessibilityFaults } from '../support/accessibility.ts';
import { launchChromium } from '../support/chromium.ts';
import { logo } from '../support/logos.ts';
import { BrowserPerson, until } from '../support/person.ts';
import { startTestServer } from '../support/server.ts';
import { SIGHT_SCENE, writeSightAssets } from '../support/sight-scene.ts';
import { openDesk } from '../support/staff-desk.ts';
import type { Desk } from '../support/staff-desk.ts';

/** Without a GPU the first picture takes a while. */
const DRAWN_MS = 90_000;
/** Colours that nothing else in the scene has. */
const MAGENTA = '#c8108a';
const GREEN = '#0fa03c';

/** How many pixels of the view have nearly the colour. */
async function pixelsOf(page: Page, colour: string): Promise<number> {
  const wanted = [1, 3, 5].map((at) => Number.parseInt(colour.slice(at, at + 2), 16));
  const picture = await page.locator('canvas').screenshot({ timeout: DRAWN_MS });
  const pixels = await sharp(picture).removeAlpha().raw().toBuffer();
  let found = 0;
  for (let at = 0; at < pixels.length; at += 3) if (wanted.every((value, channel) => Math.abs((pixels[at + channel] ?? 0) - value) < 40)) found += 1;
  return found;
}

async function chooseLogo(page: Page, buffer: Buffer, name = 'logo.png'): Promise<void> {
  await page.locator('.logo-field input[type=file]').setInputFiles({ name, mimeType: 'image/png', buffer });
}

const row = (page: Page, name: string) => page.locator('[data-sponsor]').filter({ hasText: name });

test('what the secretariat enters is on the panel and on the wall at once, changes there, and goes', async () => {
  test.setTimeout(300_000);
  const assets = await writeSightAssets();
  const server = await startTestServer({ assets, env: { PLENUM_SCENE: SIGHT_SCENE } });
  const people: BrowserPerson[] = [];
  try {
    // In front of the wall of sponsors.
    const visitor = await server.inviteTo(SIGHT_SCENE, { x: -2.6, y: 0, z: -3.4, yaw: Math.PI / 2 });
    const person = await BrowserPerson.open(visitor.link, { viewport: { width: 1000, height: 650 }, settings: { motion: 'reduced', textOnly: false, quality: 'low', view: 'first' } });
    people.push(person);
    await person.enter(false);
    await person.seesView();
    const { page } = person;
    const button = page.getByRole('button', { name: 'Sponsors and donors' });
    await expect(button).toHaveCount(0);

    const secretary = await server.invite({ role: 'secretariat' });
    const desk = await BrowserPerson.open(secretary.link.replace('/#', '/staff/#'), { viewport: { width: 1280, height: 900 } });
    people.push(desk);
    const staff = desk.page;
    await staff.getByRole('tab', { name: 'Sponsors and donors' }).click();
    await staff.getByRole('button', { name: 'Add a sponsor or donor' }).click();
    await staff.getByRole('textbox', { name: 'Name', exact: true }).fill('Atlas Carpets');
    await staff.getByRole('combobox', { name: 'Tier' }).selectOption({ label: 'Gold' });
    await staff.getByRole('textbox', { name: 'Website' }).fill('www.atlas.example/carpets');
    await staff.getByRole('combobox', { name: 'Booth' }).selectOption({ index: 1 });
    await staff.getByRole('group', { name: 'English' }).getByRole('textbox', { name: 'Text' }).fill('Weavers from forty villages.');
    await chooseLogo(staff, await logo(MAGENTA));
    await expect(staff.locator('.logo-field').getByRole('img', { name: 'Logo of Atlas Carpets' })).toHaveJSProperty('naturalWidth', 640);
    await staff.getByRole('button', { name: 'Save' }).click();
    await expect(row(staff, 'Atlas Carpets')).toBeVisible();
    await expect(staff.getByRole('button', { name: 'Add a sponsor or donor' })).toBeFocused();
    await expect(row(staff, 'Atlas Carpets')).toContainText(/Text missing in: .?Français, Español, Русский, 中文, and العربية/u);

    await expect(button).toBeVisible();
    await until(async () => (await pixelsOf(page, MAGENTA) > 4000 ? null : 'the logo is not on the wall'), DRAWN_MS);
    await page.screenshot({ path: test.info().outputPath('wall.png'), timeout: DRAWN_MS });
    await button.click();
    const panel = page.locator('.panel--sponsors');
    await expect(panel.getByRole('heading', { name: 'Atlas Carpets', level: 4 })).toBeVisible();
    await expect(panel.getByRole('img', { name: 'Logo of Atlas Carpets' })).toHaveJSProperty('naturalWidth', 640);
    await expect(panel).toContainText('Weavers from forty villages.');
    const link = panel.getByRole('link', { name: 'www.atlas.example: website of Atlas Carpets, opens in a new window' });
    await expect(link).toHaveAttribute('href', 'https://www.atlas.example/carpets');
    await expect(link).toHaveAttribute('target', '_blank');
    await expect(link).toHaveAttribute('rel', /noopener/);
    expect(await accessibilityFaults(page)).toEqual([]);
    await page.screenshot({ path: test.info().outputPath('panel.png'), timeout: DRAWN_MS });

    await row(staff, 'Atlas Carpets').getByRole('button', { name: 'Edit: Atlas Carpets' }).click();
    await staff.getByRole('textbox', { name: 'Name', exact: true }).fill('Atlas Cooperative');
    await chooseLogo(staff, await logo(GREEN));
    await expect(staff.locator('.logo-field__progress')).toHaveCount(0);
    await staff.getByRole('button', { name: 'Save' }).click();
    await expect(panel.getByRole('heading', { name: 'Atlas Cooperative' })).toBeVisible();
    await until(async () => (await pixelsOf(page, GREEN) > 1500 && await pixelsOf(page, MAGENTA) < 200 ? null : 'the wall still shows the logo before'), DRAWN_MS);

    // To their booth, which shows the same.
    await panel.getByRole('button', { name: 'Walk to the booth: Atlas Cooperative' }).click();
    await expect(page.locator('.sight-prompt')).toContainText('Atlas Cooperative', { timeout: 40_000 });

    await row(staff, 'Atlas Cooperative').getByRole('button', { name: 'Remove: Atlas Cooperative' }).click();
    await expect(staff.getByRole('dialog').getByRole('button', { name: 'Cancel' })).toBeFocused();
    await staff.getByRole('dialog').getByRole('button', { name: 'Remove' }).click();
    await expect(staff.getByText('Nobody is acknowledged yet.')).toBeVisible();
    await expect(staff.getByRole('button', { name: 'Add a sponsor or donor' })).toBeFocused();
    await expect(panel).toHaveCount(0);
    await expect(button).toHaveCount(0);
    await until(async () => (await pixelsOf(page, GREEN) < 200 ? null : 'the booth still shows the logo'), DRAWN_MS);
    expect(people.flatMap(({ foreignRequests, forbidden }) => [...foreignRequests, ...forbidden])).toEqual([]);
  } finally {
    await Promise.all(people.map((person) => person.close()));
    await server.stop();
    await rm(assets, { recursive: true, force: true });
  }
});

test.describe('the section of the secretariat\'s page', () => {
  let browser: Browser;
  let desk: Desk;

  test.beforeAll(async () => {
    browser = await launchChromium({ withoutGl: true });
  });
  test.afterAll(() => browser.close());
  test.beforeEach(async () => {
    desk = await openDesk({ client: DIST });
  });
  test.afterEach(async () => {
    await Promise.all(browser.contexts().map((context) => context.close()));
    await desk.close();
  });

  async function signedIn(options: BrowserContextOptions = {}, settings: Partial<Settings> = {}): Promise<Page> {
    const { pass } = await desk.signIn();
    const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, reducedMotion: 'reduce', locale: 'en', ...options });
    await context.addInitScript((stored) => { localStorage.setItem('plenum.settings', JSON.stringify(stored)); }, settings);
    const page = await context.newPage();
    await page.goto(`${desk.url}/staff/#pass=${pass}`);
    await page.getByRole('tab').nth(1).click();
    await page.locator('.sponsors-intro').waitFor();
    return page;
  }

  const six = (text: string): Record<Language, string> => Object.fromEntries(LANGUAGES.map((language) => [language, text])) as Record<Language, string>;
  const TEXTS: Record<Language, string> = {
    en: 'Weavers from forty villages, and their carpets on loan to this foyer.', fr: 'Des tisserands de quarante villages, et leurs tapis prêtés à ce foyer.', es: 'Tejedores de cuarenta aldeas, y sus alfombras prestadas a este vestíbulo.',
    ru: 'Ткачи из сорока деревень и их ковры, предоставленные этому залу.', zh: '来自四十个村庄的织工,以及他们借给本厅的地毯。', ar: 'نساجون من أربعين قرية، وسجادهم معار لهذا البهو.',
  };

  async function fill(): Promise<void> {
    const [atlas, white, red] = await Promise.all([logo('#0f5ba8'), logo('#ffffff'), logo('#a6352c', { ground: '#fff4e0' })].map(async (picture) => (await desk.sponsors.takeLogo(await picture)).logo));
    const base = { kind: 'sponsor', tier: null, names: six(''), text: six(''), link: null, logo: null, booth: null } as const;
    await desk.sponsors.add({ ...base, tier: 'host', name: 'Kingdom of Examples', names: { ...six(''), ar: 'مملكة الأمثلة' }, text: TEXTS, link: 'https://host.example/', logo: red ?? null });
    for (const name of ['Atlas Carpets Cooperative', 'Blue River', 'Mint Tea Society']) {
      await desk.sponsors.add({ ...base, tier: 'gold', name, logo: name.startsWith('Blue') ? null : atlas ?? null, text: name.startsWith('Atlas') ? TEXTS : { ...six(''), en: TEXTS.en, fr: TEXTS.fr }, link: 'https://www.example.org/' });
    }
    await desk.sponsors.add({ ...base, kind: 'donor', name: 'The Well Foundation', logo: white ?? null, booth: 'gone-1' });
  }

  test('says in plain words what is wrong, by the field and by the picture, and keeps what was entered', async () => {
    const page = await signedIn();
    await page.getByRole('button', { name: 'Add a sponsor or donor' }).click();
    await expect(page.getByRole('heading', { name: 'New sponsor or donor' })).toBeFocused();
    await page.getByRole('textbox', { name: 'Website' }).fill('javascript:alert(1)');
    await page.getByRole('button', { name: 'Save' }).click();
    const name = page.getByRole('textbox', { name: 'Name', exact: true });
    await expect(name).toBeFocused();
    await expect(name).toHaveAccessibleDescription(/Give a name\./);
    await expect(page.getByRole('textbox', { name: 'Website' })).toHaveAccessibleDescription(/not the address of a website/);
    await page.screenshot({ path: test.info().outputPath('faults.png'), fullPage: true });
    await name.fill('Atlas');
    await expect(page.getByText('Give a name.')).toHaveCount(0);
    await page.getByRole('textbox', { name: 'Website' }).fill('atlas.example');

    const alert = page.locator('.logo-field').getByRole('alert');
    await chooseLogo(page, Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>'), 'logo.svg');
    await expect(alert).toContainText('SVG pictures can carry programs and are not accepted.');
    await chooseLogo(page, Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>'), 'logo.png');
    await expect(alert).toContainText('SVG pictures can carry programs and are not accepted.');
    const sound = await logo('#0f5ba8');
    await chooseLogo(page, sound.subarray(0, sound.length >> 1));
    await expect(alert).toContainText('This picture is damaged or incomplete.');
    await chooseLogo(page, Buffer.alloc(3_000_000));
    await expect(alert).toContainText('This picture is too large.');
    await page.route('**/sponsors/logos', (route) => route.abort());
    await chooseLogo(page, sound);
    await expect(alert).toContainText('The server of the venue does not answer.');
    await page.unroute('**/sponsors/logos');

    // Another tab and back: nothing is lost. Leaving asks first.
    await page.getByRole('tab', { name: 'Scenes' }).click();
    await page.getByRole('tab', { name: 'Sponsors and donors' }).click();
    await expect(name).toHaveValue('Atlas');
    await page.getByRole('button', { name: 'Cancel', exact: true }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Go on editing' }).click();
    await page.getByRole('button', { name: 'Save' }).click();
    await expect(row(page, 'Atlas')).toContainText('atlas.example');
    await expect(row(page, 'Atlas')).toContainText('No logo');

    // Somebody else was quicker.
    await row(page, 'Atlas').getByRole('button', { name: 'Edit: Atlas' }).click();
    const [atlas] = (await desk.sponsors.overview()).sponsors;
    if (atlas === undefined) throw new Error('nothing was saved');
    await desk.sponsors.change(atlas.id, { ...atlas, name: 'Atlas (theirs)' }, atlas.revision);
    await name.fill('Atlas (mine)');
    await page.getByRole('button', { name: 'Save' }).click();
    await expect(page.locator('.toasts')).toContainText('Somebody has changed this in the meantime.');
    await expect(name).toHaveValue('Atlas (mine)');
  });

  test('a picture on its way shows how far it is, and can be cancelled', async () => {
    const page = await signedIn();
    await page.getByRole('button', { name: 'Add a sponsor or donor' }).click();
    await page.getByRole('textbox', { name: 'Name', exact: true }).fill('Atlas');
    await page.route('**/sponsors/logos', () => undefined);
    await chooseLogo(page, await logo('#0f5ba8'), 'slow.png');
    await expect(page.getByRole('progressbar')).toBeVisible();
    await expect(page.getByRole('button', { name: 'Save' })).toBeDisabled();
    await page.getByRole('button', { name: 'Cancel the upload of slow.png' }).click();
    await expect(page.getByRole('progressbar')).toHaveCount(0);
    await expect(page.getByRole('button', { name: 'Save' })).toBeEnabled();
  });

  test('is ordered by keyboard, within a tier', async () => {
    await fill();
    const page = await signedIn();
    const names = (): Promise<string[]> => page.locator('.sponsor-row__name').allInnerTexts();
    expect(await names()).toEqual(['Kingdom of Examples', 'Atlas Carpets Cooperative', 'Blue River', 'Mint Tea Society', 'The Well Foundation']);
    await expect(page.getByRole('button', { name: 'Move up: Atlas Carpets Cooperative' })).toBeDisabled();
    await expect(page.getByRole('button', { name: /Move .*: The Well Foundation/ })).toHaveCount(0);
    await page.getByRole('button', { name: 'Move up: Mint Tea Society' }).focus();
    await page.keyboard.press('Enter');
    await expect.poll(names).toEqual(['Kingdom of Examples', 'Atlas Carpets Cooperative', 'Mint Tea Society', 'Blue River', 'The Well Foundation']);
    await expect(page.locator('[data-live=polite]')).toContainText('Mint Tea Society is now number 2 of 3.');
    // The focus goes with what was moved.
    await expect(page.getByRole('button', { name: 'Move up: Mint Tea Society' })).toBeFocused();
    await page.keyboard.press('Enter');
    await expect.poll(async () => (await names())[1]).toBe('Mint Tea Society');
    // It is the first now, and cannot go further: the way back has the focus.
    await expect(page.getByRole('button', { name: 'Move down: Mint Tea Society' })).toBeFocused();
    await page.keyboard.press('Enter');
    await expect.poll(() => desk.sponsors.list().map(({ name }) => (typeof name === 'string' ? name : name.en))).toEqual(['Kingdom of Examples', 'Atlas Carpets Cooperative', 'Mint Tea Society', 'Blue River', 'The Well Foundation']);
  });

  const PHONE = { viewport: { width: 320, height: 640 }, hasTouch: true, isMobile: true } as const;
  /** The last says whether axe looks on. */
  const MODES: readonly (readonly [string, BrowserContextOptions, Partial<Settings>, boolean])[] = [
    ['desktop-light-english', {}, { language: 'en' }, true],
    ['desktop-dark-french', { colorScheme: 'dark' }, { language: 'fr' }, true],
    ['phone-dark-arabic', { ...PHONE, colorScheme: 'dark' }, { language: 'ar' }, true],
    ['zoomed-contrast-russian', { viewport: { width: 320, height: 400 } }, { contrast: 'high', language: 'ru' }, false],
    ...(['es', 'zh'] as const).map((language) => [`desktop-light-${language}`, {}, { language }, false] as const),
  ];

  test('looks right and is accessible in every language and size', async () => {
    test.setTimeout(240_000);
    await fill();
    for (const [name, options, settings, axe] of MODES) {
      await test.step(name, async () => {
        const page = await signedIn(options, settings);
        const judge = async (what: string): Promise<void> => {
          if (axe) expect.soft(await accessibilityFaults(page), `${name}, ${what}`).toEqual([]);
          expect.soft(await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth), `${name}, ${what}: wider than the window by`).toBeLessThanOrEqual(0);
          await page.screenshot({ path: test.info().outputPath(`${name}-${what}.png`), fullPage: true });
        };
        await page.locator('[data-sponsor]').last().waitFor();
        await judge('list');
        await page.locator('[data-sponsor]').nth(1).locator('.sponsor-row__actions > .button').first().click();
        await page.locator('.sponsor-form').waitFor();
        await judge('form');
        await page.context().close();
      });
    }
  });
});
