/** Every screen of the UI, over the real store: no accessibility finding, no sideways scrolling, touch targets of 44 pixels. */
import { expect, test } from '@playwright/test';
import type { Browser, BrowserContextOptions, Page } from '@playwright/test';
import type { Settings } from '../../client/app/contracts.ts';
import { accessibilityFaults } from '../support/accessibility.ts';
import { launchChromium } from '../support/chromium.ts';
import { SCREENS, show } from './harness/screens.ts';
import type { Screen } from './harness/screens.ts';
import { serveHarness } from './harness/server.ts';

interface Mode {
  readonly name: string;
  readonly options: BrowserContextOptions;
  readonly settings: Partial<Settings>;
  /** Screens that axe looks at; it takes seconds each, and the structure of a page is the same in every window. */
  readonly axe: RegExp;
}

const PHONE = { viewport: { width: 320, height: 640 }, hasTouch: true, isMobile: true } as const;
const MODES: readonly Mode[] = [
  { name: 'desktop, light, English', options: { viewport: { width: 1280, height: 800 } }, settings: { language: 'en' }, axe: /./ },
  { name: 'narrowest phone, dark, Arabic', options: { ...PHONE, colorScheme: 'dark' }, settings: { language: 'ar' }, axe: /./ },
  { name: 'zoomed to 400 %, high contrast, Russian', options: { viewport: { width: 320, height: 256 } }, settings: { contrast: 'high', language: 'ru' }, axe: /^(entry|venue-listening|people-unfolded|chat|settings)$/ },
];

/** Pictures to be looked at take half a minute in all: they are taken of screens with a finding, and of all with PLENUM_ALL_VIEWS=1. */
const ALL_PICTURES = process.env['PLENUM_ALL_VIEWS'] === '1';

let harness: Awaited<ReturnType<typeof serveHarness>>;
let browser: Browser;

test.beforeAll(async () => {
  harness = await serveHarness();
  browser = await launchChromium({ withoutGl: true });
});
test.afterAll(async () => {
  await browser.close();
  await harness.close();
});

/** A page for all screens of a mode. Each screen loads it anew, with nothing stored but the settings. */
async function open(mode: Mode): Promise<Page> {
  const context = await browser.newContext({ ...mode.options, reducedMotion: 'reduce' });
  await context.addInitScript((settings) => {
    localStorage.clear();
    sessionStorage.clear();
    localStorage.setItem('plenum.settings', JSON.stringify(settings));
  }, mode.settings);
  return context.newPage();
}

/** Brings a screen up and looks at it. */
async function check(page: Page, mode: Mode, screen: Screen): Promise<void> {
  const known = test.info().errors.length;
  await page.goto(harness.url);
  await page.waitForFunction(() => document.querySelector('#app > *') !== null);
  await show(page, screen);
  if (mode.axe.test(screen.name)) expect.soft(await accessibilityFaults(page), `${mode.name}: ${screen.name}`).toEqual([]);
  // Polled: the venue's own style sheet comes with its part of the page, a moment after the first paint.
  const sideways = (): Promise<number> => page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  await expect.soft.poll(sideways, { message: `${mode.name}: ${screen.name}: wider than the window by` }).toBeLessThanOrEqual(0);
  if (mode.options.hasTouch === true) expect.soft(await page.evaluate(smallTargets), `${mode.name}: ${screen.name}`).toEqual([]);
  if (ALL_PICTURES || test.info().errors.length > known) await page.screenshot({ path: test.info().outputPath(`${screen.name}.png`) });
}

/** What can be pressed and is smaller than 44 x 44 CSS pixels; text links within a sentence are exempt (WCAG 2.5.8). */
function smallTargets(): string[] {
  const selector = 'button:not(.link), select, summary, [role="tab"], input:not(.visually-hidden), textarea, label:has(> input.visually-hidden)';
  return [...document.querySelectorAll<HTMLElement>(selector)].flatMap((element) => {
    if (!element.checkVisibility() || element.closest('.skip-link, [aria-hidden="true"]') !== null) return [];
    const box = (element.matches('.switch') ? element.closest('.switch-row') ?? element : element).getBoundingClientRect();
    return box.width >= 43.5 && box.height >= 43.5 ? [] : [`${element.className} ${Math.round(box.width)}x${Math.round(box.height)} ${element.textContent.slice(0, 30)}`];
  });
}

for (const mode of MODES) {
  test(`screens: ${mode.name}`, async () => {
    test.setTimeout(600_000);
    const page = await open(mode);
    for (const screen of SCREENS) await test.step(screen.name, () => check(page, mode, screen));
    await page.context().close();
  });
}
