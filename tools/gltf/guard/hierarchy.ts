/** The tree of nodes, before anything walks through it: not too many, not too deep, and no node above itself. */
import { SceneError } from '../findings.ts';
import { grouped } from '../table.ts';
import type { GltfJson } from './container.ts';
import { LIMITS } from './limits.ts';

/**
 * Checks the hierarchy without recursion. What is not a list of nodes is left to the validator.
 * @throws SceneError `too-many-nodes`, `node-loop` or `too-deep`
 */
export function checkHierarchy(json: GltfJson, name: string): void {
  const nodes: unknown = json.nodes;
  if (!Array.isArray(nodes)) return;
  if (nodes.length > LIMITS.nodes) {
    throw SceneError.of({ code: 'too-many-nodes', where: name, message: `it has ${grouped(nodes.length)} nodes, the most is ${grouped(LIMITS.nodes)}.`, fix: 'Join objects that never move apart, and leave out empties that mean nothing.' });
  }
  const children = nodes.map(childrenOf);
  const parents = new Uint32Array(nodes.length);
  for (const list of children) for (const child of list) if (child < nodes.length) parents[child] = (parents[child] ?? 0) + 1;
  const depths = new Uint32Array(nodes.length);
  const open = [...parents.keys()].filter((index) => parents[index] === 0);
  let visited = 0;
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    visited++;
    const depth = (depths[node] ?? 0) + 1;
    if (depth > LIMITS.nodeDepth) throw SceneError.of({ code: 'too-deep', where: called(json, node), message: `it lies below ${LIMITS.nodeDepth} others.`, fix: 'Flatten the hierarchy before the export.' });
    for (const child of children[node] ?? []) {
      if (child >= nodes.length) continue;
      depths[child] = Math.max(depths[child] ?? 0, depth);
      parents[child] = (parents[child] ?? 1) - 1;
      if (parents[child] === 0) open.push(child);
    }
  }
  // What is never free of parents lies on a loop, or below one (Kahn, CACM 5(11), 1962).
  if (visited < nodes.length) throw SceneError.of({ code: 'node-loop', where: called(json, parents.findIndex((count) => count > 0)), message: 'it lies below itself.', fix: 'Export the scene again: a hierarchy has no loops.' });
}

function childrenOf(node: unknown): number[] {
  const children: unknown = typeof node === 'object' && node !== null && 'children' in node ? node.children : undefined;
  return Array.isArray(children) ? children.filter((child): child is number => Number.isInteger(child) && child >= 0) : [];
}

function called(json: GltfJson, index: number): string {
  const name: unknown = json.nodes?.[index]?.name;
  return `node ${typeof name === 'string' ? `"${name}"` : index}`;
}
