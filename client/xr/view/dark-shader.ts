/** A quad over the whole of each eye, which darkens towards the edges by the angle from the middle of the look. */
export const DARK_VERTEX = `
precision highp float;
attribute vec3 position;
uniform mat4 projection;
varying vec2 vTangent;
void main(void) {
  vec2 at = position.xy * 2.0;
  // Back through the projection of this eye, whose middle is not that of its picture.
  vTangent = (at + vec2(projection[2][0], projection[2][1])) / vec2(projection[0][0], projection[1][1]);
  gl_Position = vec4(at, 0.0, 1.0);
}
`;

export const DARK_FRAGMENT = `
precision highp float;
varying vec2 vTangent;
// tangent at which it begins, tangent at which it is black, strength 0..1, darkness of all 0..1
uniform vec4 dark;
void main(void) {
  float edge = smoothstep(dark.x, dark.y, length(vTangent)) * dark.z;
  gl_FragColor = vec4(0.0, 0.0, 0.0, max(edge, dark.w));
}
`;
