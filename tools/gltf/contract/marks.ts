/**
 * Reads the marks of a scene from `extras.venue` of its nodes, and from the open extensions that say the same. Blender writes a custom property
 * `venue`, which may be a dictionary or, as its panel makes easier, JSON in a text.
 */
import type { Node, vec3 } from '@gltf-transform/core';
import { z } from 'zod';
import type { Findings } from '../findings.ts';
import type { ReadScene } from '../io.ts';
import { sceneNodes } from '../triangles.ts';
import { idFromName, nodeName, stance } from './nodes.ts';
import { readOmi } from './omi.ts';
import type { LocalSeat, OmiMarks } from './omi.ts';
import { checkMarks } from './rules.ts';
import { BODY_KINDS, MARKS, MARK_KINDS, SURFACE_KINDS } from './schema.ts';
import type { MarkData, MarkKind } from './schema.ts';

/** A mark, with its node and where that stands in the world. */
export interface Mark<K extends MarkKind = MarkKind> {
  node: Node;
  data: MarkData<K>;
  /** World position of the mark's origin, metres. */
  position: vec3;
  /** Radians about +Y; 0 looks along +Z. */
  yaw: number;
}

/** All marks of a scene, by kind, in the order of the file. */
export type Marks = { readonly [K in MarkKind]: readonly Mark<K>[] };
type Collected = { [K in MarkKind]: Mark<K>[] };

/** What a node's `extras` hold under `venue`, parsed if it is JSON in a text; undefined if there is nothing. */
export function venueExtras(extras: Record<string, unknown>): unknown {
  const venue = extras['venue'];
  if (typeof venue !== 'string') return venue;
  try {
    return JSON.parse(venue);
  } catch {
    // Not JSON: the schema then says that an object was expected.
    return venue;
  }
}

/** Reads every mark of the scene that is shown. Wrong ones become findings and are left out. */
export function readMarks(scene: ReadScene, findings: Findings): Marks {
  const marks = Object.fromEntries(MARK_KINDS.map((kind) => [kind, []])) as unknown as Collected;
  const root = scene.document.getRoot();
  const shown = root.getDefaultScene() ?? root.listScenes()[0];
  if (!shown) {
    findings.error({ code: 'no-scene', where: 'the glTF', message: 'it has no scene.', fix: 'Export a scene with at least one object.' });
    return marks;
  }
  const omi = readOmi(scene, findings);
  const numbers = new Map(root.listNodes().map((node, index) => [node, index]));
  const ignored = new Map<string, number>();
  for (const node of sceneNodes(shown)) {
    const venue = venueExtras(node.getExtras());
    if (venue !== undefined) addMark(marks, { node, venue, ignored }, findings);
    else addOmi(marks, { node, omi, number: numbers.get(node) ?? -1, ignored }, findings);
  }
  for (const [key, count] of ignored) {
    findings.warn({ code: 'unknown-key', where: 'extras.venue', message: `"${key}" is not read (${count} ${count === 1 ? 'node has' : 'nodes have'} it).`, fix: 'Remove it, or see tools/gltf/README.md for how it is spelt.' });
  }
  checkMarks(scene, marks, findings);
  return marks;
}

interface Candidate {
  node: Node;
  venue: unknown;
  /** Counts keys that no schema knows, so that 300 seats make one warning. */
  ignored: Map<string, number>;
}

const NEEDS_MESH: readonly MarkKind[] = [...BODY_KINDS, ...SURFACE_KINDS];

function addMark(marks: Collected, { node, venue, ignored }: Candidate, findings: Findings): void {
  const kind = z.object({ kind: z.enum(MARK_KINDS) }).safeParse(venue);
  if (!kind.success) {
    findings.error({ code: 'bad-kind', where: nodeName(node), message: 'extras.venue.kind is missing or unknown.', fix: `Use one of ${MARK_KINDS.join(', ')}.` });
    return;
  }
  const schema = MARKS[kind.data.kind];
  const parsed = schema.safeParse(venue);
  if (!parsed.success) {
    for (const issue of parsed.error.issues) {
      findings.error({ code: 'bad-mark', where: nodeName(node), message: `extras.venue.${issue.path.join('.')} is wrong: ${issue.message}.`, fix: `See "${kind.data.kind}" in tools/gltf/README.md.` });
    }
    return;
  }
  for (const key of Object.keys(venue as object)) {
    if (!Object.hasOwn(schema.shape, key)) ignored.set(`${kind.data.kind}.${key}`, (ignored.get(`${kind.data.kind}.${key}`) ?? 0) + 1);
  }
  if (NEEDS_MESH.includes(kind.data.kind) && !node.getMesh()) {
    findings.error({ code: 'no-mesh', where: nodeName(node), message: `it is marked as ${kind.data.kind} but has no mesh.`, fix: 'Put the mark on the object that has the mesh.' });
    return;
  }
  const mark = { node, data: parsed.data, ...stance(node, [0, 0, 0], [0, 0, 1]) };
  (marks[kind.data.kind] as Mark[]).push(mark);
}

/** Marks of the open extensions, for a node that has none of ours. */
function addOmi(marks: Collected, { node, omi, number, ignored }: { node: Node; omi: OmiMarks; number: number; ignored: Map<string, number> }, findings: Findings): void {
  const seat = omi.seats.get(number);
  const link = omi.links.get(number);
  if (seat) addOmiSeat(marks, node, seat, findings);
  else if (link) addMark(marks, { node, venue: { kind: 'link', id: idFromName(node.getName()), ...link }, ignored }, findings);
  else if (omi.spawnPoints.has(number)) addMark(marks, { node, venue: { kind: 'spawn', id: idFromName(node.getName()) }, ignored }, findings);
}

function addOmiSeat(marks: Collected, node: Node, seat: LocalSeat, findings: Findings): void {
  const parsed = MARKS.seat.safeParse({ kind: 'seat', id: idFromName(node.getName()), height: seat.height });
  if (parsed.success) marks.seat.push({ node, data: parsed.data, ...stance(node, seat.origin, seat.forward) });
  else {
    findings.error({ code: 'bad-omi-seat', where: nodeName(node), message: `its OMI_seat puts the seat ${seat.height.toFixed(2)} m above the feet.`, fix: 'Between 0.2 and 1.2 m can be sat on: check back and foot.' });
  }
}
