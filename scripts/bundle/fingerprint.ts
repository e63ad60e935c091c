/** Tells whether a build is up to date: by names, sizes and times of everything that goes into it, so that deletions and older files count too. */
import { createHash } from 'node:crypto';
import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { isPublished } from '../../server/http/published.ts';

/** What the built client is made of, relative to the repository. Test files and authors' sources do not go into it. */
const INPUTS = ['client', 'shared', 'assets', 'scripts/bundle', 'scripts/vite', 'vite.config.ts', 'package-lock.json'];

export function isInput(path: string): boolean {
  return path.startsWith('assets/') ? isPublished(path) : !/\.test\.tsx?$/.test(path) && !path.endsWith('.md');
}

function filesBelow(root: string, input: string): string[] {
  const found = statSync(join(root, input), { throwIfNoEntry: false });
  if (found === undefined) return [];
  if (found.isFile()) return [input];
  return readdirSync(join(root, input), { recursive: true, encoding: 'utf8' }).map((name) => `${input}/${name.replaceAll('\\', '/')}`);
}

/** @returns a text that changes whenever an input of the build does. */
export function fingerprint(root: string): string {
  const hash = createHash('sha256');
  for (const path of INPUTS.flatMap((input) => filesBelow(root, input)).filter(isInput).sort()) {
    const found = statSync(join(root, path), { throwIfNoEntry: false });
    if (found?.isFile() === true) hash.update(`${path}\0${found.size}\0${found.mtimeMs}\n`);
  }
  return hash.digest('hex');
}
