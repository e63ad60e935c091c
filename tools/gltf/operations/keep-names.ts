/** Keeps named surfaces findable: quantising moves the mesh of a node that has children, or moves, into a nameless node below it. */
import type { Node, Transform } from '@gltf-transform/core';
import { createTransform } from '@gltf-transform/functions';

export const NAME = 'keepNames';

/**
 * Gives name and extras back to the node that now has the mesh.
 * @param surfaces nodes that had a mesh before
 */
export function keepNames(surfaces: ReadonlySet<Node>): Transform {
  return createTransform(NAME, () => {
    for (const node of surfaces) {
      if (node.isDisposed() || node.getMesh()) continue;
      const holder = node.listChildren().find((child) => child.getName() === '' && child.getMesh());
      if (!holder) continue;
      holder.setName(node.getName()).setExtras(node.getExtras());
      node.setName('').setExtras({});
    }
  });
}
