/** GLSL: how much of a padlock is at `p`, 0 to 1. The padlock is 1 high and stands around the origin; `soft` is the width of its edge. */
export const LOCK_GLYPH = `
float padlock(vec2 p, float soft) {
  vec2 body = abs(p - vec2(0.0, -0.2)) - vec2(0.29, 0.23);
  float box = length(max(body, 0.0)) + min(max(body.x, body.y), 0.0) - 0.07;
  float bow = abs(length(vec2(p.x, max(p.y - 0.17, 0.0))) - 0.22) - 0.06;
  bow = max(bow, -p.y - 0.05);
  float hole = min(length(p - vec2(0.0, -0.13)) - 0.075, max(abs(p.x) - 0.035, abs(p.y + 0.24) - 0.1));
  float d = max(min(box, bow), -hole);
  return 1.0 - smoothstep(-soft, soft, d);
}
`;
