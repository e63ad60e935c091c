/** Reads the surface of a baked navigation mesh back, to draw it: people's maps, authors' previews. Nothing walks on this; see `ground.ts`. */
import { HEADER, SIZES, inspectTile } from './tile.ts';

/** One convex polygon of the floor. */
export interface FloorPolygon {
  /** x, y, z of each corner, metres. */
  readonly corners: readonly number[];
  /** For each edge (corner i to i + 1): nothing to walk on beyond it. */
  readonly border: readonly boolean[];
  /** x, y, z of three corners a triangle: the surface with its slopes and steps, metres. */
  readonly triangles: readonly number[];
  /** False if no spawn point leads there: nobody ever stands on it. */
  readonly reachable: boolean;
}

/** Offsets in bytes inside `dtPoly` and `dtPolyDetail`. */
const POLYGON = { vertices: 4, neighbours: 16, flags: 28, vertexCount: 30 } as const;
const DETAIL = { firstVertex: 0, firstTriangle: 4, triangleCount: 9 } as const;

/**
 * All polygons of a `navmesh.bin`, in its order.
 * @throws GroundError if the bytes are no navigation mesh
 */
export function readFloor(bytes: Uint8Array): FloorPolygon[] {
  const { polygons, vertices } = inspectTile(bytes);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const count = (field: keyof typeof HEADER): number => view.getUint32(HEADER[field], true);
  const start = { polygons: SIZES.header + vertices * SIZES.vertex, details: 0, detailVertices: 0, detailTriangles: 0 };
  start.details = start.polygons + polygons * SIZES.polygon + count('links') * SIZES.link;
  start.detailVertices = start.details + count('detailMeshes') * SIZES.detailMesh;
  start.detailTriangles = start.detailVertices + count('detailVertices') * SIZES.vertex;
  const point = (offset: number): number[] => [view.getFloat32(offset, true), view.getFloat32(offset + 4, true), view.getFloat32(offset + 8, true)];
  return Array.from({ length: polygons }, (_, index) => {
    const at = start.polygons + index * SIZES.polygon;
    const corners = Array.from({ length: view.getUint8(at + POLYGON.vertexCount) }, (_corner, corner) => point(SIZES.header + view.getUint16(at + POLYGON.vertices + corner * 2, true) * SIZES.vertex));
    const detail = start.details + index * SIZES.detailMesh;
    const first = view.getUint32(detail + DETAIL.firstVertex, true);
    const triangles = Array.from({ length: view.getUint8(detail + DETAIL.triangleCount) }, (_triangle, number) => {
      const triangle = start.detailTriangles + (view.getUint32(detail + DETAIL.firstTriangle, true) + number) * SIZES.detailTriangle;
      return [0, 1, 2].flatMap((corner) => {
        const vertex = view.getUint8(triangle + corner);
        return corners[vertex] ?? point(start.detailVertices + (first + vertex - corners.length) * SIZES.vertex);
      });
    });
    return {
      corners: corners.flat(),
      border: corners.map((_corner, edge) => view.getUint16(at + POLYGON.neighbours + edge * 2, true) === 0),
      triangles: triangles.flat(),
      reachable: view.getUint16(at + POLYGON.flags, true) !== 0,
    };
  });
}

/** Area of a polygon seen from above, square metres. */
export function floorArea({ corners }: FloorPolygon): number {
  let double = 0;
  for (let at = 0; at < corners.length; at += 3) {
    const next = (at + 3) % corners.length;
    double += (corners[at] ?? 0) * (corners[next + 2] ?? 0) - (corners[next] ?? 0) * (corners[at + 2] ?? 0);
  }
  return Math.abs(double) / 2;
}
