/** The scenes of the repository are what they should be: `check` finds no error in any of them. */
import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { check } from './check.ts';
import { told } from './testing.ts';

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
});
