import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { TEST_ANNEX, TEST_FOLDERS, TEST_SCENE, writeTestAssets, writeTestScene } from '../../tests/support/scene.ts';
import { describeFolder, revisionOf } from './folder.ts';
import { openBuiltIn } from './folder-library.ts';
import type { SceneChange } from './library.ts';

let assets: string;
let scenes: string;

beforeEach(async () => {
  assets = await writeTestAssets();
  scenes = join(assets, 'scenes');
});
afterEach(() => rm(assets, { recursive: true }));

const never = (id: string, error: unknown): never => {
  throw new Error(`${id} is unsound`, { cause: error });
};

/** Another revision of the test scene, in a folder of its own. */
async function edited(): Promise<string> {
  const folder = await mkdtemp(join(assets, 'edited-'));
  const [before] = TEST_FOLDERS;
  if (before === undefined) throw new Error('no test scene');
  await writeTestScene(folder, { ...before, layout: { ...before.layout, places: [] } });
  return folder;
}

describe('the built-in scenes', () => {
  it('are the folders with a layout, with their names, and load', async () => {
    await mkdir(join(scenes, 'nothing'));
    const library = await openBuiltIn(scenes, never);
    expect(library.list().map(({ id }) => id)).toEqual([TEST_ANNEX, TEST_SCENE]);
    expect(library.find(TEST_SCENE)?.names.fr).toBe('The building (fr)');
    const scene = await library.load(TEST_SCENE);
    expect(scene.layout.links[0]?.to).toBe(TEST_ANNEX);
    expect(scene.ground.place({ x: -3, y: 0, z: -3 }, 1, { x: 0, y: 0, z: 0, polygon: 0 })).toBe(true);
    scene.dispose();
  });

  it('are none without a folder', async () => {
    expect((await openBuiltIn(join(assets, 'nowhere'), never)).list()).toEqual([]);
  });

  it('that are unsound are told of, and do not keep the others from being shown', async () => {
    await writeFile(join(scenes, TEST_ANNEX, 'venue.json'), '{}');
    const unsound: string[] = [];
    const library = await openBuiltIn(scenes, (id) => unsound.push(id));
    expect([unsound, library.list().map(({ id }) => id)]).toEqual([[TEST_ANNEX], [TEST_SCENE]]);
    await expect(library.load(TEST_ANNEX)).rejects.toMatchObject({ reason: 'SCENE_UNKNOWN' });
  });

  it('with a broken layout do not load, and say which file it is', async () => {
    await writeFile(join(scenes, TEST_SCENE, 'layout.json'), '{}');
    const library = await openBuiltIn(scenes, never);
    await expect(library.load(TEST_SCENE)).rejects.toThrow('layout.json');
  });
});

describe('a revision', () => {
  it('is the content of what is served, whatever else lies in the folder', async () => {
    const folder = join(scenes, TEST_SCENE);
    const before = await revisionOf(folder);
    expect(before).toMatch(/^[0-9a-f]{12}$/);
    await writeFile(join(folder, 'notes.md'), 'an author wrote this');
    await writeFile(join(folder, 'scene.glb.br'), 'the build made this');
    expect(await revisionOf(folder)).toBe(before);
    await writeFile(join(folder, 'sky.env'), 'x');
    expect(await revisionOf(folder)).not.toBe(before);
  });

  it('differs when a byte moves from one file into the next', async () => {
    const [one, other] = [await mkdtemp(join(assets, 'one-')), await mkdtemp(join(assets, 'other-'))];
    await Promise.all([writeFile(join(one, 'a.txt'), 'xy'), writeFile(join(one, 'b.txt'), 'z'), writeFile(join(other, 'a.txt'), 'x'), writeFile(join(other, 'b.txt'), 'yz')]);
    expect(await revisionOf(one)).not.toBe(await revisionOf(other));
  });
});

describe('a library that changes', () => {
  it('tells of what is added, replaced and withdrawn, once each, and loads what is published', async () => {
    const library = await openBuiltIn(scenes, never);
    const changes: SceneChange[] = [];
    const stop = library.onChange((change) => changes.push(change));
    const folder = await edited();
    const old = library.find(TEST_SCENE)?.revision ?? '';
    library.publish(await describeFolder(folder, TEST_SCENE), folder);
    library.publish(await describeFolder(folder, TEST_SCENE), folder);
    library.publish(await describeFolder(folder, 'third', 'r7'), folder);
    expect(library.withdraw(TEST_ANNEX)).toBe(true);
    expect(library.withdraw(TEST_ANNEX)).toBe(false);
    expect(changes).toEqual([{ id: TEST_SCENE, cause: 'replaced' }, { id: 'third', cause: 'added' }, { id: TEST_ANNEX, cause: 'withdrawn' }]);
    expect(library.list().map(({ id }) => id)).toEqual([TEST_SCENE, 'third']);
    const scene = await library.load(TEST_SCENE);
    expect([scene.layout.places, scene.revision === old]).toEqual([[], false]);
    scene.dispose();
    expect([library.folderOf(TEST_SCENE, old), library.folderOf('third', 'r7'), library.folderOf('third', 'r8')]).toEqual([join(scenes, TEST_SCENE), folder, null]);
    stop();
    library.withdraw('third');
    expect(changes).toHaveLength(3);
  });
});
