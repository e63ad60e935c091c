/** The triangles of a scene in world space, whatever the primitive mode, the instancing or the sign of the scale. */
import { MathUtils, Primitive } from '@gltf-transform/core';
import type { Accessor, Mesh, Node, Scene, mat4, vec3, vec4 } from '@gltf-transform/core';
import type { InstancedMesh } from '@gltf-transform/extensions';

/** Corner positions in metres: nine numbers a triangle, counter-clockwise seen from the front. */
export type TriangleSoup = number[];

/** Nodes of the scene that is shown, parents before children. */
export function sceneNodes(scene: Scene): Node[] {
  const nodes: Node[] = [];
  scene.traverse((node) => {
    nodes.push(node);
  });
  return nodes;
}

/** How often a node draws its mesh: the instances of EXT_mesh_gpu_instancing, or 1. */
export function instanceCount(node: Node): number {
  const batch = node.getExtension<InstancedMesh>('EXT_mesh_gpu_instancing');
  return batch?.listAttributes()[0]?.getCount() ?? 1;
}

/** World matrices with which a node draws its mesh. */
export function instanceMatrices(node: Node): mat4[] {
  const world = node.getWorldMatrix();
  const batch = node.getExtension<InstancedMesh>('EXT_mesh_gpu_instancing');
  if (!batch) return [world];
  const read = (semantic: string, index: number, fallback: number[]): number[] => batch.getAttribute(semantic)?.getElement(index, []) ?? fallback;
  return Array.from({ length: instanceCount(node) }, (_, index) => {
    const translation = read('TRANSLATION', index, [0, 0, 0]) as vec3;
    const rotation = read('ROTATION', index, [0, 0, 0, 1]) as vec4;
    const scale = read('SCALE', index, [1, 1, 1]) as vec3;
    return multiply(world, MathUtils.compose(translation, rotation, scale, new Array<number>(16) as mat4));
  });
}

/** Number of triangles that one drawing of the primitive takes. */
export function triangleCount(primitive: Primitive): number {
  const corners = primitive.getIndices()?.getCount() ?? primitive.getAttribute('POSITION')?.getCount() ?? 0;
  switch (primitive.getMode()) {
    case Primitive.Mode.TRIANGLES:
      return Math.floor(corners / 3);
    case Primitive.Mode.TRIANGLE_STRIP:
    case Primitive.Mode.TRIANGLE_FAN:
      return Math.max(0, corners - 2);
    default:
      return 0;
  }
}

/** Number of triangles that a node draws, instances included. */
export function triangleTotal(node: Node): number {
  return (node.getMesh()?.listPrimitives() ?? []).reduce((sum, primitive) => sum + triangleCount(primitive), 0) * instanceCount(node);
}

/** All triangles of a node's mesh, instances included, in world space. Mirrored transforms are turned the right way round. */
export function worldTriangles(node: Node): TriangleSoup {
  const soup: TriangleSoup = [];
  for (const matrix of instanceMatrices(node)) {
    for (const primitive of node.getMesh()?.listPrimitives() ?? []) appendPrimitive(soup, primitive, matrix);
  }
  return soup;
}

/** All triangles of a mesh under one transform. */
export function meshTriangles(mesh: Mesh, matrix: mat4): TriangleSoup {
  const soup: TriangleSoup = [];
  for (const primitive of mesh.listPrimitives()) appendPrimitive(soup, primitive, matrix);
  return soup;
}

/** Triangles under a transform; mirrored ones are turned the right way round. */
export function transformSoup(soup: TriangleSoup, m: mat4): TriangleSoup {
  const moved: TriangleSoup = [];
  for (let index = 0; index < soup.length; index += 3) {
    const [x, y, z] = [soup[index] ?? 0, soup[index + 1] ?? 0, soup[index + 2] ?? 0];
    moved.push(m[0] * x + m[4] * y + m[8] * z + m[12], m[1] * x + m[5] * y + m[9] * z + m[13], m[2] * x + m[6] * y + m[10] * z + m[14]);
  }
  if (determinant(m) >= 0) return moved;
  for (let base = 0; base < moved.length; base += 9) moved.splice(base + 3, 6, ...moved.slice(base + 6, base + 9), ...moved.slice(base + 3, base + 6));
  return moved;
}

/** Vertices of a node's mesh in world space. */
export function worldVertices(node: Node): vec3[] {
  const points: vec3[] = [];
  for (const matrix of instanceMatrices(node)) {
    for (const primitive of node.getMesh()?.listPrimitives() ?? []) {
      const positions = primitive.getAttribute('POSITION');
      for (let index = 0; positions && index < positions.getCount(); index++) points.push(transformPoint(matrix, positions, index));
    }
  }
  return points;
}

function appendPrimitive(soup: TriangleSoup, primitive: Primitive, matrix: mat4): void {
  const positions = primitive.getAttribute('POSITION');
  if (!positions) return;
  const indices = primitive.getIndices();
  const points = Array.from({ length: positions.getCount() }, (_, index) => transformPoint(matrix, positions, index));
  const mirrored = determinant(matrix) < 0;
  for (let triangle = 0; triangle < triangleCount(primitive); triangle++) {
    const corners = triangleCorners(primitive.getMode(), triangle, mirrored).map((corner) => points[indices ? indices.getScalar(corner) : corner]);
    const [a, b, c] = corners;
    if (a && b && c) soup.push(...a, ...b, ...c);
  }
}

/** Corner numbers of a triangle of a list, strip or fan (glTF 2.0, 3.7.2.1); `flip` reverses it. */
export function triangleCorners(mode: number, triangle: number, flip: boolean): [number, number, number] {
  let corners: [number, number, number];
  if (mode === Primitive.Mode.TRIANGLE_STRIP) corners = [triangle, triangle + 1 + (triangle % 2), triangle + 2 - (triangle % 2)];
  else if (mode === Primitive.Mode.TRIANGLE_FAN) corners = [triangle + 1, triangle + 2, 0];
  else corners = [triangle * 3, triangle * 3 + 1, triangle * 3 + 2];
  return flip ? [corners[0], corners[2], corners[1]] : corners;
}

function transformPoint(m: mat4, positions: Accessor, index: number): vec3 {
  const [x = 0, y = 0, z = 0] = positions.getElement(index, []);
  return [m[0] * x + m[4] * y + m[8] * z + m[12], m[1] * x + m[5] * y + m[9] * z + m[13], m[2] * x + m[6] * y + m[10] * z + m[14]];
}

/** Sign tells mirroring: determinant of the upper left 3 x 3, column-major as in glTF. */
export function determinant(m: mat4): number {
  return m[0] * (m[5] * m[10] - m[6] * m[9]) - m[4] * (m[1] * m[10] - m[2] * m[9]) + m[8] * (m[1] * m[6] - m[2] * m[5]);
}

function multiply(a: mat4, b: mat4): mat4 {
  const out = new Array<number>(16);
  for (let column = 0; column < 4; column++) {
    for (let row = 0; row < 4; row++) {
      let sum = 0;
      for (let k = 0; k < 4; k++) sum += (a[k * 4 + row] ?? 0) * (b[column * 4 + k] ?? 0);
      out[column * 4 + row] = sum;
    }
  }
  return out as mat4;
}
