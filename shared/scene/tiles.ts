/** The shapes of mosaic tiles, in the manner of zellige: each fills a square cell with a figure on a light ground. */
import type { MosaicTexts } from './layout.ts';

export type TileShape = MosaicTexts['tiles'][number]['shape'];

/** Side of the square in which the paths of {@link TILE_PATHS} are drawn. */
export const TILE_SIDE = 100;
/** The glaze around a figure, and the joints between pieces. */
export const TILE_GROUND = '#f1e8d6';
export const TILE_GROUT = '#5b5348';
/** The bed where no tile has been laid. */
export const TILE_BED = '#d9cdb8';

/** A star polygon around the middle of the cell: corners alternate between two radii. @param turn of the first corner, radians from the right */
function star(corners: number, outer: number, inner: number, turn: number): string {
  const half = TILE_SIDE / 2;
  const points = Array.from({ length: corners * 2 }, (_, index) => {
    const angle = turn + (index * Math.PI) / corners;
    const radius = index % 2 === 0 ? outer : inner;
    return `${(half + radius * Math.cos(angle)).toFixed(2)} ${(half + radius * Math.sin(angle)).toFixed(2)}`;
  });
  return `M${points.join('L')}Z`;
}

/**
 * SVG path data of each figure. The star is the khatam, two squares of which one is turned by 45 degrees: its inner corners lie where their sides
 * cross, at cos 45 / cos 22.5 of the outer radius. The cross is what is left between four such stars.
 */
export const TILE_PATHS: Readonly<Record<TileShape, string>> = {
  square: 'M0 0H100V100H0Z',
  star: star(8, 48, (48 * Math.cos(Math.PI / 4)) / Math.cos(Math.PI / 8), Math.PI / 8),
  cross: 'M50 0L64 20V36H80L100 50L80 64H64V80L50 100L36 80V64H20L0 50L20 36H36V20Z',
  diamond: 'M50 2L98 50L50 98L2 50Z',
  leaf: 'M2 98C2 45 45 2 98 2C98 55 55 98 2 98Z',
};

/**
 * A little lighter or darker from tile to tile, as hand-cut glaze is; the same for everybody. @returns -1..1
 */
export function glazeOf(cell: number): number {
  const mixed = Math.imul(cell + 1, 0x9e3779b1) >>> 0;
  return ((mixed ^ (mixed >>> 15)) % 1000) / 500 - 1;
}

/** `#rrggbb` made lighter (up to 1) or darker (down to -1) by a share. */
export function shade(colour: string, share: number): string {
  const channel = (at: number): string => {
    const value = Number.parseInt(colour.slice(at, at + 2), 16);
    const goal = share > 0 ? 255 : 0;
    return Math.round(value + (goal - value) * Math.abs(share)).toString(16).padStart(2, '0');
  };
  return `#${channel(1)}${channel(3)}${channel(5)}`;
}
