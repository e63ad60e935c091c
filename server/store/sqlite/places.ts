import type { DatabaseSync } from 'node:sqlite';
import { Appearance } from '../../../shared/protocol/people.ts';
import type { LastPlace, PlaceRepository } from '../store.ts';
import { transaction } from './database.ts';
import type { Run } from './run.ts';

interface PlaceRow {
  readonly scene: string;
  readonly x: number;
  readonly y: number;
  readonly z: number;
  readonly yaw: number;
  readonly seat: string;
  readonly appearance: string;
  readonly at: number;
}

export function placeOf(database: DatabaseSync, person: string): (LastPlace & { at: number }) | null {
  const row = database.prepare('SELECT * FROM places WHERE person = ?').get(person) as PlaceRow | undefined;
  if (row === undefined) return null;
  const { scene, x, y, z, yaw, seat, at } = row;
  return { scene, placement: { x, y, z, yaw }, seat, appearance: Appearance.parse(JSON.parse(row.appearance)), at };
}

const SAVE = `
  INSERT OR REPLACE INTO places (person, scene, x, y, z, yaw, seat, appearance, at)
  SELECT id, :scene, :x, :y, :z, :yaw, :seat, :appearance, :at FROM people WHERE id = :person`;

export function placeRepository(database: DatabaseSync, run: Run): PlaceRepository {
  const save = database.prepare(SAVE);
  return {
    get: (person) => run(() => {
      const found = placeOf(database, person);
      if (found === null) return null;
      const { scene, placement, seat, appearance } = found;
      return { scene, placement, seat, appearance };
    }),
    saveAll: (places, now) => run(() => transaction(database, () => {
      for (const [person, { scene, placement, seat, appearance }] of places) {
        save.run({ person, scene, x: placement.x, y: placement.y, z: placement.z, yaw: placement.yaw, seat, appearance: JSON.stringify(appearance), at: now });
      }
    })),
  };
}
