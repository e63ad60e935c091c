import { LoadAssetContainerAsync } from '@babylonjs/core/Loading/sceneLoader';
import { Constants } from '@babylonjs/core/Engines/constants';
import { CubeTexture } from '@babylonjs/core/Materials/Textures/cubeTexture.pure';
import { Texture } from '@babylonjs/core/Materials/Textures/texture.pure';
import { PBRMaterial } from '@babylonjs/core/Materials/PBR/pbrMaterial.pure';
import { Mesh } from '@babylonjs/core/Meshes/mesh.pure';
import type { AssetContainer } from '@babylonjs/core/assetContainer';
import type { Material } from '@babylonjs/core/Materials/material.pure';
import type { Scene } from '@babylonjs/core/scene.pure';
import type { Venue } from '../../../shared/scene/layout.ts';
import { WorldError } from '../errors.ts';
import { LightMapPlugin } from './light-map-plugin.ts';

/** `extras.venue.lightmap` of a glTF material: a baked irradiance map for TEXCOORD_1, value = (irradiance / intensity) ^ (1/2.2). */
interface LightMapExtra {
  readonly file: string;
  readonly intensity: number;
}

/** The static part of the world: everything that `scene.glb` holds. */
export interface SceneModel {
  readonly meshes: readonly Mesh[];
  /** Materials stop being re-bound once their shaders are ready. */
  freezeMaterials(): void;
}

const FILE_NAME = /^[A-Za-z0-9_.-]+$/;

function lightMapOf(material: Material): LightMapExtra | null {
  const metadata: unknown = material.metadata;
  const extra = (metadata as { gltf?: { extras?: { venue?: { lightmap?: LightMapExtra } } } } | null)?.gltf?.extras?.venue?.lightmap;
  if (extra === undefined || !FILE_NAME.test(extra.file) || !(extra.intensity > 0)) return null;
  return extra;
}

/** Loads a texture file and resolves when it is on the GPU. @throws WorldError `download` */
function loadTexture(url: string, scene: Scene): Promise<Texture> {
  return new Promise((resolve, reject) => {
    const texture: Texture = new Texture(url, scene, {
      noMipmap: false,
      invertY: false,
      samplingMode: Texture.TRILINEAR_SAMPLINGMODE,
      onLoad: () => resolve(texture),
      onError: (message) => reject(new WorldError('download', `Could not load ${url}: ${message ?? 'not an image'}`)),
    });
  });
}

async function applyLightMaps(container: AssetContainer, base: string, scene: Scene): Promise<void> {
  const files = new Map<string, Promise<Texture>>();
  const lit = new Set(container.meshes.filter((mesh) => mesh.isVerticesDataPresent('uv2')).map((mesh) => mesh.material));
  for (const material of container.materials) {
    const extra = lightMapOf(material);
    if (extra === null || !(material instanceof PBRMaterial) || !lit.has(material)) continue;
    const loading = files.get(extra.file) ?? loadTexture(base + extra.file, scene);
    files.set(extra.file, loading);
    const texture = await loading;
    texture.coordinatesIndex = 1;
    texture.gammaSpace = true;
    texture.level = extra.intensity;
    texture.wrapU = texture.wrapV = Texture.CLAMP_ADDRESSMODE;
    material.lightmapTexture = texture;
    new LightMapPlugin(material);
  }
}

/** What never changes need not be computed each frame. */
function freezeMesh(mesh: Mesh): void {
  mesh.computeWorldMatrix(true);
  mesh.freezeWorldMatrix();
  mesh.doNotSyncBoundingInfo = true;
  mesh.isPickable = false;
}

/** Sharper floors at grazing angles; costs little on any GPU of the last ten years. */
function sharpen(material: Material): void {
  for (const texture of material.getActiveTextures()) texture.anisotropicFilteringLevel = 8;
}

/**
 * Builds the scene from the bytes of its `scene.glb`.
 * @param base address of the scene's folder, with a slash at the end
 * @throws WorldError `download` if the file or a light map is not what it should be
 */
export async function loadSceneModel(bytes: Uint8Array, base: string, scene: Scene): Promise<SceneModel> {
  let container: AssetContainer;
  try {
    container = await LoadAssetContainerAsync(bytes, scene, { rootUrl: base, pluginExtension: '.glb' });
  } catch (cause) {
    throw new WorldError('download', `${base}scene.glb is not a scene`, { cause });
  }
  await applyLightMaps(container, base, scene);
  for (const group of container.animationGroups.slice()) group.dispose();
  for (const light of container.lights.slice()) light.dispose();
  for (const camera of container.cameras.slice()) camera.dispose();
  container.animationGroups.length = container.lights.length = container.cameras.length = 0;
  container.addAllToScene();
  const meshes = container.meshes.filter((mesh) => mesh instanceof Mesh && mesh.getTotalVertices() > 0) as Mesh[];
  container.materials.forEach(sharpen);
  for (const node of container.transformNodes) node.freezeWorldMatrix();
  meshes.forEach(freezeMesh);
  return {
    meshes,
    freezeMaterials: () => {
      for (const material of container.materials) material.freeze();
    },
  };
}

/** Environment light, exposure, contrast and tone mapping as the scene's author set them in `venue.json`. */
export async function applyRendering(venue: Venue, base: string, scene: Scene): Promise<void> {
  const processing = scene.imageProcessingConfiguration;
  const { exposure = 1, contrast = 1, toneMapping = 'neutral' } = venue.rendering ?? {};
  processing.exposure = exposure;
  processing.contrast = contrast;
  processing.toneMappingEnabled = toneMapping !== 'none';
  processing.toneMappingType = { none: 0, standard: 0, aces: 1, neutral: 2 }[toneMapping];
  if (venue.environment === undefined) return;
  const url = base + venue.environment.file;
  await new Promise<void>((resolve, reject) => {
    const texture = new CubeTexture(url, scene, {
      prefiltered: true,
      forcedExtension: '.env',
      createPolynomials: true,
      onLoad: () => resolve(),
      onError: (message, cause) => reject(new WorldError('download', `Could not load ${url}: ${message ?? 'no environment'}`, { cause })),
    });
    texture.gammaSpace = false;
    texture.coordinatesMode = Constants.TEXTURE_CUBIC_MODE;
    scene.environmentTexture = texture;
  });
  scene.environmentIntensity = venue.environment.intensity;
}
