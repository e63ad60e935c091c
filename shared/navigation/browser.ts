/**
 * Loads a ground in the browser: the wasm is a file of its own on our server (105 KB brotli; inside the script, as base64, it would be
 * 140 KB and would be parsed as text). The package does not export that file, hence the path into it.
 */
import createRecast from '@recast-navigation/wasm/wasm';
import wasmUrl from '../../node_modules/@recast-navigation/wasm/dist/recast-navigation.wasm.wasm?url';
import { createGround } from './ground.ts';
import type { NavmeshGround, Recast } from './ground.ts';

let recast: Promise<Recast> | undefined;

async function fetchRecast(): Promise<Recast> {
  try {
    return await createRecast({ locateFile: () => wasmUrl });
  } catch (cause) {
    // So that the next call tries again: the network may be back by then.
    recast = undefined;
    throw cause;
  }
}

/**
 * Makes a ground of a baked navigation mesh (`navmesh.bin`).
 * @throws GroundError if the bytes are not such a mesh
 */
export async function loadGround(navmesh: Uint8Array): Promise<NavmeshGround> {
  recast ??= fetchRecast();
  return createGround(await recast, navmesh);
}
