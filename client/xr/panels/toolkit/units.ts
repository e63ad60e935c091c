import type { PanelId } from '../../contract.ts';

/** What a headset of today resolves in the middle of its view; with less, strokes blur, with more, textures grow for nothing. */
export const PIXELS_PER_DEGREE = 22;

/** How far from the eye each panel is meant to stand, metres. */
export const DISTANCES: Readonly<Record<PanelId, number>> = { wrist: 0.45, main: 1.1, keyboard: 0.7, captions: 1.6, notice: 1.2 };

/** A line of interface text is at least so high, degrees: its em, not the distance of its lines. */
export const LEAST_TEXT_DEGREES = 1.2;

/** Em of the sizes of text, pixels of the canvas. */
export const TEXT_PIXELS = { body: 28, large: 34, title: 40, figures: 64 } as const;
export type TextSize = keyof typeof TEXT_PIXELS;

/** What is pressed is at least so high and wide, pixels: 2.7 degrees, which on the wrist are 21 mm. */
export const LEAST_TARGET = 60;

/** Size of what is seen under an angle (degrees) from a distance: s = 2 d tan(a / 2), in the unit of the distance. */
export function sizeOf(degrees: number, distance: number): number {
  return 2 * distance * Math.tan((degrees * Math.PI) / 360);
}

/** The angle, degrees, under which something is seen: the inverse of {@link sizeOf}. */
export function angleOf(size: number, distance: number): number {
  return (2 * Math.atan(size / (2 * distance)) * 180) / Math.PI;
}

/** Metres of one pixel of a panel's canvas: in the middle of the view there are {@link PIXELS_PER_DEGREE} to a degree. */
export function metresPerPixel(panel: PanelId): number {
  return sizeOf(1 / PIXELS_PER_DEGREE, DISTANCES[panel]);
}
