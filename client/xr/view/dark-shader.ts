/** A quad over the whole of each eye, which darkens towards the edges by the angle from the middle of the look. */
export const DARK_VERTEX = `
precision highp float;
attribute vec3 position;
uniform mat4 projection;
#ifdef MULTIVIEW
uniform mat4 projectionR;
#endif
varying vec2 vTangent;
void main(void) {
  vec2 at = position.xy * 2.0;
  // Back through the projection of this eye, whose middle is not that of its picture.
  mat4 eye = projection;
#ifdef MULTIVIEW
  if (gl_ViewID_OVR == 1u) eye = projectionR;
#endif
  vTangent = (at + vec2(eye[2][0], eye[2][1])) / vec2(eye[0][0], eye[1][1]);
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
