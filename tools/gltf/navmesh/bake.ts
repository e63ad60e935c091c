/**
 * Bakes a navigation mesh with Recast: rasterises the surfaces into a height field, keeps what a person can stand on, and makes polygons of it.
 * The steps are those of recastnavigation's `Sample_SoloMesh.cpp`, with two differences. Obstacles are rasterised after the walkable surface
 * and never become walkable, not even a kerb that a person could step on. And parts that cannot be reached from a spawn point are switched off,
 * so that the nearest point of the mesh is never the top of a cupboard.
 */
import * as recast from '@recast-navigation/core';
import type { vec3 } from '@gltf-transform/core';
import { polygonArea } from '../contract/hull.ts';
import { SceneError } from '../findings.ts';
import { snapHeights } from './heights.ts';
import type { Surfaces } from './surfaces.ts';

export const NAME = 'navmesh';

export interface BakeOptions {
  /** Half the width of a person, metres: walls keep this far from the mesh. */
  radius?: number;
  /** Headroom that a person needs, metres. */
  height?: number;
  /** Highest step, metres. */
  climb?: number;
  /** Steepest floor, degrees. */
  slope?: number;
  /** Size of a cell of the height field across, metres. */
  cell?: number;
  /** Size of a cell of the height field upwards, metres. */
  cellHeight?: number;
  /** Points from which the mesh must be reachable; what is not is switched off. With none, everything stays. */
  seeds?: readonly vec3[];
}

export const BAKE_DEFAULTS: Required<BakeOptions> = { radius: 0.3, height: 1.8, climb: 0.25, slope: 40, cell: 0.1, cellHeight: 0.025, seeds: [] };

/** Longest edge of a polygon along a wall, metres: keeps polygons compact. */
const MAX_EDGE = 12;
/** How far a polygon's edge may leave the wall it follows, in cells. */
const MAX_EDGE_ERROR = 1;
/** Smaller islands are dropped, larger neighbours merged; both are widths in cells. */
const [MIN_REGION, MERGE_REGION] = [8, 20];
/** The detailed surface: distance between samples in cells across, error in cells up. */
const [DETAIL_DISTANCE, DETAIL_ERROR] = [6, 1];
const CORNERS = 6;
/** Cells of the height field, across. */
const MAX_CELLS = 6_000_000;
/** Positions of people are sent within this range, metres. */
const FARTHEST = 320;
/** How far below or beside a seed the mesh may be, metres. */
const SEED_REACH = 1;

export interface BakedNavmesh {
  /** One Detour tile: `navmesh.bin`. */
  bytes: Uint8Array;
  polygons: number;
  /** The largest polygon that was switched off because no seed reaches it, if any was. */
  unreachable: UnreachableFloor | undefined;
}

export interface UnreachableFloor {
  /** Area of everything that was switched off, square metres. */
  area: number;
  /** A corner of the largest polygon of it: world x and z, metres. */
  near: readonly [number, number];
}

/**
 * Bakes the surfaces. Deterministic: the same triangles in the same order give the same bytes.
 * @throws SceneError `no-ground` if there is nothing to walk on, `bake-failed` if Recast gives up
 */
export async function bakeNavmesh(surfaces: Surfaces, options: BakeOptions = {}): Promise<BakedNavmesh> {
  await recast.init();
  const settings = { ...BAKE_DEFAULTS, ...options };
  if (surfaces.walkable.length === 0) throw noGround('it has nothing to walk on.');
  settings.cell = affordableCell(surfaces.walkable, settings.cell);
  const polyMesh = recast.allocPolyMesh();
  const detail = recast.allocPolyMeshDetail();
  try {
    buildPolygons(surfaces, settings, { polyMesh, detail });
    const polygons = polyMesh.npolys();
    if (polygons === 0) throw noGround(`no part of its walkable surface is flatter than ${settings.slope} degrees and wide enough for a person.`);
    for (let index = 0; index < polygons; index++) {
      polyMesh.setAreas(index, 0);
      polyMesh.setFlags(index, 1);
    }
    const whole = createTile({ polyMesh, detail }, settings);
    const reached = settings.seeds.length > 0 ? reachable(whole, settings.seeds) : undefined;
    const unreachable = reached && reached.size < polygons ? switchOff({ polyMesh, detail }, reached) : undefined;
    const bytes = unreachable ? createTile({ polyMesh, detail }, settings) : whole;
    snapHeights(bytes, surfaces.walkable, { bias: settings.cellHeight, tolerance: settings.climb });
    return { bytes, polygons, unreachable };
  } finally {
    recast.freePolyMesh(polyMesh);
    recast.freePolyMeshDetail(detail);
  }
}

/** Very large grounds get larger cells, so that memory and time stay bounded. Metres. */
function affordableCell(walkable: readonly number[], cell: number): number {
  const [low, high] = bounds(walkable);
  return Math.max(cell, Math.sqrt(((high[0] - low[0]) * (high[2] - low[2])) / MAX_CELLS));
}

function noGround(message: string): SceneError {
  return SceneError.of({ code: 'no-ground', where: 'the scene', message, fix: 'Mark a floor with extras.venue {"kind":"walkable"}; its faces must look up.' });
}

function failIf(failed: boolean, step: string): void {
  if (failed) throw SceneError.of({ code: 'bake-failed', where: 'the navigation mesh', message: `Recast failed to ${step}.`, fix: 'Check the walkable and obstacle meshes for degenerate faces or an enormous extent.' });
}

interface Meshes {
  polyMesh: recast.RecastPolyMesh;
  detail: recast.RecastPolyMeshDetail;
}

function buildPolygons(surfaces: Surfaces, settings: Required<BakeOptions>, { polyMesh, detail }: Meshes): void {
  const context = new recast.RecastBuildContext();
  const compact = compactField(context, surfaces, settings);
  const contours = recast.allocContourSet();
  try {
    failIf(!recast.erodeWalkableArea(context, Math.ceil(settings.radius / settings.cell), compact), 'keep clear of walls');
    failIf(!recast.buildDistanceField(context, compact), 'measure distances');
    failIf(!recast.buildRegions(context, compact, 0, MIN_REGION ** 2, MERGE_REGION ** 2), 'find regions');
    const edge = Math.round(MAX_EDGE / settings.cell);
    failIf(!recast.buildContours(context, compact, MAX_EDGE_ERROR, edge, contours, recast.Recast.RC_CONTOUR_TESS_WALL_EDGES), 'trace contours');
    failIf(!recast.buildPolyMesh(context, contours, CORNERS, polyMesh), 'make polygons');
    failIf(!recast.buildPolyMeshDetail(context, polyMesh, compact, DETAIL_DISTANCE * settings.cell, DETAIL_ERROR * settings.cellHeight, detail), 'sample heights');
  } finally {
    recast.freeContourSet(contours);
    recast.freeCompactHeightfield(compact);
  }
}

/** Rasterises the surfaces and keeps the spans on which a person can stand. The caller frees the result. */
function compactField(context: recast.RecastBuildContext, surfaces: Surfaces, settings: Required<BakeOptions>): recast.RecastCompactHeightfield {
  const { cell, cellHeight } = settings;
  const [low, high] = bounds(surfaces.walkable);
  // What hangs higher than a person's head above the highest floor is in nobody's way, and is clipped.
  high[1] += settings.height + cellHeight;
  const [climb, height] = [Math.floor(settings.climb / cellHeight), Math.ceil(settings.height / cellHeight)];
  const field = recast.allocHeightfield();
  const compact = recast.allocCompactHeightfield();
  try {
    const { width, height: depth } = recast.calcGridSize(low, high, cell);
    failIf(!recast.createHeightfield(context, field, width, depth, low, high, cell, cellHeight), 'make a height field');
    rasterise(context, field, surfaces.walkable, { slope: settings.slope, merge: climb });
    recast.filterLowHangingWalkableObstacles(context, climb, field);
    // With no tolerance for merging, what stands on the floor takes its place instead of becoming part of it.
    rasterise(context, field, surfaces.obstacles, { slope: null, merge: 0 });
    recast.filterLedgeSpans(context, height, climb, field);
    recast.filterWalkableLowHeightSpans(context, height, field);
    failIf(!recast.buildCompactHeightfield(context, height, climb, field, compact), 'compact the height field');
    return compact;
  } catch (error) {
    recast.freeCompactHeightfield(compact);
    throw error;
  } finally {
    recast.freeHeightfield(field);
  }
}

/** Adds triangles to a height field: walkable up to `slope` degrees, or not at all if that is null. */
function rasterise(context: recast.RecastBuildContext, field: recast.RecastHeightfield, soup: readonly number[], { slope, merge }: { slope: number | null; merge: number }): void {
  const corners = soup.length / 3;
  if (corners === 0) return;
  const vertices = new recast.VerticesArray();
  const triangles = new recast.TrianglesArray();
  const areas = new recast.TriangleAreasArray();
  try {
    vertices.copy(soup as number[]);
    triangles.copy(Array.from({ length: corners }, (_, corner) => corner));
    areas.resize(corners / 3);
    if (slope !== null) recast.markWalkableTriangles(context, slope, vertices, corners, triangles, corners / 3, areas);
    failIf(!recast.rasterizeTriangles(context, vertices, corners, triangles, areas, corners / 3, field, merge), 'rasterise the triangles');
  } finally {
    for (const owned of [vertices, triangles, areas]) owned.destroy();
  }
}

function bounds(soup: readonly number[]): [recast.Vector3Tuple, recast.Vector3Tuple] {
  const low: recast.Vector3Tuple = [Infinity, Infinity, Infinity];
  const high: recast.Vector3Tuple = [-Infinity, -Infinity, -Infinity];
  for (let index = 0; index < soup.length; index++) {
    const axis = (index % 3) as 0 | 1 | 2;
    const value = soup[index] ?? 0;
    // Written so that NaN fails.
    if (!(Math.abs(value) <= FARTHEST)) {
      throw SceneError.of({ code: 'too-large', where: 'the walkable surface', message: `it has a vertex at ${value} m.`, fix: `Keep what is walked on within ${FARTHEST} m of the origin, and check the export for broken vertices.` });
    }
    low[axis] = Math.min(low[axis], value);
    high[axis] = Math.max(high[axis], value);
  }
  return [low, high];
}

/** Detour's own form of the mesh. */
function createTile({ polyMesh, detail }: Meshes, settings: Required<BakeOptions>): Uint8Array {
  const params = new recast.NavMeshCreateParams();
  try {
    params.setPolyMeshCreateParams(polyMesh);
    params.setPolyMeshDetailCreateParams(detail);
    params.setWalkableHeight(settings.height);
    params.setWalkableRadius(settings.radius);
    params.setWalkableClimb(settings.climb);
    params.setCellSize(settings.cell);
    params.setCellHeight(settings.cellHeight);
    params.setBuildBvTree(true);
    const { success, navMeshData } = recast.createNavMeshData(params);
    failIf(!success, 'write the mesh');
    const bytes = Uint8Array.from(navMeshData.toTypedArray());
    navMeshData.destroy();
    return bytes;
  } finally {
    recast.Raw.destroy(params.raw);
  }
}

/** Takes the flags off every polygon that is not reached, so that no query finds it. */
function switchOff({ polyMesh }: Meshes, reached: ReadonlySet<number>): UnreachableFloor {
  const [low, cell] = [polyMesh.bmin(), polyMesh.cs()];
  let total = 0;
  let largest = { area: 0, near: [0, 0] as readonly [number, number] };
  for (let polygon = 0; polygon < polyMesh.npolys(); polygon++) {
    if (reached.has(polygon)) continue;
    polyMesh.setFlags(polygon, 0);
    const corners = cornersOf(polyMesh, polygon).map(([x, z]) => [low.x + x * cell, low.z + z * cell] as const);
    const area = polygonArea(corners);
    total += area;
    if (area > largest.area && corners[0]) largest = { area, near: corners[0] };
  }
  return { area: total, near: largest.near };
}

/** Corners of a polygon in cells, x and z. A polygon has `nvp` slots for them, the unused ones marked. */
function cornersOf(polyMesh: recast.RecastPolyMesh, polygon: number): [number, number][] {
  const slots = polyMesh.nvp();
  const corners: [number, number][] = [];
  for (let slot = 0; slot < slots; slot++) {
    const vertex = polyMesh.polys(polygon * slots * 2 + slot);
    if (vertex === recast.Recast.RC_MESH_NULL_IDX) break;
    corners.push([polyMesh.verts(vertex * 3), polyMesh.verts(vertex * 3 + 2)]);
  }
  return corners;
}

/** Numbers of the polygons that can be walked to from one of the seeds. */
function reachable(tile: Uint8Array, seeds: readonly vec3[]): Set<number> {
  const data = new recast.UnsignedCharArray();
  data.copy(tile);
  const mesh = new recast.NavMesh();
  mesh.initSolo(data);
  const query = new recast.NavMeshQuery(mesh);
  try {
    const extents = { x: SEED_REACH, y: SEED_REACH, z: SEED_REACH };
    const open = seeds.map(([x, y, z]) => query.findNearestPoly({ x, y, z }, { halfExtents: extents }).nearestRef).filter((ref) => ref !== 0);
    const visited = new Set(open);
    for (let ref = open.pop(); ref !== undefined; ref = open.pop()) {
      const { poly, tile: owner } = mesh.getTileAndPolyByRefUnsafe(ref);
      for (let link = poly.firstLink(); link !== recast.Detour.DT_NULL_LINK; link = owner.links(link).next()) {
        const neighbour = owner.links(link).ref();
        if (neighbour === 0 || visited.has(neighbour)) continue;
        visited.add(neighbour);
        open.push(neighbour);
      }
    }
    return new Set([...visited].map((ref) => mesh.decodePolyId(ref).tilePolygonIndex));
  } finally {
    query.destroy();
    mesh.destroy();
  }
}
