import { Constants } from '@babylonjs/core/Engines/constants';
import type { Camera } from '@babylonjs/core/Cameras/camera.pure';
import { ShaderMaterial } from '@babylonjs/core/Materials/shaderMaterial.pure';
import type { Mesh } from '@babylonjs/core/Meshes/mesh.pure';
import { Vector4 } from '@babylonjs/core/Maths/math.vector.pure';
import type { Scene } from '@babylonjs/core/scene.pure';
import { createQuad } from '../engine/quad.ts';
import type { PanoramaLook } from './panorama-look.ts';
import type { PanoramaPicture } from './panorama-picture.ts';

/** A layer of its own: the camera draws nothing else while it looks at this one. */
const LAYER = 0x10000000;

const VERTEX = `precision highp float;
attribute vec3 position;
varying vec2 vAt;
void main(void) {
  vAt = position.xy;
  gl_Position = vec4(position.xy, 0.5, 1.0);
}`;

/**
 * Every pixel asks where it looks: no sphere with its crowded triangles at the poles, and no seam. `look` is yaw, pitch, and the tangents of half
 * the field of view across and up. In the middle of the picture one looks along +Z; what is right of it lies at -X, where the yaw is smaller.
 */
const FRAGMENT = `precision highp float;
varying vec2 vAt;
uniform sampler2D picture;
uniform vec4 look;
const float PI = 3.14159265359;
void main(void) {
  float x = vAt.x * look.z;
  float y = vAt.y * look.w;
  float up = sin(look.y) + y * cos(look.y);
  float ahead = cos(look.y) - y * sin(look.y);
  float yaw = look.x - atan(x, ahead);
  float pitch = atan(up, length(vec2(x, ahead)));
  gl_FragColor = vec4(texture2D(picture, vec2(0.5 - yaw / (2.0 * PI), 0.5 - pitch / PI)).rgb, 1.0);
}`;

/** Draws a 360-degree picture over the whole canvas instead of the scene, which stays as it is behind it. */
export class PanoramaView {
  private readonly camera: Camera;
  private readonly layersBefore: number;
  private readonly mesh: Mesh;
  private readonly material: ShaderMaterial;
  private readonly picture: PanoramaPicture;
  private readonly uniform = new Vector4();

  constructor(picture: PanoramaPicture, camera: Camera, scene: Scene) {
    this.picture = picture;
    this.camera = camera;
    this.layersBefore = camera.layerMask;
    this.mesh = createQuad('panorama', 1, scene);
    this.material = new ShaderMaterial('panorama', scene, { vertexSource: VERTEX, fragmentSource: FRAGMENT }, {
      attributes: ['position'], uniforms: ['look'], samplers: ['picture'],
    });
    this.material.backFaceCulling = false;
    this.material.disableDepthWrite = true;
    this.material.depthFunction = Constants.ALWAYS;
    this.material.setTexture('picture', picture.texture);
    this.mesh.material = this.material;
    this.mesh.layerMask = LAYER;
    camera.layerMask = LAYER;
  }

  /** @param aspect width by height of the canvas */
  update(look: PanoramaLook, aspect: number): void {
    this.picture.refresh();
    const up = Math.tan(look.field / 2);
    this.uniform.set(look.yaw, look.pitch, up * aspect, up);
    this.material.setVector4('look', this.uniform);
  }

  setPlaying(on: boolean): void {
    this.picture.setPlaying(on);
  }

  dispose(): void {
    this.camera.layerMask = this.layersBefore;
    this.mesh.dispose();
    this.material.dispose();
    this.picture.dispose();
  }
}
