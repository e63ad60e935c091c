import { EYE_PROJECTION } from '../engine/both-eyes.ts';

/** Metres: half the width of an arch, and where its round part begins. */
export const ARCH = { halfWidth: 1, straight: 1.5, margin: 0.45 } as const;
/** Top of an arch above the floor, metres. */
export const ARCH_TOP = ARCH.straight + ARCH.halfWidth;

const GLSL = { halfWidth: ARCH.halfWidth.toFixed(3), straight: ARCH.straight.toFixed(3), margin: ARCH.margin.toFixed(3), top: ARCH_TOP.toFixed(3) };

/** Two quads a link: the arch stands in the doorway, the pool of light lies before it. */
export const LINK_VERTEX = `
precision highp float;
attribute vec3 position;
// middle of the threshold in metres, yaw
attribute vec4 linkPlace;
// 0 arch or 1 pool, radius of the pool in metres, opacity, phase
attribute vec4 linkShape;
${EYE_PROJECTION}
varying vec2 vPoint;
varying vec4 vShape;
void main(void) {
  vec3 right = vec3(cos(linkPlace.w), 0.0, -sin(linkPlace.w));
  vec3 ahead = vec3(sin(linkPlace.w), 0.0, cos(linkPlace.w));
  vec3 world;
  if (linkShape.x < 0.5) {
    vPoint = vec2(position.x * 2.0 * (${GLSL.halfWidth} + ${GLSL.margin}), (position.y + 0.5) * (${GLSL.top} + ${GLSL.margin}));
    world = linkPlace.xyz + right * vPoint.x + vec3(0.0, vPoint.y, 0.0);
  } else {
    vPoint = position.xy * 2.0;
    world = linkPlace.xyz + vec3(0.0, 0.03, 0.0) + (right * vPoint.x + ahead * vPoint.y) * linkShape.y;
  }
  vShape = linkShape;
  gl_Position = eyeProjection() * vec4(world, 1.0);
  gl_Position.z -= 0.0006 * gl_Position.w;
}
`;

export const LINK_FRAGMENT = `
precision highp float;
varying vec2 vPoint;
varying vec4 vShape;
uniform float time;
const vec3 WARM = vec3(1.0, 0.84, 0.56);
const vec3 PALE = vec3(1.0, 0.96, 0.88);
void main(void) {
  float light;
  float core = 0.0;
  if (vShape.x < 0.5) {
    // Distance from the outline of a doorway with a round top.
    float d = length(vec2(vPoint.x, max(vPoint.y - ${GLSL.straight}, 0.0))) - ${GLSL.halfWidth};
    float along = vPoint.y * 2.2 + sign(vPoint.x) * 0.9;
    float breath = 0.86 + 0.14 * sin(time * 1.3 + vShape.w - along);
    core = (1.0 - smoothstep(0.012, 0.03, abs(d))) * breath;
    float glow = exp(-abs(d) * 9.0) * 0.5 * breath;
    // Inside, a curtain of light that thins out upwards.
    float curtain = step(d, 0.0) * exp(-vPoint.y * 1.15) * 0.3;
    float edge = 1.0 - smoothstep(${GLSL.margin} * 0.4, ${GLSL.margin}, d);
    light = (core * 0.9 + glow + curtain) * edge * smoothstep(0.0, 0.06, vPoint.y);
  } else {
    float r = length(vPoint);
    float ring = exp(-pow((r - 0.86) * 22.0, 2.0)) * 0.55;
    light = ring + (1.0 - smoothstep(0.0, 0.95, r)) * 0.2;
    core = ring;
  }
  float alpha = clamp(light, 0.0, 1.0) * vShape.z;
  // A little more light than cover: it glows before something dark, and still shows before something bright.
  gl_FragColor = vec4(mix(WARM, PALE, core) * alpha, alpha * 0.75);
}
`;
