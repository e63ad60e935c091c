import { LOCK_GLYPH } from './lock-glyph.ts';
import { EYE_PROJECTION } from '../engine/both-eyes.ts';

/** A low dome of patches, bent over the quads of a batch: see `dome-layer.ts`. */
export const DOME_VERTEX = `
precision highp float;
attribute vec3 position;
// centre on the floor, metres; radius, metres
attribute vec4 domePlace;
// which patch: turn and rise, 0 to 1; how wide and how high a patch is, 0 to 1
attribute vec4 domePatch;
// 1: mine; 1: shows nobody; 1: locked; opacity
attribute vec4 domeState;
${EYE_PROJECTION}
uniform vec3 eye;
varying vec3 vNormal;
varying vec3 vTowards;
varying float vRise;
varying float vTurn;
varying vec4 vState;
// along the skin and up, metres; metres around
varying vec3 vSkin;
const float HEIGHT = 2.35;
void main(void) {
  vTurn = domePatch.x + (position.x + 0.5) * domePatch.z;
  vRise = domePatch.y + (position.y + 0.5) * domePatch.w;
  float turn = vTurn * 6.2831853;
  // A wall that closes above the heads: nearly upright where people stand.
  float rise = vRise * 1.5707963;
  float reach = pow(cos(rise), 0.45);
  vec3 world = domePlace.xyz + vec3(sin(turn) * reach * domePlace.w, pow(sin(rise), 0.8) * HEIGHT, cos(turn) * reach * domePlace.w);
  float around = 6.2831853 * domePlace.w;
  vSkin = vec3(vTurn * around, world.y - domePlace.y, around);
  vNormal = normalize(vec3(sin(turn) * cos(rise), sin(rise) * 0.8, cos(turn) * cos(rise)));
  vTowards = eye - world;
  vState = domeState;
  gl_Position = eyeProjection() * vec4(world, 1.0);
}
`;

export const DOME_FRAGMENT = `
precision highp float;
varying vec3 vNormal;
varying vec3 vTowards;
varying float vRise;
varying float vTurn;
varying vec4 vState;
varying vec3 vSkin;
uniform float time;
const vec3 OTHERS = vec3(0.62, 0.84, 1.0);
const vec3 MINE = vec3(0.66, 0.56, 1.0);
const float EVERY = 1.3;
const float LOCK_SIZE = 0.36;
const float LOCK_AT = 1.0;
${LOCK_GLYPH}
void main(void) {
  vec3 towards = normalize(vTowards);
  // Seen flat it is thin as a bubble; at its rim one looks along the skin.
  float rim = pow(1.0 - abs(dot(normalize(vNormal), towards)), 2.0);
  float base = 1.0 - smoothstep(0.0, 0.16, vRise);
  float line = 1.0 - smoothstep(0.012, 0.026, vRise);
  float wave = time > 0.0 ? 0.5 + 0.5 * sin(vRise * 20.0 - time * 1.4) : 0.5;
  float frost = vState.y * (1.0 - smoothstep(0.75, 1.0, vRise)) * 0.62;
  // A locked one has a second line, as a bolt.
  float bolt = vState.z * (1.0 - smoothstep(0.008, 0.02, abs(vRise - 0.062)));
  // And padlocks all around, as many as have room.
  float every = vSkin.z / max(1.0, floor(vSkin.z / EVERY));
  float along = (fract(vSkin.x / every) - 0.5) * every;
  float lock = vState.z * padlock(vec2(along, vSkin.y - LOCK_AT) / LOCK_SIZE, 0.03);
  float inside = vState.x;
  float alpha = mix(0.07, 0.035, inside) + rim * mix(0.42, 0.16, inside) + base * mix(0.3, 0.2, inside) + wave * 0.03 + frost;
  alpha = clamp(max(alpha, max(max(line, bolt), lock * mix(1.0, 0.45, inside)) * 0.85), 0.0, 0.94) * vState.w;
  vec3 colour = mix(OTHERS, MINE, inside);
  colour = mix(colour, vec3(1.0), max(max(line, bolt), lock) * 0.5 + frost * 0.55);
  gl_FragColor = vec4(colour * alpha, alpha);
}
`;
