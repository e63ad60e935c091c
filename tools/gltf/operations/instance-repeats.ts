/** Draws what is repeated with one call. */
import type { Node, Transform } from '@gltf-transform/core';
import { instance } from '@gltf-transform/functions';
import { determinant } from '../triangles.ts';
import { operation } from './operation.ts';

export const NAME = 'instanceRepeats';

export interface InstanceRepeatsOptions {
  /** From how many nodes with the same mesh on they become one; at least 2. */
  min?: number;
}

export const INSTANCE_REPEATS_DEFAULTS: Required<InstanceRepeatsOptions> = { min: 2 };

/**
 * Merges nodes that share a mesh into one node with EXT_mesh_gpu_instancing, named after the mesh. Two kinds of nodes stay as they are: those
 * with extras (screens, and whatever else somebody wants to find again), and mirrored ones, since engines do not turn the faces of a single
 * instance round.
 *
 * ```ts
 * await document.transform(dedup(), instanceRepeats({ min: 2 }));
 * ```
 */
export function instanceRepeats(options: InstanceRepeatsOptions = {}): Transform {
  const { min } = { ...INSTANCE_REPEATS_DEFAULTS, ...options };
  return operation(NAME, async (document) => {
    const root = document.getRoot();
    // A placeholder of its own keeps a node from being a candidate, and from being pruned as an empty parent.
    const kept = root.listNodes().filter(mustStay).map((node) => ({ node, mesh: node.getMesh(), placeholder: document.createMesh() }));
    for (const { node, placeholder } of kept) node.setMesh(placeholder);
    const before = new Set(root.listNodes());
    await document.transform(instance({ min: Math.max(2, min) }));
    for (const { node, mesh, placeholder } of kept) {
      node.setMesh(mesh);
      placeholder.dispose();
    }
    for (const node of root.listNodes()) {
      if (!before.has(node)) node.setName(node.getMesh()?.getName() ?? '');
    }
  });
}

function mustStay(node: Node): boolean {
  return Object.keys(node.getExtras()).length > 0 || determinant(node.getWorldMatrix()) < 0;
}
