/** A scene as it lies in a folder: what it is called, which revision it is, and its loading. */
import { createHash } from 'node:crypto';
import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { loadGround } from '../../shared/navigation/node.ts';
import type { SceneRef } from '../../shared/protocol/messages.ts';
import { SCENE_FILES } from '../../shared/scene/files.ts';
import { Layout, Venue } from '../../shared/scene/layout.ts';
import { isPublished } from '../http/published.ts';
import type { ListedScene, VenueScene } from './library.ts';

/** Of a SHA-256 in hexadecimal: 48 bits tell the revisions of one scene apart. */
const REVISION_LENGTH = 12;

/** Names a revision by its content: equal files have equal revisions, on every machine. Only what is served counts. */
export async function revisionOf(folder: string): Promise<string> {
  const entries = await readdir(folder, { withFileTypes: true });
  const names = entries.filter((entry) => entry.isFile() && isPublished(entry.name)).map(({ name }) => name).sort();
  const hash = createHash('sha256');
  for (const name of names) {
    const bytes = await readFile(join(folder, name));
    hash.update(`${name}\0${bytes.length}\0`).update(bytes);
  }
  return hash.digest('hex').slice(0, REVISION_LENGTH);
}

async function readVenue(folder: string): Promise<Venue> {
  const file = join(folder, SCENE_FILES.venue);
  const parsed = Venue.safeParse(JSON.parse(await readFile(file, 'utf8')));
  if (!parsed.success) throw new Error(`${file} does not describe a scene: run "npm run scene -- check".`, { cause: parsed.error });
  return parsed.data;
}

/** What the list of scenes tells of a folder. Rejects if its `venue.json` is missing, is none, or names no scene. */
export async function describeFolder(folder: string, id: string, revision?: string): Promise<ListedScene> {
  const { names } = await readVenue(folder);
  if (names['scene'] === undefined) throw new Error(`${join(folder, SCENE_FILES.venue)} does not say what the scene is called.`);
  return { id, revision: revision ?? await revisionOf(folder), names: names['scene'] };
}

/** Loads what the server walks on. Rejects with what is wrong with the files. */
export async function loadFolder(folder: string, { id, revision }: SceneRef): Promise<VenueScene> {
  const [layout, venue, navigation] = await Promise.all([
    readFile(join(folder, SCENE_FILES.layout), 'utf8'), readVenue(folder), readFile(join(folder, SCENE_FILES.navigation)),
  ]);
  const parsed = Layout.safeParse(JSON.parse(layout));
  if (!parsed.success) throw new Error(`${join(folder, SCENE_FILES.layout)} is not a layout: run "npm run scene -- check".`, { cause: parsed.error });
  const ground = await loadGround(navigation);
  return { id, revision, layout: parsed.data, venue, ground, dispose: () => ground.dispose() };
}
