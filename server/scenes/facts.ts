import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { SCENE_FILES } from '../../shared/scene/files.ts';
import { Layout, Venue } from '../../shared/scene/layout.ts';
import type { ListedScene, SceneLibrary } from './library.ts';

async function readJson(folder: string, file: string): Promise<unknown> {
  return JSON.parse(await readFile(join(folder, file), 'utf8')) as unknown;
}

/** What a part of the server takes from the files of a scene. */
export type ReadFacts<T> = (scene: ListedScene, layout: Layout, venue: Venue) => readonly T[];

/** Facts of the scenes that are open now, without loading their ground. A revision is read once, as it never changes. */
export class SceneFacts<T> {
  private readonly library: Pick<SceneLibrary, 'list' | 'folderOf'>;
  private readonly read: ReadFacts<T>;
  private known = new Map<string, Promise<readonly T[]>>();

  constructor(library: Pick<SceneLibrary, 'list' | 'folderOf'>, read: ReadFacts<T>) {
    this.library = library;
    this.read = read;
  }

  /** In the order of the scenes. One whose files cannot be read has none. */
  async list(): Promise<readonly T[]> {
    const open = this.library.list().map((scene) => {
      const key = `${scene.id}/${scene.revision}`;
      return [key, this.known.get(key) ?? this.of(scene)] as const;
    });
    this.known = new Map(open);
    return (await Promise.all(open.map(([, facts]) => facts))).flat();
  }

  private async of(scene: ListedScene): Promise<readonly T[]> {
    const folder = this.library.folderOf(scene.id, scene.revision);
    if (folder === null) return [];
    try {
      const [layout, venue] = await Promise.all([readJson(folder, SCENE_FILES.layout), readJson(folder, SCENE_FILES.venue)]);
      return this.read(scene, Layout.parse(layout), Venue.parse(venue));
    } catch {
      // Rooms say so when they load it.
      return [];
    }
  }
}
