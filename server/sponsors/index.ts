/** Puts the parts together on a data folder. */
import { join } from 'node:path';
import type { Log } from '../log.ts';
import type { SceneLibrary } from '../scenes/library.ts';
import type { SponsorRepository } from '../store/store.ts';
import { boothsOf } from './booths.ts';
import { LogoShelf } from './logo-shelf.ts';
import { redrawLogo } from './redraw.ts';
import { Sponsors } from './sponsors.ts';

export interface OpenSponsorsOptions {
  readonly dataFolder: string;
  readonly store: SponsorRepository;
  readonly library: Pick<SceneLibrary, 'list' | 'folderOf'>;
  readonly log: Pick<Log, 'error'>;
}

export interface OpenSponsors {
  readonly sponsors: Sponsors;
  /** Where logos lie. */
  readonly logoFolder: string;
  /** Ends what is being decoded. */
  stop(): void;
}

/** Opens the sponsors of the event. Rejects if the data folder cannot be used. */
export async function openSponsors({ dataFolder, store, library, log }: OpenSponsorsOptions): Promise<OpenSponsors> {
  const ended = new AbortController();
  const booths = boothsOf(library);
  const shelf = new LogoShelf(join(dataFolder, 'logos'), (file) => redrawLogo(file, ended.signal));
  const sponsors = new Sponsors({ store, shelf, booths: () => booths.list(), log });
  await sponsors.start();
  return { sponsors, logoFolder: shelf.folder, stop: () => ended.abort(new Error('the server is stopping')) };
}
