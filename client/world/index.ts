import type { World, WorldDeps } from '../app/contracts.ts';
import { registerBabylon } from './engine/babylon.ts';
import { createEngine } from './engine/engine.ts';
import { loadWorld } from './load-world.ts';

/**
 * Opens the 3D view on `deps.canvas`: loads the scene and the avatars, then draws until disposed.
 * @throws WorldError with reason `no-webgl` or `download`
 */
export async function createWorld(deps: WorldDeps): Promise<World> {
  registerBabylon();
  const engine = createEngine(deps.canvas, deps.settings.value.quality !== 'low');
  try {
    const world = await loadWorld(engine, deps);
    world.start();
    return world;
  } catch (error) {
    engine.dispose();
    throw error;
  }
}
