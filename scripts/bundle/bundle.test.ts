import { mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { compressFolder } from './compress.ts';
import { fingerprint, isInput } from './fingerprint.ts';

describe('the build', () => {
  let folder: string;
  const put = (path: string, text: string): void => {
    mkdirSync(join(folder, path, '..'), { recursive: true });
    writeFileSync(join(folder, path), text);
  };
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'plenum-build-'));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  it('is outdated by anything that goes into it, and by nothing else', () => {
    put('client/main.ts', 'a');
    put('client/main.test.ts', 'a');
    put('assets/scenes/x/scene.glb', 'a');
    put('assets/scenes/x/source/hall.py', 'a');
    put('server/main.ts', 'a');
    put('package-lock.json', '{}');
    const first = fingerprint(folder);
    for (const path of ['client/main.test.ts', 'assets/scenes/x/source/hall.py', 'assets/scenes/x/README.md', 'server/main.ts']) put(path, 'changed');
    expect(fingerprint(folder)).toBe(first);
    const seen = new Set([first]);
    const changed = (change: () => void): void => {
      change();
      const now = fingerprint(folder);
      expect(seen.has(now)).toBe(false);
      seen.add(now);
    };
    changed(() => put('client/main.ts', 'ab'));
    changed(() => put('client/new.ts', ''));
    changed(() => utimesSync(join(folder, 'client/new.ts'), 1, 1));
    changed(() => put('assets/scenes/x/scene.glb', 'ab'));
    changed(() => put('package-lock.json', '{} '));
    changed(() => rmSync(join(folder, 'client/new.ts')));
  });

  it('sees every kind of input', () => {
    expect(['client/a.tsx', 'client/a.test.tsx', 'shared/x.md', 'assets/avatars/source/rig.py', 'assets/avatars/avatars.json', 'client/source/a.ts'].map(isInput))
      .toEqual([true, false, false, false, true, true]);
  });

  it('compresses what gets smaller, without loss, and leaves the rest', async () => {
    const text = 'the same words again '.repeat(500);
    const noise = Buffer.from(Uint8Array.from({ length: 5000 }, (_, index) => (Math.imul(index + 1, 2654435761) ^ Math.imul(index * index + 7, 40503)) >>> 13));
    put('app.js', text);
    put('deep/data.json', text);
    put('small.css', 'a{}');
    put('picture.webp', text);
    writeFileSync(join(folder, 'noise.bin'), noise);
    const { files, original, brotli } = await compressFolder(folder);
    expect([files, original]).toEqual([3, 2 * text.length + noise.length]);
    expect(brotli).toBeLessThan(original);
    const names = (readdirSync(folder, { recursive: true, encoding: 'utf8' })).filter((name) => /\.(br|gz)$/.test(name)).sort();
    expect(names).toEqual(['app.js.br', 'app.js.gz', 'deep/data.json.br', 'deep/data.json.gz']);
    expect(brotliDecompressSync(readFileSync(join(folder, 'app.js.br'))).toString()).toBe(text);
    expect(gunzipSync(readFileSync(join(folder, 'deep/data.json.gz'))).toString()).toBe(text);
  });
});
