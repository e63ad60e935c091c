/**
 * `navmesh.bin` is one Detour tile, as `dtCreateNavMeshData` lays it out (little endian, 32-bit polygon references). Detour itself trusts
 * the counts in the header, so they are checked here first: a cut or foreign file must be an error, not a read past the end of the heap.
 * Layout: recastnavigation, Detour/Include/DetourNavMesh.h (`dtMeshHeader` and the arrays that follow it in `dtCreateNavMeshData`).
 */

/** Why a navigation mesh cannot be used. */
export type GroundFault = 'not-a-navmesh' | 'wrong-version' | 'damaged' | 'refused';

/** A navigation mesh that cannot be loaded; `reason` is for code, the message for people. */
export class GroundError extends Error {
  override readonly name = 'GroundError';
  readonly reason: GroundFault;
  constructor(reason: GroundFault, message: string) {
    super(message);
    this.reason = reason;
  }
}

/** What a tile says of itself, from its header. */
export interface TileSummary {
  polygons: number;
  vertices: number;
}

const MAGIC = 0x444e4156; // 'DNAV' as Detour writes it: a little-endian int
const VERSION = 7;
const VERTICES_PER_POLYGON = 6;
/** Bytes of each part; the parts stand in this order. */
export const SIZES = { header: 100, vertex: 12, polygon: 32, link: 12, detailMesh: 12, detailTriangle: 4, boundsNode: 16, connection: 36 } as const;
/** Offsets in bytes inside `dtMeshHeader`. */
export const HEADER = { magic: 0, version: 4, polygons: 24, vertices: 28, links: 32, detailMeshes: 36, detailVertices: 40, detailTriangles: 44, boundsNodes: 48, connections: 52 } as const;
/** Offsets in bytes inside `dtPoly`. */
const POLYGON = { vertices: 4, neighbours: 16, vertexCount: 30 } as const;
const EXTERNAL = 0x8000;

/**
 * Checks that `bytes` is a whole Detour tile whose polygons refer only to vertices and neighbours that exist.
 * @throws GroundError `not-a-navmesh`, `wrong-version` or `damaged`
 */
export function inspectTile(bytes: Uint8Array): TileSummary {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (bytes.byteLength < SIZES.header || view.getInt32(HEADER.magic, true) !== MAGIC) {
    throw new GroundError('not-a-navmesh', 'This is not a navigation mesh: bake it again with "npm run scene -- pack".');
  }
  const version = view.getInt32(HEADER.version, true);
  if (version !== VERSION) throw new GroundError('wrong-version', `The navigation mesh has version ${version}, expected ${VERSION}: bake it again.`);
  const count = (field: keyof typeof HEADER): number => view.getUint32(HEADER[field], true);
  const polygons = count('polygons');
  const vertices = count('vertices');
  const expected =
    SIZES.header + vertices * SIZES.vertex + polygons * SIZES.polygon + count('links') * SIZES.link + count('detailMeshes') * SIZES.detailMesh +
    count('detailVertices') * SIZES.vertex + count('detailTriangles') * SIZES.detailTriangle + count('boundsNodes') * SIZES.boundsNode + count('connections') * SIZES.connection;
  if (expected !== bytes.byteLength) throw new GroundError('damaged', `The navigation mesh is ${bytes.byteLength} bytes long, its header says ${expected}.`);
  checkVertices(view, vertices);
  checkPolygons(view, { polygons, vertices });
  return { polygons, vertices };
}

function checkVertices(view: DataView, vertices: number): void {
  for (let offset = SIZES.header; offset < SIZES.header + vertices * SIZES.vertex; offset += 4) {
    if (!Number.isFinite(view.getFloat32(offset, true))) throw new GroundError('damaged', `A vertex of the navigation mesh is not a finite number (byte ${offset}).`);
  }
}

function checkPolygons(view: DataView, summary: TileSummary): void {
  const first = SIZES.header + summary.vertices * SIZES.vertex;
  for (let index = 0; index < summary.polygons; index++) {
    const polygon = first + index * SIZES.polygon;
    const corners = view.getUint8(polygon + POLYGON.vertexCount);
    if (corners > VERTICES_PER_POLYGON) throw new GroundError('damaged', `Polygon ${index} of the navigation mesh has ${corners} corners, at most ${VERTICES_PER_POLYGON} can be.`);
    for (let corner = 0; corner < corners; corner++) {
      const vertex = view.getUint16(polygon + POLYGON.vertices + corner * 2, true);
      const neighbour = view.getUint16(polygon + POLYGON.neighbours + corner * 2, true);
      if (vertex >= summary.vertices || ((neighbour & EXTERNAL) === 0 && neighbour > summary.polygons)) {
        throw new GroundError('damaged', `Polygon ${index} of the navigation mesh refers to something that does not exist.`);
      }
    }
  }
}
