/** How high a line of interface stands in the eye at least, radians: 1.2 degrees. */
export const LINE_ANGLE = (1.2 * Math.PI) / 180;
/** Pixels of a line of text on labels (client/world/labels). */
const LINE_PIXELS = 20;
/** Tangent of one pixel of interface. */
const PIXEL = Math.tan(LINE_ANGLE) / LINE_PIXELS;

/**
 * The field of view in pixels of interface, so that names over heads have lines of {@link LINE_ANGLE}.
 * @param scale first or sixth number of the eye's projection matrix: cotangent of half the field of view, across or up
 */
export function interfacePixels(scale: number): number {
  return 2 / (Math.abs(scale) * PIXEL);
}
