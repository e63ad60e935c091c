/** For tests: what one sees of an avatar from far away in some direction, without a graphics card. */
import type { Animation, AnimationChannel, Document, Node, Primitive } from '@gltf-transform/core';

/** Side of a cell of a {@link Picture}, metres. */
export const CELL = 0.015;
const HALF_WIDTH = 1.08;
const LOW = -0.1;
const HIGH = 2.06;
const COLUMNS = Math.round((2 * HALF_WIDTH) / CELL);
const ROWS = Math.round((HIGH - LOW) / CELL);

/** What a cell of a picture shows. */
export const Seen = { nothing: 0, trunkSkin: 1, other: 2 } as const;
export type SeenValue = (typeof Seen)[keyof typeof Seen];

/** An orthographic picture, row by row from the feet up. */
export type Picture = Uint8Array;

/** A mesh in one pose: positions x, y, z in metres, corners of triangles, and whether a corner is skin of the trunk. */
export interface PosedMesh {
  readonly positions: Float32Array;
  readonly indices: ArrayLike<number>;
  readonly skin: readonly boolean[];
}

type Matrix = readonly number[];

/** Column-major 4 x 4 product. */
function product(a: Matrix, b: Matrix): Matrix {
  return Array.from({ length: 16 }, (_, i) => {
    const row = i % 4;
    const column = i - row;
    return [0, 1, 2, 3].reduce((sum, k) => sum + (a[k * 4 + row] ?? 0) * (b[column + k] ?? 0), 0);
  });
}

/** Translation and rotation by a unit quaternion x, y, z, w as a column-major matrix. */
function rigid([x = 0, y = 0, z = 0]: readonly number[], [i = 0, j = 0, k = 0, r = 1]: readonly number[]): Matrix {
  return [
    1 - 2 * (j * j + k * k), 2 * (i * j + k * r), 2 * (i * k - j * r), 0,
    2 * (i * j - k * r), 1 - 2 * (i * i + k * k), 2 * (j * k + i * r), 0,
    2 * (i * k + j * r), 2 * (j * k - i * r), 1 - 2 * (i * i + j * j), 0,
    x, y, z, 1,
  ];
}

/** Value of a linear channel at a time; rotations are normalised, keys are close together. */
function valueAt(channel: AnimationChannel, seconds: number): number[] {
  const sampler = channel.getSampler();
  const times = sampler?.getInput()?.getArray();
  const output = sampler?.getOutput();
  if (!times || !output) throw new Error('an empty channel');
  const next = Math.max(1, times.findIndex((time) => time >= seconds));
  const from = times[next - 1] ?? 0;
  const share = Math.min(1, Math.max(0, (seconds - from) / ((times[next] ?? from + 1) - from)));
  const a = output.getElement(next - 1, []);
  const b = output.getElement(Math.min(next, output.getCount() - 1), []);
  const sign = channel.getTargetPath() === 'rotation' && a.reduce((sum, value, i) => sum + value * (b[i] ?? 0), 0) < 0 ? -1 : 1;
  const mixed = a.map((value, i) => value * (1 - share) + sign * (b[i] ?? 0) * share);
  const length = channel.getTargetPath() === 'rotation' ? Math.hypot(...mixed) : 1;
  return mixed.map((value) => value / length);
}

/** Skin matrices of all bones, `seconds` into a clip; of the rest pose without a clip. */
function skinMatrices(document: Document, clip: Animation | undefined, seconds: number): Matrix[] {
  const skin = document.getRoot().listSkins()[0];
  if (!skin) throw new Error('no skeleton');
  const channels = clip?.listChannels() ?? [];
  const bones = skin.listJoints();
  const world = new Map<Node, Matrix>();
  const place = (bone: Node): Matrix => {
    const known = world.get(bone);
    if (known) return known;
    const of = (path: string): AnimationChannel | undefined => channels.find((one) => one.getTargetNode() === bone && one.getTargetPath() === path);
    const [moved, turned] = [of('translation'), of('rotation')];
    const local = rigid(moved ? valueAt(moved, seconds) : bone.getTranslation(), turned ? valueAt(turned, seconds) : bone.getRotation());
    const parent = bone.getParentNode();
    const matrix = parent && bones.includes(parent) ? product(place(parent), local) : local;
    world.set(bone, matrix);
    return matrix;
  };
  const inverse = skin.getInverseBindMatrices();
  return bones.map((bone, i) => product(place(bone), inverse?.getElement(i, []) ?? []));
}

/** Bones whose skin clothes cover; head, neck, hands and lower legs show. */
const TRUNK = /^(hips|spine|chest|shoulder[LR]|upperArm[LR]|upperLeg[LR])$/;

/** A skinned primitive in the rest pose, or `seconds` into a clip. Skin is what has the alpha 0.25 in COLOR_0. */
export function pose(document: Document, primitive: Primitive, clip: Animation | undefined, seconds: number): PosedMesh {
  const [position, joints, weights, colour] = ['POSITION', 'JOINTS_0', 'WEIGHTS_0', 'COLOR_0'].map((name) => primitive.getAttribute(name));
  const indices = primitive.getIndices()?.getArray();
  if (!position || !joints || !weights || !colour || !indices) throw new Error('an attribute is missing');
  const matrices = skinMatrices(document, clip, seconds);
  const trunk = document.getRoot().listSkins()[0]?.listJoints().map((bone) => TRUNK.test(bone.getName())) ?? [];
  const positions = new Float32Array(position.getCount() * 3);
  const skin: boolean[] = [];
  const rest: [number, number, number] = [0, 0, 0];
  for (let i = 0; i < position.getCount(); i += 1) {
    position.getElement(i, rest);
    const [x, y, z] = rest;
    const share: number[] = weights.getElement(i, []);
    const bones = joints.getElement(i, []);
    bones.forEach((bone, k) => {
      const weight = share[k] ?? 0;
      const m = matrices[bone];
      if (weight === 0 || !m) return;
      for (let axis = 0; axis < 3; axis += 1) {
        const moved = (m[axis] ?? 0) * x + (m[4 + axis] ?? 0) * y + (m[8 + axis] ?? 0) * z + (m[12 + axis] ?? 0);
        positions[i * 3 + axis] = (positions[i * 3 + axis] ?? 0) + weight * moved;
      }
    });
    const first = bones[share.indexOf(Math.max(...share))] ?? 0;
    skin.push(Math.abs((colour.getElement(i, [])[3] ?? 0) - 0.25) < 0.01 && trunk[first] === true);
  }
  return { positions, indices, skin };
}

/** Corners as seen from `yaw` (radians about Y; 0 looks into the face) and `pitch` (radians from above): x, y in cells, z towards the viewer. */
function project({ positions }: PosedMesh, yaw: number, pitch: number): Float32Array {
  const out = new Float32Array(positions.length);
  const [sy, cy, sp, cp] = [Math.sin(yaw), Math.cos(yaw), Math.sin(pitch), Math.cos(pitch)];
  for (let i = 0; i < positions.length; i += 3) {
    const x = positions[i] ?? 0;
    const z = positions[i + 2] ?? 0;
    const near = sy * x + cy * z;
    const up = (positions[i + 1] ?? 0) - 1;
    out[i] = (cy * x - sy * z + HALF_WIDTH) / CELL;
    out[i + 1] = (cp * up - sp * near + 1 - LOW) / CELL;
    out[i + 2] = cp * near + sp * up;
  }
  return out;
}

/** What one sees of a mesh from a direction, see {@link project}. */
export function picture(mesh: PosedMesh, yaw: number, pitch: number): Picture {
  const canvas = { p: project(mesh, yaw, pitch), cells: new Uint8Array(COLUMNS * ROWS), depth: new Float32Array(COLUMNS * ROWS).fill(-Infinity) };
  for (let i = 0; i < mesh.indices.length; i += 3) {
    const corners = [mesh.indices[i] ?? 0, mesh.indices[i + 1] ?? 0, mesh.indices[i + 2] ?? 0] as const;
    fill(canvas, corners, corners.every((corner) => mesh.skin[corner] === true) ? Seen.trunkSkin : Seen.other);
  }
  return canvas.cells;
}

/** Draws one triangle, from whichever side, into the cells whose middle it covers. */
function fill({ p, cells, depth }: { p: Float32Array; cells: Picture; depth: Float32Array }, [a, b, c]: readonly [number, number, number], what: SeenValue): void {
  const at = (corner: number, axis: number): number => p[corner * 3 + axis] ?? 0;
  const [ax, ay, bx, by, cx, cy] = [at(a, 0), at(a, 1), at(b, 0), at(b, 1), at(c, 0), at(c, 1)];
  const area = (bx - ax) * (cy - ay) - (by - ay) * (cx - ax);
  if (area === 0) return;
  const lastRow = Math.min(ROWS - 1, Math.floor(Math.max(ay, by, cy)));
  const lastColumn = Math.min(COLUMNS - 1, Math.floor(Math.max(ax, bx, cx)));
  const firstColumn = Math.max(0, Math.floor(Math.min(ax, bx, cx)));
  for (let row = Math.max(0, Math.floor(Math.min(ay, by, cy))); row <= lastRow; row += 1) {
    for (let column = firstColumn; column <= lastColumn; column += 1) {
      const x = column + 0.5;
      const y = row + 0.5;
      const u = ((bx - x) * (cy - y) - (by - y) * (cx - x)) / area;
      const v = ((cx - x) * (ay - y) - (cy - y) * (ax - x)) / area;
      if (u < 0 || v < 0 || u + v > 1) continue;
      const z = u * at(a, 2) + v * at(b, 2) + (1 - u - v) * at(c, 2);
      const cell = row * COLUMNS + column;
      if (z <= (depth[cell] ?? 0)) continue;
      depth[cell] = z;
      cells[cell] = what;
    }
  }
}

/** Whether some cell within `reach` cells of one (a square) shows `what`. */
function isNear(cells: Picture, cell: number, what: SeenValue, reach: number): boolean {
  const column = cell % COLUMNS;
  const row = Math.floor(cell / COLUMNS);
  for (let y = Math.max(0, row - reach); y <= Math.min(ROWS - 1, row + reach); y += 1) {
    for (let x = Math.max(0, column - reach); x <= Math.min(COLUMNS - 1, column + reach); x += 1) {
      if (cells[y * COLUMNS + x] === what) return true;
    }
  }
  return false;
}

/** How many cells of a coarse picture show `what` although the fine picture of the same person shows none of it within `reach` cells. */
export function strayCells(coarse: Picture, fine: Picture, what: SeenValue, reach: number): number {
  let count = 0;
  for (let cell = 0; cell < coarse.length; cell += 1) {
    if (coarse[cell] === what && !isNear(fine, cell, what, reach)) count += 1;
  }
  return count;
}
