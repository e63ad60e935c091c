import { LOCK_GLYPH } from './lock-glyph.ts';
import { EYE_PROJECTION } from '../engine/both-eyes.ts';

/** A strip along one side of a room, from the floor up to where doorways end: see `closed-rooms.ts`. */
export const CLOSED_VERTEX = `
precision highp float;
attribute vec3 position;
// two corners on the floor, metres
attribute vec3 closedFrom;
attribute vec3 closedTo;
${EYE_PROJECTION}
varying vec2 vPoint;
const float HEIGHT = 2.3;
void main(void) {
  vPoint = vec2((position.x + 0.5) * distance(closedFrom, closedTo), (position.y + 0.5) * HEIGHT);
  vec3 world = mix(closedFrom, closedTo, position.x + 0.5) + vec3(0.0, vPoint.y, 0.0);
  gl_Position = eyeProjection() * vec4(world, 1.0);
}
`;

/** Padlocks so near each other that the narrowest doorway shows one. */
export const CLOSED_FRAGMENT = `
precision highp float;
varying vec2 vPoint;
// of the veil, of the padlocks: 0 to 1
uniform vec2 strength;
const vec3 VEIL = vec3(0.62, 0.84, 1.0);
const float EVERY = 0.75;
const float SIZE = 0.34;
const float AT = 1.35;
${LOCK_GLYPH}
void main(void) {
  float along = (fract(vPoint.x / EVERY) - 0.5) * EVERY;
  float lock = padlock(vec2(along, vPoint.y - AT) / SIZE, 0.03);
  float line = 1.0 - smoothstep(0.012, 0.03, abs(vPoint.y - 0.06));
  float fade = 1.0 - smoothstep(1.5, 2.3, vPoint.y) * 0.75;
  float alpha = max(strength.x * fade, max(lock * strength.y, line * 0.8));
  gl_FragColor = vec4(mix(VEIL, vec3(1.0), max(lock, line) * 0.75) * alpha, alpha);
}
`;
