import { Constants } from '@babylonjs/core/Engines/constants';
import { ShaderMaterial } from '@babylonjs/core/Materials/shaderMaterial.pure';
import { Vector4 } from '@babylonjs/core/Maths/math.vector.pure';
import type { Mesh } from '@babylonjs/core/Meshes/mesh.pure';
import type { Scene } from '@babylonjs/core/scene.pure';
import { createQuad } from '../../world/engine/quad.ts';
import { DARK_FRAGMENT, DARK_VERTEX } from './dark-shader.ts';

/** Clear view while one is moved: half angles, radians, where the darkness begins at full strength, and where it is complete. */
const CLEAR = Math.tan((22 * Math.PI) / 180);
const BLACK = Math.tan((42 * Math.PI) / 180);
/** Seconds of coming and going. */
const EDGE_S = 0.2;
const FADE_S = 0.12;

function towards(from: number, to: number, step: number): number {
  return from < to ? Math.min(to, from + step) : Math.max(to, from - step);
}

/** What eases the stomach: dark edges while the world moves, and a short darkness over jumps. Drawn after everything, one draw call, none while there is nothing to darken. */
export class Darkness {
  private readonly scene: Scene;
  private readonly mesh: Mesh;
  private readonly material: ShaderMaterial;
  private readonly uniform = new Vector4(CLEAR, BLACK, 0, 0);
  private edge = 0;
  private all = 0;

  constructor(scene: Scene) {
    this.scene = scene;
    this.mesh = createQuad('darkness', 0.5, scene);
    this.material = new ShaderMaterial('darkness', scene, { vertexSource: DARK_VERTEX, fragmentSource: DARK_FRAGMENT }, {
      attributes: ['position'], uniforms: ['projection', 'projectionR', 'dark'], needAlphaBlending: true,
    });
    this.material.backFaceCulling = false;
    this.material.disableDepthWrite = true;
    this.material.depthFunction = Constants.ALWAYS;
    this.mesh.material = this.material;
    this.mesh.doNotSyncBoundingInfo = true;
    this.mesh.alphaIndex = 2900;
    this.mesh.isVisible = false;
  }

  /** @param moved 0..1: how strongly the edges are to be dark now; @param all 0..1: how dark everything. Allocates nothing. */
  update(moved: number, all: number, elapsed: number): void {
    this.edge = towards(this.edge, moved, elapsed / EDGE_S);
    this.all = towards(this.all, all, elapsed / FADE_S);
    this.mesh.isVisible = this.edge > 0.01 || this.all > 0.01;
    if (!this.mesh.isVisible) return;
    this.uniform.z = this.edge;
    this.uniform.w = this.all;
    this.material.setVector4('dark', this.uniform);
    const right = this.scene.activeCamera?.rigCameras[1];
    if (right !== undefined) this.material.setMatrix('projectionR', right.getProjectionMatrix());
  }

  dispose(): void {
    this.mesh.dispose();
    this.material.dispose();
  }
}
