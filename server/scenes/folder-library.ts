import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { ReasonedError } from '../../shared/protocol/reasons.ts';
import { SCENE_FILES } from '../../shared/scene/files.ts';
import { describeFolder, loadFolder } from './folder.ts';
import type { ListedScene, SceneChange, SceneLibrary, VenueScene } from './library.ts';

/** A library of folders, one a revision. Starts with the built-in scenes; `publish` and `withdraw` change it while the server runs. */
export class FolderLibrary implements SceneLibrary {
  private readonly published = new Map<string, ListedScene>();
  /** Folders of all revisions that were ever published, by `id/revision`. */
  private readonly folders = new Map<string, string>();
  private readonly listeners = new Set<(change: SceneChange) => void>();

  list(): readonly ListedScene[] {
    return [...this.published.values()];
  }

  find(id: string): ListedScene | null {
    return this.published.get(id) ?? null;
  }

  async load(id: string): Promise<VenueScene> {
    const scene = this.published.get(id);
    const folder = scene === undefined ? null : this.folderOf(id, scene.revision);
    if (scene === undefined || folder === null) throw new ReasonedError('SCENE_UNKNOWN');
    return loadFolder(folder, scene);
  }

  onChange(listener: (change: SceneChange) => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  folderOf(id: string, revision: string): string | null {
    return this.folders.get(`${id}/${revision}`) ?? null;
  }

  /**
   * Shows the scene in `folder` from now on, in the place of an earlier revision of the same id. The folder must not change afterwards.
   * Nobody is told if this revision is the published one already.
   */
  publish(scene: ListedScene, folder: string): void {
    const before = this.published.get(scene.id);
    this.folders.set(`${scene.id}/${scene.revision}`, folder);
    this.published.set(scene.id, scene);
    if (before?.revision !== scene.revision) this.tell({ id: scene.id, cause: before === undefined ? 'added' : 'replaced' });
  }

  /** Shows the scene no more. Its files stay at their address for those who are loading them. @returns false if there is no such scene. */
  withdraw(id: string): boolean {
    if (!this.published.delete(id)) return false;
    this.tell({ id, cause: 'withdrawn' });
    return true;
  }

  private tell(change: SceneChange): void {
    for (const listener of this.listeners) listener(change);
  }
}

async function foldersIn(folder: string): Promise<string[]> {
  try {
    const entries = await readdir(folder, { withFileTypes: true });
    return entries.filter((entry) => entry.isDirectory()).map(({ name }) => name).sort();
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return [];
    throw error;
  }
}

/**
 * Opens the library with the built-in scenes: the folders of `folder` that hold a layout, in alphabetical order.
 * @param unsound told of a folder that cannot be shown, and why; the others are.
 */
export async function openBuiltIn(folder: string, unsound: (id: string, error: unknown) => void): Promise<FolderLibrary> {
  const library = new FolderLibrary();
  for (const id of await foldersIn(folder)) {
    const path = join(folder, id);
    if (!(await readdir(path)).includes(SCENE_FILES.layout)) continue;
    try {
      library.publish(await describeFolder(path, id), path);
    } catch (error) {
      unsound(id, error);
    }
  }
  return library;
}
