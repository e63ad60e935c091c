import type { SurfaceContent } from '../../app/contracts.ts';

export interface Size {
  readonly width: number;
  readonly height: number;
}

/** Texture memory for all surfaces of a scene together, bytes: an eighth of what a scene may have (64 MB). */
export const SURFACE_BYTES = 8_000_000;
/** Texels on the longer side, where there is room: a screen is read from across a room, a nameplate from beside it. */
const LONGER_SIDE: Readonly<Record<SurfaceContent['kind'], number>> = { welcome: 1024, wall: 1024, booth: 768, nameplate: 256, mosaic: 1024, picture: 1024 };
const LEAST = 32;
/** Four bytes a texel, and a third more for the smaller copies. */
const BYTES = 4 * (4 / 3);

function sizeOf(longer: number, aspect: number): Size {
  const other = (share: number): number => Math.max(LEAST, Math.round(longer * Math.min(1, share)));
  return { width: other(aspect), height: other(1 / aspect) };
}

/** Texels of each surface: as fine as its kind wants, all made coarser alike where together they would exceed the budget. */
export function resolutions(surfaces: readonly { readonly aspect: number; readonly content: { readonly kind: SurfaceContent['kind'] } }[], budget = SURFACE_BYTES): readonly Size[] {
  const at = (scale: number): readonly Size[] => surfaces.map(({ aspect, content }) => sizeOf(LONGER_SIDE[content.kind] * scale, aspect));
  const bytes = (sizes: readonly Size[]): number => sizes.reduce((sum, { width, height }) => sum + width * height * BYTES, 0);
  const wanted = at(1);
  const share = budget / bytes(wanted);
  return share >= 1 ? wanted : at(Math.sqrt(share));
}
