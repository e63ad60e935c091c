/** The preview page as a browser loads it: built once, and again when the client's sources change. */
import { createHash } from 'node:crypto';
import { mkdir, readFile, readdir, rename, rm, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';

const REPOSITORY = path.resolve(import.meta.dirname, '../../..');
const CLIENT = path.join(REPOSITORY, 'client');
/** Where builds are kept; not in the repository. */
const KEPT = path.join(REPOSITORY, '.tmp/preview-page');
const STAMP = '.stamp';

/** What a build is made of, by names, sizes and times. */
async function fingerprint(): Promise<string> {
  const hash = createHash('sha256');
  const files = ['package-lock.json', 'vite.config.ts'];
  for (const folder of ['client', 'shared', 'scripts/vite']) {
    for (const name of (await readdir(path.join(REPOSITORY, folder), { recursive: true })).sort()) {
      if (!/\.test\.tsx?$|\.md$/.test(name)) files.push(path.join(folder, name));
    }
  }
  for (const file of files) {
    const found = await stat(path.join(REPOSITORY, file));
    if (found.isFile()) hash.update(`${file} ${found.size} ${found.mtimeMs}\n`);
  }
  return hash.digest('hex').slice(0, 16);
}

/**
 * Builds the page if that was not done yet for these sources; takes some seconds then.
 * @param say is told that it is being built
 * @returns the folder with `preview/index.html`
 * @throws Vite's error if the client does not build
 */
export async function ensurePage(say: (step: string) => void): Promise<string> {
  const stamp = await fingerprint();
  const folder = path.join(KEPT, stamp);
  if (await readFile(path.join(folder, STAMP), 'utf8').catch(() => '') === stamp) return folder;
  say('building the page, which is done once');
  await mkdir(KEPT, { recursive: true });
  const workshop = path.join(KEPT, `${stamp}.${process.pid}.tmp`);
  const [{ build }, { default: config }, { PAGES }] = await Promise.all([import('vite'), import('../../../vite.config.ts'), import('../../../scripts/vite/pages.ts')]);
  const { leanBabylon } = await import('../../../scripts/vite/babylon.ts');
  await build({
    ...config, configFile: false, root: CLIENT, logLevel: 'error', plugins: [leanBabylon()],
    build: { ...config.build, outDir: workshop, emptyOutDir: true, rolldownOptions: { ...config.build?.rolldownOptions, input: { preview: PAGES.preview } } },
  });
  await writeFile(path.join(workshop, STAMP), stamp);
  // Two previews may build at the same time; whoever is second takes the first one's.
  await rename(workshop, folder).catch(() => rm(workshop, { recursive: true, force: true }));
  await sweep(folder);
  return folder;
}

/** Earlier builds serve nobody: every preview asks for its own when it starts. A day's grace for those that still run. */
async function sweep(current: string): Promise<void> {
  for (const name of await readdir(KEPT)) {
    const folder = path.join(KEPT, name);
    const found = await stat(folder).catch(() => undefined);
    if (folder !== current && found !== undefined && found.mtimeMs < Date.now() - 86_400_000) await rm(folder, { recursive: true, force: true });
  }
}
