/**
 * A bounding volume hierarchy over the static triangles of a scene, for rays: what was clicked, whether a wall stands between camera
 * and head. Babylon's own picking visits every triangle of every mesh whose box is hit, which is too slow for every frame.
 */

const LEAF_TRIANGLES = 6;
const MAX_DEPTH = 48;
const EPSILON = 1e-9;

export interface Hit {
  /** Metres along the ray; Infinity if nothing was hit. */
  distance: number;
  /** Unit normal of the triangle, turned against the ray. */
  nx: number;
  ny: number;
  nz: number;
  /** Number of the triangle, and where on it: shares of its second and third corner. */
  triangle: number;
  s: number;
  t: number;
}

export function emptyHit(): Hit {
  return { distance: Infinity, nx: 0, ny: 0, nz: 0, triangle: -1, s: 0, t: 0 };
}

export class Bvh {
  readonly triangleCount: number;
  /** 9 numbers a triangle: three corners, in metres. */
  private readonly corners: Float32Array;
  private readonly order: Uint32Array;
  /** 6 numbers a node: lowest and highest x, y, z. */
  private readonly bounds: Float32Array;
  /** Left child of an inner node (the right one follows it), or -1 for a leaf. */
  private readonly child: Int32Array;
  private readonly first: Uint32Array;
  private readonly count: Uint32Array;
  private nodes = 1;
  private hitS = 0;
  private hitT = 0;
  private readonly stack = new Int32Array(MAX_DEPTH * 2 + 2);

  /** @param corners 9 numbers a triangle, kept (not copied) */
  constructor(corners: Float32Array) {
    this.corners = corners;
    this.triangleCount = corners.length / 9;
    this.order = Uint32Array.from({ length: this.triangleCount }, (_, i) => i);
    const nodes = Math.max(1, 2 * this.triangleCount);
    this.bounds = new Float32Array(nodes * 6);
    this.child = new Int32Array(nodes).fill(-1);
    this.first = new Uint32Array(nodes);
    this.count = new Uint32Array(nodes);
    this.count[0] = this.triangleCount;
    if (this.triangleCount > 0) this.build(0, 0);
  }

  private build(node: number, depth: number): void {
    this.fit(node);
    const count = this.count[node] ?? 0;
    if (count <= LEAF_TRIANGLES || depth >= MAX_DEPTH) return;
    const at = node * 6;
    const size = (axis: number): number => (this.bounds[at + 3 + axis] ?? 0) - (this.bounds[at + axis] ?? 0);
    const axis = size(0) > size(1) && size(0) > size(2) ? 0 : size(1) > size(2) ? 1 : 2;
    const first = this.first[node] ?? 0;
    const left = this.partition(first, count, axis);
    const child = this.nodes;
    this.nodes += 2;
    this.child[node] = child;
    this.first[child] = first;
    this.count[child] = left;
    this.first[child + 1] = first + left;
    this.count[child + 1] = count - left;
    this.build(child, depth + 1);
    this.build(child + 1, depth + 1);
  }

  private fit(node: number): void {
    const at = node * 6;
    const { bounds, corners, order } = this;
    bounds.fill(Infinity, at, at + 3);
    bounds.fill(-Infinity, at + 3, at + 6);
    const first = this.first[node] ?? 0;
    const end = first + (this.count[node] ?? 0);
    for (let i = first; i < end; i += 1) {
      const base = (order[i] ?? 0) * 9;
      for (let k = 0; k < 9; k += 1) {
        const value = corners[base + k] ?? 0;
        const axis = at + (k % 3);
        if (value < (bounds[axis] ?? 0)) bounds[axis] = value;
        if (value > (bounds[axis + 3] ?? 0)) bounds[axis + 3] = value;
      }
    }
  }

  private centre(triangle: number, axis: number): number {
    const base = triangle * 9 + axis;
    return (this.corners[base] ?? 0) + (this.corners[base + 3] ?? 0) + (this.corners[base + 6] ?? 0);
  }

  /** Splits at the mean centre; in the middle if all centres are on one side. @returns how many went left */
  private partition(first: number, count: number, axis: number): number {
    const { order } = this;
    let mean = 0;
    for (let i = first; i < first + count; i += 1) mean += this.centre(order[i] ?? 0, axis) / count;
    let low = first;
    let high = first + count - 1;
    while (low <= high) {
      const triangle = order[low] ?? 0;
      if (this.centre(triangle, axis) < mean) {
        low += 1;
      } else {
        order[low] = order[high] ?? 0;
        order[high] = triangle;
        high -= 1;
      }
    }
    const left = low - first;
    return left === 0 || left === count ? count >> 1 : left;
  }

  /**
   * First triangle, from either side, along a ray. Allocates nothing.
   * @param ray origin x, y, z and unit direction x, y, z, metres
   * @param reach metres; nothing farther is reported
   * @returns whether something was hit; then `out` says where
   */
  cast(ray: Float64Array, reach: number, out: Hit): boolean {
    out.distance = reach;
    let found = -1;
    let top = 0;
    this.stack[top++] = 0;
    while (top > 0) {
      const node = this.stack[--top] ?? 0;
      if (!this.reaches(node, ray, out.distance)) continue;
      const child = this.child[node] ?? -1;
      if (child >= 0) {
        this.stack[top++] = child;
        this.stack[top++] = child + 1;
        continue;
      }
      const end = (this.first[node] ?? 0) + (this.count[node] ?? 0);
      for (let i = this.first[node] ?? 0; i < end; i += 1) {
        const triangle = this.order[i] ?? 0;
        const distance = this.intersect(triangle, ray);
        if (distance < out.distance) {
          out.distance = distance;
          out.s = this.hitS;
          out.t = this.hitT;
          found = triangle;
        }
      }
    }
    if (found < 0) {
      out.distance = Infinity;
      return false;
    }
    out.triangle = found;
    this.normal(found, ray, out);
    return true;
  }

  /** Whether anything stands between two points. */
  blocked(ray: Float64Array, distance: number): boolean {
    return this.cast(ray, distance, this.scratch);
  }
  private readonly scratch = emptyHit();

  /** Slab test: does the ray enter the node's box before `limit`? */
  private reaches(node: number, ray: Float64Array, limit: number): boolean {
    const at = node * 6;
    let near = 0;
    let far = limit;
    for (let axis = 0; axis < 3; axis += 1) {
      const origin = ray[axis] ?? 0;
      const inverse = 1 / (ray[axis + 3] ?? 0);
      const a = ((this.bounds[at + axis] ?? 0) - origin) * inverse;
      const b = ((this.bounds[at + 3 + axis] ?? 0) - origin) * inverse;
      // NaN (a ray in the plane of a flat box) must not reject the box: comparisons with it are false.
      if (a < b) {
        if (a > near) near = a;
        if (b < far) far = b;
      } else {
        if (b > near) near = b;
        if (a < far) far = a;
      }
    }
    return near <= far + 1e-6;
  }

  /** Moeller & Trumbore 1997, both sides. @returns metres, or Infinity */
  private intersect(triangle: number, ray: Float64Array): number {
    const c = this.corners;
    const at = triangle * 9;
    const ax = c[at] ?? 0, ay = c[at + 1] ?? 0, az = c[at + 2] ?? 0;
    const ux = (c[at + 3] ?? 0) - ax, uy = (c[at + 4] ?? 0) - ay, uz = (c[at + 5] ?? 0) - az;
    const vx = (c[at + 6] ?? 0) - ax, vy = (c[at + 7] ?? 0) - ay, vz = (c[at + 8] ?? 0) - az;
    const dx = ray[3] ?? 0, dy = ray[4] ?? 0, dz = ray[5] ?? 0;
    const px = dy * vz - dz * vy, py = dz * vx - dx * vz, pz = dx * vy - dy * vx;
    const determinant = ux * px + uy * py + uz * pz;
    if (Math.abs(determinant) < EPSILON) return Infinity;
    const tx = (ray[0] ?? 0) - ax, ty = (ray[1] ?? 0) - ay, tz = (ray[2] ?? 0) - az;
    const s = (tx * px + ty * py + tz * pz) / determinant;
    if (s < 0 || s > 1) return Infinity;
    const qx = ty * uz - tz * uy, qy = tz * ux - tx * uz, qz = tx * uy - ty * ux;
    const t = (dx * qx + dy * qy + dz * qz) / determinant;
    if (t < 0 || s + t > 1) return Infinity;
    const distance = (vx * qx + vy * qy + vz * qz) / determinant;
    this.hitS = s;
    this.hitT = t;
    return distance > 1e-6 ? distance : Infinity;
  }

  private normal(triangle: number, ray: Float64Array, out: Hit): void {
    const c = this.corners;
    const at = triangle * 9;
    const ux = (c[at + 3] ?? 0) - (c[at] ?? 0), uy = (c[at + 4] ?? 0) - (c[at + 1] ?? 0), uz = (c[at + 5] ?? 0) - (c[at + 2] ?? 0);
    const vx = (c[at + 6] ?? 0) - (c[at] ?? 0), vy = (c[at + 7] ?? 0) - (c[at + 1] ?? 0), vz = (c[at + 8] ?? 0) - (c[at + 2] ?? 0);
    const x = uy * vz - uz * vy, y = uz * vx - ux * vz, z = ux * vy - uy * vx;
    const against = x * (ray[3] ?? 0) + y * (ray[4] ?? 0) + z * (ray[5] ?? 0) > 0 ? -1 : 1;
    const length = (Math.hypot(x, y, z) || 1) * against;
    out.nx = x / length;
    out.ny = y / length;
    out.nz = z / length;
  }
}
