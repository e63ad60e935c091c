import type { Camera } from '@babylonjs/core/Cameras/camera.pure';
import type { PanoramaSource } from '../../app/contracts.ts';
import { PanoramaLook } from './panorama-look.ts';
import { loadPicture, type LoadOptions } from './panorama-picture.ts';
import { PanoramaView } from './panorama-view.ts';

/** Loads a picture or film and puts it before the camera. @throws WorldError `download` */
export async function openPanorama(source: PanoramaSource, camera: Camera, options: LoadOptions): Promise<{ view: PanoramaView; look: PanoramaLook }> {
  const picture = await loadPicture(source, options);
  const look = new PanoramaLook(source.yaw);
  const view = new PanoramaView(picture, camera, options.scene);
  return { view, look };
}
