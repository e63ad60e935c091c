/** Rules that hold between the marks of a scene: ids are used once, and what a mark names exists and can be found. */
import type { Node } from '@gltf-transform/core';
import type { Findings } from '../findings.ts';
import type { ReadScene } from '../io.ts';
import type { Mark, Marks } from './marks.ts';
import { nodeName } from './nodes.ts';
import { MARK_KINDS, SURFACE_KINDS } from './schema.ts';
import type { MarkKind } from './schema.ts';

/** Reports every mark that contradicts another one. */
export function checkMarks({ document }: ReadScene, marks: Marks, findings: Findings): void {
  checkIds(marks, findings);
  const names = Map.groupBy(document.getRoot().listNodes(), (node) => node.getName());
  for (const kind of SURFACE_KINDS) {
    for (const { node } of marks[kind]) {
      if (node.getName() === '' || (names.get(node.getName())?.length ?? 0) > 1) {
        findings.error({ code: 'ambiguous-node', where: nodeName(node), message: `it is a ${kind}, and its name is empty or borne by another node.`, fix: `Give the node a name of its own: the venue finds ${kind}s by it.` });
      }
    }
  }
  for (const reference of referencedNodes(marks)) checkReference(reference, names, findings);
  checkSpaces(marks, findings);
  for (const { node, data } of marks.nameplate) {
    if (!marks.seat.some((seat) => seat.data.id === data.seat)) {
      findings.error({ code: 'unknown-seat', where: nodeName(node), message: `it names a seat "${data.seat}" that does not exist.`, fix: 'Use the id of a seat mark.' });
    }
  }
}

/** A node that a mark refers to by name. */
export interface NodeReference {
  mark: Mark;
  /** The property that holds the name. */
  key: 'node' | 'stand';
  name: string;
  /** Whether something of it must be drawn: one clicks on it, or sees it. */
  drawn: boolean;
}

/** Names of nodes in marks, so that they are checked, and kept as they are by `pack`. */
export function referencedNodes(marks: Marks): NodeReference[] {
  const references: NodeReference[] = [];
  for (const mark of [...marks.exhibit, ...marks.panorama, ...marks.activity]) {
    if (mark.data.node !== undefined) references.push({ mark, key: 'node', name: mark.data.node, drawn: true });
  }
  for (const mark of marks.booth) if (mark.data.stand !== undefined) references.push({ mark, key: 'stand', name: mark.data.stand, drawn: false });
  return references;
}

function checkReference({ mark, key, name, drawn }: NodeReference, names: ReadonlyMap<string, readonly Node[]>, findings: Findings): void {
  const found = names.get(name) ?? [];
  const where = nodeName(mark.node);
  if (found.length === 0) {
    findings.error({ code: 'unknown-node', where, message: `its "${key}" is "${name}", and no node has this name.`, fix: 'Write the name of the object as the exported file has it.' });
  } else if (found.length > 1) {
    findings.error({ code: 'ambiguous-node', where, message: `its "${key}" is "${name}", and ${found.length} nodes have this name.`, fix: 'Give the node a name of its own.' });
  } else if (drawn && !found.some(hasMesh)) {
    findings.error({ code: 'no-mesh', where, message: `its "${key}" is "${name}", which has no mesh.`, fix: 'Name the object that is drawn.' });
  } else if (mark.data.kind === 'activity' && !found[0]?.getMesh()) {
    findings.error({ code: 'no-mesh', where, message: `its "${key}" is "${name}", which has no mesh of its own to draw on.`, fix: 'Name the object that has the mesh.' });
  }
}

function hasMesh(node: Node): boolean {
  let found = false;
  node.traverse((below) => {
    if (below.getMesh()) found = true;
  });
  return found;
}

function checkIds(marks: Marks, findings: Findings): void {
  for (const kind of MARK_KINDS) {
    const owners = new Map<string, Node>();
    for (const { node, data } of marks[kind] as readonly Mark<MarkKind>[]) {
      if (!('id' in data)) continue;
      const owner = owners.get(data.id);
      if (owner) findings.error({ code: 'duplicate-id', where: nodeName(node), message: `its ${kind} id "${data.id}" is taken by ${nodeName(owner)}.`, fix: `Give every ${kind} an id of its own.` });
      else owners.set(data.id, node);
    }
  }
}

function checkSpaces(marks: Marks, findings: Findings): void {
  for (const { node, data } of marks.space) {
    for (const { to } of data.openings) {
      if (!marks.space.some((other) => other.data.id === to && to !== data.id)) {
        findings.error({ code: 'unknown-space', where: nodeName(node), message: `it opens to a space "${to}" that does not exist.`, fix: `Use the id of another space: ${marks.space.map((other) => other.data.id).join(', ')}.` });
      }
    }
  }
}
