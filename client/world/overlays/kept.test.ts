import { NullEngine } from '@babylonjs/core/Engines/nullEngine.pure';
import type { InternalTexture } from '@babylonjs/core/Materials/Textures/internalTexture';
import { Texture } from '@babylonjs/core/Materials/Textures/texture.pure';
import { Scene } from '@babylonjs/core/scene.pure';
import { afterAll, describe, expect, it } from 'vitest';
import { keepSceneTextures } from './kept.ts';

const PARTS = '/preview-parts/';

/** Babylon's engine without a screen forgets no texture. */
class ForgettingEngine extends NullEngine {
  override _releaseTexture(texture: InternalTexture): void {
    const cache = this.getLoadedTexturesCache();
    const at = cache.indexOf(texture);
    if (at >= 0) cache.splice(at, 1);
  }
}

const engine = new ForgettingEngine();
afterAll(() => engine.dispose());

/** As the venue's loaders name what they put on the graphics card. */
function revision(...addresses: readonly string[]): { scene: Scene; textures: readonly Texture[] } {
  const scene = new Scene(engine);
  return { scene, textures: addresses.map((address) => new Texture(`data:${address}`, scene)) };
}

const loaded = (): string[] => engine.getLoadedTexturesCache().map(({ url }) => url).sort();

describe('textures from one revision to the next', () => {
  it('stay on the graphics card if they are the same, and go if nobody uses them any more', () => {
    const first = revision('/preview-parts/wood', '/preview-parts/stone', '/elsewhere/sign');
    const wood = first.textures[0]?.getInternalTexture();
    const release = keepSceneTextures(first.scene, PARTS);
    first.scene.dispose();
    expect(loaded()).toEqual(['data:/preview-parts/stone', 'data:/preview-parts/wood']);
    const second = revision('/preview-parts/wood', '/preview-parts/brick');
    release();
    expect(second.textures[0]?.getInternalTexture()).toBe(wood);
    expect(loaded()).toEqual(['data:/preview-parts/brick', 'data:/preview-parts/wood']);
    second.scene.dispose();
    expect(loaded()).toEqual([]);
  });

  it('are no more after twenty revisions than after one', () => {
    let { scene } = revision('/preview-parts/wood', '/preview-parts/0');
    for (let number = 1; number <= 20; number += 1) {
      const release = keepSceneTextures(scene, PARTS);
      scene.dispose();
      ({ scene } = revision('/preview-parts/wood', `/preview-parts/${number}`));
      release();
      expect(loaded()).toEqual([`data:/preview-parts/${number}`, 'data:/preview-parts/wood']);
    }
    scene.dispose();
    expect(loaded()).toEqual([]);
  });
});
