/**
 * Every glTF 2.0 file at hand goes through the authors' `pack` and `check`, and looks the same afterwards: the models of @webxr-input-profiles/assets and
 * @pmndrs/assets, and the generated ones of tools/gltf/testing. Drawn with software GL, so that the same pixels come out everywhere.
 */
import { spawn } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import type { Browser, Page } from '@playwright/test';
import type { PackedSample } from '../../tools/gltf/testing/pack-corpus.ts';
import { launchChromium } from '../support/chromium.ts';
import { buildPage, servePage } from './scene-corpus/serve.ts';
import type { PageServer } from './scene-corpus/serve.ts';

/** A pixel differs if one of its channels differs by more than this, of 255: what WebP at quality 85 does to a noisy texture. */
const TOLERANCE = 20;
/** Most of the pixels that may differ. */
const MOST_CHANGED = 0.01;
/** Least of the picture that the model must fill, or there is nothing to compare. */
const LEAST_DRAWN = 0.003;

let folder: string;
let browser: Browser;
let server: PageServer;
let page: Page;
let samples: PackedSample[];

/** Packs a part of the corpus in a process of its own. */
function packPart(part: number, parts: number): Promise<PackedSample[]> {
  const child = spawn(process.execPath, ['tools/gltf/testing/pack-corpus.ts', folder, String(part), String(parts)], { stdio: ['ignore', 'pipe', 'inherit'] });
  let output = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    output += text;
  });
  return new Promise((resolve, reject) => {
    child.on('error', reject).on('close', (code) => {
      if (code === 0) resolve(output.trim().split('\n').map((line) => JSON.parse(line) as PackedSample));
      else reject(new Error(`Packing part ${part} of the corpus failed with exit code ${code ?? 'none'}.`));
    });
  });
}

test.beforeAll(async () => {
  test.setTimeout(900_000);
  folder = await mkdtemp(join(tmpdir(), 'plenum-corpus-'));
  const parts = Math.min(4, availableParallelism());
  const [lists] = await Promise.all([Promise.all(Array.from({ length: parts }, (_, part) => packPart(part, parts))), buildPage(join(folder, 'page'))]);
  samples = lists.flat();
  server = await servePage({ page: join(folder, 'page'), files: folder });
  browser = await launchChromium();
  page = await browser.newPage();
  page.on('pageerror', (error) => console.error(error));
  await page.goto(server.url);
  await page.waitForFunction(() => typeof window.compare === 'function');
});

test.afterAll(async () => {
  await browser?.close();
  await server?.close();
  await rm(folder, { recursive: true, force: true });
});

/** Compares every file of a group, and names each that changed. */
async function compareAll(group: string, testInfo: { outputPath(...path: string[]): string }): Promise<number> {
  const faults: string[] = [];
  const list = samples.filter(({ name }) => name.startsWith(group)).sort((a, b) => (a.name < b.name ? -1 : 1));
  for (const { name, errors } of list) {
    if (errors.length > 0) {
      faults.push(...errors.map((error) => `${name}: ${error}`));
      continue;
    }
    const urls = [`/files/${name}.before.glb`, `/files/${name}.after.glb`] as const;
    const { changed, drawn, pictures } = await page.evaluate(([before, after, tolerance]) => window.compare(before, after, tolerance), [...urls, TOLERANCE] as const);
    if (changed >= MOST_CHANGED) faults.push(`${name}: ${(changed * 100).toFixed(2)} % of the pixels differ`);
    if (drawn < LEAST_DRAWN) faults.push(`${name}: only ${(drawn * 100).toFixed(2)} % of the picture is drawn on`);
    for (const [index, picture] of (pictures ?? []).entries()) await writeFile(testInfo.outputPath(`${name}-${index === 0 ? 'before' : 'after'}.png`), Buffer.from(picture.split(',')[1] ?? '', 'base64'));
  }
  expect(faults).toEqual([]);
  return list.length;
}

test('the models of XR controllers look the same once packed', async ({}, testInfo) => {
  test.setTimeout(900_000);
  expect(await compareAll('profiles-', testInfo)).toBeGreaterThanOrEqual(80);
});

test('the models of @pmndrs/assets look the same once packed', async ({}, testInfo) => {
  expect(await compareAll('pmndrs-', testInfo)).toBe(3);
});

test('generated files of every kind look the same once packed', async ({}, testInfo) => {
  test.setTimeout(900_000);
  expect(await compareAll('generated-', testInfo)).toBeGreaterThanOrEqual(50);
});

test('and a picture that is not the same is noticed', async () => {
  const { changed } = await page.evaluate((tolerance) => window.compare('/files/generated-none.before.glb', '/files/generated-mirrored-repeats.after.glb', tolerance), TOLERANCE);
  expect(changed).toBeGreaterThan(0.05);
});
