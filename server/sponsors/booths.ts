import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { StaffBooth } from '../../shared/protocol/sponsors.ts';
import { SCENE_FILES } from '../../shared/scene/files.ts';
import { Layout, Venue } from '../../shared/scene/layout.ts';
import type { SceneLibrary } from '../scenes/library.ts';

async function readJson(folder: string, file: string): Promise<unknown> {
  return JSON.parse(await readFile(join(folder, file), 'utf8')) as unknown;
}

/** The booths of the scenes that are open now. A revision is read once, as it never changes. */
export class Booths {
  private readonly library: Pick<SceneLibrary, 'list' | 'folderOf'>;
  private known = new Map<string, Promise<readonly StaffBooth[]>>();

  constructor(library: Pick<SceneLibrary, 'list' | 'folderOf'>) {
    this.library = library;
  }

  /** A scene whose files cannot be read has none. */
  async list(): Promise<readonly StaffBooth[]> {
    const open = this.library.list().map((scene) => {
      const key = `${scene.id}/${scene.revision}`;
      return [key, this.known.get(key) ?? this.read(scene)] as const;
    });
    this.known = new Map(open);
    return (await Promise.all(open.map(([, booths]) => booths))).flat();
  }

  private async read({ id, revision, names }: ReturnType<SceneLibrary['list']>[number]): Promise<readonly StaffBooth[]> {
    const folder = this.library.folderOf(id, revision);
    if (folder === null) return [];
    try {
      const [layout, venue] = await Promise.all([readJson(folder, SCENE_FILES.layout).then((json) => Layout.parse(json)), readJson(folder, SCENE_FILES.venue).then((json) => Venue.parse(json))]);
      return layout.booths.map((booth) => ({ id: booth.id, scene: id, sceneNames: names, names: venue.names[booth.id] ?? null }));
    } catch {
      // Rooms say so when they load it.
      return [];
    }
  }
}
