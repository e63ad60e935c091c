/**
 * The open vocabulary for bodies: OMI_physics_shape with OMI_physics_body, and the older OMI_collider (github.com/omigroup/gltf-extensions).
 * What stands still is both floor and wall, as in a physics engine. Triggers, and bodies that move, are neither.
 */
import { MathUtils } from '@gltf-transform/core';
import type { Mesh, mat4 } from '@gltf-transform/core';
import { z } from 'zod';
import type { Findings } from '../findings.ts';
import type { ReadScene } from '../io.ts';
import { meshTriangles, sceneNodes, transformSoup } from '../triangles.ts';
import type { TriangleSoup } from '../triangles.ts';

const size = z.tuple([z.number(), z.number(), z.number()]);
const index = z.int().min(0);
/** Both generations write a shape's numbers either beside its type or below a key named after it. */
const Numbers = z.object({ size, extents: size, radius: z.number(), radiusTop: z.number(), radiusBottom: z.number(), height: z.number(), mesh: index }).partial();
const TYPES = ['box', 'sphere', 'capsule', 'cylinder', 'convex', 'trimesh', 'hull', 'mesh', 'compound'] as const;
const Shape = Numbers.extend({ type: z.enum(TYPES), isTrigger: z.boolean().optional(), box: Numbers.optional(), sphere: Numbers.optional(), capsule: Numbers.optional(), cylinder: Numbers.optional(), convex: Numbers.optional(), trimesh: Numbers.optional() });
type Shape = z.infer<typeof Shape>;

const Root = z.object({ OMI_physics_shape: z.object({ shapes: z.array(z.unknown()) }), OMI_collider: z.object({ colliders: z.array(z.unknown()) }) }).partial();
const NodeExtensions = z.object({
  OMI_physics_body: z.object({ type: z.string(), motion: z.object({ type: z.string() }), collider: z.object({ shape: index }) }).partial(),
  OMI_physics_shape: z.object({ shape: index }).partial(),
  OMI_collider: z.looseObject({ collider: index.optional() }),
}).partial();
type NodeExtensions = z.infer<typeof NodeExtensions>;

const CORNERS = 12;

/** Triangles of every solid body that stands still, in world space. Wrong ones become findings. */
export function readColliders({ document, json }: ReadScene, findings: Findings): TriangleSoup {
  const root = document.getRoot();
  const shown = root.getDefaultScene() ?? root.listScenes()[0];
  const numbers = new Map(root.listNodes().map((node, number) => [node, number]));
  const shared = Root.safeParse(json.extensions ?? {}).data ?? {};
  const soup: TriangleSoup = [];
  for (const node of shown ? sceneNodes(shown) : []) {
    const extensions = json.nodes?.[numbers.get(node) ?? -1]?.extensions;
    if (extensions === undefined || !Object.keys(extensions).some((name) => Object.hasOwn(NodeExtensions.shape, name))) continue;
    const where = `node "${node.getName()}"`;
    const parsed = NodeExtensions.safeParse(extensions);
    if (!parsed.success) {
      findings.error({ code: 'bad-collider', where, message: 'its physics extension is not as OMI specifies it.', fix: 'Export it again, or use the marks walkable and obstacle instead.' });
      continue;
    }
    const stated = shapeOf(parsed.data, shared);
    if (stated === undefined) continue;
    const shape = Shape.safeParse(stated);
    const triangles = shape.success ? trianglesOf(shape.data, root.listMeshes()) : undefined;
    if (!triangles) findings.error({ code: 'bad-collider', where, message: 'its collision shape is unknown, or refers to something that is not there.', fix: `Use one of ${TYPES.join(', ')}, with its numbers in metres.` });
    else for (const value of transformSoup(triangles, node.getWorldMatrix())) soup.push(value);
  }
  return soup;
}

/** The shape of a node that is solid and stands still, as it is written; undefined if it has none. */
function shapeOf(node: NodeExtensions, shared: z.infer<typeof Root>): unknown {
  const body = node.OMI_physics_body;
  const motion = body?.motion?.type ?? body?.type ?? 'static';
  if (motion !== 'static') return undefined;
  const number = body?.collider?.shape ?? node.OMI_physics_shape?.shape;
  if (number !== undefined) return shared.OMI_physics_shape?.shapes[number] ?? null;
  const collider = node.OMI_collider;
  if (collider === undefined) return undefined;
  return collider.collider === undefined ? collider : (shared.OMI_collider?.colliders[collider.collider] ?? null);
}

function trianglesOf(shape: Shape, meshes: readonly Mesh[]): TriangleSoup | undefined {
  if (shape.isTrigger === true || shape.type === 'compound') return [];
  const { size: full, extents, radius, radiusTop, radiusBottom, height, mesh } = { ...shape, ...(shape.type === 'hull' || shape.type === 'mesh' ? {} : shape[shape.type]) };
  const wide = Math.max(radius ?? 0, radiusTop ?? 0, radiusBottom ?? 0) || 0.5;
  switch (shape.type) {
    case 'box': {
      const [x, y, z] = full ?? extents?.map((half) => half * 2) ?? [1, 1, 1];
      return prism([[-1, -1], [-1, 1], [1, 1], [1, -1]].map(([a = 0, b = 0]) => [(a * (x ?? 1)) / 2, (b * (z ?? 1)) / 2] as const), y ?? 1);
    }
    case 'sphere':
      return prism(circle(wide), wide * 2);
    case 'capsule':
      return prism(circle(wide), (height ?? 1) + wide * 2);
    case 'cylinder':
      return prism(circle(wide), height ?? 2);
    default: {
      const found = mesh === undefined ? undefined : meshes[mesh];
      return found && meshTriangles(found, MathUtils.compose([0, 0, 0], [0, 0, 0, 1], [1, 1, 1], new Array<number>(16) as mat4));
    }
  }
}

function circle(radius: number): (readonly [number, number])[] {
  return Array.from({ length: CORNERS }, (_, corner) => [Math.cos((corner / CORNERS) * 2 * Math.PI) * radius, -Math.sin((corner / CORNERS) * 2 * Math.PI) * radius] as const);
}

/** An upright prism about the origin over corners [x, z], which run counter-clockwise seen from above. */
function prism(corners: readonly (readonly [number, number])[], height: number): TriangleSoup {
  const soup: TriangleSoup = [];
  const [top, bottom] = [height / 2, -height / 2];
  const [ox, oz] = corners[0] ?? [0, 0];
  corners.forEach(([ax, az], corner) => {
    const [bx, bz] = corners[(corner + 1) % corners.length] ?? [0, 0];
    soup.push(ox, top, oz, ax, top, az, bx, top, bz, ox, bottom, oz, bx, bottom, bz, ax, bottom, az);
    soup.push(ax, bottom, az, bx, bottom, bz, bx, top, bz, ax, bottom, az, bx, top, bz, ax, top, az);
  });
  return soup;
}
