import { Matrix } from '@babylonjs/core/Maths/math.vector.pure';
import type { Mesh } from '@babylonjs/core/Meshes/mesh.pure';
import type { Node } from '@babylonjs/core/node';
import type { Layout } from '../../../shared/scene/layout.ts';
import type { Sight } from '../../app/contracts.ts';

/** A little generous, as fingers are, metres. */
const MARGIN = 0.04;

/** A box in its own frame. */
export interface LocalBox {
  /** 16 numbers, column by column as Babylon has them: from the world into the frame of the box. */
  readonly toLocal: Float64Array;
  /** Lowest and highest x, y, z. */
  readonly bounds: Float64Array;
}

/** Where a ray (origin and direction in the world) enters a box: metres along the ray, or Infinity. Allocates nothing. */
export function rayBox(ray: Float64Array, { toLocal: m, bounds }: LocalBox): number {
  const ox = ray[0] ?? 0, oy = ray[1] ?? 0, oz = ray[2] ?? 0;
  const dx = ray[3] ?? 0, dy = ray[4] ?? 0, dz = ray[5] ?? 0;
  let near = 0;
  let far = Infinity;
  for (let axis = 0; axis < 3; axis += 1) {
    const mx = m[axis] ?? 0, my = m[axis + 4] ?? 0, mz = m[axis + 8] ?? 0;
    const origin = ox * mx + oy * my + oz * mz + (m[axis + 12] ?? 0);
    // Not made a unit vector: so lengths along it remain metres of the world.
    const direction = dx * mx + dy * my + dz * mz;
    const low = bounds[axis] ?? 0, high = bounds[axis + 3] ?? 0;
    if (Math.abs(direction) < 1e-12) {
      if (origin < low || origin > high) return Infinity;
      continue;
    }
    const a = (low - origin) / direction;
    const b = (high - origin) / direction;
    near = Math.max(near, Math.min(a, b));
    far = Math.min(far, Math.max(a, b));
  }
  return near > far ? Infinity : near;
}

/** Something that a click may mean. */
export interface SightTarget {
  readonly sight: Sight;
  readonly boxes: readonly LocalBox[];
}

/** What there is to see in a scene, and the node that a click on it lands on. */
export function sightNodes({ exhibits, panoramas, booths, activities }: Layout): readonly { readonly sight: Sight; readonly node: string }[] {
  const of = (kind: Sight['kind'], list: readonly { readonly id: string; readonly node: string | null }[]): { sight: Sight; node: string }[] =>
    list.flatMap(({ id, node }) => (node === null ? [] : [{ sight: { kind, id }, node }]));
  return [...of('exhibit', exhibits), ...of('panorama', panoramas), ...of('booth', booths), ...of('activity', activities)];
}

/** Meshes at or below the node of that name; Babylon splits a mesh of several materials into children. */
export function meshesOf(node: string, meshes: readonly Mesh[]): readonly Mesh[] {
  return meshes.filter((mesh) => {
    for (let at: Node | null = mesh; at !== null; at = at.parent) if (at.name === node) return true;
    return false;
  });
}

/** Babylon moves world matrices of moving nodes in place: the box follows when it is asked for. */
class MeshBox implements LocalBox {
  readonly bounds: Float64Array;
  private readonly mesh: Mesh;
  private readonly inverse = new Matrix();
  private readonly numbers = new Float64Array(16);

  constructor(mesh: Mesh) {
    this.mesh = mesh;
    const { minimum, maximum } = mesh.getBoundingInfo();
    const world = mesh.getWorldMatrix();
    const margin = [0, 1, 2].map((axis) => MARGIN / (Math.hypot(world.m[axis * 4] ?? 0, world.m[axis * 4 + 1] ?? 0, world.m[axis * 4 + 2] ?? 0) || 1));
    const [mx = 0, my = 0, mz = 0] = margin;
    this.bounds = Float64Array.of(minimum.x - mx, minimum.y - my, minimum.z - mz, maximum.x + mx, maximum.y + my, maximum.z + mz);
  }

  get toLocal(): Float64Array {
    this.mesh.getWorldMatrix().invertToRef(this.inverse);
    this.numbers.set(this.inverse.m);
    return this.numbers;
  }
}

/** The boxes around everything in the scene that a click may mean. */
export function sightTargets(layout: Layout, meshes: readonly Mesh[]): readonly SightTarget[] {
  return sightNodes(layout).map(({ sight, node }) => ({ sight, boxes: meshesOf(node, meshes).map((mesh) => new MeshBox(mesh)) }));
}
