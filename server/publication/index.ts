/** Puts the parts of publication together on a data folder. */
import { copyFile, mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { UploadReport } from '../../shared/protocol/staff.ts';
import { SCENE_FILES } from '../../shared/scene/files.ts';
import type { Log } from '../log.ts';
import type { Store } from '../store/store.ts';
import { checkScene } from './check/check.ts';
import { Figures } from './figures.ts';
import { Intake } from './intake.ts';
import { CHECK_LIMITS, packageLimits } from './limits.ts';
import type { CheckLimits } from './limits.ts';
import type { LiveScenes } from './live-scenes.ts';
import { Previews } from './previews.ts';
import { Publication } from './publication.ts';
import { folderReader } from './reader.ts';
import { freeIn } from './receiving.ts';
import { Shelf } from './shelf.ts';
import { Turns } from './turns.ts';

export interface OpenOptions {
  readonly dataFolder: string;
  /** Largest package. */
  readonly megabytes: number;
  readonly store: Pick<Store, 'uploads' | 'people'>;
  readonly library: LiveScenes;
  readonly census: () => ReadonlyMap<string, number>;
  readonly entrance: () => string | null;
  readonly log: Log;
  readonly checkLimits?: CheckLimits;
  /** Instead of the authors' tool (tests). */
  readonly checkTool?: string;
  readonly freeBytes?: () => Promise<number>;
}

/** Copies the layouts of the scenes in the venue: one folder a scene, as in an author's folder of scenes. */
async function putNeighbours(library: LiveScenes, folder: string): Promise<void> {
  for (const { id, revision } of library.list()) {
    const source = library.folderOf(id, revision);
    if (source === null) continue;
    await mkdir(join(folder, id));
    await copyFile(join(source, SCENE_FILES.layout), join(folder, id, SCENE_FILES.layout));
  }
}

/** Opens publication and shows in `library` what is published. Rejects if the data folder cannot be used. */
export async function openPublication(options: OpenOptions): Promise<Publication> {
  const { dataFolder, megabytes, store, library, census, entrance, log, checkLimits = CHECK_LIMITS, checkTool, freeBytes = () => freeIn(dataFolder) } = options;
  const limits = packageLimits(megabytes);
  const checks = new Turns();
  // Apart, so that no upload waits for them.
  const measurements = new Turns();
  const check = (folder: string, signal: AbortSignal): Promise<UploadReport> =>
    checkScene(folder, { limits: checkLimits, signal, ...(checkTool === undefined ? {} : { tool: checkTool }) });
  const ended = new AbortController();
  const publication = new Publication({
    uploads: store.uploads, people: store.people, library, reader: folderReader, census, entrance, log, packageBytes: limits.packageBytes,
    shelf: new Shelf(join(dataFolder, 'scenes')), previews: new Previews(),
    figures: new Figures((folder) => measurements.run(() => check(folder, ended.signal)), log),
    onStop: () => ended.abort(new Error('the server is stopping')),
  });
  await publication.start(new Intake({
    folder: join(dataFolder, 'uploads'), limits, checks, check, freeBytes, log, putNeighbours: (folder) => putNeighbours(library, folder), judged: (verdict) => publication.keep(verdict),
  }));
  return publication;
}
