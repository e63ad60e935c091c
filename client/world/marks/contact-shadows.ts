import type { Scene } from '@babylonjs/core/scene.pure';
import type { Bucket } from '../avatars/buckets.ts';
import type { FloatTable } from '../avatars/gpu-tables.ts';
import { UNPACK_GONE } from '../avatars/personal-space.ts';
import { EYE_PROJECTION } from '../engine/both-eyes.ts';
import { QuadBatch } from '../engine/quad-batch.ts';

/** Reads place and strength of a shadow from the people table (see `PERSON_TEXELS`). */
const VERTEX = `
precision highp float;
attribute vec3 position;
attribute float shadowSlot;
${EYE_PROJECTION}
uniform highp sampler2D people;
varying vec2 vPoint;
varying float vStrength;
${UNPACK_GONE}
void main(void) {
  int slot = int(shadowSlot + 0.5);
  vec4 place = texelFetch(people, ivec2(0, slot), 0);
  vec4 facing = texelFetch(people, ivec2(1, slot), 0);
  vPoint = position.xy * 2.0;
  vStrength = shadowOf(facing.w) * (1.0 - goneOf(facing.w));
  vec2 flat_ = vec2(position.x * 0.78, position.y * 0.66) * place.w;
  vec3 world = vec3(facing.y * flat_.x + facing.x * flat_.y, 0.012, facing.y * flat_.y - facing.x * flat_.x) + place.xyz;
  gl_Position = eyeProjection() * vec4(world, 1.0);
  gl_Position.z -= 0.0004 * gl_Position.w;
}
`;

const FRAGMENT = `
precision highp float;
varying vec2 vPoint;
varying float vStrength;
void main(void) {
  float r = dot(vPoint, vPoint);
  float dark = 0.5 * vStrength * pow(max(0.0, 1.0 - r), 1.6);
  gl_FragColor = vec4(0.0, 0.0, 0.0, dark);
}
`;

/** The soft dark spot under everybody's feet that makes them stand on the floor. One draw call. */
export class ContactShadows {
  private readonly batch: QuadBatch;
  private readonly capacity: number;

  constructor(people: FloatTable, scene: Scene) {
    this.capacity = people.data.length / people.rowLength;
    this.batch = new QuadBatch({
      name: 'contact shadows', vertex: VERTEX, fragment: FRAGMENT, attributes: { shadowSlot: 1 }, uniforms: [], samplers: ['people'],
      capacity: this.capacity, order: 10,
    }, scene);
    this.batch.material.setTexture('people', people.texture);
  }

  /** Follows the list of who is drawn. */
  update(drawn: Bucket): void {
    if (!drawn.changed) return;
    drawn.changed = false;
    const count = Math.min(drawn.count, this.capacity);
    this.batch.array('shadowSlot').set(drawn.slots.subarray(0, count));
    this.batch.show(count);
    if (count > 0) this.batch.upload('shadowSlot');
  }

  dispose(): void {
    this.batch.dispose();
  }
}
