import '@babylonjs/core/Engines/Extensions/engine.dynamicTexture';
import { Constants } from '@babylonjs/core/Engines/constants';
import { DynamicTexture } from '@babylonjs/core/Materials/Textures/dynamicTexture.pure';
import { Texture } from '@babylonjs/core/Materials/Textures/texture.pure';
import { ShaderMaterial } from '@babylonjs/core/Materials/shaderMaterial.pure';
import { Quaternion } from '@babylonjs/core/Maths/math.vector.pure';
import type { Mesh } from '@babylonjs/core/Meshes/mesh.pure';
import type { Scene } from '@babylonjs/core/scene.pure';
import { createQuad } from '../../world/engine/quad.ts';
import type { Panel, PanelPoint } from '../contract.ts';
import { EYE_PROJECTION } from '../../world/engine/both-eyes.ts';

const VERTEX = `
precision highp float;
attribute vec3 position;
uniform mat4 world;
${EYE_PROJECTION}
varying vec2 vAt;
void main(void) {
  vAt = position.xy + 0.5;
  gl_Position = eyeProjection() * world * vec4(position, 1.0);
}
`;
const FRAGMENT = `
precision highp float;
varying vec2 vAt;
uniform sampler2D picture;
uniform float opacity;
void main(void) {
  gl_FragColor = texture2D(picture, vec2(vAt.x, 1.0 - vAt.y)) * opacity;
}
`;

/** Where a ray meets a panel: metres along it, and where on the panel. Mutable, reused. */
export interface PanelHit {
  distance: number;
  u: number;
  v: number;
}

/** A panel in the room: a quad with its canvas as picture. Drawn over the scene, so that nobody stands in front of it. */
export class PanelQuad {
  readonly panel: Panel;
  readonly position = { x: 0, y: 0, z: 0 };
  readonly turn = new Quaternion();
  private readonly mesh: Mesh;
  private readonly material: ShaderMaterial;
  private texture: DynamicTexture;
  private shown = -1;
  private painted = { width: 0, height: 0 };

  constructor(panel: Panel, scene: Scene, order: number) {
    this.panel = panel;
    this.mesh = createQuad(`panel ${panel.id}`, 0.5, scene);
    this.material = new ShaderMaterial(this.mesh.name, scene, { vertexSource: VERTEX, fragmentSource: FRAGMENT }, {
      attributes: ['position'], uniforms: ['world', 'viewProjection', 'opacity'], samplers: ['picture'], needAlphaBlending: true,
    });
    this.material.backFaceCulling = false;
    this.material.disableDepthWrite = true;
    this.material.depthFunction = Constants.ALWAYS;
    this.material.alphaMode = Constants.ALPHA_PREMULTIPLIED;
    this.material.setFloat('opacity', 1);
    this.texture = this.createTexture();
    this.mesh.material = this.material;
    this.mesh.alphaIndex = order;
    this.mesh.rotationQuaternion = this.turn;
    this.mesh.isVisible = false;
  }

  get visible(): boolean {
    return this.mesh.isVisible;
  }

  /** Shows the panel where `position` and `turn` say, with what was painted last. Allocates nothing unless the panel has got another size. */
  update(visible = this.panel.visible): void {
    this.mesh.isVisible = visible && this.panel.revision > 0;
    if (!this.mesh.isVisible) return;
    const { width, height, canvas } = this.panel;
    this.mesh.position.set(this.position.x, this.position.y, this.position.z);
    this.mesh.scaling.set(width, height, 1);
    if (this.shown === this.panel.revision) return;
    this.shown = this.panel.revision;
    if (canvas.width !== this.painted.width || canvas.height !== this.painted.height) {
      this.texture.dispose();
      this.texture = this.createTexture();
    }
    this.texture.update(false, true);
  }

  /** Where a ray (origin and unit direction) meets the panel, within `reach` metres. Allocates nothing. */
  meets(ray: Float64Array, reach: number, out: PanelHit): boolean {
    if (!this.mesh.isVisible) return false;
    const { x, y, z, w } = this.turn;
    // The panel's own axes: right, up, and towards the reader.
    const nx = 2 * (x * z + y * w), ny = 2 * (y * z - x * w), nz = 1 - 2 * (x * x + y * y);
    const facing = nx * (ray[3] ?? 0) + ny * (ray[4] ?? 0) + nz * (ray[5] ?? 0);
    if (facing > -0.05) return false;
    const px = this.position.x - (ray[0] ?? 0), py = this.position.y - (ray[1] ?? 0), pz = this.position.z - (ray[2] ?? 0);
    const distance = (px * nx + py * ny + pz * nz) / facing;
    if (distance < 0 || distance > reach) return false;
    const qx = (ray[3] ?? 0) * distance - px, qy = (ray[4] ?? 0) * distance - py, qz = (ray[5] ?? 0) * distance - pz;
    this.locate(qx, qy, qz, out);
    out.distance = distance;
    return out.u >= 0 && out.u <= 1 && out.v >= 0 && out.v <= 1;
  }

  /** How far a point is before the panel, metres (behind: negative), and writes where; Infinity beside it. Allocates nothing. */
  before(point: { readonly x: number; readonly y: number; readonly z: number }, out: PanelHit): number {
    if (!this.mesh.isVisible) return Infinity;
    const { x, y, z, w } = this.turn;
    const nx = 2 * (x * z + y * w), ny = 2 * (y * z - x * w), nz = 1 - 2 * (x * x + y * y);
    const qx = point.x - this.position.x, qy = point.y - this.position.y, qz = point.z - this.position.z;
    this.locate(qx, qy, qz, out);
    out.distance = qx * nx + qy * ny + qz * nz;
    return out.u >= 0 && out.u <= 1 && out.v >= 0 && out.v <= 1 ? out.distance : Infinity;
  }

  /** Where a point of the panel is in the venue. */
  at({ u, v }: PanelPoint): { readonly x: number; readonly y: number; readonly z: number } {
    const { x, y, z, w } = this.turn;
    const across = (u - 0.5) * this.panel.width, up = (0.5 - v) * this.panel.height;
    return {
      x: this.position.x + (1 - 2 * (y * y + z * z)) * across + 2 * (x * y - z * w) * up,
      y: this.position.y + 2 * (x * y + z * w) * across + (1 - 2 * (x * x + z * z)) * up,
      z: this.position.z + 2 * (x * z - y * w) * across + 2 * (y * z + x * w) * up,
    };
  }

  dispose(): void {
    this.texture.dispose();
    this.mesh.dispose();
    this.material.dispose();
  }

  private locate(qx: number, qy: number, qz: number, out: PanelPoint & { u: number; v: number }): void {  
    const { x, y, z, w } = this.turn;
    const rx = 1 - 2 * (y * y + z * z), ry = 2 * (x * y + z * w), rz = 2 * (x * z - y * w);
    const ux = 2 * (x * y - z * w), uy = 1 - 2 * (x * x + z * z), uz = 2 * (y * z + x * w);
    out.u = (qx * rx + qy * ry + qz * rz) / this.panel.width + 0.5;
    out.v = 0.5 - (qx * ux + qy * uy + qz * uz) / this.panel.height;
  }

  private createTexture(): DynamicTexture {
    const { canvas } = this.panel;
    this.painted = { width: canvas.width, height: canvas.height };
    const texture = new DynamicTexture(this.mesh.name, canvas, this.mesh.getScene(), true, Constants.TEXTURE_TRILINEAR_SAMPLINGMODE);
    texture.wrapU = texture.wrapV = Texture.CLAMP_ADDRESSMODE;
    texture.anisotropicFilteringLevel = 4;
    this.material.setTexture('picture', texture);
    return texture;
  }
}
