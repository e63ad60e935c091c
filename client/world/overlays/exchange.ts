import { SCENE_FILES } from '../../../shared/scene/files.ts';
import type { SceneFiles, World, WorldDeps, WorldPlace } from '../../app/contracts.ts';
import { Progress, download } from '../engine/download.ts';
import { drawn } from '../engine/drawn.ts';
import { readLightField } from '../model/light-field.ts';
import { applyRendering, loadSceneModel } from '../model/scene-model.ts';
import type { PartsElsewhere, SceneModel } from '../model/scene-model.ts';
import { readStaticGeometry } from '../rays/static-geometry.ts';
import { Stage } from '../stage.ts';
import { VenueWorld } from '../venue-world.ts';

function stageOf(world: World): Stage {
  if (!(world instanceof Stage)) throw new TypeError('this needs a world of client/world');
  return world;
}

/** Loads the new model into the scene beside the old one, so that what both have in common is never let go: neither textures nor shaders are made twice. */
async function loadBeside(before: VenueWorld, deps: WorldDeps): Promise<SceneModel> {
  const { scene } = before.parts;
  const { base, venue, revision, parts } = deps.scene as SceneFiles & PartsElsewhere;
  const abort = new AbortController();
  const progress = new Progress((fraction) => deps.onProgress(fraction));
  const fetch = (file: string): Promise<Uint8Array> => download((parts ?? base) + file, progress, abort.signal);
  try {
    const bytes = await download(base + SCENE_FILES.model, progress, abort.signal);
    const [model] = await Promise.all([
      loadSceneModel(bytes, { base: parts ?? base, name: revision, fetch }, scene),
      applyRendering(venue, parts ?? base, scene),
    ]);
    await scene.whenReadyAsync();
    return model;
  } catch (error) {
    abort.abort();
    throw error;
  }
}

/**
 * Shows another revision of the scene that is shown, in its place. Engine, scene graph, avatars, environment, textures and shaders stay, as far as they are the same. The picture comes
 * first; what only walking, pointing and the light on people need of the new scene is made after it.
 * @returns when the picture was there, `performance.now()`
 * @throws TypeError for a world that is not of this folder; WorldError `download`, and then nothing is shown any more
 */
export async function exchangeScene(world: World, place: WorldPlace): Promise<number> {
  const stage = stageOf(world);
  let seen = Number.NaN;
  await stage.exchange(place, async (before, deps) => {
    const { engine, scene, avatars, governor } = before.parts;
    const model = await loadBeside(before, deps);
    before.parts.model.dispose();
    model.freezeMaterials();
    before.renderFrame();
    await drawn(engine);
    seen = performance.now();
    const geometry = readStaticGeometry(model.meshes.filter((mesh) => model.motion?.moves(mesh) !== true), (mesh) => model.lightMapOf(mesh));
    avatars.crowd.furnish(deps.scene.layout.seats, await readLightField(geometry, model.lightMaps, scene));
    before.leave();
    return new VenueWorld({ engine, scene, avatars, bvh: geometry.bvh, model, deps, governor });
  });
  return seen;
}

/** Leaves a picture that is drawn too slowly as it is for a while, so that others can use the processor; what is drawn quickly goes on. */
export function holdStill(world: World, still: boolean): void {
  const { shown } = stageOf(world);
  shown.pause();
  if (!still || shown.parts.governor.level.name !== 'minimal') shown.start();
}
