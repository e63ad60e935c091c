import { LoadAssetContainerAsync } from '@babylonjs/core/Loading/sceneLoader';
import { Constants } from '@babylonjs/core/Engines/constants';
import { CubeTexture } from '@babylonjs/core/Materials/Textures/cubeTexture.pure';
import { Texture } from '@babylonjs/core/Materials/Textures/texture.pure';
import { PBRMaterial } from '@babylonjs/core/Materials/PBR/pbrMaterial.pure';
import { Mesh } from '@babylonjs/core/Meshes/mesh.pure';
import type { TransformNode } from '@babylonjs/core/Meshes/transformNode.pure';
import type { AssetContainer } from '@babylonjs/core/assetContainer';
import type { Material } from '@babylonjs/core/Materials/material.pure';
import type { Scene } from '@babylonjs/core/scene.pure';
import type { Venue } from '../../../shared/scene/layout.ts';
import { readGltfFacts } from '../engine/gltf-json.ts';
import { WorldError } from '../errors.ts';
// For scenes that bring no light of their own: without an environment, nothing but what glows would be seen, and people could not be lit.
import daylight from './daylight.env?url';
import { LightMapPlugin } from './light-map-plugin.ts';
import type { NodeMotion } from './node-motion.ts';

/** `extras.venue.lightmap` of a glTF material: a baked irradiance map for TEXCOORD_1, value = (irradiance / intensity) ^ (1/2.2). */
interface LightMapExtra {
  readonly file: string;
  readonly intensity: number;
}

/** A light map as it was fetched, and the factor of its values. */
export interface LightMapImage {
  readonly bytes: Uint8Array;
  readonly intensity: number;
}

/** In the authors' preview, where a scene comes again and again: the address of what `scene.glb` and `venue.json` name, by names made of the content. With a slash at its end. */
export interface PartsElsewhere {
  readonly parts?: string;
}

/** The scene's own files: its address, and a way to fetch one of them. */
export interface SceneFolder {
  /** With a slash at the end. */
  readonly base: string;
  /** Makes addresses of textures out of `base` and the names of files, so that the engine knows again what it still has. A scene's own images are told apart by this. */
  readonly name?: string;
  fetch(file: string): Promise<Uint8Array>;
}

/** Everything that `scene.glb` holds. */
export interface SceneModel {
  readonly meshes: readonly Mesh[];
  /** What moves in it, or null if nothing does. */
  readonly motion: NodeMotion | null;
  readonly lightMaps: ReadonlyMap<string, LightMapImage>;
  /** File of the light map of a mesh. */
  lightMapOf(mesh: Mesh): string | undefined;
  /** Takes it out of its scene, with what only it uses of the graphics card. */
  dispose(): void;
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

/** Puts the picture of a light map on the GPU. @throws WorldError `download` if it is none */
function makeTexture(address: string, bytes: Uint8Array, scene: Scene): Promise<Texture> {
  return new Promise((resolve, reject) => {
    const texture: Texture = new Texture(`data:${address}`, scene, {
      buffer: bytes,
      mimeType: 'image/webp',
      noMipmap: false,
      invertY: false,
      samplingMode: Texture.TRILINEAR_SAMPLINGMODE,
      onLoad: () => resolve(texture),
      onError: (message) => reject(new WorldError('download', `${address} is not an image: ${message ?? ''}`)),
    });
    texture.name = address;
  });
}

/** Pictures of the light maps by file, for the processor's use, and the textures of the same. */
interface LightMaps {
  readonly images: ReadonlyMap<string, LightMapImage>;
  readonly textures: ReadonlyMap<string, Texture>;
}

async function applyLightMaps(container: AssetContainer, files: SceneFolder, scene: Scene): Promise<LightMaps> {
  const images = new Map<string, LightMapImage>();
  const textures = new Map<string, Texture>();
  const lit = new Set(container.meshes.filter((mesh) => mesh.isVerticesDataPresent('uv2')).map((mesh) => mesh.material));
  const extras = container.materials.flatMap((material) => {
    const extra = lightMapOf(material);
    return extra !== null && material instanceof PBRMaterial && lit.has(material) ? [{ material, extra }] : [];
  });
  const names = new Set(extras.map(({ extra }) => extra.file));
  await Promise.all([...names].map(async (file) => {
    const bytes = await files.fetch(file);
    textures.set(file, await makeTexture(files.base + file, bytes, scene));
    images.set(file, { bytes, intensity: extras.find(({ extra }) => extra.file === file)?.extra.intensity ?? 1 });
  }));
  for (const { material, extra } of extras) {
    const texture = textures.get(extra.file);
    if (texture === undefined) continue;
    texture.coordinatesIndex = 1;
    texture.gammaSpace = true;
    texture.level = extra.intensity;
    texture.wrapU = texture.wrapV = Texture.CLAMP_ADDRESSMODE;
    material.lightmapTexture = texture;
    new LightMapPlugin(material);
  }
  return { images, textures };
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

const PLAIN = /^KHR_materials_(unlit|transmission)$/;

/** Fetches what only some scenes need. @returns what is to be done about animations once the nodes are there */
async function fetchRare(bytes: Uint8Array): Promise<((container: AssetContainer) => NodeMotion) | null> {
  const { extensions, animated } = readGltfFacts(bytes);
  if ([...extensions].some((name) => PLAIN.test(name))) (await import('../engine/plain-materials.ts')).registerRare(extensions);
  if (!animated) return null;
  const { NodeMotion } = await import('./node-motion.ts');
  return (container) => new NodeMotion([...container.transformNodes, ...container.meshes]);
}

/**
 * Builds the scene from the bytes of its `scene.glb`.
 * @throws WorldError `download` if the file or a light map is not what it should be
 */
export async function loadSceneModel(bytes: Uint8Array, folder: SceneFolder, scene: Scene): Promise<SceneModel> {
  const makeMotion = await fetchRare(bytes);
  let container: AssetContainer;
  try {
    container = await LoadAssetContainerAsync(bytes, scene, { rootUrl: folder.base, pluginExtension: '.glb', ...(folder.name === undefined ? {} : { name: folder.name }) });
  } catch (cause) {
    throw new WorldError('download', `${folder.base}scene.glb is not a scene`, { cause });
  }
  const lightMaps = await applyLightMaps(container, folder, scene);
  for (const light of container.lights.slice()) light.dispose();
  container.lights.length = 0;
  container.addAllToScene();
  const meshes = container.meshes.filter((mesh) => mesh instanceof Mesh && mesh.getTotalVertices() > 0) as Mesh[];
  container.materials.forEach(sharpen);
  const motion = makeMotion?.(container) ?? null;
  const isStill = (node: TransformNode): boolean => motion?.moves(node) !== true;
  for (const node of container.transformNodes) if (isStill(node)) node.freezeWorldMatrix();
  for (const mesh of meshes) {
    if (isStill(mesh)) freezeMesh(mesh);
    else mesh.isPickable = false;
  }
  return {
    meshes,
    motion,
    lightMaps: lightMaps.images,
    lightMapOf: (mesh) => (mesh.material === null || !mesh.isVerticesDataPresent('uv2') ? undefined : lightMapOf(mesh.material)?.file),
    dispose: () => {
      container.dispose();
      for (const texture of lightMaps.textures.values()) texture.dispose();
    },
    freezeMaterials: () => {
      for (const material of container.materials) material.freeze();
    },
  };
}

/** Environment light, exposure, contrast and tone mapping as the scene's author set them in `venue.json`, in the place of those before. */
export async function applyRendering(venue: Venue, base: string, scene: Scene): Promise<void> {
  const processing = scene.imageProcessingConfiguration;
  const { exposure = 1, contrast = 1, toneMapping = 'neutral' } = venue.rendering ?? {};
  processing.exposure = exposure;
  processing.contrast = contrast;
  processing.toneMappingEnabled = toneMapping !== 'none';
  processing.toneMappingType = { none: 0, standard: 0, aces: 1, neutral: 2 }[toneMapping];
  const url = venue.environment === undefined ? daylight : base + venue.environment.file;
  const before = scene.environmentTexture;
  if (before?.name !== url) await new Promise<void>((resolve, reject) => {
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
  }).then(() => before?.dispose());
  scene.environmentIntensity = venue.environment?.intensity ?? 1;
}
