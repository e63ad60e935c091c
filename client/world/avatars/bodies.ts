import { LoadAssetContainerAsync } from '@babylonjs/core/Loading/sceneLoader';
import type { Material } from '@babylonjs/core/Materials/material.pure';
import { Matrix, Quaternion } from '@babylonjs/core/Maths/math.vector.pure';
import { Mesh } from '@babylonjs/core/Meshes/mesh.pure';
import type { AssetContainer } from '@babylonjs/core/assetContainer';
import type { Scene } from '@babylonjs/core/scene.pure';
import { WorldError } from '../errors.ts';
import { SLOT_ATTRIBUTE } from './avatar-material.ts';
import type { Bucket } from './buckets.ts';
import { LOD_COUNT } from './buckets.ts';
import type { Catalogue } from './catalogue.ts';

/** @throws WorldError `download` if the bytes are no glTF */
export async function loadAvatarContainer(bytes: Uint8Array, scene: Scene): Promise<AssetContainer> {
  try {
    return await LoadAssetContainerAsync(bytes, scene, { rootUrl: '/avatars/', pluginExtension: '.glb' });
  } catch (cause) {
    throw new WorldError('download', 'avatars.glb is not a glTF file', { cause });
  }
}

/** `length` identity matrices: Babylon insists on a matrix an instance; ours are placed by the people table. */
function identities(length: number): Float32Array {
  const data = new Float32Array(length * 16);
  for (let i = 0; i < length; i += 1) Matrix.IdentityReadOnly.copyToArray(data, i * 16);
  return data;
}

/** Frees a skinned mesh from node and skeleton: the avatar shader does their work. */
function detach(mesh: Mesh, material: Material): void {
  mesh.skeleton = null;
  mesh.parent = null;
  mesh.position.setAll(0);
  mesh.scaling.setAll(1);
  mesh.rotationQuaternion = Quaternion.Identity();
  mesh.material = material;
  mesh.hasVertexAlpha = false;
  mesh.useVertexColors = true;
  mesh.isPickable = false;
  mesh.alwaysSelectAsActiveMesh = true;
  mesh.doNotSyncBoundingInfo = true;
  mesh.freezeWorldMatrix(Matrix.Identity());
  mesh.isVisible = false;
}

export interface BodyMaterials {
  readonly plain: Material;
  /** Makes the one that lets single avatars fade; called at most once, and only if that is wanted. */
  fading(): Material;
}

/** The meshes of all appearances and levels of detail, one draw call each, however many people wear them. */
export class Bodies {
  /** In the order of the buckets; null where the file lacks a level. */
  private readonly meshes: readonly (Mesh | null)[];
  private readonly capacity: number[];
  private readonly materials: BodyMaterials;
  private fading: Material | null = null;

  /**
   * Takes the meshes `<id>_lod0..2` out of the container, which can be disposed then.
   * @throws WorldError `download` if an appearance has no mesh at all
   */
  constructor(container: AssetContainer, catalogue: Catalogue, materials: BodyMaterials, scene: Scene) {
    this.materials = materials;
    const meshes: (Mesh | null)[] = [];
    for (const { id } of catalogue.appearances) {
      let coarser: Mesh | null = null;
      for (let lod = LOD_COUNT - 1; lod >= 0; lod -= 1) {
        const found = container.meshes.find((mesh) => mesh.name === `${id}_lod${lod}`);
        if (found instanceof Mesh) {
          detach(found, materials.plain);
          coarser = found;
        }
        meshes[catalogue.appearances.findIndex((appearance) => appearance.id === id) * LOD_COUNT + lod] = found instanceof Mesh ? found : null;
      }
      if (coarser === null) throw new WorldError('download', `avatars.glb has no mesh for ${id}`);
    }
    this.meshes = meshes;
    this.capacity = meshes.map(() => 0);
    for (const mesh of meshes) {
      if (mesh === null) continue;
      scene.addMesh(mesh);
      if (mesh.geometry !== null) scene.pushGeometry(mesh.geometry);
      container.meshes.splice(container.meshes.indexOf(mesh), 1);
      container.geometries = container.geometries.filter((geometry) => geometry !== mesh.geometry);
    }
  }

  /** From now on those near, who are drawn in full detail, can fade. */
  letFade(): void {
    if (this.fading !== null) return;
    this.fading = this.materials.fading();
    for (let index = 0; index < this.meshes.length; index += LOD_COUNT) {
      const mesh = this.meshes[index];
      if (mesh !== undefined && mesh !== null) mesh.material = this.fading;
    }
  }

  /** Sends the buckets that changed to the GPU. */
  show(buckets: readonly Bucket[]): void {
    for (let index = 0; index < buckets.length; index += 1) {
      const bucket = buckets[index];
      const mesh = this.meshes[index];
      if (bucket === undefined || !bucket.changed || mesh === undefined || mesh === null) continue;
      bucket.changed = false;
      if (bucket.count > 0) this.fill(mesh, index, bucket);
      mesh.isVisible = bucket.count > 0;
    }
  }

  private fill(mesh: Mesh, index: number, bucket: Bucket): void {
    if ((this.capacity[index] ?? 0) < bucket.slots.length) {
      this.capacity[index] = bucket.slots.length;
      mesh.thinInstanceSetBuffer('matrix', identities(bucket.slots.length), 16, true);
      mesh.thinInstanceSetBuffer(SLOT_ATTRIBUTE, bucket.slots, 1, false);
    } else {
      mesh.thinInstanceBufferUpdated(SLOT_ATTRIBUTE);
    }
    mesh.thinInstanceCount = bucket.count;
  }

  dispose(): void {
    for (const mesh of this.meshes) mesh?.dispose();
    this.fading?.dispose();
  }
}
