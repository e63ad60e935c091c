/** Of one save to the next, floors and walls seldom change: their navigation mesh, which takes as long as all other steps but one, is then the same. */
import { createHash } from 'node:crypto';
import { bakeNavmesh } from '../navmesh/bake.ts';
import type { BakedNavmesh } from '../navmesh/bake.ts';

/** Two revisions, so that undoing is fast too; scenes without a spawn point bake twice a revision. */
const KEPT = 4;

/**
 * Bakes as {@link bakeNavmesh} does, and gives what it last gave for the same surfaces and options.
 * @param bake does the work
 */
export function rememberBake(bake: typeof bakeNavmesh = bakeNavmesh): typeof bakeNavmesh {
  const known = new Map<string, BakedNavmesh>();
  return async (surfaces, options = {}) => {
    const { walkable, obstacles, marked } = surfaces;
    const hash = createHash('sha256').update(JSON.stringify([options, marked, walkable.length, obstacles.length]));
    for (const triangles of [walkable, obstacles]) hash.update(new Uint8Array(Float64Array.from(triangles).buffer));
    const key = hash.digest('hex');
    const baked = known.get(key) ?? await bake(surfaces, options);
    // What was asked for last is let go last.
    known.delete(key);
    known.set(key, baked);
    for (const oldest of known.keys()) if (known.size > KEPT) known.delete(oldest);
    return baked;
  };
}
