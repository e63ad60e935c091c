/** Two whole scene folders of the small test building, joined by links, for tests that start a real server. */
import { copyFile, mkdir, mkdtemp, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { bakeBuilding } from '../../shared/navigation/fixture.ts';
import { LANGUAGES } from '../../shared/protocol/vocabulary.ts';
import { SCENE_FILES } from '../../shared/scene/files.ts';
import { EMPTY_LAYOUT } from '../../shared/scene/layout.ts';
import type { Layout, Venue } from '../../shared/scene/layout.ts';
import { buildingModel } from './model.ts';

const ASSETS = new URL('../../assets/', import.meta.url);

export const TEST_SCENE = 'building';
/** The same building again, with a floor of another colour. A link leads to it, and one back. */
export const TEST_ANNEX = 'annex';

/** Two rooms, west and east of the wall on x = 0, with a doorway at the origin. */
const LAYOUT: Layout = {
  ...EMPTY_LAYOUT,
  spawnPoints: [{ id: 'entrance', position: [-3, 0, -3], yaw: 0 }, { id: 'entrance-2', position: [-4, 0, -3], yaw: 0 }],
  seats: [
    { id: 'west-1', position: [-5, 0, -5], yaw: 0, height: 0.45, space: 'west' },
    { id: 'east-1', position: [5, 0, -5], yaw: 0, height: 0.45, space: 'east' },
  ],
  places: [{ id: 'west-centre', position: [-3, 0, 0], yaw: 0, space: 'west' }, { id: 'east-centre', position: [3, 0, 0], yaw: 0, space: 'east' }],
  links: [{ id: 'to-annex', position: [-1.5, 0, -4.5], yaw: 0, space: 'west', to: TEST_ANNEX, spawn: 'side-door', radius: 1.2 }],
  spaces: [
    { id: 'west', outline: [[-6, -6], [0, -6], [0, 6], [-6, 6]], bottom: -1, top: 5, reverb: 0.2, openings: [] },
    { id: 'east', outline: [[0, -6], [6, -6], [6, 6], [0, 6]], bottom: -1, top: 5, reverb: 0.5, openings: [] },
  ],
};

const ANNEX: Layout = {
  ...LAYOUT,
  spawnPoints: [{ id: 'entrance', position: [3, 0, -3], yaw: 0 }, { id: 'side-door', position: [-3, 0, -3], yaw: 0 }],
  links: [{ id: 'back', position: [-1.5, 0, -4.5], yaw: 0, space: 'west', to: TEST_SCENE, spawn: null, radius: 1.2 }],
};

const AVATARS = {
  appearances: [{ id: 'suit' }, { id: 'dress' }],
  palettes: Object.fromEntries(['skin', 'hair', 'garment1', 'garment2'].map((tint) => [tint, ['#101010', '#303030', '#505050', '#707070', '#909090']])),
};

const NAMES = ['scene', 'west', 'east', 'west-centre', 'east-centre', 'to-annex', 'back'];

const venueOf = (id: string): Venue => ({
  version: 1,
  id,
  names: Object.fromEntries(NAMES.map((name) => [name, Object.fromEntries(LANGUAGES.map((language) => [language, `${name === 'scene' ? `The ${id}` : name} (${language})`]))])) as Venue['names'],
  environment: { file: 'environment.env', intensity: 1 },
  credits: [],
  budgets: { drawCalls: 100, triangles: 300_000, textureMegabytes: 64, wireMegabytes: 8 },
});

export interface TestFolder {
  readonly id: string;
  readonly layout: Layout;
  /** Of the floor, linear red, green and blue. */
  readonly floor: readonly [number, number, number];
}

/** Writes a scene of the test building into `folder`, which is made. */
export async function writeTestScene(folder: string, { id, layout, floor }: TestFolder): Promise<void> {
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, SCENE_FILES.layout), JSON.stringify(layout));
  await writeFile(join(folder, SCENE_FILES.venue), JSON.stringify(venueOf(id)));
  await writeFile(join(folder, SCENE_FILES.navigation), await bakeBuilding());
  await writeFile(join(folder, SCENE_FILES.model), await buildingModel(floor));
  await copyFile(new URL('scenes/geneva/environment.env', ASSETS), join(folder, 'environment.env'));
}

/** What {@link TEST_SCENE} and {@link TEST_ANNEX} are made of. */
export const TEST_FOLDERS: readonly TestFolder[] = [
  { id: TEST_SCENE, layout: LAYOUT, floor: [0.35, 0.22, 0.12] }, { id: TEST_ANNEX, layout: ANNEX, floor: [0.1, 0.25, 0.35] },
];

/**
 * Writes an assets folder with the two scenes, and a list of two avatars, or, for tests with a 3D view, the avatars that the venue has.
 * @returns its path, in the temporary folder; the caller removes it.
 */
export async function writeTestAssets(avatars: 'listed' | 'real' = 'listed'): Promise<string> {
  const assets = await mkdtemp(join(tmpdir(), 'plenum-assets-'));
  for (const folder of TEST_FOLDERS) await writeTestScene(join(assets, 'scenes', folder.id), folder);
  const scene = join(assets, 'scenes', TEST_SCENE);
  await mkdir(join(scene, 'source'), { recursive: true });
  if (avatars === 'real') await symlink(fileURLToPath(new URL('avatars', ASSETS)), join(assets, 'avatars'));
  else {
    await mkdir(join(assets, 'avatars'));
    await writeFile(join(assets, 'avatars', 'avatars.json'), JSON.stringify(AVATARS));
  }
  await writeFile(join(scene, 'source', 'author.json'), '"not for the outside"');
  await writeFile(join(scene, 'tool.d.ts'), '// neither');
  return assets;
}
