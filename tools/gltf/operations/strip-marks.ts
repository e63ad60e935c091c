/** Removes from the drawn model what only layout and navigation mesh need. */
import type { Node, Transform } from '@gltf-transform/core';
import { createTransform } from '@gltf-transform/functions';
import type { Mark, Marks } from '../contract/marks.ts';
import { POINT_KINDS } from '../contract/schema.ts';

export const NAME = 'stripMarks';

export interface StripMarksOptions {
  /** The marks of the same document. */
  marks: Marks;
}

/**
 * Removes the empties of points, and the meshes of spaces, zones, obstacles and invisible walkable surfaces. Surfaces (screens, booths, nameplates) and
 * visible walkable surfaces stay as they are. A marked node that has children keeps its place above them.
 *
 * ```ts
 * await document.transform(stripMarks({ marks: readMarks(scene, findings) }));
 * ```
 */
export function stripMarks({ marks }: StripMarksOptions): Transform {
  return createTransform(NAME, () => {
    const points = POINT_KINDS.flatMap((kind): readonly Mark[] => marks[kind]);
    const bodies = [...marks.space, ...marks.zone, ...marks.obstacle, ...marks.walkable.filter(({ data }) => !data.visible)];
    for (const { node } of bodies) hide(node);
    for (const { node } of [...points, ...bodies]) retire(node);
  });
}

function hide(node: Node): void {
  const mesh = node.getMesh();
  node.setMesh(null).setExtension('EXT_mesh_gpu_instancing', null);
  const users = mesh?.listParents().filter((parent) => parent.propertyType === 'Node') ?? [];
  if (users.length === 0) mesh?.dispose();
}

/** Takes the mark off a node, and the node away if nothing is left of it. */
function retire(node: Node): void {
  node.setExtras(Object.fromEntries(Object.entries(node.getExtras()).filter(([key]) => key !== 'venue')));
  const empty = node.listChildren().length === 0 && !node.getMesh() && !node.getCamera() && node.listExtensions().length === 0;
  if (empty) node.dispose();
}
