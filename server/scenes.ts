/** The scenes that the server walks in: layout and navigation mesh of each folder in `assets/scenes`, loaded once, when first asked for. */
import { readFile } from 'node:fs/promises';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { loadGround } from '../shared/navigation/node.ts';
import { ReasonedError } from '../shared/protocol/reasons.ts';
import { SCENE_FILES } from '../shared/scene/files.ts';
import { Layout } from '../shared/scene/layout.ts';
import type { VenueScene } from './rooms/services.ts';

export interface SceneLibrary {
  /** Folders that hold a layout, whether it is sound or not. */
  readonly ids: readonly string[];
  /** Rejects with `ReasonedError` PLACE_UNKNOWN for a scene that is not there, or with the error that its files have. */
  load(id: string): Promise<VenueScene>;
}

async function loadScene(folder: string, id: string): Promise<VenueScene> {
  const [layout, navigation] = await Promise.all([readFile(join(folder, SCENE_FILES.layout), 'utf8'), readFile(join(folder, SCENE_FILES.navigation))]);
  const parsed = Layout.safeParse(JSON.parse(layout));
  if (!parsed.success) throw new Error(`${join(folder, SCENE_FILES.layout)} is not a layout: run "npm run scene -- check".`, { cause: parsed.error });
  return { id, layout: parsed.data, ground: await loadGround(navigation) };
}

function listScenes(folder: string): string[] {
  try {
    return readdirSync(folder, { withFileTypes: true })
      .filter((entry) => entry.isDirectory() && readdirSync(join(folder, entry.name)).includes(SCENE_FILES.layout))
      .map(({ name }) => name);
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return [];
    throw error;
  }
}

/** @param assets the folder that holds `scenes/`. */
export function openScenes(assets: string): SceneLibrary {
  const folder = join(assets, 'scenes');
  const ids = listScenes(folder);
  const loaded = new Map<string, Promise<VenueScene>>();
  return {
    ids,
    load: (id) => {
      if (!ids.includes(id)) return Promise.reject(new ReasonedError('PLACE_UNKNOWN'));
      const known = loaded.get(id);
      if (known !== undefined) return known;
      const loading = loadScene(join(folder, id), id);
      loaded.set(id, loading);
      // A file that is mended while the server runs gets another chance.
      loading.catch(() => loaded.delete(id));
      return loading;
    },
  };
}
