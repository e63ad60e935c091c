import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { SCENE_FILES } from '../../shared/scene/files.ts';
import { Venue } from '../../shared/scene/layout.ts';
import { describeFolder, loadFolder } from '../scenes/folder.ts';
import type { SceneReader } from './live-scenes.ts';

/** Reads uploaded scenes with the code that rooms load them with. */
export const folderReader: SceneReader = {
  describe: async (folder, revision) => {
    const { id } = Venue.parse(JSON.parse(await readFile(join(folder, SCENE_FILES.venue), 'utf8')));
    return describeFolder(folder, id, revision);
  },
  tryOut: async (folder, scene) => (await loadFolder(folder, scene)).dispose(),
};
