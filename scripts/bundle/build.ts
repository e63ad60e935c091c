/** Builds everything that the server serves into `dist/`: the client (Vite), the scenes and avatars, and the compressed forms of all. */
import { cpSync, existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { compressFolder } from './compress.ts';
import { fingerprint, isInput } from './fingerprint.ts';

export const REPOSITORY = resolve(import.meta.dirname, '../..');
export const DIST = join(REPOSITORY, 'dist');
/** Hidden, so that the server does not serve it. */
const STAMP = join(DIST, '.fingerprint');
/** Below `assets/`: what goes out as it is. */
const SERVED = ['scenes', 'avatars'];

function buildStamp(): string | null {
  return existsSync(STAMP) ? readFileSync(STAMP, 'utf8') : null;
}

export type BuildState = 'missing' | 'outdated' | 'current';

export function buildState(): BuildState {
  const stamp = buildStamp();
  if (stamp === null) return 'missing';
  return stamp === fingerprint(REPOSITORY) ? 'current' : 'outdated';
}

/** Authors' sources stay behind. */
function copyAssets(): void {
  for (const folder of SERVED) {
    const from = join(REPOSITORY, 'assets', folder);
    if (!existsSync(from)) continue;
    cpSync(from, join(DIST, folder), {
      recursive: true,
      preserveTimestamps: true,
      filter: (path) => isInput(relative(REPOSITORY, path)) || statSync(path).isDirectory() && !path.endsWith('source'),
    });
  }
}

/**
 * Builds. @param say is given one line a step. Rejects with Vite's error if the client does not build; then there is no stamp, and the next
 * start builds again.
 */
export async function build(say: (line: string) => void): Promise<void> {
  const before = fingerprint(REPOSITORY);
  const started = performance.now();
  say('Building the client ...');
  const { build: viteBuild } = await import('vite');
  await viteBuild({ root: join(REPOSITORY, 'client'), configFile: join(REPOSITORY, 'vite.config.ts'), logLevel: 'warn', mode: 'production' });
  copyAssets();
  say('Compressing ...');
  const { files, original, brotli } = await compressFolder(DIST);
  writeFileSync(STAMP, before);
  const megabytes = (bytes: number): string => (bytes / 1e6).toFixed(1);
  say(`Built in ${((performance.now() - started) / 1000).toFixed(0)} s: ${files} files, ${megabytes(original)} MB, ${megabytes(brotli)} MB compressed.`);
}
