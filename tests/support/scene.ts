/** A whole scene folder of the small test building, for tests that start a real server. */
import { mkdir, mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { bakeBuilding } from '../../shared/navigation/fixture.ts';
import { LANGUAGES } from '../../shared/protocol/vocabulary.ts';
import { SCENE_FILES } from '../../shared/scene/files.ts';
import { EMPTY_LAYOUT } from '../../shared/scene/layout.ts';
import type { Layout, Venue } from '../../shared/scene/layout.ts';

export const TEST_SCENE = 'building';

/** Two rooms, west and east of the wall on x = 0, with a doorway at the origin. */
const LAYOUT: Layout = {
  ...EMPTY_LAYOUT,
  spawnPoints: [{ id: 'entrance', position: [-3, 0, -3], yaw: 0 }, { id: 'entrance-2', position: [-4, 0, -3], yaw: 0 }],
  seats: [
    { id: 'west-1', position: [-5, 0, -5], yaw: 0, height: 0.45, space: 'west' },
    { id: 'east-1', position: [5, 0, -5], yaw: 0, height: 0.45, space: 'east' },
  ],
  places: [{ id: 'west-centre', position: [-3, 0, 0], yaw: 0, space: 'west' }, { id: 'east-centre', position: [3, 0, 0], yaw: 0, space: 'east' }],
  spaces: [
    { id: 'west', outline: [[-6, -6], [0, -6], [0, 6], [-6, 6]], bottom: -1, top: 5, reverb: 0.2, openings: [] },
    { id: 'east', outline: [[0, -6], [6, -6], [6, 6], [0, 6]], bottom: -1, top: 5, reverb: 0.5, openings: [] },
  ],
};

const NAMES = ['scene', 'west', 'east', 'west-centre', 'east-centre'];

const VENUE: Venue = {
  version: 1,
  id: TEST_SCENE,
  names: Object.fromEntries(NAMES.map((name) => [name, Object.fromEntries(LANGUAGES.map((language) => [language, `${name} (${language})`]))])) as Venue['names'],
  credits: [],
  budgets: { drawCalls: 100, triangles: 300_000, textureMegabytes: 64, wireMegabytes: 8 },
};

const AVATARS = {
  appearances: [{ id: 'suit' }, { id: 'dress' }],
  palettes: Object.fromEntries(['skin', 'hair', 'garment1', 'garment2'].map((tint) => [tint, ['#101010', '#303030', '#505050', '#707070', '#909090']])),
};

/** Writes an assets folder with one scene, {@link TEST_SCENE}, and a list of two avatars. @returns its path, in the temporary folder; the caller removes it. */
export async function writeTestAssets(): Promise<string> {
  const assets = await mkdtemp(join(tmpdir(), 'plenum-assets-'));
  const scene = join(assets, 'scenes', TEST_SCENE);
  await mkdir(join(scene, 'source'), { recursive: true });
  await writeFile(join(scene, SCENE_FILES.layout), JSON.stringify(LAYOUT));
  await writeFile(join(scene, SCENE_FILES.venue), JSON.stringify(VENUE));
  await writeFile(join(scene, SCENE_FILES.navigation), await bakeBuilding());
  await mkdir(join(assets, 'avatars'));
  await writeFile(join(assets, 'avatars', 'avatars.json'), JSON.stringify(AVATARS));
  await writeFile(join(scene, 'source', 'author.json'), '"not for the outside"');
  await writeFile(join(scene, 'tool.d.ts'), '// neither');
  return assets;
}
