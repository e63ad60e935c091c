import { Effect } from '@babylonjs/core/Materials/effect.pure';
import type { Scene } from '@babylonjs/core/scene.pure';
import type { World } from '../../app/contracts.ts';
import { Stage } from '../stage.ts';

/**
 * Keeps textures of a scene on the graphics card, whatever becomes of the scene.
 * @param parts only those whose address begins with this, by `data:` or not
 * @returns lets them go again: those that nobody else uses then are gone
 */
export function keepSceneTextures(scene: Scene, parts: string): () => void {
  const kept = new Set(scene.textures.map((texture) => texture.getInternalTexture()).filter((texture) => texture?.url.replace(/^data:/, '').startsWith(parts) === true));
  for (const texture of kept) texture?.incrementReferences();
  return () => {
    for (const texture of kept) texture?.dispose();
    kept.clear();
  };
}

/**
 * Keeps textures of the scene that is shown while the next one is loaded: what in that has the same address, the engine takes as it is, neither fetched nor decoded again. From now on it
 * keeps its shaders too, as many as there are kinds of materials: making them anew takes as long as all the rest.
 * @param parts where files lie whose names stand for their content
 * @throws TypeError for a world that is not of this folder
 */
export function keepForNext(world: World, parts: string): () => void {
  if (!(world instanceof Stage)) throw new TypeError('textures are kept of a world of client/world');
  Effect.PersistentMode = true;
  return keepSceneTextures(world.scene, parts);
}
