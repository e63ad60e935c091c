/**
 * `npm run size`: what a browser downloads, in kilobytes (1,000 bytes) after brotli, against the budgets of the design. Builds the client as it is built for
 * the server, into a folder of its own, and follows Vite's manifest. Last line: JSON `{firstPageBrotliKb, worldBrotliKb, plenaryBrotliKb}`. Exits with 1 beyond a budget.
 */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress, constants } from 'node:zlib';
import { build } from 'vite';
import type { Manifest } from 'vite';
import config from '../vite.config.ts';

const ROOT = join(import.meta.dirname, '..');
const OUTPUT = join(ROOT, 'test-results/size');
const BUDGET = { firstPage: 200, world: 450, plenary: 200 };
const FIRST_PAGE = 'index.html';
const PLENARY_PAGE = 'plenary/index.html';
const WORLD = 'world/index.ts';
const SESSION = ['app/venue.ts', 'ui/venue/Venue.tsx'];
/** The navigation mesh's library: only those who walk need it, so it counts with the world. */
const NAVIGATION = /navigation/;
const compress = promisify(brotliCompress);

interface Part {
  readonly what: string;
  readonly file: string;
  readonly kilobytes: number;
}

async function measure(what: string, file: string): Promise<Part> {
  const bytes = await readFile(join(OUTPUT, file));
  // Fonts and pictures are compressed already; the server sends them as they are.
  const sent = /\.(woff2|webp|png|jpg)$/.test(file) ? bytes : await compress(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } });
  return { what, file, kilobytes: sent.byteLength / 1000 };
}

/** Chunks that `entry` needs, itself included; with those it may fetch later by `import()` if `later`. */
function reach(manifest: Manifest, entry: string, later: boolean, known: ReadonlySet<string> = new Set()): Set<string> {
  const found = new Set<string>();
  const visit = (key: string): void => {
    const chunk = manifest[key];
    if (chunk === undefined) throw new Error(`the build has no ${key}`);
    if (found.has(key) || known.has(key)) return;
    found.add(key);
    for (const next of chunk.imports ?? []) visit(next);
    if (later) for (const next of chunk.dynamicImports ?? []) visit(next);
  };
  visit(entry);
  return found;
}

/** JavaScript and style sheets of chunks, and their WebAssembly; fonts and pictures are fetched when they are shown. */
async function parts(manifest: Manifest, keys: Iterable<string>): Promise<Part[]> {
  const files = new Map<string, string>();
  for (const key of keys) {
    const chunk = manifest[key];
    if (chunk === undefined) continue;
    files.set(chunk.file, key);
    for (const css of chunk.css ?? []) files.set(css, key);
    for (const asset of chunk.assets ?? []) if (asset.endsWith('.wasm')) files.set(asset, key);
  }
  return Promise.all([...files].filter(([file]) => /\.(js|css|wasm)$/.test(file)).map(([file, key]) => measure(key, file)));
}

/** Fonts that the page asks for before it knows whether it needs them. */
async function preloadedFonts(html: string): Promise<Part[]> {
  const links = html.match(/<link[^>]+rel="preload"[^>]*>/g) ?? [];
  const fonts = links.flatMap((link) => /href="\/([^"]+\.woff2)"/.exec(link)?.[1] ?? []);
  return Promise.all(fonts.map((file) => measure('font', file)));
}

/** The largest of the languages: one is fetched. */
async function largestCatalogue(manifest: Manifest): Promise<Part> {
  const catalogues = Object.keys(manifest).filter((key) => /locales\/[a-z]{2}\.json$/.test(key));
  const measured = await Promise.all(catalogues.map((key) => measure(`${key} (largest of ${catalogues.length})`, manifest[key]?.file ?? '')));
  const [largest] = measured.sort((a, b) => b.kilobytes - a.kilobytes);
  if (largest === undefined) throw new Error('the build has no language catalogue');
  return largest;
}

function sum(list: readonly Part[]): number {
  return list.reduce((total, part) => total + part.kilobytes, 0);
}

function print(title: string, list: readonly Part[], budget: number): void {
  console.log(`\n${title}: ${sum(list).toFixed(1)} KB of ${budget} KB`);
  const large = list.toSorted((a, b) => b.kilobytes - a.kilobytes);
  for (const { what, kilobytes } of large.slice(0, 10)) console.log(`  ${kilobytes.toFixed(1).padStart(7)}  ${what.replace('../node_modules/', '')}`);
  if (large.length > 10) console.log(`  ${sum(large.slice(10)).toFixed(1).padStart(7)}  ${large.length - 10} smaller files`);
}

/** The page of formal sessions, with everything of the videoconference view; consoles are fetched by those who work at them. Throws an Error if 3D is part of it. */
async function plenaryPage(manifest: Manifest): Promise<Part[]> {
  const keys = reach(manifest, PLENARY_PAGE, false);
  const strange = [...keys].filter((key) => /babylon|^world\//.test(key) || /babylon/.test(manifest[key]?.file ?? ''));
  if (strange.length > 0) throw new Error(`the videoconference view loads 3D: ${strange.join(', ')}`);
  const html = await readFile(join(OUTPUT, PLENARY_PAGE), 'utf8');
  return [await measure('the page itself', PLENARY_PAGE), ...await parts(manifest, keys), ...await preloadedFonts(html), await largestCatalogue(manifest)];
}

async function run(): Promise<boolean> {
  await build({
    ...config, configFile: false, root: join(ROOT, 'client'), logLevel: 'error',
    build: { ...config.build, outDir: OUTPUT, emptyOutDir: true, manifest: true },
  });
  const manifest = JSON.parse(await readFile(join(OUTPUT, '.vite/manifest.json'), 'utf8')) as Manifest;
  const html = await readFile(join(OUTPUT, FIRST_PAGE), 'utf8');
  const firstKeys = reach(manifest, FIRST_PAGE, false);
  const first = [await measure('the page itself', FIRST_PAGE), ...await parts(manifest, firstKeys), ...await preloadedFonts(html), await largestCatalogue(manifest)];

  // The session (connection, controls of the venue) is fetched while the first page is shown, so it counts with that page; of it, only the
  // library of the navigation mesh counts with the world.
  const session = new Set(SESSION.flatMap((entry) => [...reach(manifest, entry, false, firstKeys)]));
  const withoutWorld = [...session].filter((key) => !NAVIGATION.test(key));
  const worldKeys = reach(manifest, WORLD, true, new Set([...firstKeys, ...withoutWorld]));
  for (const key of session) if (NAVIGATION.test(key)) worldKeys.add(key);
  const world = await parts(manifest, worldKeys);
  first.push(...await parts(manifest, withoutWorld));
  print('First interactive page, with what it fetches for entering', first, BUDGET.firstPage);
  print('The world, more than that', world, BUDGET.world);
  const plenary = await plenaryPage(manifest);
  print('The page of formal sessions', plenary, BUDGET.plenary);
  const [firstPageBrotliKb, worldBrotliKb, plenaryBrotliKb] = [first, world, plenary].map((list) => Number(sum(list).toFixed(1)));
  console.log(`\n${JSON.stringify({ firstPageBrotliKb, worldBrotliKb, plenaryBrotliKb })}`);
  return sum(first) <= BUDGET.firstPage && sum(world) <= BUDGET.world && sum(plenary) <= BUDGET.plenary;
}

process.exitCode = await run() ? 0 : 1;
