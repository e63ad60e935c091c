import { EYE_PROJECTION } from '../engine/both-eyes.ts';

/** Shader of all labels at once. Sizes are in CSS pixels; `ratio` is canvas pixels a CSS pixel. */
export const LABEL_VERTEX = `
precision highp float;
attribute vec3 position;
// x, y, z of the anchor in metres, scale
attribute vec4 labelPlace;
// left and top in the atlas (texels), width of the label (CSS pixels), opacity
attribute vec4 labelCell;
// level 0..1, speaking 0 or 1, mirrored 0 or 1, highlighted 0..1
attribute vec4 labelState;
${EYE_PROJECTION}
uniform vec3 eye;
uniform vec2 picture;
uniform float stereo;
uniform vec3 cellSize;
varying vec2 vPoint;
varying vec2 vTexel;
varying vec4 vCell;
varying vec4 vState;
const float MARGIN = 6.0;
void main(void) {
  vec3 towards = normalize(eye - labelPlace.xyz);
  // Nearer by a hand's breadth, so that the head below never cuts into its own name.
  vec4 clip = eyeProjection() * vec4(labelPlace.xyz + towards * 0.3, 1.0);
  vec2 size = vec2(labelCell.z, cellSize.y);
  vPoint = position.xy * (size + 2.0 * MARGIN);
  vTexel = labelCell.xy + vec2(vPoint.x + 0.5 * size.x, 0.5 * size.y - vPoint.y) * cellSize.z;
  vec2 anchor = clip.xy / clip.w;
  if (stereo < 0.5) {
    anchor = floor((anchor * 0.5 + 0.5) * picture * cellSize.z + 0.5) / (picture * cellSize.z) * 2.0 - 1.0;
    float halfWidth = size.x * labelPlace.w / picture.x;
    anchor.x = clamp(anchor.x, halfWidth - 1.0, 1.0 - halfWidth);
  }
  vec2 offset = (vPoint + vec2(0.0, 0.5 * size.y)) * labelPlace.w;
  clip.xy = (anchor + offset * 2.0 / picture) * clip.w;
  vCell = vec4(size, labelCell.w, labelPlace.w);
  vState = labelState;
  gl_Position = clip;
}
`;

export const LABEL_FRAGMENT = `
precision highp float;
varying vec2 vPoint;
varying vec2 vTexel;
varying vec4 vCell;
varying vec4 vState;
uniform sampler2D atlas;
uniform vec2 atlasSize;
uniform vec4 background;
uniform float time;
float box(vec2 p, vec2 half_, float radius) {
  vec2 q = abs(p) - half_ + radius;
  return min(max(q.x, q.y), 0.0) + length(max(q, 0.0)) - radius;
}
vec4 over(vec4 above, vec4 below) {
  return above + below * (1.0 - above.a);
}
void main(void) {
  vec2 size = vCell.xy;
  float soft = 0.75 / vCell.w;
  float d = box(vPoint, 0.5 * size, 10.0);
  float inside = 1.0 - smoothstep(-soft, soft, d);
  vec4 colour = vec4(background.rgb, 1.0) * background.a * inside;
  vec2 cell = abs(vPoint) - 0.5 * size;
  if (max(cell.x, cell.y) < 0.0) colour = over(texture2D(atlas, vTexel / atlasSize), colour);
  vec3 accent = vec3(0.32, 0.9, 0.62);
  if (vState.y > 0.5) {
    float ring = 1.0 - smoothstep(0.9, 0.9 + 2.0 * soft, abs(d) - 0.5);
    float glow = exp(-max(d, 0.0) * 0.55) * (0.25 + 0.75 * vState.x) * step(0.0, d);
    colour = over(vec4(accent, 1.0) * max(ring, glow * 0.7), colour);
    // Three bars that move with the voice, where the microphone sign would be.
    float side = vState.z > 0.5 ? -1.0 : 1.0;
    for (int i = 0; i < 3; i++) {
      float phase = float(i) * 2.1;
      float beat = 0.35 + 0.65 * abs(sin(time * (5.0 + float(i)) + phase));
      float tall = 2.0 + 4.5 * clamp(vState.x * 1.8, 0.12, 1.0) * beat;
      vec2 p = vPoint - vec2(side * (0.5 * size.x - 16.0) + (float(i) - 1.0) * 4.6, 0.5 * size.y - 14.5);
      float bar = 1.0 - smoothstep(-soft, soft, box(p, vec2(1.4, tall), 1.4));
      colour = over(vec4(accent, 1.0) * bar, colour);
    }
  }
  float edge = 1.0 - smoothstep(0.6, 0.6 + 2.0 * soft, abs(d + 0.8));
  colour = over(vec4(1.0) * edge * vState.w * 0.9, colour);
  gl_FragColor = colour * vCell.z;
}
`;
