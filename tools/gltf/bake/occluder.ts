/**
 * The triangles that stand in the way of light, in a bounding volume hierarchy with flat arrays. All memory is shared, so that worker threads
 * use one copy. (three-mesh-bvh was measured at less than half the speed for these short rays, allocates a result a hit, and brings three.js along.)
 */

const BINS = 12;
const LEAF = 4;
const MAX_DEPTH = 60;
/** Floats of a node: lowest x, y, z, highest x, y, z. */
const BOX = 6;
/** Floats of a triangle: a corner, two edges. */
const TRIANGLE = 9;

/** Everything that a thread needs to cast rays. */
export interface OccluderData {
  /** A corner and the two edges from it, metres; in the order of the leaves. */
  readonly triangles: Float32Array;
  /** 1 where both sides are drawn: seen from behind, such a triangle is no inside of a body. */
  readonly thin: Uint8Array;
  readonly boxes: Float32Array;
  /** Inner node: number of its left child, the right one follows. Leaf: number of its first triangle. */
  readonly links: Uint32Array;
  /** Triangles of a leaf; 0 for an inner node. */
  readonly counts: Uint32Array;
}

/** What the last cast found. */
export interface OccluderHit {
  /** Metres, or Infinity. */
  distance: number;
  /** Hit from behind, and the triangle has only one side: the ray started inside a body. */
  inside: boolean;
}

function shared(bytes: number): SharedArrayBuffer {
  return new SharedArrayBuffer(bytes);
}

/**
 * Builds the hierarchy with the surface area heuristic over {@link BINS} bins (Wald 2007). Deterministic.
 * @param corners nine numbers a triangle, metres
 * @param thin one a triangle: both sides are drawn
 */
export function buildOccluder(corners: Float32Array, thin: Uint8Array): OccluderData {
  return new Builder(corners, thin).build();
}

class Builder {
  readonly #corners: Float32Array;
  readonly #thin: Uint8Array;
  readonly #order: Uint32Array;
  readonly #low: Float32Array;
  readonly #high: Float32Array;
  readonly #boxes: Float32Array;
  readonly #links: Uint32Array;
  readonly #counts: Uint32Array;
  #nodes = 1;

  constructor(corners: Float32Array, thin: Uint8Array) {
    const count = corners.length / TRIANGLE;
    this.#corners = corners;
    this.#thin = thin;
    this.#order = Uint32Array.from({ length: count }, (_, index) => index);
    this.#low = new Float32Array(count * 3);
    this.#high = new Float32Array(count * 3);
    const nodes = Math.max(1, 2 * count);
    this.#boxes = new Float32Array(shared(nodes * BOX * 4));
    this.#links = new Uint32Array(shared(nodes * 4));
    this.#counts = new Uint32Array(shared(nodes * 4));
    for (let triangle = 0; triangle < count; triangle++) this.#bound(triangle);
  }

  #bound(triangle: number): void {
    for (let axis = 0; axis < 3; axis++) {
      const at = triangle * TRIANGLE + axis;
      const [a, b, c] = [this.#corners[at] ?? 0, this.#corners[at + 3] ?? 0, this.#corners[at + 6] ?? 0];
      this.#low[triangle * 3 + axis] = Math.min(a, b, c);
      this.#high[triangle * 3 + axis] = Math.max(a, b, c);
    }
  }

  build(): OccluderData {
    this.#split(0, { first: 0, count: this.#order.length, depth: 0 });
    const triangles = new Float32Array(shared(this.#corners.length * 4));
    const thin = new Uint8Array(shared(this.#order.length));
    this.#order.forEach((from, to) => {
      thin[to] = this.#thin[from] ?? 0;
      for (let axis = 0; axis < 3; axis++) {
        const corner = this.#corners[from * TRIANGLE + axis] ?? 0;
        triangles[to * TRIANGLE + axis] = corner;
        triangles[to * TRIANGLE + 3 + axis] = (this.#corners[from * TRIANGLE + 3 + axis] ?? 0) - corner;
        triangles[to * TRIANGLE + 6 + axis] = (this.#corners[from * TRIANGLE + 6 + axis] ?? 0) - corner;
      }
    });
    return { triangles, thin, boxes: this.#boxes, links: this.#links, counts: this.#counts };
  }

  #split(node: number, { first, count, depth }: { first: number; count: number; depth: number }): void {
    this.#fit(node, first, count);
    const left = count <= LEAF || depth >= MAX_DEPTH ? 0 : this.#partition(node, first, count);
    if (left === 0) {
      this.#links[node] = first;
      this.#counts[node] = count;
      return;
    }
    const child = this.#nodes;
    this.#nodes += 2;
    this.#links[node] = child;
    this.#split(child, { first, count: left, depth: depth + 1 });
    this.#split(child + 1, { first: first + left, count: count - left, depth: depth + 1 });
  }

  #fit(node: number, first: number, count: number): void {
    const at = node * BOX;
    this.#boxes.fill(Infinity, at, at + 3).fill(-Infinity, at + 3, at + 6);
    for (let index = first; index < first + count; index++) {
      const triangle = (this.#order[index] ?? 0) * 3;
      for (let axis = 0; axis < 3; axis++) {
        this.#boxes[at + axis] = Math.min(this.#boxes[at + axis] ?? 0, this.#low[triangle + axis] ?? 0);
        this.#boxes[at + 3 + axis] = Math.max(this.#boxes[at + 3 + axis] ?? 0, this.#high[triangle + axis] ?? 0);
      }
    }
  }

  #centre(triangle: number, axis: number): number {
    return ((this.#low[triangle * 3 + axis] ?? 0) + (this.#high[triangle * 3 + axis] ?? 0)) / 2;
  }

  /** Puts the triangles of a node on two sides of the cheapest of the planes between bins. @returns how many went left; 0 for a leaf */
  #partition(node: number, first: number, count: number): number {
    let best = { cost: Infinity, axis: 0, plane: 0 };
    for (let axis = 0; axis < 3; axis++) {
      const low = this.#boxes[node * BOX + axis] ?? 0;
      const size = (this.#boxes[node * BOX + 3 + axis] ?? 0) - low;
      if (size <= 1e-6) continue;
      const found = this.#cheapest(axis, { first, count, low, size });
      if (found.cost < best.cost) best = { ...found, axis };
    }
    let [from, to] = [first, first + count - 1];
    while (best.cost < Infinity && from <= to) {
      const triangle = this.#order[from] ?? 0;
      if (this.#centre(triangle, best.axis) < best.plane) from++;
      else {
        this.#order[from] = this.#order[to] ?? 0;
        this.#order[to--] = triangle;
      }
    }
    const left = from - first;
    if (left > 0 && left < count) return left;
    return count > LEAF * 4 ? count >> 1 : 0;
  }

  #cheapest(axis: number, { first, count, low, size }: { first: number; count: number; low: number; size: number }): { cost: number; plane: number } {
    const { counts, boxes, sum, costs } = scratch;
    counts.fill(0);
    for (let bin = 0; bin < BINS; bin++) clear(boxes, bin * BOX);
    const scale = BINS / size;
    for (let index = first; index < first + count; index++) {
      const triangle = this.#order[index] ?? 0;
      const bin = Math.min(BINS - 1, Math.floor((this.#centre(triangle, axis) - low) * scale));
      counts[bin] = (counts[bin] ?? 0) + 1;
      for (let k = 0; k < 3; k++) {
        boxes[bin * BOX + k] = Math.min(boxes[bin * BOX + k] ?? 0, this.#low[triangle * 3 + k] ?? 0);
        boxes[bin * BOX + 3 + k] = Math.max(boxes[bin * BOX + 3 + k] ?? 0, this.#high[triangle * 3 + k] ?? 0);
      }
    }
    costs.fill(0);
    for (const step of [1, -1]) {
      clear(sum, 0);
      let gathered = 0;
      for (let bin = step === 1 ? 0 : BINS - 1; bin >= 0 && bin < BINS; bin += step) {
        gathered += counts[bin] ?? 0;
        for (let k = 0; k < 3; k++) {
          sum[k] = Math.min(sum[k] ?? 0, boxes[bin * BOX + k] ?? 0);
          sum[3 + k] = Math.max(sum[3 + k] ?? 0, boxes[bin * BOX + 3 + k] ?? 0);
        }
        const border = step === 1 ? bin + 1 : bin;
        costs[border] = (costs[border] ?? 0) + (gathered === 0 ? 0 : gathered * halfSurface(sum));
      }
    }
    let best = 1;
    for (let border = 2; border < BINS; border++) if ((costs[border] ?? 0) < (costs[best] ?? 0)) best = border;
    return { cost: costs[best] ?? Infinity, plane: low + (size * best) / BINS };
  }
}

/** Reused while building, which is synchronous. */
const scratch = { counts: new Uint32Array(BINS), boxes: new Float64Array(BINS * BOX), sum: new Float64Array(BOX), costs: new Float64Array(BINS + 1) };

function clear(boxes: Float64Array, at: number): void {
  boxes.fill(Infinity, at, at + 3).fill(-Infinity, at + 3, at + 6);
}

function halfSurface(box: Float64Array): number {
  const [x, y, z] = [(box[3] ?? 0) - (box[0] ?? 0), (box[4] ?? 0) - (box[1] ?? 0), (box[5] ?? 0) - (box[2] ?? 0)];
  return x * y + y * z + z * x;
}

/** Casts rays in one thread; it has a stack of its own. */
export class Occluder {
  readonly hit: OccluderHit = { distance: Infinity, inside: false };
  readonly #data: OccluderData;
  /** Origin, and one over the direction. */
  readonly #slab = new Float64Array(6);
  readonly #stack = new Uint32Array(MAX_DEPTH * 2 + 4);

  constructor(data: OccluderData) {
    this.#data = data;
  }

  /**
   * Looks for a triangle along a ray; `hit` tells where. Allocates nothing.
   * @param ray origin x, y, z and unit direction x, y, z, metres
   * @param reach metres
   * @param any stop at the first triangle found, which need not be the nearest
   * @returns whether there is one
   */
  cast(ray: Float64Array, reach: number, any: boolean): boolean {
    const { boxes, links, counts } = this.#data;
    const stack = this.#stack;
    const slab = this.#slab;
    for (let axis = 0; axis < 3; axis++) {
      slab[axis] = ray[axis] ?? 0;
      slab[axis + 3] = 1 / (ray[axis + 3] ?? 0);
    }
    const { hit } = this;
    hit.distance = Infinity;
    hit.inside = false;
    let limit = reach;
    let top = 0;
    if (counts.length > 0 && enters(boxes, 0, slab, limit) < Infinity) stack[top++] = 0;
    while (top > 0) {
      const node = stack[--top] ?? 0;
      const count = counts[node] ?? 0;
      const link = links[node] ?? 0;
      if (count > 0) {
        for (let triangle = link; triangle < link + count; triangle++) {
          const distance = this.#intersect(triangle, ray, limit);
          if (distance >= limit) continue;
          limit = distance;
          if (any) return true;
        }
        continue;
      }
      if (link === 0) continue;
      const [near, far] = [enters(boxes, link, slab, limit), enters(boxes, link + 1, slab, limit)];
      const swap = far < near;
      // The nearer one comes off the stack first, and what it holds shortens the ray for the other.
      if ((swap ? near : far) < Infinity) stack[top++] = swap ? link : link + 1;
      if ((swap ? far : near) < Infinity) stack[top++] = swap ? link + 1 : link;
    }
    return hit.distance < Infinity;
  }

  /** Moeller & Trumbore 1997, both sides. Notes the hit if it is nearer than `limit`. @returns metres, or Infinity */
  #intersect(triangle: number, ray: Float64Array, limit: number): number {
    const c = this.#data.triangles;
    const at = triangle * TRIANGLE;
    const ux = c[at + 3] ?? 0, uy = c[at + 4] ?? 0, uz = c[at + 5] ?? 0;
    const vx = c[at + 6] ?? 0, vy = c[at + 7] ?? 0, vz = c[at + 8] ?? 0;
    const dx = ray[3] ?? 0, dy = ray[4] ?? 0, dz = ray[5] ?? 0;
    const px = dy * vz - dz * vy, py = dz * vx - dx * vz, pz = dx * vy - dy * vx;
    const determinant = ux * px + uy * py + uz * pz;
    if (Math.abs(determinant) < 1e-12) return Infinity;
    const tx = (ray[0] ?? 0) - (c[at] ?? 0), ty = (ray[1] ?? 0) - (c[at + 1] ?? 0), tz = (ray[2] ?? 0) - (c[at + 2] ?? 0);
    const s = (tx * px + ty * py + tz * pz) / determinant;
    if (s < 0 || s > 1) return Infinity;
    const qx = ty * uz - tz * uy, qy = tz * ux - tx * uz, qz = tx * uy - ty * ux;
    const t = (dx * qx + dy * qy + dz * qz) / determinant;
    if (t < 0 || s + t > 1) return Infinity;
    const distance = (vx * qx + vy * qy + vz * qz) / determinant;
    if (distance <= 0 || distance >= limit) return Infinity;
    this.hit.distance = distance;
    // The determinant is negative where the ray meets the back of a counter-clockwise triangle.
    this.hit.inside = determinant < 0 && this.#data.thin[triangle] === 0;
    return distance;
  }
}

/** Slab test (Williams et al. 2005). @returns metres at which the ray enters the node's box, or Infinity if not before `limit` */
function enters(boxes: Float32Array, node: number, slab: Float64Array, limit: number): number {
  const at = node * BOX;
  const xi = slab[3] as number, yi = slab[4] as number, zi = slab[5] as number;
  const ox = slab[0] as number, oy = slab[1] as number, oz = slab[2] as number;
  const x0 = ((boxes[at] as number) - ox) * xi, x1 = ((boxes[at + 3] as number) - ox) * xi;
  const y0 = ((boxes[at + 1] as number) - oy) * yi, y1 = ((boxes[at + 4] as number) - oy) * yi;
  const z0 = ((boxes[at + 2] as number) - oz) * zi, z1 = ((boxes[at + 5] as number) - oz) * zi;
  let near = 0;
  let far = limit;
  // Comparisons with NaN (a ray in the plane of a flat box) are false, so that it does not reject the box.
  if (x0 < x1) { if (x0 > near) near = x0; if (x1 < far) far = x1; } else { if (x1 > near) near = x1; if (x0 < far) far = x0; }
  if (y0 < y1) { if (y0 > near) near = y0; if (y1 < far) far = y1; } else { if (y1 > near) near = y1; if (y0 < far) far = y0; }
  if (z0 < z1) { if (z0 > near) near = z0; if (z1 < far) far = z1; } else { if (z1 > near) near = z1; if (z0 < far) far = z0; }
  return near <= far + 1e-5 ? near : Infinity;
}
