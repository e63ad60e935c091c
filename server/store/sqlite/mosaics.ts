import type { DatabaseSync } from 'node:sqlite';
import type { MosaicRepository } from '../store.ts';
import { transaction } from './database.ts';
import type { Run } from './run.ts';

export function mosaicRepository(database: DatabaseSync, run: Run): MosaicRepository {
  const read = database.prepare('SELECT cell, tile FROM mosaic_tiles WHERE scene = ? AND activity = ? ORDER BY cell');
  const lay = database.prepare('INSERT OR REPLACE INTO mosaic_tiles (scene, activity, cell, tile) VALUES (?, ?, ?, ?)');
  const takeUp = database.prepare('DELETE FROM mosaic_tiles WHERE scene = ? AND activity = ? AND cell = ?');
  return {
    get: (scene, activity) => run(() => read.all(scene, activity).map((row) => ({ cell: Number(row['cell']), tile: Number(row['tile']) }))),
    save: (scene, activity, changes) => run(() => transaction(database, () => {
      for (const { cell, tile } of changes) {
        if (tile === null) takeUp.run(scene, activity, cell);
        else lay.run(scene, activity, cell, tile);
      }
    })),
  };
}
