/** The panels of the headset, painted by a real browser: nothing cut, too small or out of its place in any language, and a document that is read in them. */
import { writeFile } from 'node:fs/promises';
import { expect, test } from '@playwright/test';
import type { Browser, Page } from '@playwright/test';
import { Document, Packer, Paragraph, TextRun } from 'docx';
import { LANGUAGES } from '../../shared/protocol/vocabulary.ts';
import type { Language } from '../../shared/protocol/vocabulary.ts';
import { launchChromium } from '../support/chromium.ts';
import type {} from './harness/panels.ts';
import { serveHarness } from './harness/server.ts';

/** In these, pictures are kept of every scene with PLENUM_ALL_VIEWS=1; else of scenes with a fault. */
const SEEN: readonly Language[] = ['en', 'zh', 'ar'];
const ALL_PICTURES = process.env['PLENUM_ALL_VIEWS'] === '1';
const SENTENCES = ['The Council takes note of the report.', 'Пункт 2. 第二项。'];

let harness: Awaited<ReturnType<typeof serveHarness>>;
let browser: Browser;
let page: Page;

test.beforeAll(async () => {
  harness = await serveHarness(['panels.html']);
  browser = await launchChromium();
  page = await open();
});
test.afterAll(async () => {
  await browser.close();
  await harness.close();
});

async function open(): Promise<Page> {
  const file = new Document({ sections: [{ children: [
    new Paragraph({ children: [new TextRun('The Council '), new TextRun({ text: 'takes note', bold: true }), new TextRun(' of the report.')] }), new Paragraph(''), new Paragraph(SENTENCES[1] ?? ''),
  ] }] });
  const body = await Packer.toBuffer(file);
  const opened = await browser.newPage();
  await opened.route('**/documents/**', (route) => route.fulfill(route.request().headers()['authorization'] === 'Bearer harness' ? { body } : { status: 403 }));
  await opened.goto(`${harness.url}panels.html`);
  await opened.waitForFunction(() => 'panelHarness' in window);
  return opened;
}

async function keep(name: string): Promise<void> {
  const shown = await page.evaluate(() => window.panelHarness.pictures());
  for (const { id, picture } of shown) await writeFile(test.info().outputPath(`${name}-${id}.png`), Buffer.from(picture.split(',')[1] ?? '', 'base64'));
}

test('every panel is whole in six languages', async () => {
  const names = await page.evaluate(() => window.panelHarness.names);
  for (const language of LANGUAGES) {
    await test.step(language, async () => {
      for (const name of names) {
        const faults = await page.evaluate(([scene, shown]) => window.panelHarness.show(scene, shown), [name, language] as const);
        expect.soft(faults).toEqual([]);
        if (faults.length > 0 || (ALL_PICTURES && SEEN.includes(language))) await keep(`${language}-${name}`);
      }
    });
  }
});

test('a document of the agenda is read in the panel', async () => {
  await page.evaluate(() => window.panelHarness.show('reading', 'en'));
  await expect.poll(() => page.evaluate(() => window.panelHarness.shownTexts('main')), { message: 'the text of the document' }).toEqual(expect.arrayContaining(SENTENCES));
  if (ALL_PICTURES) await keep('en-reading-text');
});

test('captions keep to three lines in every size', async () => {
  for (const size of ['small', 'medium', 'large', 'huge'] as const) {
    const faults = await page.evaluate((chosen) => window.panelHarness.show('captions', 'en', { captionSize: chosen }), size);
    expect(faults, size).toEqual([]);
    const lines = await page.evaluate(() => window.panelHarness.shownTexts('captions'));
    expect(lines.length, size).toBeGreaterThan(0);
    expect(lines.length, size).toBeLessThanOrEqual(3);
    // The end of what is being said is never cut off.
    expect(lines.at(-1), size).toMatch(/decade\.$/);
  }
});
