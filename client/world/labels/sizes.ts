/** Metres from which on labels are smaller, fade, and are gone. */
export const FULL_SIZE_TO = 3;
export const READABLE_TO = 15;
export const GONE_AT = 18;
/** Size at {@link READABLE_TO}, of the full one: 15 px letters become 11 px, which is still read. */
const SMALLEST = 0.74;

/** Share of the full size at a distance in metres. */
export function labelScale(distance: number): number {
  const far = Math.min(1, Math.max(0, (distance - FULL_SIZE_TO) / (READABLE_TO - FULL_SIZE_TO)));
  return 1 - (1 - SMALLEST) * far;
}

/** Opacity at a distance in metres. */
export function labelOpacity(distance: number): number {
  return Math.min(1, Math.max(0, (GONE_AT - distance) / (GONE_AT - READABLE_TO)));
}

/** A small picture (a phone held upright) has smaller labels, a large screen larger ones: 0.85 to 1.25 of CSS pixels. */
export function pictureScale(width: number, height: number): number {
  return Math.min(1.25, Math.max(0.85, Math.min(width / 900, height / 620)));
}

/** Opacity after one more step of a fade. */
export function fadeTowards(opacity: number, shown: boolean, step: number): number {
  return shown ? Math.min(1, opacity + step) : Math.max(0, opacity - step);
}
