/** Makes a starter scene: a pavilion in a garden, that passes every check, with the Blender script that made it. */
import { cp, mkdir, readFile, readdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { SCENE_FILES } from '../../../shared/scene/files.ts';
import { Venue } from '../../../shared/scene/layout.ts';
import { bake } from '../bake/bake.ts';
import { BAKED_FILE, EXPORT_FILE } from '../bake/baked-file.ts';
import { SceneError } from '../findings.ts';
import { pack } from '../pack.ts';

/** What the starter is made of. `scene.glb` is what `source/build.py` exports, so that one can go on without Blender. */
const FILES = path.join(import.meta.dirname, 'files');
/** Files of other tools, and what the scene is built of. */
const GITIGNORE = 'source/build/\n__pycache__/\n';

export interface NewOptions {
  /** Name of the scene; in all languages, to be translated. */
  name?: string | undefined;
  progress?: (step: string) => void;
}

export interface NewReport {
  /** Id of the scene, from the folder's name. */
  id: string;
}

/**
 * Makes the folder, bakes its light and packs it.
 * @param folder one that does not exist, or is empty
 * @throws SceneError `not-empty`, or `bad-name` if no id can be made of the folder's name
 */
export async function createScene(folder: string, { name, progress = () => undefined }: NewOptions = {}): Promise<NewReport> {
  const id = sceneId(path.basename(path.resolve(folder)));
  if (id === '') throw SceneError.of({ code: 'bad-name', where: folder, message: 'no scene id can be made of this name.', fix: 'Use letters a to z, digits and hyphens.' });
  const present = await readdir(folder).catch(() => []);
  if (present.length > 0) throw SceneError.of({ code: 'not-empty', where: folder, message: `it holds ${present.length} files or folders already.`, fix: 'Name a folder that does not exist yet, or is empty.' });
  progress('copying the starter');
  await mkdir(path.join(folder, path.dirname(EXPORT_FILE)), { recursive: true });
  await cp(path.join(FILES, 'source'), path.join(folder, 'source'), { recursive: true, filter: (file) => !file.includes('__pycache__') });
  await cp(path.join(FILES, 'scene.glb'), path.join(folder, EXPORT_FILE));
  await cp(path.join(FILES, 'environment.env'), path.join(folder, 'environment.env'));
  await writeFile(path.join(folder, '.gitignore'), GITIGNORE);
  await writeFile(path.join(folder, SCENE_FILES.venue), await venueText(id, name));
  await bake(folder, { progress });
  await pack(folder, { input: BAKED_FILE, progress });
  return { id };
}

/** As folders and addresses of scenes are called: a-z, 0-9, hyphens. Accents are dropped. */
export function sceneId(text: string): string {
  return text.normalize('NFKD').replace(/\p{Mark}/gu, '').toLowerCase().replace(/[^a-z0-9]+/g, '-').replace(/^-+|-+$/g, '').slice(0, 64);
}

async function venueText(id: string, name: string | undefined): Promise<string> {
  const text = (await readFile(path.join(FILES, SCENE_FILES.venue), 'utf8')).replace('"SCENE_ID"', JSON.stringify(id));
  if (name === undefined) return text;
  const { scene } = Venue.parse(JSON.parse(text)).names;
  if (!scene) throw new Error('the starter has no name');
  const line = JSON.stringify(Object.fromEntries(Object.keys(scene).map((language) => [language, name])));
  return text.replace(/^( *"scene": ).*$/m, (_, start: string) => `${start}${line},`);
}
