import type { SurfaceContent } from '../../app/contracts.ts';
import { glazeOf, shade, TILE_BED, TILE_GROUND, TILE_GROUT, TILE_PATHS, TILE_SIDE } from '../../../shared/scene/tiles.ts';
import type { Easel } from './painters.ts';

type Mosaic = Extract<SurfaceContent, { readonly kind: 'mosaic' }>;

/** Widths in the frame of one tile ({@link TILE_SIDE}): the joint around it, and between its pieces. */
const JOINT = 5;
const SEAM = 3.5;
const GLAZE = 0.07;

/** One laid tile, drawn in a square of {@link TILE_SIDE}. */
function paintTile(context: CanvasRenderingContext2D, path: Path2D, colour: string, cell: number): void {
  const glaze = glazeOf(cell) * GLAZE;
  context.fillStyle = shade(TILE_GROUND, glaze * 0.5);
  context.fillRect(0, 0, TILE_SIDE, TILE_SIDE);
  context.fillStyle = shade(colour, glaze);
  context.fill(path);
  context.lineWidth = SEAM;
  context.stroke(path);
}

/** Draws a board: the bed with a mark for every cell, the tiles that lie on it, and the joints between them. */
export function paintMosaic({ context, width, height }: Easel, { columns, rows, tiles, cells }: Mosaic): void {
  const across = width / columns;
  const down = height / rows;
  const paths = tiles.map(({ shape }) => new Path2D(TILE_PATHS[shape]));
  context.fillStyle = TILE_BED;
  context.fillRect(0, 0, width, height);
  context.strokeStyle = TILE_GROUT;
  context.lineJoin = 'round';
  for (let cell = 0; cell < columns * rows; cell += 1) {
    const tile = tiles[cells[cell] ?? -1];
    const path = paths[cells[cell] ?? -1];
    context.save();
    context.translate((cell % columns) * across, Math.floor(cell / columns) * down);
    context.scale(across / TILE_SIDE, down / TILE_SIDE);
    if (tile !== undefined && path !== undefined) {
      paintTile(context, path, tile.colour, cell);
      context.lineWidth = JOINT;
      context.strokeRect(0, 0, TILE_SIDE, TILE_SIDE);
    } else {
      // Pricked out in the mortar, so that one sees where a tile can go.
      context.fillStyle = shade(TILE_BED, -0.18);
      context.fillRect(TILE_SIDE / 2 - 4, TILE_SIDE / 2 - 4, 8, 8);
    }
    context.restore();
  }
}
