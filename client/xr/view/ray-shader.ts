import { EYE_PROJECTION } from '../../world/engine/both-eyes.ts';

/** Ribbons that turn their width to the eye, dots that face it, and rings that lie on the ground, all in one draw call. */
export const RAY_VERTEX = `
precision highp float;
attribute vec3 position;
// start in metres; 0 ribbon, 1 dot, 2 ring on the ground
attribute vec4 rayFrom;
// end in metres (a dot and a ring: the same place); half the width, or the radius
attribute vec4 rayTo;
// colour, opacity
attribute vec4 rayLight;
${EYE_PROJECTION}
uniform vec3 eye;
varying vec2 vPoint;
varying float vKind;
varying vec4 vLight;
void main(void) {
  vec3 world;
  if (rayFrom.w < 0.5) {
    vec3 along = rayTo.xyz - rayFrom.xyz;
    vPoint = vec2(position.x * 2.0, position.y + 0.5);
    vec3 middle = rayFrom.xyz + along * vPoint.y;
    vec3 across = cross(along, eye - middle);
    world = middle + across / max(length(across), 0.0001) * vPoint.x * rayTo.w;
  } else if (rayFrom.w < 1.5) {
    vec3 towards = normalize(eye - rayTo.xyz);
    vec3 right = normalize(cross(abs(towards.y) > 0.99 ? vec3(1.0, 0.0, 0.0) : vec3(0.0, 1.0, 0.0), towards));
    vPoint = position.xy * 2.0;
    world = rayTo.xyz + (right * vPoint.x + cross(towards, right) * vPoint.y) * rayTo.w;
  } else {
    vPoint = position.xy * 2.0;
    world = rayTo.xyz + vec3(vPoint.x * rayTo.w, 0.02, vPoint.y * rayTo.w);
  }
  vKind = rayFrom.w;
  vLight = rayLight;
  gl_Position = eyeProjection() * vec4(world, 1.0);
}
`;

export const RAY_FRAGMENT = `
precision highp float;
varying vec2 vPoint;
varying float vKind;
varying vec4 vLight;
void main(void) {
  float alpha;
  if (vKind < 0.5) alpha = 1.0 - smoothstep(0.3, 1.0, abs(vPoint.x));
  else {
    float r = length(vPoint);
    if (vKind < 1.5) alpha = 1.0 - smoothstep(0.55, 1.0, r);
    else alpha = max((1.0 - smoothstep(0.0, 0.09, abs(r - 0.86))), (1.0 - smoothstep(0.0, 0.9, r)) * 0.25);
  }
  alpha *= vLight.a;
  gl_FragColor = vec4(vLight.rgb * alpha, alpha);
}
`;
