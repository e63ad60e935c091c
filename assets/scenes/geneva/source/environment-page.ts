/** Runs in the browser for `environment.ts`: prefilters an equirectangular HDR picture into a Babylon `.env` file. */
import { Engine } from '@babylonjs/core/Engines/engine.js';
import { Scene } from '@babylonjs/core/scene.js';
import { FreeCamera } from '@babylonjs/core/Cameras/freeCamera.js';
import { Vector3 } from '@babylonjs/core/Maths/math.vector.js';
import { HDRCubeTexture } from '@babylonjs/core/Materials/Textures/hdrCubeTexture.js';
import { CreateEnvTextureAsync } from '@babylonjs/core/Misc/environmentTextureTools.js';

const SIZE = 128;

async function convert(url: string): Promise<string> {
  const engine = new Engine(document.createElement('canvas'), false);
  const scene = new Scene(engine);
  new FreeCamera('camera', Vector3.Zero(), scene);
  const texture = await new Promise<HDRCubeTexture>((resolve, reject) => {
    const made: HDRCubeTexture = new HDRCubeTexture(url, scene, SIZE, false, true, false, true, () => resolve(made), (message) => reject(new Error(message)));
  });
  const file = await CreateEnvTextureAsync(texture, { imageType: 'image/webp', imageQuality: 0.9 });
  if (!(file instanceof ArrayBuffer)) throw new Error('Babylon gave no bytes');
  let binary = '';
  for (const byte of new Uint8Array(file)) binary += String.fromCharCode(byte);
  return btoa(binary);
}

Object.assign(globalThis, { convert });
