import { readdir, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { openGlb } from '../guard/container.ts';
import { writeGlb } from '../io.ts';
import { goodScene, goodVenue, temporaryFolder, writeFolder } from '../testing.ts';
import { EXPORT_FILE } from '../bake/baked-file.ts';
import { contentName } from './parts.ts';
import { prepareScene } from './prepare.ts';
import type { Prepared } from './prepare.ts';

const NAME = /^[0-9a-f]{32}\.(png|webp|env)$/;

function modelOf({ files }: Prepared): ReturnType<typeof openGlb> {
  return openGlb(files.get('scene.glb') ?? new Uint8Array());
}

/** Names of everything that the scene asks for. */
function asked(prepared: Prepared): string[] {
  const { json } = modelOf(prepared);
  const venue = JSON.parse(new TextDecoder().decode(prepared.files.get('venue.json'))) as { environment?: { file: string } };
  const maps = (json.materials ?? []).map(({ extras }) => (extras as { venue?: { lightmap?: { file: string } } } | undefined)?.venue?.lightmap?.file);
  return [...(json.images ?? []).map(({ uri }) => uri), ...maps, venue.environment?.file].filter((name) => name !== undefined).sort();
}

async function prepared(change: (folder: string) => Promise<void> = () => Promise.resolve()): Promise<Prepared> {
  await using folder = await temporaryFolder();
  await writeFolder(folder.path, await goodScene());
  await writeFile(path.join(folder.path, 'sky.env'), 'a sky');
  await writeFile(path.join(folder.path, 'venue.json'), JSON.stringify({ ...goodVenue(), environment: { file: 'sky.env', intensity: 1 } }));
  await change(folder.path);
  return await prepareScene(folder.path);
}

describe('the parts of a revision', () => {
  it('are all that the model and venue.json name, each under the name of its content', async () => {
    const made = await prepared();
    const names = [...made.parts?.keys() ?? []].sort();
    expect(names).toHaveLength(3);
    expect(asked(made)).toEqual(names);
    for (const [name, bytes] of made.parts ?? []) {
      expect(name).toMatch(NAME);
      expect(name).toBe(contentName(bytes, path.extname(name)));
    }
  });

  it('leave geometry alone in the model', async () => {
    const { json, binary } = modelOf(await prepared());
    expect(json.buffers).toEqual([{ byteLength: binary.byteLength }]);
    const end = Math.max(...(json.bufferViews ?? []).map(({ byteOffset = 0, byteLength }) => byteOffset + byteLength));
    expect(end).toBeLessThanOrEqual(binary.byteLength);
    expect(json.images?.every(({ bufferView }) => bufferView === undefined)).toBe(true);
  });

  it('keep their names when something else changes, and only what changed has another', async () => {
    const before = await prepared();
    const moved = await prepared(async (folder) => {
      const scene = await goodScene();
      scene.node('new-block', { mesh: scene.box('new-block', [2, 3], [0, 2.5], [-1, 1]) });
      await writeFile(path.join(folder, EXPORT_FILE), await writeGlb(scene.document));
    });
    expect(asked(moved)).toEqual(asked(before));
    const relit = await prepared((folder) => writeFile(path.join(folder, 'lightmap.webp'), 'other light'));
    const kept = asked(relit).filter((name) => asked(before).includes(name));
    expect(kept).toHaveLength(2);
  });

  it('are fewer where a file is missing, whose name stays', async () => {
    const made = await prepared((folder) => rm(path.join(folder, 'sky.env')));
    expect(made.parts?.size).toBe(2);
    expect(asked(made)).toContain('sky.env');
  });

  it('change nothing in the folder', async () => {
    await using folder = await temporaryFolder();
    await writeFolder(folder.path, await goodScene());
    const look = async (): Promise<[string[], Buffer]> => [(await readdir(folder.path, { recursive: true })).sort(), await readFile(path.join(folder.path, 'venue.json'))];
    const before = await look();
    await prepareScene(folder.path);
    expect(await look()).toEqual(before);
  });
});
