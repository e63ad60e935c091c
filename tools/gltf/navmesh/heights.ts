/** Puts the vertices of a baked mesh onto the surface they came from: Recast knows heights only to a cell, and rounds them up by one. */
import { HEADER, SIZES, inspectTile } from '../../../shared/navigation/tile.ts';
import type { TriangleSoup } from '../triangles.ts';

/** Side of a bucket of triangles, metres. */
const BUCKET = 2;
/** A vertex on the very edge of a triangle counts as above it, metres. */
const EDGE = 0.02;

export interface SnapOptions {
  /** How much too high Recast's heights are, metres. */
  bias: number;
  /** A surface further than this from a vertex is another floor, metres. */
  tolerance: number;
}

/** Changes the heights in a tile, in place. Vertices with no surface above or below them keep theirs, less the bias. */
export function snapHeights(tile: Uint8Array, surface: TriangleSoup, { bias, tolerance }: SnapOptions): void {
  const { polygons, vertices } = inspectTile(tile);
  const view = new DataView(tile.buffer, tile.byteOffset, tile.byteLength);
  const find = heightFinder(surface);
  const count = (field: keyof typeof HEADER): number => view.getUint32(HEADER[field], true);
  const details = SIZES.header + vertices * SIZES.vertex + polygons * SIZES.polygon + count('links') * SIZES.link + count('detailMeshes') * SIZES.detailMesh;
  const snap = (start: number, length: number): void => {
    for (let offset = start; offset < start + length * SIZES.vertex; offset += SIZES.vertex) {
      const y = view.getFloat32(offset + 4, true) - bias;
      view.setFloat32(offset + 4, find(view.getFloat32(offset, true), y, view.getFloat32(offset + 8, true), tolerance) ?? y, true);
    }
  };
  snap(SIZES.header, vertices);
  snap(details, count('detailVertices'));
}

type HeightFinder = (x: number, y: number, z: number, tolerance: number) => number | undefined;

/** Finds the height of the upward-facing triangle at (x, z) that is nearest to y. */
function heightFinder(soup: TriangleSoup): HeightFinder {
  const buckets = new Map<string, number[]>();
  const cell = (value: number): number => Math.floor(value / BUCKET);
  for (let base = 0; base < soup.length; base += 9) {
    const [ax = 0, , az = 0, bx = 0, , bz = 0, cx = 0, , cz = 0] = soup.slice(base, base + 9);
    for (let i = cell(Math.min(ax, bx, cx) - EDGE); i <= cell(Math.max(ax, bx, cx) + EDGE); i++) {
      for (let k = cell(Math.min(az, bz, cz) - EDGE); k <= cell(Math.max(az, bz, cz) + EDGE); k++) {
        const bucket = buckets.get(`${i} ${k}`);
        if (bucket) bucket.push(base);
        else buckets.set(`${i} ${k}`, [base]);
      }
    }
  }
  return (x, y, z, tolerance) => {
    let best: number | undefined;
    for (const base of buckets.get(`${cell(x)} ${cell(z)}`) ?? []) {
      const height = heightAt(soup, base, x, z);
      if (height !== undefined && Math.abs(height - y) <= tolerance && (best === undefined || Math.abs(height - y) < Math.abs(best - y))) best = height;
    }
    return best;
  };
}

/** Height of a triangle at (x, z), by barycentric coordinates; undefined beside it, and if it faces down or stands upright. */
function heightAt(soup: TriangleSoup, base: number, x: number, z: number): number | undefined {
  const [ax = 0, ay = 0, az = 0, bx = 0, by = 0, bz = 0, cx = 0, cy = 0, cz = 0] = soup.slice(base, base + 9);
  // The y component of (b - a) x (c - a): twice the area of the footprint, positive if the front looks up.
  const area = (bz - az) * (cx - ax) - (bx - ax) * (cz - az);
  if (area <= 1e-9) return undefined;
  const b = ((z - az) * (cx - ax) - (x - ax) * (cz - az)) / area;
  const c = ((bz - az) * (x - ax) - (bx - ax) * (z - az)) / area;
  const slack = EDGE / Math.sqrt(area);
  return b < -slack || c < -slack || b + c > 1 + slack ? undefined : ay + b * (by - ay) + c * (cy - ay);
}
