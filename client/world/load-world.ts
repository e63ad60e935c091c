import type { Engine } from '@babylonjs/core/Engines/engine.pure';
import { Color4 } from '@babylonjs/core/Maths/math.color.pure';
import { Scene } from '@babylonjs/core/scene.pure';
import { SCENE_FILES } from '../../shared/scene/files.ts';
import type { SceneFiles, WorldDeps } from '../app/contracts.ts';
import { loadAvatarContainer } from './avatars/bodies.ts';
import { buildCrowd } from './avatars/load.ts';
import { Progress, download } from './engine/download.ts';
import type { QualityGovernor } from './engine/quality.ts';
import { installEnvironmentBrdf } from './model/brdf.ts';
import { applyRendering, loadSceneModel } from './model/scene-model.ts';
import type { PartsElsewhere } from './model/scene-model.ts';
import { readLightField } from './model/light-field.ts';
import { readStaticGeometry } from './rays/static-geometry.ts';
import { VenueWorld } from './venue-world.ts';

const AVATARS = '/avatars/';
/** Of the progress bar, what downloads make up; the rest is unpacking and shaders. */
const DOWNLOAD_SHARE = 0.85;

/** The scene graph with the conventions of the project: glTF axes, no light objects, no input handling by Babylon. */
export function createScene(engine: Engine): Scene {
  const scene = new Scene(engine, { useGeometryUniqueIdsMap: true, useMaterialMeshMap: true });
  scene.useRightHandedSystem = true;
  scene.detachControl();
  scene.skipPointerMovePicking = true;
  scene.skipPointerDownPicking = true;
  scene.skipPointerUpPicking = true;
  scene.lightsEnabled = false;
  scene.autoClear = true;
  scene.clearColor = new Color4(0.62, 0.71, 0.8, 1);
  installEnvironmentBrdf(scene);
  return scene;
}

/** What one scene after the other is drawn with. */
export interface Device {
  readonly engine: Engine;
  readonly governor: QualityGovernor;
}

/**
 * Loads everything and puts the world together; nothing is drawn yet.
 * @throws WorldError `download`
 */
export async function loadWorld({ engine, governor }: Device, deps: WorldDeps): Promise<VenueWorld> {
  const abort = new AbortController();
  const progress = new Progress((fraction) => deps.onProgress(fraction * DOWNLOAD_SHARE));
  const { base, layout, venue, revision, parts } = deps.scene as SceneFiles & PartsElsewhere;
  const scene = createScene(engine);
  try {
    const [sceneBytes, avatarBytes, json] = await Promise.all([
      download(base + SCENE_FILES.model, progress, abort.signal),
      download(`${AVATARS}avatars.glb`, progress, abort.signal),
      download(`${AVATARS}avatars.json`, progress, abort.signal),
    ]);
    const [model, container] = await Promise.all([
      loadSceneModel(sceneBytes, { base: parts ?? base, ...(parts === undefined ? {} : { name: revision }), fetch: (file) => download((parts ?? base) + file, progress, abort.signal) }, scene),
      loadAvatarContainer(avatarBytes, scene),
      applyRendering(venue, parts ?? base, scene),
    ]);
    deps.onProgress(0.92);
    const still = model.meshes.filter((mesh) => model.motion?.moves(mesh) !== true);
    const geometry = readStaticGeometry(still, (mesh) => model.lightMapOf(mesh));
    const light = await readLightField(geometry, model.lightMaps, scene);
    const avatars = buildCrowd(container, { json: new TextDecoder().decode(json), seats: layout.seats, light }, scene);
    const world = new VenueWorld({ engine, scene, avatars, bvh: geometry.bvh, model, deps, governor });
    await scene.whenReadyAsync();
    model.freezeMaterials();
    deps.onProgress(1);
    return world;
  } catch (error) {
    abort.abort();
    scene.dispose();
    throw error;
  }
}
