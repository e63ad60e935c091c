import { join } from 'node:path';
import type { Store } from '../store.ts';
import { bookingRepository } from './bookings.ts';
import { openDatabase } from './database.ts';
import { mosaicRepository } from './mosaics.ts';
import { passRepository } from './passes.ts';
import { peopleRepository } from './people.ts';
import { plenaryRepository } from './plenary.ts';
import { placeRepository } from './places.ts';
import { runner } from './run.ts';
import { blockRepository, eventRepository, secretRepository } from './small.ts';
import { sponsorRepository } from './sponsors.ts';
import { uploadRepository } from './uploads.ts';

export const DATABASE_FILE = 'plenum.sqlite';

/**
 * Opens (or creates) the SQLite store in a data folder. Several processes may have it open.
 * @throws StoreError UNREADABLE, CORRUPT or NEWER_VERSION.
 */
export function openSqliteStore(dataFolder: string): Store {
  const database = openDatabase(join(dataFolder, DATABASE_FILE));
  const run = runner(database);
  return {
    event: eventRepository(database, run),
    people: peopleRepository(database, run),
    passes: passRepository(database, run),
    places: placeRepository(database, run),
    blocks: blockRepository(database, run),
    mosaics: mosaicRepository(database, run),
    secrets: secretRepository(database, run),
    uploads: uploadRepository(database, run),
    sponsors: sponsorRepository(database, run),
    bookings: bookingRepository(database, run),
    plenary: plenaryRepository(database, run),
    check: () => run(() => void database.prepare('SELECT 1').get()),
    close: () => {
      if (database.isOpen) database.close();
      return Promise.resolve();
    },
  };
}
