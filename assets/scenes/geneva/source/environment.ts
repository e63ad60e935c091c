/**
 * Converts source/build/environment.hdr of a scene (rendered by its `build.py --environment`) to its environment.env with Babylon in a headless
 * browser. Usage: node environment.ts [SCENE FOLDER], this scene's if left out. CHROMIUM names the browser (default /usr/bin/chromium).
 */
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import puppeteer from 'puppeteer-core';
import { build } from 'vite';

const FLAGS = ['--no-sandbox', '--use-angle=swiftshader', '--enable-unsafe-swiftshader', '--ignore-gpu-blocklist', '--no-first-run', '--disable-background-networking'];
const here = (name: string): string => fileURLToPath(new URL(name, import.meta.url));

async function bundle(): Promise<string> {
  const result = await build({
    configFile: false,
    logLevel: 'warn',
    build: { write: false, minify: false, lib: { entry: here('environment-page.ts'), formats: ['iife'], name: 'page' } },
  });
  const outputs = Array.isArray(result) ? result : [result];
  const chunk = outputs.flatMap((output) => ('output' in output ? output.output : [])).find((item) => item.type === 'chunk');
  if (chunk === undefined || chunk.type !== 'chunk') throw new Error('the page could not be bundled');
  return chunk.code;
}

const code = await bundle();
const folder = process.argv[2] ?? here('..');
const picture = await readFile(join(folder, 'source/build/environment.hdr'));
const browser = await puppeteer.launch({ executablePath: process.env['CHROMIUM'] ?? '/usr/bin/chromium', args: FLAGS, protocolTimeout: 600_000 });
try {
  const page = await browser.newPage();
  await page.addScriptTag({ content: code });
  const text = await page.evaluate(`convert('data:application/octet-stream;base64,${picture.toString('base64')}')`);
  if (typeof text !== 'string') throw new Error('the browser gave no file');
  const bytes = Buffer.from(text, 'base64');
  await writeFile(join(folder, 'environment.env'), bytes);
  process.stdout.write(`environment.env: ${bytes.length} bytes\n`);
} finally {
  await browser.close();
}
