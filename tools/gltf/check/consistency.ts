/** Whether `layout.json` agrees with itself and with the model: it may have come from elsewhere than `pack`. */
import type { Document, Node } from '@gltf-transform/core';
import type { Layout } from '../../../shared/scene/layout.ts';
import type { Findings } from '../findings.ts';

const PACK_FIRST = 'Run "npm run scene -- pack" on the folder.';

/** Reports ids that are used twice, and references to what is not there. */
export function checkConsistency(layout: Layout, document: Document | undefined, findings: Findings): void {
  for (const [list, items] of Object.entries(layout)) {
    if (!Array.isArray(items)) continue;
    const seen = new Set<string>();
    for (const { id } of items) {
      if (seen.has(id)) findings.error({ code: 'duplicate-id', where: `layout.json at ${list}`, message: `the id "${id}" is used twice.`, fix: PACK_FIRST });
      seen.add(id);
    }
  }
  const spaces = new Set(layout.spaces.map(({ id }) => id));
  const seats = new Set(layout.seats.map(({ id }) => id));
  const refer = (where: string, what: string, found: boolean): void => {
    if (!found) findings.error({ code: 'dangling', where: `layout.json, ${where}`, message: `it refers to ${what}, which does not exist.`, fix: PACK_FIRST });
  };
  for (const { id, openings } of layout.spaces) for (const { to } of openings) refer(`space "${id}"`, `a space "${to}"`, spaces.has(to));
  for (const [list, items] of Object.entries({ seat: layout.seats, place: layout.places, link: layout.links, exhibit: layout.exhibits, panorama: layout.panoramas, activity: layout.activities })) {
    for (const { id, space } of items) refer(`${list} "${id}"`, `a space "${space ?? ''}"`, space === null || spaces.has(space));
  }
  for (const { id, between } of layout.doors) for (const space of between) refer(`door "${id}"`, `a space "${space ?? ''}"`, space === null || spaces.has(space));
  for (const { id, seat } of layout.nameplates) refer(`nameplate "${id}"`, `a seat "${seat}"`, seats.has(seat));
  if (document) checkNodes(layout, document, findings);
}

function checkNodes(layout: Layout, document: Document, findings: Findings): void {
  const nodes = Map.groupBy(document.getRoot().listNodes(), (node) => node.getName());
  const surfaces = [...layout.screens.map(({ id, node }) => ({ what: `screen "${id}"`, node })), ...layout.booths.map(({ id, node }) => ({ what: `booth "${id}"`, node })), ...layout.nameplates.map(({ id, node }) => ({ what: `nameplate "${id}"`, node })), ...layout.activities.map(({ id, node }) => ({ what: `activity "${id}"`, node }))];
  for (const { what, node } of surfaces) {
    if (!(nodes.get(node) ?? []).some((candidate) => candidate.getMesh())) findings.error({ code: 'no-surface', where: what, message: `scene.glb has no mesh node "${node}".`, fix: PACK_FIRST });
  }
  for (const [kind, items] of Object.entries({ exhibit: layout.exhibits, panorama: layout.panoramas })) {
    for (const { id, node } of items) {
      if (node !== null && !(nodes.get(node) ?? []).some(hasMesh)) findings.error({ code: 'no-node', where: `${kind} "${id}"`, message: `scene.glb has no node "${node}" with a mesh.`, fix: PACK_FIRST });
    }
  }
}

function hasMesh(node: Node): boolean {
  let found = false;
  node.traverse((below) => {
    if (below.getMesh()) found = true;
  });
  return found;
}
