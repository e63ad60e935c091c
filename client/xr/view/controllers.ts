import { LoadAssetContainerAsync } from '@babylonjs/core/Loading/sceneLoader';
import { Material } from '@babylonjs/core/Materials/material.pure';
import { Mesh } from '@babylonjs/core/Meshes/mesh.pure';
import { TransformNode } from '@babylonjs/core/Meshes/transformNode.pure';
import { Quaternion } from '@babylonjs/core/Maths/math.vector.pure';
import type { AssetContainer } from '@babylonjs/core/assetContainer';
import type { Scene } from '@babylonjs/core/scene.pure';
import type { TrackedPoint } from '../../../shared/protocol/body.ts';
import type { ControllerModel } from '../../app/headset/contract.ts';
import { CONTROLLERS, profileOf } from './controller-profiles.ts';

/** A model of more materials than this would cost more draw calls than a hand may. */
const MOST_DRAWS = 3;

/** What is held in one hand. */
interface Held {
  readonly tracked: boolean;
  readonly source: XRInputSource | null;
  readonly grip: TrackedPoint;
}

/** One mesh a material, as buttons do not move: a draw call each. */
function merged(container: AssetContainer): readonly Mesh[] {
  const byMaterial = new Map<unknown, Mesh[]>();
  for (const mesh of container.meshes) {
    if (!(mesh instanceof Mesh) || mesh.getTotalVertices() === 0) continue;
    mesh.computeWorldMatrix(true);
    byMaterial.set(mesh.material, [...(byMaterial.get(mesh.material) ?? []), mesh]);
  }
  const meshes = [...byMaterial.values()].map((each) => Mesh.MergeMeshes(each, true, true));
  return meshes.filter((mesh) => mesh !== null);
}

/** The model of the controller in one hand, from our own server, at its grip. */
class HandModel {
  state: ControllerModel = 'none';
  private readonly scene: Scene;
  private readonly side: 'left' | 'right';
  private readonly root: TransformNode;
  private readonly turn = new Quaternion();
  private container: AssetContainer | null = null;
  private source: XRInputSource | null = null;
  private profile: string | null = null;
  private disposed = false;

  constructor(scene: Scene, side: 'left' | 'right') {
    this.scene = scene;
    this.side = side;
    this.root = new TransformNode(`controller ${side}`, scene);
    this.root.rotationQuaternion = this.turn;
    this.root.setEnabled(false);
  }

  /** Allocates nothing while the same thing is held. */
  update({ tracked, source, grip }: Held): void {
    if (source !== this.source) this.take(source);
    const shown = tracked && this.state === 'shown' && this.profile !== null;
    if (shown !== this.root.isEnabled(false)) this.root.setEnabled(shown);
    if (!shown) return;
    this.root.position.set(grip.x, grip.y, grip.z);
    this.turn.set(grip.qx, grip.qy, grip.qz, grip.qw);
  }

  dispose(): void {
    this.disposed = true;
    this.drop();
    this.root.dispose();
  }

  /** Another thing is in the hand, or nothing: a bare hand has no model. */
  private take(source: XRInputSource | null): void {
    this.source = source;
    if (source === null) return;
    const bare = source.hand !== undefined && source.hand !== null;
    const profile = bare ? null : profileOf(source.profiles);
    if (profile === this.profile) return;
    this.profile = profile;
    this.drop();
    if (profile !== null) void this.load(profile);
  }

  private drop(): void {
    for (const mesh of this.root.getChildMeshes()) mesh.dispose();
    this.container?.dispose();
    this.container = null;
    this.state = 'none';
  }

  private async load(profile: string): Promise<void> {
    this.state = 'loading';
    try {
      const response = await fetch(`${CONTROLLERS}${profile}/${this.side}.glb`);
      if (!response.ok) throw new Error(`the model of ${profile} is not there: ${response.status}`);
      const bytes = new Uint8Array(await response.arrayBuffer());
      if (this.disposed || profile !== this.profile) return;
      const container = await LoadAssetContainerAsync(bytes, this.scene, { rootUrl: CONTROLLERS, pluginExtension: '.glb' });
      if (this.disposed || profile !== this.profile) container.dispose();
      else this.show(container);
    } catch {
      // Rays and hands do without; the diagnostics say it.
      if (profile === this.profile) this.state = 'failed';
    }
  }

  private show(container: AssetContainer): void {
    this.container = container;
    container.addAllToScene();
    // Some say that they are blended, with nothing to be seen through: a handle must not be.
    for (const material of container.materials) material.transparencyMode = Material.MATERIAL_OPAQUE;
    const meshes = merged(container);
    for (const mesh of meshes) {
      mesh.parent = this.root;
      mesh.isPickable = false;
      mesh.alwaysSelectAsActiveMesh = true;
    }
    this.state = meshes.length > 0 && meshes.length <= MOST_DRAWS ? 'shown' : 'failed';
  }
}

/** Models of the controllers in both hands. */
export class Controllers {
  private readonly left: HandModel;
  private readonly right: HandModel;

  constructor(scene: Scene) {
    this.left = new HandModel(scene, 'left');
    this.right = new HandModel(scene, 'right');
  }

  get states(): { readonly left: ControllerModel; readonly right: ControllerModel } {
    return { left: this.left.state, right: this.right.state };
  }

  /** Puts them where the hands of this frame are. */
  update(left: Held, right: Held): void {
    this.left.update(left);
    this.right.update(right);
  }

  dispose(): void {
    this.left.dispose();
    this.right.dispose();
  }
}
