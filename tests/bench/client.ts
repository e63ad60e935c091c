/**
 * `npm run bench:client`: the real world view over the real scene in headless Chromium, with 300 people in the hall. Frames are stepped one
 * by one, and each waits for the GPU before the next begins, so that the software rasteriser of a machine without a GPU does not count as
 * JavaScript. Last line: JSON `{drawCalls, triangles, jsMsMedian, jsMsP99}`. Exits with 1 beyond the budget.
 */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import type { WorldStats } from '../../client/app/contracts.ts';
import { Venue } from '../../shared/scene/layout.ts';
import { launchChromium } from '../support/chromium.ts';
import { buildPage, servePage } from './client/serve.ts';

const ASSETS = join(import.meta.dirname, '../../assets');
const PEOPLE = 300;
const BUDGET = { drawCalls: 100, jsMsMedian: 4 };
/** JavaScript time does not depend on the size of the picture; the software rasteriser's does. */
/** Wide, so that the whole hall is in it. */
const PICTURE = { width: 320, height: 120 };
const WARM_UP = 25;
const FRAMES = 100;

interface View {
  readonly name: string;
  readonly pose: { x: number; y: number; z: number; yaw: number; pitch: number };
}

/** Over the whole hall from its back, and from the podium into the faces. */
const VIEWS: readonly View[] = [
  { name: 'hall from the back', pose: { x: 0, y: 0, z: 1.2, yaw: 0, pitch: -0.12 } },
  { name: 'hall from the podium', pose: { x: 0, y: 0.5, z: 29.5, yaw: Math.PI, pitch: -0.05 } },
];

interface Row extends WorldStats {
  readonly name: string;
  readonly median: number;
  readonly p99: number;
}

function percentile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? Number.NaN;
}

async function open(page: Page, people: number): Promise<void> {
  const { appearances } = JSON.parse(await readFile(join(ASSETS, 'avatars/avatars.json'), 'utf8')) as { appearances: { id: string }[] };
  const crowd = people === 0 ? null : {
    people, appearances: appearances.map(({ id }) => id), seated: 0.8, space: 'hall', floor: { x: [-12, 12] as const, z: [1.5, 3.4] as const, y: 0 },
  };
  await page.evaluate(async (options) => {
    const stage = await window.stage;
    await stage.open(options);
  }, { crowd, pose: VIEWS[0]?.pose ?? {} });
}

/** One frame an evaluation: a long script without a break would look to the browser like a page that hangs. */
async function measure(page: Page, view: View, frames: { warmUp: number; count: number }): Promise<Row> {
  await page.evaluate(async (pose) => { (await window.stage).place(pose); }, view.pose);
  const times: number[] = [];
  for (let i = 0; i < frames.warmUp + frames.count; i += 1) {
    const [spent] = await page.evaluate(async () => (await window.stage).frames(1));
    if (i >= frames.warmUp) times.push(spent ?? Number.NaN);
  }
  const stats = await page.evaluate(async () => (await window.stage).stats());
  return { ...stats, name: view.name, median: percentile(times, 0.5), p99: percentile(times, 0.99) };
}

function print(rows: readonly Row[]): void {
  console.table(Object.fromEntries(rows.map((row) => [row.name, {
    draws: row.drawCalls, triangles: row.triangles, 'JS ms median': Number(row.median.toFixed(2)), 'JS ms p99': Number(row.p99.toFixed(2)),
    'own skeleton': row.avatarsSkeletal, baked: row.avatarsBaked, 'texture MB': Number(row.textureMegabytes.toFixed(1)),
  }])));
}

async function run(): Promise<boolean> {
  const { budgets } = Venue.parse(JSON.parse(await readFile(join(ASSETS, 'scenes/geneva/venue.json'), 'utf8')));
  await buildPage();
  const server = await servePage();
  const browser = await launchChromium();
  try {
    const empty = await browser.newPage({ viewport: PICTURE });
    await empty.goto(server.url);
    await open(empty, 0);
    const lounge: View = { name: 'scene alone: lounge', pose: { x: 0, y: 0, z: -3, yaw: Math.PI, pitch: 0 } };
    const alone = [await measure(empty, { name: 'scene alone: hall', pose: VIEWS[0]?.pose ?? lounge.pose }, { warmUp: 5, count: 20 }), await measure(empty, lounge, { warmUp: 5, count: 20 })];
    await empty.close();
    const page = await browser.newPage({ viewport: PICTURE });
    await page.goto(server.url);
    await open(page, PEOPLE);
    const rows: Row[] = [];
    for (const view of VIEWS) rows.push(await measure(page, view, { warmUp: WARM_UP, count: FRAMES }));
    print([...alone, ...rows]);
    const sceneFits = alone.every((row) => row.drawCalls <= budgets.drawCalls && row.triangles <= budgets.triangles && row.textureMegabytes <= budgets.textureMegabytes);
    if (!sceneFits) console.error('The scene alone is beyond the budgets of its venue.json:', budgets);
    const worst = {
      drawCalls: Math.max(...rows.map((row) => row.drawCalls)), triangles: Math.max(...rows.map((row) => row.triangles)),
      jsMsMedian: Number(Math.max(...rows.map((row) => row.median)).toFixed(2)), jsMsP99: Number(Math.max(...rows.map((row) => row.p99)).toFixed(2)),
    };
    console.log(JSON.stringify(worst));
    return sceneFits && worst.drawCalls <= BUDGET.drawCalls && worst.jsMsMedian <= BUDGET.jsMsMedian;
  } finally {
    await browser.close();
    await server.close();
  }
}

process.exitCode = await run() ? 0 : 1;
