import type { World, WorldDeps } from '../app/contracts.ts';
import { registerBabylon } from './engine/babylon.ts';
import { createEngine } from './engine/engine.ts';
import { drawsInSoftware } from './engine/software.ts';
import { Stage } from './stage.ts';

/**
 * Opens the 3D view on `deps.canvas`: loads the scene and the avatars, then draws until disposed.
 * @throws WorldError with reason `no-webgl` or `download`
 */
export async function createWorld(deps: WorldDeps): Promise<World> {
  registerBabylon();
  const stage = new Stage(createEngine(deps.canvas, { software: drawsInSoftware(), coarse: deps.settings.value.quality === 'low' }), deps);
  try {
    await stage.go(deps);
    return stage;
  } catch (error) {
    stage.dispose();
    throw error;
  }
}
