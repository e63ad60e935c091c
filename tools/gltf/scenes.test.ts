/** The scenes of the repository are what they should be: `check` finds no error in any of them. */
import { existsSync } from 'node:fs';
import { copyFile, mkdir, readdir } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { check } from './check.ts';
import { SOURCE_FILE, pack } from './pack.ts';
import { temporaryFolder, told } from './testing.ts';

const SCENES = path.resolve(import.meta.dirname, '../../assets/scenes');
const names = (await readdir(SCENES, { withFileTypes: true })).filter((entry) => entry.isDirectory()).map((entry) => entry.name);

describe('assets/scenes', () => {
  it('has the headquarters', () => {
    expect(names).toContain('geneva');
  });

  it.each(names)('%s passes check', async (name) => {
    const { findings } = await check(path.join(SCENES, name));
    expect(told(findings.list.filter(({ severity }) => severity === 'error'))).toEqual([]);
  });

  // Exports are not in the repository; whoever builds a scene has them.
  const exported = path.join(SCENES, 'geneva', SOURCE_FILE);
  it.skipIf(!existsSync(exported))('shrinks the headquarters at least four times', { timeout: 120_000 }, async () => {
    await using folder = await temporaryFolder();
    await mkdir(path.join(folder.path, path.dirname(SOURCE_FILE)), { recursive: true });
    await copyFile(exported, path.join(folder.path, SOURCE_FILE));
    const { before, after } = await pack(folder.path);
    expect(before.bytes / after.bytes).toBeGreaterThan(4);
    expect(after.drawCalls).toBeLessThanOrEqual(100);
    expect(after.triangles).toBeLessThanOrEqual(300_000);
  });
});
