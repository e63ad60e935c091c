import { mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { beforeAll, afterAll, describe, expect, it } from 'vitest';
import { bake } from '../bake/bake.ts';
import { BAKED_FILE, EXPORT_FILE, chooseSource } from '../bake/baked-file.ts';
import { check } from '../check.ts';
import { SceneError } from '../findings.ts';
import { temporaryFolder, told } from '../testing.ts';
import { createScene, sceneId } from './new.ts';

const GENEVA = path.join(import.meta.dirname, '../../../assets/scenes/geneva/layout.json');

describe('new', () => {
  let parent: Awaited<ReturnType<typeof temporaryFolder>>;
  let folder: string;
  beforeAll(async () => {
    parent = await temporaryFolder();
    folder = path.join(parent.path, 'our-pavilion');
    // Its link leads there.
    await mkdir(path.join(parent.path, 'geneva'));
    await writeFile(path.join(parent.path, 'geneva/layout.json'), await readFile(GENEVA));
    await createScene(folder, { name: 'Our "pavilion"' });
  }, 300_000);
  afterAll(() => parent[Symbol.asyncDispose]());

  it('passes check without a word, well within the budgets', async () => {
    const { findings, totals } = await check(folder);
    expect(told(findings.list)).toEqual([]);
    expect(totals.drawCalls).toBeLessThan(60);
    expect(totals.wireBytes).toBeLessThan(1_000_000);
  });

  it('has what a scene may have, its id of the folder and the name that was asked for', async () => {
    const layout = JSON.parse(await readFile(path.join(folder, 'layout.json'), 'utf8')) as Record<string, { id: string; space?: string | null }[]>;
    const ids = (kind: string): string[] => layout[kind]?.map(({ id }) => id) ?? [];
    expect(ids('seats')).toHaveLength(9);
    expect(Object.fromEntries(['places', 'spaces', 'zones', 'doors', 'links', 'screens', 'exhibits'].map((kind) => [kind, ids(kind)]))).toEqual({
      places: ['outlook', 'round-table'], spaces: ['garden', 'pavilion'], zones: ['terrace'], doors: ['doorway'], links: ['to-geneva'], screens: ['main'], exhibits: ['vase'],
    });
    const venue = JSON.parse(await readFile(path.join(folder, 'venue.json'), 'utf8')) as { id: string; names: { scene: Record<string, string> } };
    expect([venue.id, venue.names.scene['en'], venue.names.scene['ar']]).toEqual(['our-pavilion', 'Our "pavilion"', 'Our "pavilion"']);
  });

  it('refuses a folder that holds something, and touches nothing in it', async () => {
    const before = await readFile(path.join(folder, 'venue.json'), 'utf8');
    await expect(createScene(folder)).rejects.toThrow(/holds \d+ files or folders already/);
    expect(await readFile(path.join(folder, 'venue.json'), 'utf8')).toBe(before);
    await expect(createScene(path.join(parent.path, '会场'))).rejects.toBeInstanceOf(SceneError);
  });

  it('is baked of its export, until that is saved anew', async () => {
    expect(await chooseSource(folder)).toEqual({ input: BAKED_FILE, stale: false });
    const baked = await readFile(path.join(folder, BAKED_FILE));
    const again = await bake(folder, { input: BAKED_FILE });
    expect(told(again.findings.list)).toEqual([expect.stringContaining('baked-already')]);
    expect(Buffer.compare(await readFile(path.join(folder, BAKED_FILE)), baked)).toBe(0);
    const raw = await readFile(path.join(folder, EXPORT_FILE));
    await writeFile(path.join(folder, EXPORT_FILE), Buffer.concat([raw, Buffer.alloc(4)]));
    expect(await chooseSource(folder)).toEqual({ input: EXPORT_FILE, stale: true });
  });

  it('makes ids of names', () => {
    expect(['Côte d’Ivoire 2027', '--a--', 'Ünïted', '会场'].map(sceneId)).toEqual(['cote-d-ivoire-2027', 'a', 'united', '']);
  });
});
