import type { Scene } from '@babylonjs/core/scene.pure';
import { PBRMaterial } from '@babylonjs/core/Materials/PBR/pbrMaterial.pure';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestScene } from '../../../tests/support/avatars.ts';
import { buildModel } from '../../../tests/support/sight-scene.ts';
import { loadSceneModel } from './scene-model.ts';
import type { SceneModel } from './scene-model.ts';

let scene: Scene;
let model: SceneModel;

beforeAll(async () => {
  scene = createTestScene();
  const fetch = (file: string): Promise<Uint8Array> => Promise.reject(new Error(`nobody asked for ${file}`));
  model = await loadSceneModel(await buildModel(), { base: '/scenes/gallery/', fetch }, scene);
});
afterAll(() => scene.dispose());

function mesh(name: string) {
  const found = model.meshes.find((each) => each.name === name);
  if (found === undefined) throw new Error(`no mesh ${name}`);
  return found;
}

function material(name: string): PBRMaterial {
  const found = mesh(name).material;
  if (!(found instanceof PBRMaterial)) throw new Error(`${name} has no such material`);
  return found;
}

describe('materials that not every scene has', () => {
  it('are unlit, and glass is seen through from both sides', () => {
    expect(material('poster').unlit).toBe(true);
    expect(material('vase').unlit).toBe(false);
    expect(material('pane').alpha).toBeCloseTo(0.18, 6);
    expect(material('pane').needAlphaBlending()).toBe(true);
    expect(material('pane').backFaceCulling).toBe(false);
    expect(material('vase').alpha).toBe(1);
  });
});

describe('what moves in a scene', () => {
  it('turns over and over at its own pace; all else stands still', () => {
    const { motion } = model;
    if (motion === null) throw new Error('nothing moves');
    expect(model.meshes.filter((each) => motion.moves(each)).map(({ name }) => name)).toEqual(['wheel']);
    const quarter = (): number => {
      motion.advance(1);
      const { x = 0, y = 0, z = 0, w = 0 } = mesh('wheel').rotationQuaternion ?? {};
      expect(Math.hypot(x, y, z, w)).toBeCloseTo(1, 6);
      return 2 * Math.atan2(Math.abs(y), Math.abs(w));
    };
    // A turn takes four seconds: 90, 180 and 270 degrees (which is 90 the other way), and the beginning again.
    expect([quarter(), quarter(), quarter(), quarter()].map((turn) => Math.round((turn * 180) / Math.PI))).toEqual([90, 180, 90, 0]);
    expect(quarter()).toBeCloseTo(Math.PI / 2, 6);
    expect(mesh('wheel').isWorldMatrixFrozen).toBe(false);
    expect(mesh('vase').isWorldMatrixFrozen).toBe(true);
  });
});
