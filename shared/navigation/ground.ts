/**
 * The walkable surface of a scene on Detour (recast-navigation, WebAssembly). The server and every client run this same code on the same
 * bytes, so that a client's prediction and the server's verdict agree.
 *
 * `slide` runs for every person at every tick. It therefore talks to Detour's bindings directly and reuses the same few wasm objects and
 * arrays for every call; nothing is allocated on either side of the boundary.
 */
import type recastModule from '@recast-navigation/wasm';
import type { Footing, Ground, Point } from '../rules/ground.ts';
import { GroundError, inspectTile } from './tile.ts';

/** The initialised wasm module; `node.ts` and `browser.ts` make it. */
export type Recast = typeof recastModule;

/** A ground that holds wasm memory until it is disposed of. */
export interface NavmeshGround extends Ground, Disposable {
  /** Number of polygons, for reports. */
  readonly polygons: number;
  /** Gives the wasm memory back. No other method may be called afterwards; a second call does nothing. */
  dispose(): void;
}

/**
 * A move is cut into pieces of at most this length, in metres. `dtNavMeshQuery::moveAlongSurface` searches a circle around the piece: a piece
 * shorter than the gap that a wall leaves in the mesh (twice the agent's radius) can never come out on the wall's other side.
 */
const PIECE = 0.4;
/** One call to `slide` moves at most this far, metres: a bound on its cost, far above what a tick needs. */
const MAX_SLIDE = 8;
/** How far from the mesh a footing without a usable polygon may be, metres. */
const LOST_REACH = 0.5;
/** How far from the mesh the ends of a path may be, metres. */
const PATH_REACH = 1;
/** More than rounding can explain: the move began on a polygon that the footing does not stand on. */
const JUMP_TOLERANCE = 0.05;
/** Beyond this, metres, a coordinate is a mistake; well inside what a 32-bit float resolves to a millimetre. */
const MAX_COORDINATE = 10_000;

const MAX_VISITED = 32;
const MAX_PATH_POLYGONS = 2048;
const MAX_CORNERS = 512;
/** Node indices of Detour are 16 bits wide. */
const MAX_NODES = 65_535;

/** `dtStatus` bits, Detour/Include/DetourStatus.h. */
const FAILURE = 0x8000_0000;
const BUFFER_TOO_SMALL = 1 << 4;
const PARTIAL_RESULT = 1 << 6;

function failed(status: number): boolean {
  return (status & FAILURE) !== 0;
}

function usable(point: Readonly<Point>): boolean {
  // Written so that NaN fails.
  return Math.abs(point.x) <= MAX_COORDINATE && Math.abs(point.y) <= MAX_COORDINATE && Math.abs(point.z) <= MAX_COORDINATE;
}

function write(point: Readonly<Point>, into: number[]): void {
  into[0] = point.x;
  into[1] = point.y;
  into[2] = point.z;
}

/**
 * Makes a ground of a baked navigation mesh (`navmesh.bin`, see `tile.ts`). The bytes are copied.
 * @throws GroundError if the bytes are not such a mesh
 */
export function createGround(recast: Recast, navmesh: Uint8Array): NavmeshGround {
  const { polygons } = inspectTile(navmesh);
  const mesh = new recast.NavMesh();
  const data = new recast.UnsignedCharArray();
  data.resize(navmesh.byteLength);
  recast.HEAPU8.set(navmesh, data.getDataPointer() as number);
  const accepted = mesh.initSolo(data);
  // On success Detour owns the bytes and frees them with the mesh; the wrapper must not.
  if (accepted) data.isView = true;
  recast.destroy(data);
  if (!accepted) {
    mesh.destroy();
    recast.destroy(mesh);
    throw new GroundError('refused', 'Detour refused the navigation mesh: bake it again.');
  }
  return new DetourGround(recast, mesh, polygons);
}

class DetourGround implements NavmeshGround {
  readonly polygons: number;
  readonly #recast: Recast;
  readonly #mesh: recastModule.NavMesh;
  readonly #query: recastModule.NavMeshQuery;
  readonly #filter: recastModule.dtQueryFilter;
  // Reused by every call. The plain arrays are copied into wasm memory by the bindings, without allocating.
  readonly #here = [0, 0, 0];
  readonly #goal = [0, 0, 0];
  readonly #extents = [0, 0, 0];
  readonly #point: recastModule.Vec3;
  readonly #nearest: recastModule.UnsignedIntRef;
  readonly #over: recastModule.BoolRef;
  readonly #visited: recastModule.UnsignedIntArray;
  /** The polygon under `#here`. */
  #polygon = 0;
  #disposed = false;

  constructor(recast: Recast, mesh: recastModule.NavMesh, polygons: number) {
    this.#recast = recast;
    this.#mesh = mesh;
    this.polygons = polygons;
    this.#query = new recast.NavMeshQuery();
    // A search visits a polygon at most once, so this many nodes are never too few.
    this.#query.init(mesh, Math.min(MAX_NODES, Math.max(64, polygons + 1)));
    this.#filter = new recast.dtQueryFilter();
    this.#point = new recast.Vec3();
    this.#nearest = new recast.UnsignedIntRef();
    this.#over = new recast.BoolRef();
    this.#visited = new recast.UnsignedIntArray();
  }

  place(at: Readonly<Point>, reach: number, out: Footing): boolean {
    if (!usable(at) || !this.#locate(at, reach)) return false;
    this.#writeTo(out);
    return true;
  }

  slide(from: Readonly<Footing>, to: Readonly<Point>, out: Footing): boolean {
    if (!usable(from) || !usable(to)) return false;
    const dx = to.x - from.x;
    const dz = to.z - from.z;
    const wanted = Math.hypot(dx, dz);
    const scale = wanted > MAX_SLIDE ? MAX_SLIDE / wanted : 1;
    const pieces = Math.max(1, Math.ceil((wanted * scale) / PIECE));
    const stepX = (dx * scale) / pieces;
    const stepZ = (dz * scale) / pieces;

    write(from, this.#here);
    this.#polygon = from.polygon;
    if (from.polygon === 0 || !this.#move(stepX, stepZ)) {
      // No polygon, one of another mesh, or one that the footing does not stand on: find it again, once.
      if (!this.#locate(from, LOST_REACH) || !this.#move(stepX, stepZ)) return false;
    }
    for (let piece = 1; piece < pieces; piece++) if (!this.#move(stepX, stepZ)) return false;
    if (!this.#settle()) return false;
    this.#writeTo(out);
    return true;
  }

  path(from: Readonly<Point>, to: Readonly<Point>): Point[] {
    if (!usable(from) || !usable(to) || !this.#locate(from, PATH_REACH)) return [];
    const start = [...this.#here];
    const startPolygon = this.#polygon;
    if (!this.#locate(to, PATH_REACH)) return [];
    const end = [...this.#here];
    const corridor = new this.#recast.UnsignedIntArray();
    try {
      const status = this.#query.findPath(startPolygon, this.#polygon, start, end, this.#filter, corridor, MAX_PATH_POLYGONS);
      if (failed(status) || (status & (PARTIAL_RESULT | BUFFER_TOO_SMALL)) !== 0) return [];
      return this.#corners(start, end, corridor);
    } finally {
      this.#recast.destroy(corridor);
    }
  }

  dispose(): void {
    if (this.#disposed) return;
    this.#disposed = true;
    this.#query.destroy();
    this.#mesh.destroy();
    for (const owned of [this.#query, this.#mesh, this.#filter, this.#point, this.#nearest, this.#over, this.#visited]) this.#recast.destroy(owned);
  }

  [Symbol.dispose](): void {
    this.dispose();
  }

  /** Puts `#here` and `#polygon` on the mesh point nearest to `at`; false if none is within `reach`, across or up and down. */
  #locate(at: Readonly<Point>, reach: number): boolean {
    write(at, this.#goal);
    this.#extents.fill(reach);
    const status = this.#query.findNearestPoly(this.#goal, this.#extents, this.#filter, this.#nearest, this.#point, this.#over);
    const polygon = this.#nearest.value;
    if (failed(status) || polygon === 0) return false;
    const { x, y, z } = this.#point;
    // Detour's box query is generous: it takes any polygon whose bounds touch the box.
    if (Math.hypot(x - at.x, z - at.z) > reach || Math.abs(y - at.y) > reach) return false;
    this.#stand(polygon);
    return true;
  }

  /** Moves `#here` by one piece, sliding along walls; false if `#polygon` is not one that `#here` stands on. */
  #move(stepX: number, stepZ: number): boolean {
    const here = this.#here as [number, number, number];
    const goal = this.#goal;
    goal[0] = here[0] + stepX;
    goal[1] = here[1];
    goal[2] = here[2] + stepZ;
    const status = this.#query.moveAlongSurface(this.#polygon, here, goal, this.#filter, this.#point, this.#visited, MAX_VISITED);
    const visited = this.#visited.size;
    if (failed(status) || visited === 0) return false;
    if (Math.hypot(this.#point.x - here[0], this.#point.z - here[2]) > Math.hypot(stepX, stepZ) + JUMP_TOLERANCE) return false;
    const complete = (status & BUFFER_TOO_SMALL) === 0;
    this.#stand(this.#visited.get(visited - 1));
    return complete || this.#locate({ x: here[0], y: here[1], z: here[2] }, LOST_REACH);
  }

  /** Takes the height from the detailed surface: `moveAlongSurface` leaves it as it was. */
  #settle(): boolean {
    if (failed(this.#query.closestPointOnPoly(this.#polygon, this.#here, this.#point, this.#over))) return false;
    this.#stand(this.#polygon);
    return true;
  }

  #stand(polygon: number): void {
    this.#polygon = polygon;
    this.#here[0] = this.#point.x;
    this.#here[1] = this.#point.y;
    this.#here[2] = this.#point.z;
  }

  #writeTo(out: Footing): void {
    const here = this.#here as [number, number, number];
    out.x = here[0];
    out.y = here[1];
    out.z = here[2];
    out.polygon = this.#polygon;
  }

  /** Pulls the string through a corridor of polygons: the corner points of the shortest way. */
  #corners(start: number[], end: number[], corridor: recastModule.UnsignedIntArray): Point[] {
    const recast = this.#recast;
    const points = new recast.FloatArray();
    const flags = new recast.UnsignedCharArray();
    const refs = new recast.UnsignedIntArray();
    const count = new recast.IntRef();
    try {
      points.resize(MAX_CORNERS * 3);
      flags.resize(MAX_CORNERS);
      refs.resize(MAX_CORNERS);
      const status = this.#query.findStraightPath(start, end, corridor, points, flags, refs, count, MAX_CORNERS, 0);
      if (failed(status) || (status & (PARTIAL_RESULT | BUFFER_TOO_SMALL)) !== 0) return [];
      return Array.from({ length: count.value }, (_, index) => ({ x: points.get(index * 3), y: points.get(index * 3 + 1), z: points.get(index * 3 + 2) }));
    } finally {
      for (const owned of [points, flags, refs, count]) recast.destroy(owned);
    }
  }
}
