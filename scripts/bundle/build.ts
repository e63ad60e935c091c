/** Builds everything that the server serves into `dist/`: the client (Vite), the scenes and avatars, and the compressed forms of all. */
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { basename, join, relative, resolve } from 'node:path';
import { isPublished } from '../../server/http/published.ts';
import { compressFolder } from './compress.ts';
import { fingerprint } from './fingerprint.ts';

export const REPOSITORY = resolve(import.meta.dirname, '../..');
export const DIST = join(REPOSITORY, 'dist');
/** Hidden, so that the server does not serve it. */
const STAMP = '.fingerprint';
/** On the same disk as `dist/`, so that the finished build can be moved. */
const WORKSHOP = join(REPOSITORY, '.tmp');
/** No build takes an hour. */
const ABANDONED_MS = 3_600_000;
/** Below `assets/`: what goes out as it is. */
const SERVED = ['scenes', 'avatars'];

function buildStamp(): string | null {
  const file = join(DIST, STAMP);
  return existsSync(file) ? readFileSync(file, 'utf8') : null;
}

export type BuildState = 'missing' | 'outdated' | 'current';

export function buildState(): BuildState {
  const stamp = buildStamp();
  if (stamp === null) return 'missing';
  return stamp === fingerprint(REPOSITORY) ? 'current' : 'outdated';
}

/** Authors' sources stay behind. */
function copyAssets(to: string): void {
  for (const folder of SERVED) {
    const from = join(REPOSITORY, 'assets', folder);
    if (!existsSync(from)) continue;
    cpSync(from, join(to, folder), {
      recursive: true,
      preserveTimestamps: true,
      filter: (path) => statSync(path).isDirectory() ? basename(path) !== 'source' : isPublished(relative(REPOSITORY, path)),
    });
  }
}

/** What an interrupted build left behind. */
function sweepWorkshop(): void {
  for (const name of readdirSync(WORKSHOP).filter((entry) => entry.startsWith('build-'))) {
    const found = statSync(join(WORKSHOP, name), { throwIfNoEntry: false });
    if (found !== undefined && found.mtimeMs < Date.now() - ABANDONED_MS) rmSync(join(WORKSHOP, name), { recursive: true, force: true });
  }
}

/** Puts the new build in the place of the old one, which a server may be serving from. */
function replaceDist(made: string, aside: string): void {
  if (existsSync(DIST)) renameSync(DIST, aside);
  renameSync(made, DIST);
  rmSync(aside, { recursive: true, force: true });
}

/**
 * Builds beside the old build and puts it in place when it is whole. @param say is given one line a step. Rejects with Vite's error if the client does not
 * build; then the old build stays, and the next start builds again.
 */
export async function build(say: (line: string) => void): Promise<void> {
  const before = fingerprint(REPOSITORY);
  const started = performance.now();
  mkdirSync(WORKSHOP, { recursive: true });
  sweepWorkshop();
  const workshop = mkdtempSync(join(WORKSHOP, 'build-'));
  try {
    const made = join(workshop, 'dist');
    say('Building the client ...');
    const { build: viteBuild } = await import('vite');
    await viteBuild({
      root: join(REPOSITORY, 'client'), configFile: join(REPOSITORY, 'vite.config.ts'), logLevel: 'warn', mode: 'production',
      build: { outDir: made, emptyOutDir: true, rolldownOptions: { checks: { pluginTimings: false } } },
    });
    copyAssets(made);
    say('Compressing ...');
    const { files, original, brotli } = await compressFolder(made);
    writeFileSync(join(made, STAMP), before);
    replaceDist(made, join(workshop, 'old'));
    const megabytes = (bytes: number): string => (bytes / 1e6).toFixed(1);
    say(`Built in ${((performance.now() - started) / 1000).toFixed(0)} s: ${files} files, ${megabytes(original)} MB, ${megabytes(brotli)} MB compressed.`);
  } finally {
    rmSync(workshop, { recursive: true, force: true });
  }
}
