import { EYE_PROJECTION } from '../engine/both-eyes.ts';

/** Two quads: a ring that faces the eye, and a ribbon from hand to ring that turns its width to the eye. */
export const AIM_VERTEX = `
precision highp float;
attribute vec3 position;
// start of the beam in metres; 0 ring, 1 beam
attribute vec4 aimFrom;
// what is pointed at in metres; radius of the ring, or half the width of the beam
attribute vec4 aimTo;
${EYE_PROJECTION}
uniform vec3 eye;
varying vec2 vPoint;
varying float vKind;
void main(void) {
  vec3 towards = normalize(eye - aimTo.xyz);
  vec3 world;
  if (aimFrom.w < 0.5) {
    vec3 right = normalize(cross(abs(towards.y) > 0.99 ? vec3(1.0, 0.0, 0.0) : vec3(0.0, 1.0, 0.0), towards));
    vPoint = position.xy * 2.0;
    // A little nearer to the eye than the wall that it is on.
    world = aimTo.xyz + towards * 0.06 + (right * vPoint.x + cross(towards, right) * vPoint.y) * aimTo.w;
  } else {
    vec3 along = aimTo.xyz - aimFrom.xyz;
    vPoint = vec2(position.x * 2.0, position.y + 0.5);
    vec3 middle = aimFrom.xyz + along * vPoint.y;
    vec3 across = cross(along, eye - middle);
    world = middle + across / max(length(across), 0.0001) * vPoint.x * aimTo.w;
  }
  vKind = aimFrom.w;
  gl_Position = eyeProjection() * vec4(world, 1.0);
  gl_Position.z -= 0.0012 * gl_Position.w;
}
`;

export const AIM_FRAGMENT = `
precision highp float;
varying vec2 vPoint;
varying float vKind;
uniform float time;
const vec3 LIGHT = vec3(0.36, 0.93, 1.0);
const vec3 WHITE = vec3(1.0, 1.0, 1.0);
const vec3 DARK = vec3(0.0, 0.1, 0.16);
void main(void) {
  if (vKind > 0.5) {
    float edge = 1.0 - smoothstep(0.15, 1.0, abs(vPoint.x));
    float runs = time > 0.0 ? 0.75 + 0.25 * sin(vPoint.y * 26.0 - time * 7.0) : 1.0;
    // Thin at the hand, so that nobody's view of the guide is barred.
    float alpha = edge * runs * smoothstep(0.02, 0.25, vPoint.y) * 0.75;
    gl_FragColor = vec4(LIGHT * alpha, alpha * 0.6);
    return;
  }
  float r = length(vPoint);
  float soft = fwidth(r) * 1.5 + 0.01;
  float breath = time > 0.0 ? 0.62 + 0.05 * sin(time * 3.0) : 0.62;
  float ring = smoothstep(breath - soft, breath, r) * (1.0 - smoothstep(breath + 0.11, breath + 0.11 + soft, r));
  // Before a bright wall the light alone would not show.
  float rim = smoothstep(breath - 0.06 - soft, breath - 0.06, r) * (1.0 - smoothstep(breath + 0.17, breath + 0.17 + soft, r));
  float dot = 1.0 - smoothstep(0.11, 0.11 + soft, r);
  float wave = fract(time * 0.6);
  float ripple = time > 0.0 ? (1.0 - smoothstep(0.0, 0.05, abs(r - breath - wave * 0.3))) * (1.0 - wave) * 0.5 : 0.0;
  float glow = (1.0 - smoothstep(0.0, 1.0, r)) * 0.2;
  float light = clamp(max(ring, dot) + ripple, 0.0, 1.0);
  float alpha = clamp(max(light, rim * 0.6) + glow, 0.0, 1.0) * (1.0 - smoothstep(0.94, 1.0, r));
  vec3 colour = mix(mix(DARK, LIGHT, clamp(light + glow * 2.0, 0.0, 1.0)), WHITE, dot);
  gl_FragColor = vec4(colour * alpha, alpha);
}
`;
