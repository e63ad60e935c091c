/** Loads a ground in Node: the build of recast-navigation that carries its wasm inside the script, so that nothing is read from disk. */
import createRecast from '@recast-navigation/wasm';
import { createGround } from './ground.ts';
import type { NavmeshGround, Recast } from './ground.ts';

let recast: Promise<Recast> | undefined;

/**
 * Makes a ground of a baked navigation mesh (`navmesh.bin`).
 * @throws GroundError if the bytes are not such a mesh
 */
export async function loadGround(navmesh: Uint8Array): Promise<NavmeshGround> {
  recast ??= createRecast<unknown>();
  return createGround(await recast, navmesh);
}
