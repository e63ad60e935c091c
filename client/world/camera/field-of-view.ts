/** Vertical field of view in landscape, and the least horizontal one in portrait, radians. */
const VERTICAL = 0.95;
const LEAST_HORIZONTAL = 0.95;
const MOST_VERTICAL = 1.4;

/** Vertical field of view for a picture of `aspect` (width / height), radians. */
export function fieldOfView(aspect: number): number {
  const forWidth = 2 * Math.atan(Math.tan(LEAST_HORIZONTAL / 2) / aspect);
  return Math.min(MOST_VERTICAL, Math.max(VERTICAL, forWidth));
}
