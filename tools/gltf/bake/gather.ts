/** What of a scene casts shadows, and which primitives receive light in their vertex colours. */
import { Primitive } from '@gltf-transform/core';
import type { Document, Material, Node, mat4 } from '@gltf-transform/core';
import type { Transmission } from '@gltf-transform/extensions';
import { venueExtras } from '../contract/marks.ts';
import type { Marks } from '../contract/marks.ts';
import { BODY_KINDS, SURFACE_KINDS } from '../contract/schema.ts';
import { determinant, instanceMatrices, sceneNodes, triangleCorners, triangleCount } from '../triangles.ts';

/** A primitive that is lit, and the world matrices of (some of) its copies. */
export interface Receiver {
  primitive: Primitive;
  /** For messages and seeds: the order in the file. */
  id: number;
  /** Triangle corners: numbers of vertices, three a triangle. */
  triangles: Uint32Array;
  placements: mat4[];
  /** Both sides are drawn. */
  thin: boolean;
}

export interface Gathered {
  receivers: Receiver[];
  /** Nine numbers a triangle, world, metres. */
  corners: Float32Array;
  thin: Uint8Array;
  /** Primitives that keep their look, by why. */
  skipped: { lightMap: number; unlit: number; shown: number; moving: number; baked: number };
}

/** At most so many copies of a mesh are looked at; the rest is like them. */
const MOST_PLACEMENTS = 8;
/** `extras` of a mesh whose colours hold baked light already: it survives another tool, so that nothing is darkened twice. */
export const BAKED_KEY = 'venueBakedLight';

/** Gathers the scene that is shown. */
export function gather(document: Document, marks: Marks): Gathered {
  const shown = document.getRoot().getDefaultScene() ?? document.getRoot().listScenes()[0];
  const roles = rolesOf(document, marks);
  const moving = movingNodes(document);
  const skipped: Gathered['skipped'] = { lightMap: 0, unlit: 0, shown: 0, moving: 0, baked: 0 };
  const users = new Map<Primitive, mat4[]>();
  const soup: number[] = [];
  const thin: number[] = [];
  for (const node of shown ? sceneNodes(shown) : []) {
    const mesh = node.getMesh();
    const role = roles.get(node);
    if (!mesh || role === 'undrawn') continue;
    const still = !moving.has(node) && !node.getSkin();
    for (const primitive of mesh.listPrimitives()) {
      if (triangleCount(primitive) === 0) continue;
      const matrices = instanceMatrices(node);
      if (still && primitive.listTargets().length === 0 && casts(primitive.getMaterial())) {
        for (const matrix of matrices) appendCaster({ soup, thin }, primitive, matrix);
      }
      const why = !still || primitive.listTargets().length > 0 ? 'moving' : role === 'picture' ? 'shown' : mesh.getExtras()[BAKED_KEY] === undefined ? whyNot(primitive) : 'baked';
      if (why) skipped[why]++;
      else users.set(primitive, [...(users.get(primitive) ?? []), ...matrices]);
    }
  }
  const receivers = [...users].map(([primitive, placements], id): Receiver => ({
    primitive, id, triangles: corners(primitive), placements: spread(placements), thin: primitive.getMaterial()?.getDoubleSided() ?? false,
  }));
  return { receivers, corners: Float32Array.from(soup), thin: Uint8Array.from(thin), skipped };
}

type Role = 'undrawn' | 'picture';

/** Marked bodies are not drawn; what shows a picture of the venue's keeps its own colours. */
function rolesOf(document: Document, marks: Marks): Map<Node, Role> {
  const roles = new Map<Node, Role>();
  for (const kind of BODY_KINDS) {
    for (const { node, data } of marks[kind]) if (data.kind !== 'walkable' || !data.visible) roles.set(node, 'undrawn');
  }
  for (const kind of SURFACE_KINDS) for (const { node } of marks[kind]) roles.set(node, 'picture');
  const boards = new Set(marks.activity.map(({ data }) => data.node));
  for (const node of document.getRoot().listNodes()) if (boards.has(node.getName())) roles.set(node, 'picture');
  return roles;
}

/** Nodes that an animation moves, and all below them. */
function movingNodes(document: Document): Set<Node> {
  const moving = new Set<Node>();
  for (const animation of document.getRoot().listAnimations()) {
    for (const channel of animation.listChannels()) channel.getTargetNode()?.traverse((node) => moving.add(node));
  }
  return moving;
}

/** Light comes through glass, and through what is only a picture of something far away. */
function casts(material: Material | null): boolean {
  if (!material) return true;
  const transmission = material.getExtension<Transmission>('KHR_materials_transmission')?.getTransmissionFactor() ?? 0;
  return material.getAlphaMode() !== 'BLEND' && transmission < 0.5 && !material.getExtension('KHR_materials_unlit');
}

/** Base colours darker than this show no light. */
const BLACK = 0.005;

function whyNot(primitive: Primitive): 'lightMap' | 'unlit' | undefined {
  const material = primitive.getMaterial();
  if (!material) return undefined;
  if (Math.max(...material.getBaseColorFactor().slice(0, 3)) < BLACK) return 'unlit';
  const venue = venueExtras(material.getExtras());
  const lightMap = typeof venue === 'object' && venue !== null && 'lightmap' in venue;
  if (lightMap && primitive.getAttribute('TEXCOORD_1')) return 'lightMap';
  return material.getExtension('KHR_materials_unlit') ? 'unlit' : undefined;
}

function appendCaster({ soup, thin }: { soup: number[]; thin: number[] }, primitive: Primitive, matrix: mat4): void {
  const positions = primitive.getAttribute('POSITION');
  if (!positions) return;
  const flip = determinant(matrix) < 0;
  const thinness = primitive.getMaterial()?.getDoubleSided() ? 1 : 0;
  const list = corners(primitive);
  const point: number[] = [];
  for (let first = 0; first < list.length; first += 3) {
    for (const corner of flip ? [0, 2, 1] : [0, 1, 2]) {
      const [x = 0, y = 0, z = 0] = positions.getElement(list[first + corner] ?? 0, point);
      for (let axis = 0; axis < 3; axis++) soup.push((matrix[axis] ?? 0) * x + (matrix[4 + axis] ?? 0) * y + (matrix[8 + axis] ?? 0) * z + (matrix[12 + axis] ?? 0));
    }
    thin.push(thinness);
  }
}

/** Numbers of the vertices of all triangles, three each. */
function corners(primitive: Primitive): Uint32Array {
  const indices = primitive.getIndices();
  const list = new Uint32Array(triangleCount(primitive) * 3);
  for (let triangle = 0; triangle * 3 < list.length; triangle++) {
    const [a, b, c] = triangleCorners(primitive.getMode(), triangle, false).map((corner) => indices?.getScalar(corner) ?? corner);
    list.set([a ?? 0, b ?? 0, c ?? 0], triangle * 3);
  }
  return list;
}

/** Evenly spread over the list, so that the first and the last row of chairs are both looked at. */
function spread(placements: mat4[]): mat4[] {
  if (placements.length <= MOST_PLACEMENTS) return placements;
  return Array.from({ length: MOST_PLACEMENTS }, (_, index) => placements[Math.round((index * (placements.length - 1)) / (MOST_PLACEMENTS - 1))] as mat4);
}
