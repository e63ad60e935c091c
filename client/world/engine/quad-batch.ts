import { Constants } from '@babylonjs/core/Engines/constants';
import { Matrix } from '@babylonjs/core/Maths/math.vector.pure';
import { ShaderMaterial } from '@babylonjs/core/Materials/shaderMaterial.pure';
import type { Mesh } from '@babylonjs/core/Meshes/mesh.pure';
import type { Scene } from '@babylonjs/core/scene.pure';
import { createQuad } from './quad.ts';

export interface QuadBatchOptions {
  readonly name: string;
  readonly vertex: string;
  readonly fragment: string;
  /** Numbers of each attribute that differs from quad to quad (1 to 4), by name. */
  readonly attributes: Readonly<Record<string, number>>;
  readonly uniforms: readonly string[];
  readonly samplers: readonly string[];
  readonly capacity: number;
  /** Draws over opaque things in this order; higher is later. */
  readonly order: number;
}

/**
 * Many small quads in one draw call, each placed by our own shader: names, shadows under feet, marks on the floor. The quad spans -0.5..0.5
 * in x and y of `position`; the vertex shader takes the eye from `both-eyes.ts`. Colours are premultiplied by alpha.
 */
export class QuadBatch {
  readonly material: ShaderMaterial;
  private readonly mesh: Mesh;
  private readonly data = new Map<string, Float32Array>();

  constructor(options: QuadBatchOptions, scene: Scene) {
    const { name, capacity } = options;
    this.mesh = createQuad(name, 0.5, scene);
    this.material = new ShaderMaterial(name, scene, { vertexSource: options.vertex, fragmentSource: options.fragment }, {
      attributes: ['position', ...Object.keys(options.attributes)],
      uniforms: ['viewProjection', ...options.uniforms],
      samplers: [...options.samplers],
      needAlphaBlending: true,
    });
    this.material.backFaceCulling = false;
    this.material.alphaMode = Constants.ALPHA_PREMULTIPLIED;
    this.material.disableDepthWrite = true;
    this.mesh.material = this.material;
    this.mesh.alphaIndex = options.order;
    this.mesh.doNotSyncBoundingInfo = true;
    this.mesh.freezeWorldMatrix(Matrix.Identity());
    const matrices = new Float32Array(capacity * 16);
    for (let i = 0; i < capacity; i += 1) Matrix.IdentityReadOnly.copyToArray(matrices, i * 16);
    this.mesh.thinInstanceSetBuffer('matrix', matrices, 16, true);
    for (const [attribute, size] of Object.entries(options.attributes)) {
      const data = new Float32Array(capacity * size);
      this.data.set(attribute, data);
      this.mesh.thinInstanceSetBuffer(attribute, data, size, false);
    }
    this.show(0);
  }

  /** The numbers of an attribute, quad after quad. @throws RangeError for a name that was not declared */
  array(attribute: string): Float32Array {
    const data = this.data.get(attribute);
    if (data === undefined) throw new RangeError(`no attribute ${attribute}`);
    return data;
  }

  /** Draws the first `count` quads from now on. */
  show(count: number): void {
    this.mesh.isVisible = count > 0;
    if (count > 0) this.mesh.thinInstanceCount = count;
  }

  /** Sends what was written to an attribute's array. */
  upload(attribute: string): void {
    this.mesh.thinInstanceBufferUpdated(attribute);
  }

  dispose(): void {
    this.mesh.dispose();
    this.material.dispose();
  }
}
