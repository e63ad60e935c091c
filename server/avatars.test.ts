import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { loadWardrobe } from './avatars.ts';
import { StartError } from './errors.ts';

describe('the list of avatars', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'plenum-avatars-'));
    await mkdir(join(folder, 'avatars'));
  });
  afterEach(() => rm(folder, { recursive: true }));

  it('that is shipped is read', async () => {
    const wardrobe = await loadWardrobe(fileURLToPath(new URL('../assets', import.meta.url)));
    expect(wardrobe.read({ id: 'turban', skin: 9, hair: 7, garment1: 9, garment2: 5 })).not.toBeNull();
    expect(wardrobe.read({ id: 'turban', skin: 63, hair: 7, garment1: 9, garment2: 5 })).toBeNull();
  });

  it.each([
    ['is missing', null],
    ['is no JSON', '{'],
    ['has no avatars', '{"appearances":[],"palettes":{"skin":["#000"],"hair":["#000"],"garment1":["#000"],"garment2":["#000"]}}'],
    ['lacks a palette', '{"appearances":[{"id":"suit"}],"palettes":{"skin":["#000"],"hair":["#000"],"garment1":["#000"]}}'],
  ])('that %s keeps the server from starting, and says which file it is', async (_what, text) => {
    if (text !== null) await writeFile(join(folder, 'avatars', 'avatars.json'), text);
    const failure = await loadWardrobe(folder).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(StartError);
    expect((failure as StartError).message).toContain(join(folder, 'avatars', 'avatars.json'));
  });
});
