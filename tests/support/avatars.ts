/** The shipped avatars in a scene without a screen, for unit tests of the world. */
import { readFileSync } from 'node:fs';
import { NullEngine } from '@babylonjs/core/Engines/nullEngine.pure';
import type { AssetContainer } from '@babylonjs/core/assetContainer';
import { Scene } from '@babylonjs/core/scene.pure';
import { loadAvatarContainer } from '../../client/world/avatars/bodies.ts';
import { registerBabylon } from '../../client/world/engine/babylon.ts';
import { installEnvironmentBrdf } from '../../client/world/model/brdf.ts';

const ASSETS = new URL('../../assets/avatars/', import.meta.url);

export const avatarsJson = readFileSync(new URL('avatars.json', ASSETS), 'utf8');

/** Babylon's engine without a screen cannot take part of a texture; nobody looks at what it would hold. */
class BlindEngine extends NullEngine {
  override updateTextureData(): void { /* Nothing to show it on. */ }
}

/** A right-handed scene without a screen, as the world makes it. */
export function createTestScene(): Scene {
  registerBabylon();
  const scene = new Scene(new BlindEngine());
  scene.useRightHandedSystem = true;
  installEnvironmentBrdf(scene);
  return scene;
}

/** The avatars that the venue ships. */
export function loadTestAvatars(scene: Scene): Promise<AssetContainer> {
  return loadAvatarContainer(new Uint8Array(readFileSync(new URL('avatars.glb', ASSETS))), scene);
}
